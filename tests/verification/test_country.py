"""A snapshot of the country holds exactly what the registers hold, on every database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import models

from adaldyq.kernel.actions.registers import load_register
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import BankBalance, LandRight, Person, Territory
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Review, ReviewInquiry, ReviewSelection
from adaldyq.verification.arrow import schema_of
from adaldyq.verification.contracts import contracts
from adaldyq.verification.country import take_snapshot
from adaldyq.verification.snapshots import Origin, Snapshot, read_snapshot
from tests import factories

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, 34, 56, 789012, tzinfo=UTC)
DAY = date(2025, 12, 31)
LARGEST = Decimal("9999999999999.99")


def load(register: str, *rows: models.Model) -> None:
    load_register(register=register, rows=rows, by=system("test"), at=AT)


def snapshot(place: Path) -> Snapshot:
    take_snapshot(place, Origin(dataset="", title="t", source="s"), at=AT, progress=lambda *_: None)
    return read_snapshot(place, contracts())


def rows(taken: Snapshot, table: str) -> Sequence[dict[str, object]]:
    return taken.scanned(table).to_table().to_pylist()


@pytest.fixture
def person() -> Person:
    one = Person(source="test", as_of=DAY)
    load("person", one)
    return one


def test_every_published_table_is_there_in_its_own_columns_and_types(tmp_path: Path) -> None:
    taken = snapshot(tmp_path / "s")
    assert set(taken.manifest.tables) == set(contracts())
    for name, table in contracts().items():
        assert taken.scanned(name).schema.equals(schema_of(table)), name


@pytest.mark.parametrize("amount", [Decimal(0), Decimal("-0.01"), LARGEST, -LARGEST, Decimal("1234567890123.45"), None])
def test_money_is_exact(tmp_path: Path, person: Person, amount: Decimal | None) -> None:
    facts = {"bank": "b", "country": "KZ", "account_number": "1", "year": 2025, "source": "s", "as_of": DAY}
    load("bank_balance", BankBalance(person=person, balance=amount, currency="KZT", **facts))
    assert rows(snapshot(tmp_path / "s"), "bank_balance")[0]["balance"] == amount


def test_numbers_days_and_text_come_as_they_are(tmp_path: Path, person: Person) -> None:
    land = Territory(id="KZ-75", level="region", source="s", as_of=DAY)
    load("territory", land)
    load(
        "land_register",
        LandRight(
            object_number="Ә'1\n", kind="house", territory=land, area=Decimal("120.123456"), owner_person=person,
            share=Decimal("33.333333"), basis="gift", valid_from=date(1931, 2, 28), source="s", as_of=DAY,
        ),
    )  # fmt: skip
    row = rows(snapshot(tmp_path / "s"), "land_register")[0]
    assert (row["object_number"], row["area"], row["share"]) == ("Ә'1\n", Decimal("120.123456"), Decimal("33.333333"))
    assert (row["valid_from"], row["valid_to"], row["address"], row["territory_id"]) == (
        date(1931, 2, 28),
        None,
        None,
        "KZ-75",
    )


def test_instants_and_truth_values_come_as_they_are(tmp_path: Path, person: Person) -> None:
    filed = Declaration(
        person=person, form="income", year=2025, filed_at=AT, declarant_name="N", country="KZ", currency="KZT",
        is_public=True,
    )  # fmt: skip
    interest = SECTION_MODELS["company_interest"](declaration=filed, owner="declarant", beneficial=None)
    batch = FiledBatch([filed], {"company_interest": [interest]})
    file_declarations(batch=batch, by=system("test"), at=AT)
    taken = snapshot(tmp_path / "s")
    row = rows(taken, "declaration")[0]
    assert (row["filed_at"], row["is_public"], row["is_current"]) == (AT, True, True)
    assert rows(taken, "declared_company_interest")[0]["beneficial"] is None


def test_what_rules_may_not_see_is_not_in_a_snapshot(tmp_path: Path) -> None:
    names = {name for entry in snapshot(tmp_path / "s").manifest.tables.values() for name in entry.columns}
    assert not names & {"password", "search_text", "salt", "payload"}


def test_that_an_analyst_asked_is_told_without_the_questions(tmp_path: Path) -> None:
    analyst, made = factories.account("analyst", Role.AGENCY_ANALYST), factories.declaration()
    drawn = ReviewSelection.objects.create(
        year=2024, algorithm="a", seed="b", frame=b"", frame_sha256="c", frame_size=1, weights={}, risk_share=1,
        random_share=1, risk_count=1, random_count=0, run_id="d", at=AT, by=analyst,
    )  # fmt: skip
    facts = {"declaration": made, "person": made.person, "part": "risk", "weight": 1, "decision_due_date": DAY}
    review = Review.objects.create(selection=drawn, **facts)
    asked = ReviewInquiry.objects.create(review=review, asked_by=analyst, asked_at=AT, due_date=DAY)
    [row] = rows(snapshot(tmp_path / "s"), "review_inquiry")
    assert row == {"id": asked.pk, "declaration_id": made.pk, "asked_date": AT.date(), "asked_at": AT}
