"""One signs for both while the other declines, at the same moment: both are filed, or nothing is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account
from adaldyq.measures.declarations.actions import filing, joint
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.models import Declaration, Draft, DraftSection, JointFiling
from adaldyq.measures.declarations.queries.drafts import NOTHING, Filled
from adaldyq.measures.declarations.queries.joint import signed_as
from adaldyq.measures.declarations.states import OPEN
from tests import factories
from tests.measures.declarations.views.journey import account_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]
AT = factories.AT
PATIENCE = 20.0  # seconds in which the database says that somebody waits


def confirmed() -> tuple[Draft, JointFiling]:
    """A draft in which nothing is declared, and which the other has confirmed."""
    one, other = factories.person(), factories.person(("Танатарова Гүл",))
    for name, person in (("one", one), ("other", other)):
        factories.obligation(person, 2024, due_date=date(2999, 9, 15))
        account_of(person, name)
    draft = Draft.objects.create(
        person=one, form="income", year=2024, obligation=one.obligations.get(), state=OPEN,
        opened_by=Account.objects.get(username="one").pk, opened_at=AT, changed_at=AT,
    )  # fmt: skip
    DraftSection.objects.bulk_create(
        [DraftSection(draft=draft, section=part.name, answer=NOTHING) for part in sections_of(draft.form)]
    )
    seen = Filled(draft).seen
    return draft, JointFiling.objects.create(draft=draft, person=other, asked_at=AT, seen=seen, confirmed_at=AT)


def waits() -> None:
    """Return when a connection waits for a row."""
    for _turn in range(int(PATIENCE / 0.05)):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("nobody waits")


def outcome(act: Callable[[], object]) -> str:
    """The code of what an act refuses; empty when it was done."""
    try:
        act()
    except DomainError as error:
        return error.code
    finally:
        connection.close()
    return ""


def test_a_filing_that_waits_and_a_refusal_that_comes_then_do_not_miss_each_other() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one transaction write at a time")
    draft, together = confirmed()
    one, other = (actor_of(Account.objects.get(username=name)) for name in ("one", "other"))
    seen = signed_as(together, Filled(draft).seen)
    held, released = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Draft.objects.select_for_update(no_key=True).get(pk=draft.pk)
            held.set()
            released.wait(PATIENCE)
        connection.close()

    with ThreadPoolExecutor(3) as pool:
        holding = pool.submit(hold)
        held.wait(PATIENCE)
        filed = pool.submit(outcome, lambda: filing.file_draft(draft=draft, seen=seen, by=one, at=AT))
        waits()
        ended = pool.submit(outcome, lambda: joint.end_joint(joint=together, by=other, at=AT))
        time.sleep(0.5)
        released.set()
        holding.result()
        told = (filed.result(), ended.result())
    assert told in {("", "conflict"), ("joint-ended", "")}
    assert Declaration.objects.count() == (0 if told[0] else 2)
