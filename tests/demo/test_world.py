"""The sample country agrees with itself: registers with each other, declarations with registers, truth with both."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa
import pytest

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import ALPHABET, LENGTH
from adaldyq.base.money import LIMIT
from adaldyq.countries.loader import load
from adaldyq.demo import world
from adaldyq.demo.world import MOST_PEOPLE, Country, Part
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.verification.arrow import schema_of
from adaldyq.verification.contracts import contracts
from tests.demo.loading import TOLD_IN_THE_DATABASE_ONLY

IIN, BIN = (load("kz").schemes[name] for name in ("IIN", "BIN"))

Row = dict[str, Any]
EMPTY = pa.table({})

POINTS_TO = {
    "parent_id": None,  # to the table itself
    "person_id": "person",
    "relative_id": "person",
    "head_id": "person",
    "owner_person_id": "person",
    "previous_owner_id": "person",
    "body_id": "body",
    "payer_body_id": "body",
    "post_id": "post",
    "company_id": "company",
    "owner_company_id": "company",
    "payer_company_id": "company",
    "territory_id": "territory",
    "declaration_id": "declaration",
}


@cache
def parts() -> tuple[Part, ...]:
    return tuple(Country(11, 1500).parts())


@cache
def rows(table: str) -> list[Row]:
    return [row for part in parts() if table in part.tables for row in part.tables[table].to_pylist()]


@cache
def truth() -> list[Row]:
    return [row for part in parts() for told in (part.truth, part.truth_beside) for row in told.to_pylist()]


@cache
def honest() -> set[str]:
    """People of whom nothing was planted, nor of their spouses."""
    planted = {row["subject_id"] for row in truth()}
    touched = {tie["relative_id"] for tie in rows("family_tie") if tie["person_id"] in planted}
    return {person["id"] for person in rows("person")} - planted - touched


@cache
def spouses() -> dict[str, Row]:
    return {tie["person_id"]: tie for tie in rows("family_tie") if tie["kind"] == "spouse"}


def held(row: Row, year: int) -> bool:
    end = date(year, 12, 31)
    return row["valid_from"] <= end and (row["valid_to"] is None or row["valid_to"] >= end)


def test_every_column_has_the_type_of_its_contract() -> None:
    for part in parts():
        for name, table in (*part.tables.items(), *part.beside.items()):
            schema = schema_of(contracts()[name])
            assert table.select(schema.names).cast(schema).num_rows == table.num_rows


def test_a_person_finds_every_table_of_registers_filled() -> None:
    beside = {"review_inquiry", "paper_in_hand", "source_note", "withheld_value", "exchange_rate", "index_value"}
    assert {name for name in contracts() if not rows(name)} - beside == TOLD_IN_THE_DATABASE_ONLY


def test_every_reference_leads_somewhere() -> None:
    keys = {name: {row[contracts()[name].key] for row in rows(name)} for name in contracts()}
    lost = [
        (name, column)
        for name in contracts()
        for column, target in POINTS_TO.items()
        for row in rows(name)
        if row.get(column) is not None and row[column] not in keys[target or name]
    ]
    assert Counter(lost) == {}


def test_ids_are_opaque_and_never_repeat() -> None:
    for name, table in contracts().items():
        if name in {"territory", "exchange_rate", "index_value"}:
            continue
        keys = [row[table.key] for row in rows(name)]
        assert len(set(keys)) == len(keys)
        assert all(len(key) == LENGTH and set(key) <= set(ALPHABET) for key in keys)


def test_every_iin_tells_birth_and_sex() -> None:
    people = {person["id"]: person for person in rows("person")}
    numbers = rows("person_identifier")
    assert len({one["value"] for one in numbers}) == len(numbers) > 0.99 * len(people)
    for one in numbers:
        person = people[one["person_id"]]
        assert IIN.check(one["value"])
        assert IIN.birth_date(one["value"]) == person["birth_date"]
        assert (int(one["value"][6]) % 2 == 1) == (person["sex"] == "m")


def test_companies_and_bodies_have_valid_numbers() -> None:
    numbers = [row["identifier"] for table in ("company", "body") for row in rows(table) if row["identifier"]]
    assert len(set(numbers)) == len(numbers) > 0
    assert all(BIN.check(number) for number in numbers)


def test_everybody_is_called_in_three_spellings() -> None:
    spelt: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for name in rows("person_name"):
        assert name["text"] == f"{name['family_name']} {name['given_name']} {name['patronymic']}"
        spelt[name["person_id"]].add((name["language"], name["script"]))
    assert {frozenset(found) for found in spelt.values()} == {
        frozenset({("kk", "Cyrl"), ("ru", "Cyrl"), ("en", "Latn")})
    }
    assert len(spelt) == len(rows("person"))
    assert all(
        name["text"].replace(" ", "").replace("-", "").isascii()
        for name in rows("person_name")
        if name["script"] == "Latn"
    )


def test_nothing_ends_before_it_begins() -> None:
    for name in contracts():
        for row in rows(name):
            if row.get("valid_from") and row.get("valid_to"):
                assert row["valid_from"] <= row["valid_to"], (name, row)
    assert all(one["death_date"] is None or one["death_date"] > one["birth_date"] for one in rows("person"))


def test_ties_are_written_from_both_sides() -> None:
    back = {"spouse": "spouse", "sibling": "sibling", "child": "parent", "parent": "child"}
    ties = {(tie["person_id"], tie["relative_id"], tie["kind"], tie["valid_to"]) for tie in rows("family_tie")}
    assert ties == {(other, one, back[kind], until) for one, other, kind, until in ties}
    assert {kind for _, _, kind, _ in ties} == set(back)


def test_parents_are_older_than_their_children() -> None:
    born = {person["id"]: person["birth_date"] for person in rows("person")}
    for tie in rows("family_tie"):
        if tie["kind"] == "child":
            assert (born[tie["relative_id"]] - born[tie["person_id"]]).days > 16 * 365


def test_nobody_has_two_dwellings_at_once() -> None:
    homes: dict[str, list[Row]] = defaultdict(list)
    for row in rows("residence"):
        homes[row["person_id"]].append(row)
    assert len(homes) == len(rows("person"))
    for periods in homes.values():
        assert sum(one["valid_to"] is None for one in periods) == 1


def test_shares_in_a_company_never_exceed_the_whole() -> None:
    for year in range(2019, 2026):
        shares: Counter[tuple[str, str]] = Counter()
        for row in rows("ownership"):
            if held(row, year):
                shares[row["company_id"], row["kind"]] += row["share"]
        assert max(shares.values()) <= 100


def test_shares_in_real_estate_never_exceed_the_whole() -> None:
    for year in range(2019, 2026):
        shares: Counter[str] = Counter()
        for row in rows("land_register"):
            if held(row, year):
                shares[row["object_number"]] += row["share"]
        assert max(shares.values()) <= 100


def test_nobody_sells_after_death() -> None:
    """Of this seed somebody died in the half-year before a sale, and the heir's right would have ended before it began."""
    held_land = [
        row for part in Country(15, 600).parts() for row in part.tables.get("land_register", EMPTY).to_pylist()
    ]
    assert held_land
    assert [row for row in held_land if row["valid_to"] and row["valid_to"] < row["valid_from"]] == []


def test_a_vehicle_has_one_owner_at_a_time() -> None:
    for year in range(2019, 2026):
        owners = Counter(row["object_number"] for row in rows("vehicle_register") if held(row, year))
        assert max(owners.values()) == 1


def test_sums_are_exact_and_in_range() -> None:
    for name, table in contracts().items():
        for column in table.columns:
            if column.type == "money" and (
                values := [row[column.name] for row in rows(name) if row.get(column.name) is not None]
            ):
                assert all(isinstance(value, Decimal) and 0 <= value < LIMIT for value in values), (name, column.name)


def test_every_section_of_both_forms_occurs() -> None:
    filled = {name for name in BY_NAME if rows(f"declared_{name}")}
    assert filled == set(BY_NAME)
    assert {one["form"] for one in rows("declaration")} == {"assets", "income"}


def test_the_first_form_is_the_one_of_assets() -> None:
    years: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for one in rows("obligation"):
        years[one["person_id"]].append((one["year"], one["form"]))
    for forms in years.values():
        assert [form for _, form in sorted(forms)] == ["assets"] + ["income"] * (len(forms) - 1)


def test_the_first_form_states_no_income() -> None:
    forms = {one["id"]: one["form"] for one in rows("declaration")}
    for section in ("income", "gift", "acquisition", "expense"):
        assert {forms[row["declaration_id"]] for row in rows(f"declared_{section}")} == {"income"}


def test_only_officials_declarations_are_public() -> None:
    assert {one["reason"] for one in rows("obligation") if one["is_public"]} == {"official"}
    holders = {one["person_id"] for one in rows("obligation") if one["is_public"]}
    posts = {post["id"]: post for post in rows("post")}
    current = {one["person_id"]: posts[one["post_id"]] for one in rows("appointment") if one["valid_to"] is None}
    assert all(current[person]["declares"] for person in holders)


def test_some_are_late_some_missing_and_some_amended() -> None:
    owed = {(one["person_id"], one["form"], one["year"]): one["due_date"] for one in rows("obligation")}
    filed = {(one["person_id"], one["form"], one["year"]) for one in rows("declaration")}
    assert filed < set(owed)
    assert any(one["filed_date"] > one["due_date"] for one in rows("declaration"))
    assert all(one["filed_date"] == load("kz").day_of(one["filed_at"]) for one in rows("declaration"))
    versions = {(one["person_id"], one["year"]): one for one in rows("declaration") if one["version"] == 2}
    assert versions
    for one in rows("declaration"):
        if one["version"] == 1 and (later := versions.get((one["person_id"], one["year"]))):
            assert (one["is_current"], later["is_current"]) == (False, True)
            assert one["filed_at"] < later["filed_at"]


def test_an_honest_person_declares_all_income_that_was_reported() -> None:
    reported: Counter[tuple[str, int]] = Counter()
    for row in rows("income_record"):
        reported[row["person_id"], row["year"]] += row["amount"]
    declared: Counter[str] = Counter()
    for row in rows("declared_income"):
        if row["owner"] == "declarant":
            declared[row["declaration_id"]] += row["amount"]
    checked = 0
    for one in rows("declaration"):
        if one["form"] == "income" and one["person_id"] in honest():
            checked += 1
            assert declared[one["id"]] == reported[one["person_id"], one["year"]]
    assert checked > 100


def test_an_honest_person_declares_every_account_that_a_bank_reported() -> None:
    stated = {(row["declaration_id"], row["account_number"]): row["amount"] for row in rows("declared_account")}
    balances: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in rows("bank_balance"):
        balances[row["person_id"], row["year"]].append(row)
    checked = 0
    for one in rows("declaration"):
        if one["person_id"] in honest():
            for balance in balances[one["person_id"], one["year"]]:
                checked += 1
                assert stated[one["id"], balance["account_number"]] == balance["balance"]
    assert checked > 100


@pytest.mark.parametrize(("register", "section"), [("land_register", "real_estate"), ("vehicle_register", "vehicle")])
def test_an_honest_person_declares_what_the_registers_know_and_nothing_else(register: str, section: str) -> None:
    owned: dict[str, list[Row]] = defaultdict(list)
    for row in rows(register):
        owned[row["owner_person_id"]].append(row)
    stated: dict[str, set[str]] = defaultdict(set)
    for row in rows(f"declared_{section}"):
        if row["owner"] == "declarant":
            stated[row["declaration_id"]].add(row["object_number"])
    honest_ones = [one for one in rows("declaration") if one["person_id"] in honest() and one["is_current"]]
    assert sum(len(stated[one["id"]]) for one in honest_ones) > 50
    for one in honest_ones:
        known = {row["object_number"] for row in owned[one["person_id"]] if held(row, one["year"])}
        assert stated[one["id"]] == known


def test_an_honest_person_can_pay_for_what_was_bought() -> None:
    spent: Counter[tuple[str, int]] = Counter()
    begun: Counter[tuple[str, int]] = Counter()
    for row in rows("declared_real_estate") + rows("declared_vehicle"):
        if row["price"] and row["owner"] == "declarant":
            spent[row["declaration_id"], row["acquired_date"].year] += row["price"]
    for row in rows("declared_claim"):
        if row["owner"] == "declarant":
            begun[row["declaration_id"], row["since_date"].year] += row["amount"]
    money: Counter[tuple[str, int]] = Counter()
    rates = {"KZT": 1, "USD": 530}
    by_id = {one["id"]: one for one in rows("declaration")}
    for row in rows("declared_account") + rows("declared_cash"):
        if row["owner"] == "declarant":
            one = by_id[row["declaration_id"]]
            money[one["person_id"], one["year"]] += row["amount"] * rates.get(row["currency"], 600)
    income: Counter[tuple[str, int]] = Counter()
    for row in rows("income_record"):
        income[row["person_id"], row["year"]] += row["amount"]
    bought = 0
    for one in by_id.values():
        person, year = one["person_id"], one["year"]
        if person in honest() and one["form"] == "income" and (price := spent[one["id"], year]):
            bought += 1
            assert price <= income[person, year] + money[person, year - 1] + begun[one["id"], year]
    assert bought > 3


def test_truth_speaks_of_people_of_the_country() -> None:
    people = {person["id"] for person in rows("person")}
    assert {row["subject_id"] for row in truth()} <= people


def test_each_rule_has_schemes_and_innocent_cases() -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for row in truth():
        kinds[row["rule"]].add(row["kind"])
    assert len(kinds) >= 40
    assert all("scheme" in found and len(found) > 1 for found in kinds.values())


def test_the_same_seed_gives_the_same_country() -> None:
    again = list(Country(11, 1500).parts())
    for one, other in zip(parts(), again, strict=True):
        assert one.truth.equals(other.truth)
        assert one.tables.keys() == other.tables.keys()
        assert all(one.tables[name].equals(other.tables[name]) for name in one.tables)


def test_another_seed_gives_other_people() -> None:
    other = Country(12, 1500).part(0, 1500)
    assert not set(other.tables["person"]["id"].to_pylist()) & {person["id"] for person in rows("person")}


def test_a_chunk_is_the_same_whatever_the_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(world, "PEOPLE_IN_CHUNK", 400)
    small, large = list(Country(3, 450).parts()), list(Country(3, 1200).parts())
    assert [part.people for part in small] == [0, 400, 50]
    assert small[1].truth.equals(large[1].truth)
    assert all(small[1].tables[name].equals(large[1].tables[name]) for name in small[1].tables)
    persons = pa.concat_tables([part.tables["person"] for part in large[1:]])["id"].to_pylist()
    numbers = pa.concat_tables([part.tables["person_identifier"] for part in large[1:]])["value"].to_pylist()
    assert (len(set(persons)), len(set(numbers))) == (len(persons), len(numbers))


def test_everyone_of_age_declares_for_the_last_year_when_asked() -> None:
    few, all_of_age = (Country(11, 1500, everyone=everyone).part(0, 1500).tables for everyone in (False, True))
    born = dict(zip(*(all_of_age["person"][name].to_pylist() for name in ("id", "birth_date")), strict=True))
    adults = {person for person, day in born.items() if day.year < 2006}
    declared = {row["person_id"] for row in all_of_age["obligation"].to_pylist() if row["year"] == 2024}
    assert adults - declared == {row["id"] for row in all_of_age["person"].to_pylist() if row["death_date"]} & adults
    assert few["obligation"].num_rows < all_of_age["obligation"].num_rows


@pytest.mark.parametrize("people", [1, 7, 40])
def test_a_handful_of_people_is_a_country_too(people: int) -> None:
    assert (
        sum(part.tables["person"].num_rows for part in Country(1, people).parts() if "person" in part.tables) == people
    )


@pytest.mark.parametrize("people", [0, -5, MOST_PEOPLE + 1])
def test_more_people_than_there_are_numbers_for_are_refused(people: int) -> None:
    with pytest.raises(DomainError) as refused:
        Country(1, people)
    assert refused.value.code == "too-many-people"


@pytest.mark.parametrize("seed", [-1, 1 << 63])
def test_a_seed_out_of_range_is_refused(seed: int) -> None:
    with pytest.raises(DomainError) as refused:
        Country(seed, 10)
    assert (refused.value.code, refused.value.field) == ("seed-out-of-range", "seed")
