from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.measures.declarations.adapters.collection import Row
from adaldyq.measures.declarations.adapters.nacp_fields import DECLARATION_FIELDS
from tests.measures.declarations.adapters.conftest import Reader, read_whole
from tests.measures.declarations.adapters.nacp_documents import (
    HIDDEN,
    MINE,
    NOT_GIVEN,
    WIFE,
    Write,
    change,
    document,
    folder,
)

__all__ = ["folder"]


def only(rows: dict[str, list[Row]], table: str) -> Row:
    (row,) = rows[table]
    return row


def test_a_declaration_says_who_filed_what_and_when(folder: Write, whole: Reader) -> None:
    rows, _ = whole("nacp", folder(document()))
    declaration = only(rows, "declaration")
    assert declaration["declarant_name"] == "Коваль Іван Петрович"
    assert (declaration["form"], declaration["year"], declaration["is_current"]) == ("income", 2019, True)
    assert declaration["filed_at"] == datetime(2020, 3, 28, tzinfo=UTC)
    assert declaration["post_title"] == "суддя, Суд"
    name = only(rows, "person_name")
    assert (name["family_name"], name["given_name"], name["patronymic"]) == ("Коваль", "Іван", "Петрович")


def test_a_declarant_is_one_person_in_all_documents(folder: Write, whole: Reader) -> None:
    rows, _ = whole("nacp", folder(document(1), document(2, declaration_year=2020), change()))
    assert len(rows["person"]) == len({row["person_id"] for row in rows["declaration"]}) == 1


def test_the_family_is_tied_from_both_sides(folder: Write, whole: Reader) -> None:
    wife = {"id": int(WIFE), "lastname": "Коваль", "firstname": "Олена", "subjectRelation": "дружина"}
    rows, _ = whole("nacp", folder(document(step_2={WIFE: wife})))
    member = only(rows, "declared_family")
    assert (member["relation"], member["name"]) == ("spouse", "Коваль Олена")
    declarant = only(rows, "declaration")["person_id"]
    assert {(row["person_id"], row["relative_id"], row["kind"]) for row in rows["family_tie"]} == {
        (declarant, member["relative_id"], "spouse"),
        (member["relative_id"], declarant, "spouse"),
    }
    assert len(rows["person"]) == 2


def test_a_notice_of_change_never_stands_for_a_year(folder: Write, whole: Reader) -> None:
    car = {"objectType": "Автомобіль легковий", "brand": "Рено", "costDate": "125000", "owningDate": "07.08.2019"}
    rows, _ = whole("nacp", folder(change(step_4={"1": car})))
    declaration = only(rows, "declaration")
    assert (declaration["form"], declaration["is_current"]) == ("change", False)
    assert only(rows, "declared_vehicle")["price"] == Decimal(125000)


def test_a_declaration_of_a_part_of_a_year_does_not_stand_for_it(folder: Write, whole: Reader) -> None:
    leaving = document(1, declaration_type=2, created_date="29.08.2019 13:00:57")
    rows, _ = whole("nacp", folder(leaving))
    assert only(rows, "declaration")["is_current"] is False
    rows, _ = whole("nacp", folder(leaving, document(2, declaration_type=3)))
    assert [(row["version"], row["is_current"]) for row in rows["declaration"]] == [(1, False), (2, True)]


def test_a_later_declaration_of_the_same_year_replaces_the_earlier(folder: Write, whole: Reader) -> None:
    rows, _ = whole("nacp", folder(document(1, created_date="05.05.2020 10:00:00"), document(2)))
    assert [(row["version"], row["is_current"]) for row in rows["declaration"]] == [(2, True), (1, False)]


def test_a_thing_with_several_rights_is_one_row_with_the_right_that_leads(folder: Write, whole: Reader) -> None:
    rights = {
        "1": {"rightBelongs": "j", "ownershipType": "Власність", "percent-ownership": "50"},
        "2": {"rightBelongs": "1", "ownershipType": "Оренда"},
        "3": {"rightBelongs": "1", "ownershipType": "Спільна власність", "percent-ownership": "33,34"},
    }
    flat = {"objectType": "Квартира", "totalArea": "53,10", "costDate": "1700000", "country": "1", "rights": rights}
    rows, collection = whole("nacp", folder(document(step_3={"5": flat})))
    row = only(rows, "declared_real_estate")
    assert (row["owner"], row["basis"], row["share"]) == ("declarant", "joint ownership", Decimal("33.34"))
    assert (row["kind"], row["area"], row["price"], row["country"]) == ("apartment", Decimal("53.10"), 1700000, "UA")
    assert {loss.what: loss.count for loss in collection.losses}[
        "rights (further rights to a thing that has its row)"
    ] == 2


def test_a_seller_is_no_owner(folder: Write, whole: Reader) -> None:
    house = {
        "objectType": "Житловий будинок",
        "person": "1",
        "rights": {"1": {"rightBelongs": "Інша", "seller": "Так"}},
    }
    rows, _ = whole("nacp", folder(change(step_3={"5": house})))
    assert only(rows, "declared_real_estate")["owner"] == "declarant"


def test_money_goes_to_cash_accounts_and_claims(folder: Write, whole: Reader) -> None:
    cash = {"objectType": "Готівкові кошти", "assetsCurrency": "USD", "sizeAssets": "15280", "rights": MINE}
    abroad = {
        "objectType": "Кошти, розміщені на банківських рахунках",
        "assetsCurrency": "EUR",
        "sizeAssets": "100,50",
        "organization_type": "Юридична особа, зареєстрована за кордоном",
        "organization_eng_company_address": "1 Muitas street, Riga, Latvia 1034",
        "organization_ukr_company_name": "Банк",
    }
    lent = {
        "objectType": "Кошти, позичені третім особам",
        "assetsCurrency": "UAH",
        "sizeAssets": "5",
        "debtor_ua_lastname": "Гай",
    }
    rows, _ = whole("nacp", folder(document(step_12={"1": cash, "2": abroad, "3": lent})))
    assert (only(rows, "declared_cash")["amount"], only(rows, "declared_cash")["currency"]) == (15280, "USD")
    account = only(rows, "declared_account")
    assert (account["amount"], account["country"], account["bank"]) == (Decimal("100.50"), "LV", "Банк")
    claim = only(rows, "declared_claim")
    assert (claim["direction"], claim["kind"], claim["counterparty"]) == ("receivable", "private loan", "Гай")


def test_a_gift_is_no_income(folder: Write, whole: Reader) -> None:
    gift = {
        "objectType": "Подарунок у грошовій формі",
        "sizeIncome": "222240",
        "source_ua_lastname": "Гай",
        "source_ua_firstname": "Лев",
        "owningDate": "10.02.2019",
    }
    rows, _ = whole("nacp", folder(change(step_2={"1": gift})))
    row = only(rows, "declared_gift")
    assert (row["giver"], row["kind"], row["value"], row["received_date"]) == (
        "Гай Лев",
        "money",
        222240,
        date(2019, 2, 10),
    )
    assert rows["declared_income"] == []


def test_what_the_register_hides_is_empty_and_counted(folder: Write, whole: Reader) -> None:
    flat = {"objectType": "Квартира", "regNumber": HIDDEN, "costDate": NOT_GIVEN, "costAssessment": "[Не відомо]"}
    rows, collection = whole("nacp", folder(document(step_3={"5": flat})))
    row = only(rows, "declared_real_estate")
    assert (row["object_number"], row["price"], row["value"]) == (None, None, None)
    counts = {loss.what: loss.count for loss in collection.losses}
    assert counts[f"hidden by the register: {HIDDEN}"] == 2
    assert counts[f"hidden by the register: {NOT_GIVEN}"] == 1
    assert rows["source_note"] == []


@pytest.mark.parametrize("words", ["Приз", "Виграш у лотерею", "Інше: призи"])
def test_prizes_and_winnings_are_income_of_their_own_kind(folder: Write, whole: Reader, words: str) -> None:
    rows, _ = whole("nacp", folder(document(step_11={"6": {"objectType": words, "sizeIncome": "5000"}})))
    assert only(rows, "declared_income")["kind"] == "prize"


def test_what_family_did_not_give_is_told_with_the_row_that_lacks_it(folder: Write, whole: Reader) -> None:
    flat = {"objectType": "Квартира", "costDate": NOT_GIVEN, "costDate_extendedstatus": "3", "costAssessment": HIDDEN}
    pay = {"objectType": "Пенсія", "sizeIncome_extendedstatus": "3", "source_ua_regAddress_extendedstatus": "3"}
    rows, _ = whole("nacp", folder(document(step_3={"5": flat}, step_11={"6": pay})))
    told = [(one["table_name"], one["row_id"], one["detail"]) for one in rows["withheld_value"]]
    assert told == [
        ("declared_real_estate", only(rows, "declared_real_estate")["row_id"], "costDate"),
        ("declared_income", only(rows, "declared_income")["row_id"], "sizeIncome"),
    ]


@pytest.mark.parametrize(
    ("step", "entry", "kind"),
    [
        (3, {"objectType": "Квартира", "owningDate": "31.02.2008"}, "impossible-date"),
        (3, {"objectType": "Квартира", "owningDate": "01.01.2031"}, "impossible-date"),
        (3, {"objectType": "Квартира", "rights": {"1": {**MINE["1"], "percent-ownership": "250"}}}, "share-over-100"),
        (3, {"objectType": "Квартира", "rights": MINE, "costDate": "1"}, "implausibly-small"),
        (3, {"objectType": "Квартира", "costDate": "1" + "0" * 30}, "absurd-amount"),
        (3, {"objectType": "Квартира", "costDate": "NaN"}, "unreadable-amount"),
        (3, {"objectType": "Квартира", "costDate": "близько 5 тис."}, "approximate-amount"),
        (6, {"objectType": "Автомобіль легковий", "graduationYear": "2091"}, "impossible-date"),
        (8, {"name": "ТОВ", "cost_percent": "101"}, "share-over-100"),
        (11, {"objectType": "Пенсія", "sizeIncome": "-5"}, "negative-amount"),
        (12, {"objectType": "Готівкові кошти", "assetsCurrency": "XYZ", "sizeAssets": "5"}, "unknown-currency"),
    ],
)
def test_what_looks_like_a_slip_is_noted(folder: Write, whole: Reader, step: int, entry: Row, kind: str) -> None:
    steps: dict[str, Any] = {f"step_{step}": {"5": entry}}
    rows, _ = whole("nacp", folder(document(**steps)))
    note = only(rows, "source_note")
    assert note["kind"] == kind
    assert note["row_id"] in {row["row_id"] for row in rows[str(note["table_name"])]}
    assert note["declaration_id"] == only(rows, "declaration")["id"]


def test_a_document_met_twice_is_rejected_once(folder: Write, whole: Reader) -> None:
    rows, collection = whole("nacp", folder(document(1), document(1)))
    assert len(rows["declaration"]) == 1
    (reject,) = collection.rejects
    assert (reject.place, reject.field) == ("1.json:1", "id")


@pytest.mark.parametrize(
    "damage",
    [
        {"declaration_year": "два"},
        {"declaration_year": 10**30},
        {"declaration_year": None},
        {"id": ""},
        {"step_1": {"lastname": HIDDEN}},
        {"step_1": []},
    ],
)
def test_a_damaged_document_is_rejected_and_the_rest_is_read(folder: Write, whole: Reader, damage: Row) -> None:
    rows, collection = whole("nacp", folder(document(1), document(2, **damage)))
    assert len(rows["declaration"]) == 1
    assert [reject.place for reject in collection.rejects] == ["1.json:1"]


def test_entries_that_are_no_objects_are_rejected_by_their_path(folder: Write, whole: Reader) -> None:
    _, collection = whole("nacp", folder(document(step_3={"5": "квартира"}, step_2={"6": 7})))
    assert [reject.field for reject in collection.rejects] == ["data.step_2.6", "data.step_3.5"]


def test_a_folder_with_nothing_but_the_key_to_an_older_form_is_empty(tmp_path: Path, whole: Reader) -> None:
    (tmp_path / "mapping_defs.json").write_text("# not JSON", encoding="utf-8")
    with pytest.raises(DomainError, match="source-empty"):
        whole("nacp", tmp_path)


def test_a_field_of_tomorrow_is_counted_as_unknown(folder: Write, whole: Reader) -> None:
    _, collection = whole("nacp", folder(document(step_3={"5": {"objectType": "Квартира", "moonPhase": "full"}})))
    assert "data.step_3.*.moonPhase (unknown to this version)" in {loss.what for loss in collection.losses}


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from([HIDDEN, "1", "01.01.2000"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=6,
)
NAMES = sorted(
    {
        path.split(".")[3]
        for path in DECLARATION_FIELDS
        if path.startswith("data.step_") and ".*." in path and "[" not in path
    }
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(2, 17), st.dictionaries(st.sampled_from(NAMES), values, max_size=8) | values)
def test_no_entry_of_any_shape_breaks_the_reading(folder: Write, step: int, entry: Any) -> None:
    steps: dict[str, Any] = {f"step_{step}": {"5": entry}}
    rows, _ = read_whole("nacp", folder(document(**steps)))
    assert len(rows["declaration"]) == 1


def test_the_real_documents(real: Callable[[str], Path], whole: Reader) -> None:
    rows, collection = whole("nacp", real("ukraine-nacp-declarations"))
    assert collection.rejects == []
    assert Counter((row["form"], row["is_current"]) for row in rows["declaration"]) == {
        ("income", True): 4,
        ("income", False): 1,
        ("change", False): 8,
    }
    assert {table: len(found) for table, found in rows.items() if found} == {
        "person": 21,
        "person_name": 21,
        "family_tie": 18,
        "declaration": 13,
        "declared_family": 10,
        "declared_income": 80,
        "declared_gift": 1,
        "declared_real_estate": 184,
        "declared_vehicle": 21,
        "declared_account": 37,
        "declared_cash": 17,
        "declared_claim": 14,
        "declared_security": 20,
        "declared_company_interest": 214,
        "declared_valuable": 625,
        "declared_expense": 80,
        "declared_position": 4,
        "source_note": 1,
        "withheld_value": 7,
    }
    assert Counter(row["kind"] for row in rows["source_note"]) == {"implausibly-small": 1}
    counts = {loss.what: loss.count for loss in collection.losses}
    assert counts[f"hidden by the register: {HIDDEN}"] == 2268
    assert counts[f"hidden by the register: {NOT_GIVEN}"] == 7
