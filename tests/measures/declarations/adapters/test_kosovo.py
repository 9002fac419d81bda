from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.measures.declarations.adapters import kosovo
from adaldyq.measures.declarations.adapters.collection import Row
from tests.measures.declarations.adapters.conftest import Reader

HEADINGS = (
    '{year},,,,,,,,,,,,"Detyrimet / \nDebts or Outstanding",,Hyra vjetore / Annual Salary,,,\n'
    ",,Paluajtshme / Real Estate,,Luajtshme / Movable,,Akcione / Shares,,Letra me vlerë / Bonds,,"
    "Para të gatshme në inst.fin.,,,,Paga / Regular,,Honorar / Honorariums,\n"
    ",," + ",".join(['"të deklaruesit\nhis/her"', '"e përbashkët\njoint"'] * 8) + "\n"
)


def sheet(folder: Path, year: int, *lines: str) -> Path:
    file = folder / f"{year}.csv"
    file.write_text(HEADINGS.format(year=year) + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return file


ARTA = "Arta Gashi,AAA,250000,60000,7000,,1000,,500,,12000.50,,9000,,18000,,600,"


def test_every_column_goes_to_its_section(tmp_path: Path, whole: Reader) -> None:
    rows, collection = whole("kosovo", sheet(tmp_path, 2012, ARTA))
    (declaration,) = rows["declaration"]
    assert (declaration["year"], declaration["declarant_name"], declaration["currency"]) == (2012, "Arta Gashi", "EUR")
    owned = {row["basis"]: row["value"] for row in rows["declared_real_estate"]}
    assert owned == {"ownership": Decimal(250000), "joint ownership": Decimal(60000)}
    assert {row["kind"]: row["value"] for row in rows["declared_security"]} == {"share": 1000, "bond": 500}
    assert {row["kind"]: row["amount"] for row in rows["declared_income"]} == {"salary": 18000, "other": 600}
    assert rows["declared_account"][0]["amount"] == Decimal("12000.50")
    assert (rows["declared_claim"][0]["direction"], rows["declared_claim"][0]["amount"]) == ("payable", 9000)
    assert rows["declared_valuable"][0]["description"] == "Luajtshme / Movable"
    assert [(loss.what, loss.count, loss.example) for loss in collection.losses] == [("party", 1, "AAA")]


def test_a_joint_sum_has_no_owner(tmp_path: Path, whole: Reader) -> None:
    rows, _ = whole("kosovo", sheet(tmp_path, 2012, ARTA))
    assert {row["basis"]: row["owner"] for row in rows["declared_real_estate"]} == {
        "ownership": "declarant",
        "joint ownership": None,
    }


def test_a_member_is_the_same_person_in_every_year_and_every_import(tmp_path: Path, whole: Reader) -> None:
    sheet(tmp_path, 2012, ARTA)
    sheet(tmp_path, 2013, ARTA.replace("Arta Gashi", "Arta  Gashi "))
    rows, _ = whole("kosovo", tmp_path)
    assert len(rows["person"]) == len({row["person_id"] for row in rows["declaration"]}) == 1
    assert whole("kosovo", tmp_path)[0] == rows


def notes(rows: dict[str, list[Row]]) -> Counter[object]:
    return Counter(row["kind"] for row in rows["source_note"])


def test_a_moved_point_is_noted_and_the_sum_kept(tmp_path: Path, whole: Reader) -> None:
    sheet(tmp_path, 2012, ARTA)
    sheet(tmp_path, 2013, ARTA.replace("250000", "2500"))
    rows, _ = whole("kosovo", tmp_path)
    assert notes(rows) == {"decimal-slip": 1}
    (note,) = rows["source_note"]
    assert Decimal(2500) in {row["value"] for row in rows["declared_real_estate"] if row["row_id"] == note["row_id"]}


def test_sums_nobody_can_mean_are_noted(tmp_path: Path, whole: Reader) -> None:
    rows, _ = whole("kosovo", sheet(tmp_path, 2012, ARTA.replace("18000", "9308000").replace("250000", "30")))
    assert notes(rows) == {"absurd-amount": 1, "implausibly-small": 1}


@pytest.mark.parametrize("text", ["1.2.3", "-5", "5 tys", "1e30", "9" * 40, '"10,000 - 20,000"'])
def test_a_cell_that_is_no_plain_sum_stays_empty_or_noted(tmp_path: Path, whole: Reader, text: str) -> None:
    rows, collection = whole("kosovo", sheet(tmp_path, 2012, ARTA.replace("250000", text)))
    assert len(rows["declaration"]) == 1
    assert not collection.rejects
    assert text == "5 tys" or sum(notes(rows).values()) == 1


def test_a_line_without_any_sum_is_a_loss_not_a_declaration_of_nothing(tmp_path: Path, whole: Reader) -> None:
    rows, collection = whole("kosovo", sheet(tmp_path, 2012, ARTA, "Ben Krasniqi,BBB" + "," * 16))
    assert len(rows["declaration"]) == 1
    assert any(loss.what.startswith("a line without any sum") and loss.count == 1 for loss in collection.losses)


def test_a_doubled_or_cut_line_is_rejected_with_its_place(tmp_path: Path, whole: Reader) -> None:
    rows, collection = whole("kosovo", sheet(tmp_path, 2012, ARTA, ARTA, "Cut Off,X,5"))
    assert len(rows["declaration"]) == 1
    assert [reject.place for reject in collection.rejects] == ["2012.csv:22", "2012.csv:23"]


def test_one_year_twice_is_rejected_and_the_first_kept(tmp_path: Path, whole: Reader) -> None:
    sheet(tmp_path, 2012, ARTA)
    sheet(tmp_path, 2012, ARTA).rename(tmp_path / "copy.csv")
    sheet(tmp_path, 2012, ARTA)
    rows, collection = whole("kosovo", tmp_path)
    assert len(rows["declaration"]) == 1
    assert "already read" in str(collection.rejects[0].problem)


def test_a_sheet_with_a_missing_heading_is_refused_by_name(tmp_path: Path, whole: Reader) -> None:
    file = sheet(tmp_path, 2012, ARTA)
    file.write_text(file.read_text(encoding="utf-8").replace("Real Estate", "Unreal"), encoding="utf-8")
    with pytest.raises(DomainError) as refused:
        whole("kosovo", file)
    assert refused.value.code == "source-broken"
    assert "real estate" in str(refused.value.parameters["problem"])


def test_every_field_of_the_page_is_a_column_or_a_named_loss() -> None:
    for path, target in kosovo.FIELDS.items():
        table, _, column = target.partition(".")
        assert target.startswith("lost: ") or column in kosovo.TABLES[table], path


def test_the_real_collection(real: Callable[[str], Path], whole: Reader) -> None:
    rows, collection = whole("kosovo", real("kosovo-mp-wealth"))
    assert Counter(row["year"] for row in rows["declaration"]) == {2010: 121, 2011: 115, 2012: 118, 2013: 119, 2014: 97}
    assert {table: len(rows[table]) for table in ("person", "declared_real_estate", "declared_income")} == {
        "person": 267,
        "declared_real_estate": 686,
        "declared_income": 881,
    }
    assert notes(rows) == {"implausibly-small": 5, "decimal-slip": 2, "absurd-amount": 1}
    assert {loss.what: loss.count for loss in collection.losses} == {
        "party": 614,
        "a line without any sum: nothing owned, or nothing filed": 44,
        "a sum of zero: nothing is declared by it": 5,
    }
    assert not collection.rejects
