"""Filing makes a declaration findable, replaces versions, and settles what was owed."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.models import Declaration, Obligation
from tests import factories

pytestmark = pytest.mark.django_db


def lines() -> list[dict[str, object]]:
    payloads = Leaf.objects.filter(act="declarations.declaration.file").order_by("id").values_list("payload", flat=True)
    return [json.loads(payload or "") for payload in payloads]


def test_a_declaration_is_found_by_every_name_its_post_and_its_body() -> None:
    made = factories.official()
    words = made.search_text.split()
    assert {"tanatarov", "serik", "abdiuli", "abdevich", "director", "ministerstvo"} <= set(words)
    assert made.search_text.startswith(" tanatarov serik")


def test_an_amended_declaration_replaces_the_one_before_and_keeps_it() -> None:
    first = factories.declaration()
    second = factories.declaration(first.person, version=2)
    first.refresh_from_db()
    assert (first.is_current, second.is_current) == (False, True)
    assert Declaration.objects.count() == 2


@pytest.mark.parametrize("owed_first", [True, False])
def test_filing_settles_what_is_owed_in_whichever_order_they_come(owed_first: bool) -> None:
    who = factories.person()
    if owed_first:
        factories.obligation(who)
    factories.declaration(who, filed_at=datetime(2025, 9, 15, 18, 30, tzinfo=UTC))
    if not owed_first:
        factories.obligation(who)
    assert Obligation.objects.get().filed_date == date(2025, 9, 15)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2023, 9, 15, 18, 0, tzinfo=UTC), date(2023, 9, 16)),
        (datetime(2025, 9, 15, 18, 59, 59, tzinfo=UTC), date(2025, 9, 15)),
        (datetime(2025, 9, 15, 19, 0, tzinfo=UTC), date(2025, 9, 16)),
        (None, None),
    ],
)
def test_the_day_of_filing_is_the_one_of_the_countrys_own_clock(instant: datetime | None, day: date | None) -> None:
    assert factories.declaration(factories.person(), filed_at=instant).filed_date == day


def test_an_amendment_does_not_move_the_day_of_the_first_filing() -> None:
    who = factories.person()
    factories.obligation(who)
    factories.declaration(who, filed_at=datetime(2025, 9, 1, 8, tzinfo=UTC))
    factories.declaration(who, version=2, filed_at=datetime(2025, 11, 1, 8, tzinfo=UTC))
    assert Obligation.objects.get().filed_date == date(2025, 9, 1)


def test_a_declaration_of_another_year_or_form_settles_nothing() -> None:
    who = factories.person()
    factories.obligation(who, 2024)
    factories.declaration(who, 2023)
    factories.declaration(who, 2024, form="assets")
    assert Obligation.objects.get().filed_date is None


def test_the_ledger_line_tells_two_contents_apart() -> None:
    who = factories.person()
    factories.declaration(who, 2022, {"cash": [{"row_id": "A" * 12, "amount": 100}]})
    factories.declaration(who, 2023, {"cash": [{"row_id": "B" * 12, "amount": 100}]})
    Declaration.objects.all().delete()
    factories.declaration(who, 2022, {"cash": [{"row_id": "A" * 12, "amount": "100.00"}]})
    factories.declaration(who, 2022, {"cash": [{"row_id": "C" * 12, "amount": 101}]}, version=2)
    digests = [line["rows"] for line in lines()]
    assert digests[0] == digests[2]
    assert len(set(digests)) == 3


def test_a_citizen_may_not_file_for_others() -> None:
    citizen = Actor(id="someone", roles=frozenset({Role.CITIZEN}))
    with pytest.raises(NotAllowed):
        file_declarations(batch=FiledBatch([]), by=citizen, at=factories.AT)
