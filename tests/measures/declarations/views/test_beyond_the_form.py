"""What a single box cannot tell: more cash than the law lets be stated, owners not yet born, a declarant who has died."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from adaldyq.kernel.models import Person
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, DraftRow
from adaldyq.measures.declarations.queries.of_the_year import happened
from tests import factories
from tests.measures.declarations.views.journey import CAR, address, answered, begun, filled_in, shown_again, signing

pytestmark = pytest.mark.django_db

CASH = {"owner": "declarant", "amount": "900000000", "currency": "KZT"}
CHILD = {
    "relation": "child",
    "name": "Танатаров Әли",
    "birth_date_day": "1",
    "birth_date_month": "2",
    "birth_date_year": "2015",
}


def test_more_cash_than_the_law_lets_be_stated_is_told_on_entry_and_check_page_and_can_be_filed(
    citizen: Client, declarant: Person
) -> None:
    draft = begun(citizen, declarant)
    row = address("draft-row", draft.pk, "cash", "0000000000AA")
    section = address("draft-section", draft.pk, "cash")
    citizen.post(row, CASH | {"amount": "1000"})
    assert "more than the" not in citizen.get(section).content.decode()
    citizen.post(row, CASH | {"revision": "1"})
    for page in (row, section, address("draft-check", draft.pk)):
        assert "more than the" in citizen.get(page).content.decode(), page
    answered(citizen, draft)
    shown_again(citizen)
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    (amount,) = SECTION_MODELS["cash"]._default_manager.values_list("amount", flat=True)
    assert amount == Decimal(900_000_000)


def test_nobody_is_called_by_a_number_and_no_child_had_a_car_before_they_were_born(
    citizen: Client, declarant: Person
) -> None:
    draft = begun(citizen, declarant)
    child, car = (
        address("draft-row", draft.pk, *one) for one in (("family", "0000000000FF"), ("vehicle", "0000000000AA"))
    )
    for name in ("12345", "..."):
        told = citizen.post(child, CHILD | {"name": name, "revision": str(revision("0000000000FF"))})
        assert "Write the name in letters." in told.content.decode()
    citizen.post(child, CHILD | {"revision": str(revision("0000000000FF"))})
    told = citizen.post(car, CAR | {"owner": "child", "acquired_date_year": "1950"})
    assert "The owner was born on" in told.content.decode()
    assert "The owner was born on" in citizen.get(address("draft-check", draft.pk)).content.decode()
    told = citizen.post(car, CAR | {"owner": "child", "revision": "1"})
    assert told.status_code == 302


def revision(key: str) -> int:
    return DraftRow.objects.filter(pk=key).values_list("revision", flat=True).first() or 0


def test_nobody_files_for_somebody_whom_the_register_knows_as_dead(citizen: Client, declarant: Person) -> None:
    draft = filled_in(citizen, declarant)
    sent = signing(citizen, draft)
    Person.objects.filter(pk=declarant.pk).update(death_date=date(2025, 1, 5))
    told = citizen.post(address("draft-sign", draft.pk), sent)
    assert (told.status_code, "so it cannot be filed" in told.content.decode()) == (422, True)
    assert not Declaration.objects.exists()
    assert DraftRow.objects.filter(draft=draft).count() == 1
    Person.objects.filter(pk=declarant.pk).update(death_date=None)
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302


def test_a_purchase_in_a_currency_without_a_rate_of_the_year_is_filled_in_by_the_last_known_one(
    declarant: Person,
) -> None:
    bought = {"basis": "purchase", "price": Decimal(200_000), "currency": "USD"}
    factories.land(declarant, valid_from=date(2026, 3, 1), **bought)
    (row,) = happened([(declarant, "declarant")], 2026)
    assert row.section == "acquisition"
