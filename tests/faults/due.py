"""Starts deadlines whose day has passed, one after the other, and prints the id of each once it is committed.

What follows from each is the founding of a company: nothing but the clock's own care keeps it from happening twice.
"""

from __future__ import annotations

import os
import sys
import threading
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adaldyq.kernel.actor import Actor
    from adaldyq.kernel.models import Company

PAUSE = 0.4
pause = threading.Event().wait  # unlike time.sleep, it goes on where libfaketime sets the clock back
DAY = date(2025, 9, 22)


def follow(*, subject: Company, by: Actor, at: datetime) -> None:
    """Found a company that is named after the subject."""
    from adaldyq.kernel.actions.companies import register_company  # noqa: PLC0415  # Django must be set up first
    from adaldyq.kernel.actions.periods import Provenance  # noqa: PLC0415  # as above

    register_company(
        name=f"After {subject.pk}",
        legal_form="too",
        registered=DAY,
        origin=Provenance("deadline", DAY),
        by=by,
        at=at,
    )


def main() -> None:
    from django.db import Error, close_old_connections  # noqa: PLC0415  # as above

    number = 0
    while True:
        try:
            close_old_connections()
            sys.stdout.write(start(f"{os.getpid()}-{number}") + "\n")
            sys.stdout.flush()
        except Error:
            pause(0.5)
        number += 1
        pause(PAUSE)


def start(name: str) -> str:
    """Start a deadline about a company of its own, and give the company's id."""
    from django.utils import timezone  # noqa: PLC0415  # as above

    from adaldyq.kernel.actions.companies import register_company  # noqa: PLC0415  # as above
    from adaldyq.kernel.actions.periods import Provenance  # noqa: PLC0415  # as above
    from adaldyq.kernel.actor import system  # noqa: PLC0415  # as above
    from adaldyq.kernel.deadlines.actions import start_deadline  # noqa: PLC0415  # as above
    from adaldyq.kernel.deadlines.terms import Bound, Due  # noqa: PLC0415  # as above
    from adaldyq.kernel.models import Account  # noqa: PLC0415  # as above
    from tests.faults.visitor import REGISTRAR  # noqa: PLC0415  # as above

    by, now = system("trial"), timezone.now()
    source = Provenance("trial", DAY)
    subject = register_company(name=name, legal_form="too", registered=DAY, origin=source, by=by, at=now)
    due = Due("answer", "Answer", DAY, action="tests.faults.due.follow")
    bound = Bound(account=Account.objects.get(username=REGISTRAR))
    start_deadline(subject=subject, due=due, bound=bound, by=by, at=now)
    return subject.pk


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
    import django

    django.setup()
    main()
