"""Acts that meet at a licence, its renewal and their deadlines wait for each other and never in a circle."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections, transaction

from adaldyq.base.errors import Conflict
from adaldyq.kernel.deadlines.actions import fall
from adaldyq.kernel.deadlines.clock import CLOCK
from adaldyq.kernel.deadlines.days import end_of
from adaldyq.kernel.models import Deadline
from adaldyq.measures.permits.actions.licensing import Order, revoke_licence
from adaldyq.measures.permits.actions.steps import DECISION, STEP
from adaldyq.measures.permits.models import PermitApplication, PermitLicence
from adaldyq.measures.permits.states import CLOSED, GRANTED, REVOKED
from tests.measures.permits.applying import (
    AT,
    DAY,
    applicant,
    decider,
    drawn,
    fresh,
    granted,
    officers,
    opened,
    sent,
    step,
    verified,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

LATER = AT + 300 * DAY
ORDER = Order("People were poisoned", "9")
PATIENCE = 30  # seconds after which a test gives up


def waiting(how_many: int) -> None:
    """Wait until some connections wait for rows that others hold."""
    until = time.monotonic() + PATIENCE
    with connection.cursor() as asking:
        while True:
            asking.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
            if asking.fetchone()[0] >= how_many:
                return
            assert time.monotonic() < until, "nobody waits"


class Doing:
    """Acts that are done at once, each on a connection of its own."""

    def __init__(self) -> None:
        self.faults: list[Exception] = []
        self.threads: list[threading.Thread] = []

    def begin(self, call: Callable[[], object]) -> None:
        """Begin an act, and come back once it waits."""

        def run() -> None:
            try:
                call()
            except Conflict:
                pass  # the other was first
            except Exception as fault:  # noqa: BLE001  # shown by the test
                self.faults.append(fault)
            finally:
                connections.close_all()

        self.threads.append(threading.Thread(target=run))
        self.threads[-1].start()
        waiting(len(self.threads))


@contextmanager
def kept_waiting(deadlines: Any) -> Iterator[Doing]:
    """Hold some deadlines while acts begin, then let go and wait for their ends."""
    doing = Doing()
    try:
        with transaction.atomic():
            assert list(deadlines.select_for_update())
            yield doing
    finally:
        for one in doing.threads:
            one.join(PATIENCE)


def step_of(application: PermitApplication) -> Any:
    """Deadlines of the step of an application."""
    return Deadline.objects.filter(subject_id=application.pk, name=STEP, state="running")


def test_a_renewal_is_granted_while_its_licence_is_revoked() -> None:
    of, who = opened(), applicant()
    officers(of.body, "a", "b")
    licence = PermitLicence.objects.get(application=granted(of, who))
    renewal = verified(drawn(sent(of, who, LATER, renews=licence), LATER), LATER)
    officer = decider(renewal)
    with kept_waiting(step_of(renewal)) as doing:
        doing.begin(lambda: step(renewal, "grant", officer, LATER))
        doing.begin(lambda: revoke_licence(licence=licence, order=ORDER, by=officer, at=LATER))
    assert doing.faults == []
    licence.refresh_from_db()
    assert licence.state == REVOKED
    assert fresh(renewal).state in {GRANTED, CLOSED}
    assert not PermitLicence.objects.exclude(state=REVOKED).exists()


def test_an_officer_decides_while_the_clock_strikes() -> None:
    of, who = opened(), applicant()
    officers(of.body, "a", "b")
    one = verified(drawn(sent(of, who)))
    assert one.due_date is not None
    officer, silent = decider(one), end_of(one.due_date)
    whole = Deadline.objects.get(subject_id=one.pk, name=DECISION)
    with kept_waiting(step_of(one)) as doing:
        doing.begin(lambda: step(one, "grant", officer))
        doing.begin(lambda: fall(deadline=whole, by=CLOCK, at=silent))
    assert doing.faults == []
    assert (fresh(one).state, fresh(one).deemed, PermitLicence.objects.count()) == (GRANTED, False, 1)
