"""What follows from the deadlines of `test_killed_workers.py`, and the rows that it begins with.

Run as a program it fills an empty database with deadlines whose day has passed.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from adaldyq.kernel.actor import Actor
    from adaldyq.kernel.models import Person


def open_one(*, subject: Person, by: Actor, at: datetime) -> None:
    """Open an account for the subject: nothing but the clock's own care keeps it from being opened twice."""
    from adaldyq.base.ids import new_id  # noqa: PLC0415  # Django must be set up first
    from adaldyq.kernel.actions.accounts import open_account  # noqa: PLC0415  # as above

    open_account(username=new_id(), name="by the clock", person=subject, by=by, at=at)


def fill(number: int) -> None:
    """Start deadlines that fell due long ago."""
    from adaldyq.kernel.deadlines.actions import start_deadline  # noqa: PLC0415  # as above
    from adaldyq.kernel.deadlines.terms import Bound, Due  # noqa: PLC0415  # as above
    from tests import factories  # noqa: PLC0415  # as above

    holder = factories.account("holder")
    for _ in range(number):
        due = Due("answer", "Answer", date(2025, 9, 22), action="tests.kernel.deadlines.effects.open_one")
        start_deadline(
            subject=factories.person(), due=due, bound=Bound(account=holder), by=factories.BY, at=factories.AT
        )


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
    import django

    django.setup()
    fill(int(sys.argv[1]))
