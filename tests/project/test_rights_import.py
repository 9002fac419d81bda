"""`adaldyq import registry land`, `vehicles` and `residences`: files come in twice, newer and broken."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from adaldyq.kernel import naming
from adaldyq.kernel.actions.plans import Source
from adaldyq.kernel.actor import system
from adaldyq.kernel.adapters.columns import columns_of
from adaldyq.kernel.models import FormerValue, LandRight, Person, Residence, VehicleRight
from adaldyq.ledger.models import Leaf
from adaldyq.project.cli.registry_importing import Report, import_file
from tests import factories

pytestmark = pytest.mark.django_db
LAND = "object_number,kind,owner,share,basis,valid_from,valid_to,previous_owner,area,price\n"
CARS = "object_number,kind,make,production_year,owner,valid_from,valid_to\n"
HOMES = "person,territory,dwelling,valid_from,valid_to\n"


@pytest.fixture
def one() -> Person:
    return factories.person()


@pytest.fixture
def two() -> Person:
    return factories.person()


@pytest.fixture
def take(tmp_path: Path) -> Any:
    def taken(kind: str, text: str, as_of: str = "2026-01-01") -> Report:
        file = tmp_path / f"{kind}.csv"
        file.write_text(text, encoding="utf-8")
        report = Report.at(tmp_path / "rejects" / "r.csv")
        source = Source("cadastre", "Land cadastre", date.fromisoformat(as_of))
        columns = columns_of(kind, naming.pack().languages)
        for _batch in import_file(kind, file, columns, source, system("import"), report):
            pass
        report.rejects.close()
        return report

    return taken


def counts(report: Report) -> tuple[int, int, int, int]:
    return report.new, report.changed, report.unchanged, report.refused


def rejects(report: Report) -> list[tuple[str, str]]:
    with report.rejects.place.open(encoding="utf-8", newline="") as stream:
        return [(row["line"], row["field"]) for row in csv.DictReader(stream)]


def periods(number: str) -> set[tuple[str | None, str, str]]:
    rows = LandRight.objects.filter(object_number=number)
    return {(row.owner_person_id, f"{row.share or 0:.0f}", str(row.valid_to or "")) for row in rows}


def test_land_comes_in_once_with_its_history_and_one_ledger_line(take: Any, one: Person, two: Person) -> None:
    text = LAND + f"L1,house,{one.pk},100,purchase,2010-01-01,2019-12-31,,90.5,5000000\n"
    text += f"L1,house,{two.pk},,inheritance,2020-01-01,,,90.5,\nL2,land,{one.pk},50,gift,2015-01-01,,,600,\n"
    assert counts(take("land", text)) == (3, 0, 0, 0)
    assert counts(take("land", text)) == (0, 0, 3, 0)
    assert periods("L1") == {(one.pk, "100", "2019-12-31"), (two.pk, "100", "")}
    assert Leaf.objects.filter(act="kernel.register.import").count() == 1
    assert LandRight.objects.get(object_number="L1", valid_to=None).source == "Land cadastre"


def test_a_right_ends_when_the_next_says_from_whom_it_comes(take: Any, one: Person, two: Person) -> None:
    take("land", LAND + f"L1,house,{one.pk},60,purchase,2010-01-01,,,,\n")
    later = LAND + f"L1,house,{two.pk},60,purchase,2026-02-01,,{one.pk},,\n"
    assert counts(take("land", later, "2026-03-01")) == (1, 0, 0, 0)
    assert periods("L1") == {(one.pk, "60", "2026-01-31"), (two.pk, "60", "")}


def test_shares_above_the_whole_are_refused_and_end_nothing(take: Any, one: Person, two: Person) -> None:
    third = factories.person()
    take("land", LAND + f"L1,house,{one.pk},60,purchase,2010-01-01,,,,\nL1,house,{third.pk},40,gift,2010-01-01,,,,\n")
    report = take("land", LAND + f"L1,house,{two.pk},70,purchase,2026-02-01,,{one.pk},,\n", "2026-03-01")
    assert rejects(report) == [("2", "share")]
    assert periods("L1") == {(one.pk, "60", ""), (third.pk, "40", "")}


def test_rows_of_land_that_cannot_be_are_told_by_line_and_field(take: Any, one: Person) -> None:
    bad = (
        f"L1,castle,{one.pk},,purchase,2010-01-01,,,,\n"
        f"L2,house,{one.pk},,theft,2010-01-01,,,,\n"
        f"L3,house,{one.pk},120,purchase,2010-01-01,,,,\n"
        f"L4,house,{one.pk},,purchase,2010-01-01,2009-01-01,,,\n"
        f"L5,house,{one.pk},,purchase,2010-01-01,,,-3,\n"
        f"L6,house,{one.pk},,purchase,2010-01-01,,,,-1\n"
        "L7,house,NOBODY,,purchase,2010-01-01,,,,\n"
        f",house,{one.pk},,purchase,2010-01-01,,,,\n"
    )
    report = take("land", LAND + bad + f"L9,house,{one.pk},,purchase,2010-01-01,,,,\n")
    assert counts(report) == (1, 0, 0, 8)
    fields = ["kind", "basis", "share", "valid_to", "area", "price", "owner", "object_number"]
    assert sorted(rejects(report)) == [(str(line), field) for line, field in enumerate(fields, start=2)]


def test_newer_facts_of_land_keep_what_was_and_older_ones_are_refused(take: Any, one: Person) -> None:
    take("land", LAND + f"L1,house,{one.pk},,purchase,2010-01-01,,,90,\n")
    larger = LAND + f"L1,house,{one.pk},,purchase,2010-01-01,,,120,\n"
    assert counts(take("land", larger, "2026-06-01")) == (0, 1, 0, 0)
    assert FormerValue.objects.get(register="land_register", field="area").value == "90"
    smaller = LAND + f"L1,house,{one.pk},,purchase,2010-01-01,,,80,\n"
    assert rejects(take("land", smaller, "2026-02-01")) == [("2", "area")]


def test_a_vehicle_that_another_has_is_no_longer_the_former_owners(take: Any, one: Person, two: Person) -> None:
    first = CARS + f"VIN1,car,Toyota,2009,{one.pk},2010-01-01,\n"
    assert counts(take("vehicles", first)) == (1, 0, 0, 0)
    second = CARS + f"VIN1,car,Toyota,2009,{two.pk},2018-05-01,\nVIN2,car,Lada,2009.5,{two.pk},2018-05-01,\n"
    report = take("vehicles", second)
    assert counts(report) == (1, 0, 0, 1)
    assert rejects(report) == [("3", "production_year")]
    assert VehicleRight.objects.get(owner_person=one).valid_to == date(2018, 4, 30)
    assert counts(take("vehicles", first))[1:] == (0, 1, 0)


def test_a_later_residence_ends_the_one_before(take: Any, one: Person) -> None:
    factories.territory("KZ-71")
    homes = HOMES + f"{one.pk},KZ-75,D1,2010-01-01,\n{one.pk},KZ-71,D2,2020-03-01,\n"
    assert counts(take("residences", homes)) == (2, 0, 0, 0)
    assert Residence.objects.get(dwelling="D1").valid_to == date(2020, 2, 29)
    gone = (
        HOMES + f"{one.pk},KZ-71,D2,2020-03-01,2024-01-01\n{one.pk},KZ-75,D3,2015-01-01,\n{one.pk},XX,D4,2025-01-01,\n"
    )
    report = take("residences", gone)
    assert counts(report) == (0, 1, 0, 2)
    assert rejects(report) == [("3", "valid_from"), ("4", "territory")]
