from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from adaldyq.measures.declarations.adapters import sejm
from adaldyq.measures.declarations.adapters.collection import Row
from adaldyq.measures.declarations.adapters.files import text_of
from adaldyq.measures.declarations.adapters.leaves import LOST, leaves
from adaldyq.measures.declarations.adapters.sejm_sections import ADDING
from tests.measures.declarations.adapters.conftest import Reader

Record = dict[str, Any]


def member(name: str = "Jan Wymyślony", /, **sections: Any) -> Record:
    """A record in the shape of the source, of a person who does not exist."""
    first, last = name.split()
    declaration = {
        "date": "2025-04-30T00:00:00",
        "documentUrl": f"https://example.org/{name}.pdf",
        **{section: [] for section in ADDING},
        **sections,
    }
    return {
        "firstName": first,
        "lastName": last,
        "dateOfBirth": "1970-05-01T00:00:00",
        "placeOfBirth": "Nigdzie",
        "imageUrl": "https://example.org/1.jpg",
        "partyId": 1,
        "assetDeclarations": [declaration],
    }


def written(folder: Path, *records: Record) -> Path:
    file = folder / "declarations_2025.jsonl.gz"
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records)
    file.write_bytes(gzip.compress(lines.encode()))
    return file


@pytest.fixture
def one(tmp_path: Path, whole: Reader) -> Callable[..., dict[str, list[Row]]]:
    def read(**sections: object) -> dict[str, list[Row]]:
        return whole("sejm", written(tmp_path, member(**sections)))[0]

    return read


Read = Callable[..., dict[str, list[Row]]]


def kinds(rows: dict[str, list[Row]]) -> list[str]:
    return sorted(str(row["kind"]) for row in rows["source_note"])


def test_a_member_and_a_declaration_of_the_year_before(one: Read) -> None:
    rows = one()
    (declaration,) = rows["declaration"]
    assert (declaration["year"], declaration["filed_at"]) == (2024, datetime(2025, 4, 30, tzinfo=UTC))
    assert declaration["body_id"] == rows["body"][0]["id"]
    assert rows["person"][0]["birth_date"] == date(1970, 5, 1)
    assert (rows["person_name"][0]["given_name"], rows["person_name"][0]["family_name"]) == ("Jan", "Wymyślony")


def test_foreign_cash_keeps_the_declarants_conversion(one: Read) -> None:
    rows = one(
        cashPositions=[
            {"currency": "PLN", "currencyValue": 164000.5, "baseValue": 164000.5},
            {"currency": "GBP", "currencyValue": 5000.0, "baseValue": 25000.0},
        ]
    )
    assert [(row["amount"], row["currency"], row["stated_amount"]) for row in rows["declared_cash"]] == [
        (Decimal("164000.50"), "PLN", None),
        (Decimal(5000), "GBP", Decimal(25000)),
    ]


def test_money_of_the_form_may_be_at_a_bank_unless_the_words_say_that_it_is_in_hand(one: Read) -> None:
    rows = one(
        cashPositions=[
            {"currency": "PLN", "currencyValue": 7.0, "baseValue": 7.0},
            {"currency": "PLN", "currencyValue": 8.0, "baseValue": 8.0, "description": "Gotówka w domu"},
        ]
    )
    assert [row["or_at_bank"] for row in rows["declared_cash"]] == [True, None]


def test_accounts_funds_and_crypto_stand_apart_from_cash(one: Read) -> None:
    rows = one(
        cashPositions=[
            {"currency": "EUR", "currencyValue": 10.0, "baseValue": 43.0, "description": "Lokata w banku"},
            {"currency": "PLN", "currencyValue": 9.0, "baseValue": 9.0, "description": "Polisa na życie"},
            {"currency": "BTC", "currencyValue": 0.05774, "baseValue": 14435.0},
            {"currency": "ABCD.US", "currencyValue": 3, "baseValue": 900.0},
        ]
    )
    assert not rows["declared_cash"]
    assert rows["declared_account"][0]["bank"] == "Lokata w banku"
    assert [row["issuer"] for row in rows["declared_security"]] == ["Polisa na życie", "ABCD.US"]
    (crypto,) = rows["declared_crypto"]
    assert (crypto["asset"], crypto["quantity"], crypto["value"]) == ("BTC", Decimal("0.057740"), Decimal(14435))


def test_real_estate_is_read_out_of_its_words(one: Read) -> None:
    rows = one(
        realEstate=[
            {
                "description": "Mieszkanie o powierzchni 53,10 m²",
                "value": 500000.0,
                "legalTitle": "współwłasność z żoną 1/2",
            },
            {"description": "Gospodarstwo rolne 3,25 ha", "value": 200000, "legalTitle": "dzierżawa"},
            {"description": "Dom 120 m² na działce 0,0740 ha", "value": None, "legalTitle": "własność"},
        ]
    )
    flat, farm, house = rows["declared_real_estate"]
    assert (flat["kind"], flat["area"], flat["share"], flat["basis"]) == (
        "apartment",
        Decimal("53.1"),
        50,
        "joint ownership",
    )
    assert flat["description"] == "Mieszkanie o powierzchni 53,10 m² (współwłasność z żoną 1/2)"
    assert (farm["kind"], farm["area"], farm["basis"]) == ("land", Decimal(32500), "lease")
    assert (house["kind"], house["area"], house["value"], house["basis"]) == ("house", None, None, "ownership")
    assert not rows["source_note"]


def test_a_loan_is_private_only_when_the_words_say_so(one: Read) -> None:
    texts = [
        "Pożyczka od brata",
        "Pożyczka z ZFŚS Kancelarii Sejmu",
        "Kredyt hipoteczny w banku",
        "Pożyczka",
        "Karta kredytowa",
    ]
    rows = one(liabilities=[{"description": text, "value": 20000.0} for text in texts])
    assert [row["kind"] for row in rows["declared_claim"]] == [
        "private loan",
        "other",
        "mortgage",
        "other",
        "bank loan",
    ]
    assert [row["counterparty"] for row in rows["declared_claim"]] == texts


def test_a_car_is_a_vehicle_and_a_watch_a_valuable(one: Read) -> None:
    rows = one(
        personalProperties=[
            {"description": "Samochód Toyota Yaris, rok 2021", "value": 60000.0},
            {"description": "Zegarek", "value": None},
            {"description": "Samochód Fiat, rok 2119", "value": None},
        ]
    )
    car, odd = rows["declared_vehicle"]
    assert (car["kind"], car["production_year"], car["value"]) == ("car", 2021, Decimal(60000))
    assert (odd["production_year"], kinds(rows)) == (None, ["impossible-date"])
    assert rows["declared_valuable"][0]["kind"] == "jewellery"


def test_income_of_a_business_that_stands_among_the_incomes_counts_once(one: Read) -> None:
    business = {"businessName": "Firma", "businessType": "spółka jawna", "description": "Udział 10%", "income": 500.5}
    twice = one(incomes=[{"description": "Dochód z firmy", "yearlyValue": 500.5}], businessActivities=[business])
    assert [row["amount"] for row in twice["declared_income"]] == [Decimal("500.50")]
    once = one(businessActivities=[business])
    assert [(row["kind"], row["payer"]) for row in once["declared_income"]] == [("business", "Firma")]
    assert once["declared_company_interest"][0]["share"] == 10
    assert (once["declared_position"][0]["organisation"], once["declared_position"][0]["paid"]) == ("Firma", True)


SLIPS: dict[str, tuple[str, Record]] = {
    "absurd-amount": ("cashPositions", {"currency": "PLN", "currencyValue": 210000000.0, "baseValue": 210000000.0}),
    "currency-mismatch": ("liabilities", {"description": "Kredyt 500,00 CHF", "value": 500.0, "currency": "PLN"}),
    "unknown-currency": ("cashPositions", {"currency": "UNKNOWN", "currencyValue": 5.0, "baseValue": None}),
    "negative-amount": ("incomes", {"description": "Strata", "yearlyValue": -5.0}),
    "implausibly-small": ("realEstate", {"description": "Dom 190 m²", "value": 9.0, "legalTitle": "własność"}),
    "decimal-slip": ("securityPositions", {"name": "Obligacje skarbowe", "quantity": "10000", "value": 10000220.0}),
    "unit-price": ("securityPositions", {"name": "Akcje", "quantity": "7500", "value": 2.3}),
    "area-absurd": ("realEstate", {"description": "Mieszkanie 2900 m²", "value": 300000.0, "legalTitle": "własność"}),
    "share-over-100": ("realEstate", {"description": "Działka", "value": 3000.0, "legalTitle": "udział 150%"}),
    "unreadable-amount": ("receivables", {"description": "Pożyczka", "value": "NaN"}),
    "approximate-amount": ("receivables", {"description": "Pożyczka", "value": "ok. 5 tys. EUR"}),
    "several-amounts": ("receivables", {"description": "Pożyczka", "value": "100 EUR i 200 USD"}),
}


@pytest.mark.parametrize("kind", SLIPS)
def test_what_looks_like_a_slip_is_noted(kind: str, one: Read) -> None:
    section, item = SLIPS[kind]
    assert kinds(one(**{section: [item]})) == [kind]


def test_a_sum_with_three_places_is_noted_and_rounded(one: Read) -> None:
    rows = one(liabilities=[{"description": "Kredyt", "value": 25283.072}])
    assert rows["declared_claim"][0]["amount"] == Decimal("25283.07")
    assert kinds(rows) == ["decimal-slip"]


@pytest.mark.parametrize("day", ["2015-04-30T00:00:00", "2029-04-18", "2025-02-30", "wczoraj", None])
def test_a_day_of_filing_that_cannot_be_is_noted_and_left_out(day: object, tmp_path: Path, whole: Reader) -> None:
    others = [member(f"Osoba {letter}") for letter in "ABC"]
    rows, _ = whole("sejm", written(tmp_path, *others, member(date=day)))
    (odd,) = [row for row in rows["declaration"] if row["declarant_name"] == "Jan Wymyślony"]
    assert (odd["year"], odd["filed_at"]) == (2024, None)
    assert kinds(rows) == ["impossible-date"]


def test_a_birth_that_cannot_be_is_noted_and_left_out(tmp_path: Path, whole: Reader) -> None:
    rows, _ = whole("sejm", written(tmp_path, {**member(), "dateOfBirth": "1881-04-06T00:00:00"}))
    assert rows["person"][0]["birth_date"] is None
    assert kinds(rows) == ["impossible-date"]


def test_an_amended_declaration_takes_the_place_of_the_first(tmp_path: Path, whole: Reader) -> None:
    record = member()
    again = {**record["assetDeclarations"][0], "documentUrl": "https://example.org/again.pdf"}
    record["assetDeclarations"].append(again)
    rows, _ = whole("sejm", written(tmp_path, record))
    assert [(row["version"], row["is_current"]) for row in rows["declaration"]] == [(1, False), (2, True)]


def test_a_doubled_record_is_rejected_and_the_first_kept(tmp_path: Path, whole: Reader) -> None:
    rows, collection = whole("sejm", written(tmp_path, member(), member()))
    assert len(rows["declaration"]) == 1
    assert collection.rejects[0].place == "declarations_2025.jsonl.gz:2 #1"


def test_importing_again_gives_the_same_rows(tmp_path: Path, whole: Reader) -> None:
    file = written(tmp_path, member(incomes=[{"description": "Dieta", "yearlyValue": 1.0}]))
    assert whole("sejm", file)[0] == whole("sejm", file)[0]


def test_a_field_nobody_knows_is_counted_by_its_path(tmp_path: Path, whole: Reader) -> None:
    _, collection = whole("sejm", written(tmp_path, member(incomes=[{"yearlyValue": 1.0, "bonus": "x"}])))
    assert "assetDeclarations[].incomes[].bonus (unknown to this version)" in {loss.what for loss in collection.losses}


def test_every_field_is_a_column_or_a_named_loss() -> None:
    for path, target in sejm.FIELDS.items():
        for one_of in () if target.startswith(LOST) else target.split(", "):
            table, column = one_of.split(".")
            assert column in sejm.TABLES[table], path


FULL: dict[str, list[Record]] = {
    "cashPositions": [
        {"currency": "GBP", "currencyValue": 5.5, "baseValue": 27.5, "description": None},
        {"currency": "PLN", "currencyValue": 9.5, "baseValue": 9.5, "description": "Lokata"},
    ],
    "securityPositions": [{"name": "Akcje A", "quantity": "10", "value": 500.5, "currency": "EUR"}],
    "realEstate": [{"description": "Dom 99 m²", "legalTitle": "własność", "value": 500000.5, "currency": "PLN"}],
    "liabilities": [{"description": "Kredyt", "value": 20000.5, "currency": "CHF"}],
    "receivables": [{"description": "Pożyczka", "value": 30000.5}],
    "personalProperties": [{"description": "Samochód", "value": 40000.5, "year": 2005, "legalTitle": "współwłasność"}],
    "incomes": [{"description": "Dieta", "yearlyValue": 700.5}],
    "businessActivities": [{"businessName": "F", "businessType": "S", "description": "Udział 10%", "income": 8.5}],
}
CHANGED: dict[str, object] = {
    "date": "2025-04-29",
    "dateOfBirth": "1971-01-01",
    "currency": "USD",
    "legalTitle": "najem",
}
MAPPED = sorted(path for path, target in sejm.FIELDS.items() if not target.startswith(LOST))


def changed(value: Any, path: str) -> Any:
    """The record with another value at a path, in every item of the lists on the way."""
    head, _, rest = path.partition(".")
    if head.endswith("[]"):
        name = head.removesuffix("[]")
        return {**value, name: [changed(one, rest) for one in value[name]]}
    other = {str: f"{value.get(head)} inne", int: 2006, float: 11111.5}.get(type(value.get(head)), "inne")
    return {**value, head: CHANGED.get(head, other)}


@pytest.mark.parametrize("path", MAPPED)
def test_every_field_that_has_a_place_changes_the_rows(path: str, tmp_path: Path, whole: Reader) -> None:
    record = member(position="Poseł", **FULL)
    before = whole("sejm", written(tmp_path, record))[0]
    after = whole("sejm", written(tmp_path, changed(record, path)))[0]
    assert before != after


def test_every_field_of_the_real_file_is_accounted_for(real: Callable[[str], Path]) -> None:
    (file,) = real("poland-sejm-declarations").glob("*.jsonl.gz")
    paths = {path for line in text_of(file).splitlines() for path, _ in leaves(json.loads(line))}
    assert paths <= set(sejm.FIELDS)


def test_the_real_collection(real: Callable[[str], Path], whole: Reader) -> None:
    rows, collection = whole("sejm", real("poland-sejm-declarations"))
    assert {table: len(rows[table]) for table in rows} == {
        "person": 460,
        "person_name": 460,
        "body": 1,
        "declaration": 460,
        "declared_cash": 948,
        "declared_account": 25,
        "declared_crypto": 10,
        "declared_security": 494,
        "declared_real_estate": 1361,
        "declared_vehicle": 576,
        "declared_valuable": 159,
        "declared_claim": 607,
        "declared_income": 1874,
        "declared_position": 161,
        "declared_company_interest": 8,
        "source_note": 66,
    }
    assert Counter(row["kind"] for row in rows["source_note"]) == {
        "impossible-date": 33,
        "negative-amount": 12,
        "decimal-slip": 8,
        "absurd-amount": 4,
        "unknown-currency": 4,
        "implausibly-small": 3,
        "unit-price": 1,
        "area-absurd": 1,
    }
    assert not collection.rejects
    assert {row["year"] for row in rows["declaration"]} == {2024}
