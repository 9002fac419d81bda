"""Waits until the worker has done what it does once a night, which it makes up for at its first start, and all else.

On the evening that is measured the night's work was done long before, and what one part of the measurement leaves to
be done must not be counted in the next. Run with the environment of an installation.
"""

from __future__ import annotations

import os
import sys
import time

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from django.utils import timezone  # noqa: E402  # Django must be set up first

from adaldyq.kernel.deadlines.days import at_time, day_of  # noqa: E402  # as above
from adaldyq.kernel.models import EventDelivery  # noqa: E402  # as above
from adaldyq.kernel.nights import HOUR, NIGHT  # noqa: E402  # as above


def is_done() -> bool:
    """Whether the night of the day has been, if it is time for it, and nothing that it began still waits."""
    now = timezone.now()
    begun = now < at_time(day_of(now), HOUR) or EventDelivery.objects.filter(event__name=NIGHT).exists()
    return begun and not EventDelivery.objects.filter(delivered_at=None).exists()


def main() -> None:
    """Wait as many seconds at most as the command line says."""
    until = time.monotonic() + float(sys.argv[1])
    while not is_done():
        if time.monotonic() > until:
            raise SystemExit("the work does not end")
        time.sleep(0.2)


main()
