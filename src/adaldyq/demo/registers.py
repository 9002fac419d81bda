"""The registers of a chunk as Arrow tables: people, posts, companies, land, vehicles, and what is reported each year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from adaldyq.demo import columns
from adaldyq.demo.belongings import CURRENCIES
from adaldyq.demo.chunk import TABLES, VEHICLE_MAKER, Chunk, land_letters
from adaldyq.demo.columns import Ints, coded, dates, fixed_text, flags, money, number, same, whole, written
from adaldyq.demo.families import TIES
from adaldyq.demo.identifiers import bins, iins
from adaldyq.demo.lists import (
    BANKS,
    BASES,
    CARS,
    COMPANY_TRADES,
    COMPANY_WORDS,
    FOREIGN_BANKS,
    LAND_KINDS,
    POSTS,
    SOURCE,
    STREETS,
)
from adaldyq.demo.money import INCOME_KINDS
from adaldyq.demo.names import SPELLINGS, full
from adaldyq.demo.nation import AS_OF, in_json
from adaldyq.demo.reported import loan_table, reported, security_table
from adaldyq.demo.rows import Rows
from adaldyq.demo.work import LEGAL_FORMS

SEXES = ("f", "m")
VEHICLE_KINDS = ("car", "truck", "boat", "aircraft")
BOAT, AIRCRAFT = 2, 3
MAKES = (*(name for name, _ in CARS), "Robinson R44", "Amur M")
HELICOPTER, MOTOR_BOAT = len(CARS), len(CARS) + 1
OWNERSHIP_KINDS = ("direct", "beneficial")
COUNTRY = "KZ"
ACCOUNT_DIGITS, IBAN_MODULUS = 13, 97


def register_tables(chunk: Chunk) -> Iterator[tuple[str, pa.Table]]:
    """The registers of a chunk, each after those it points to."""
    yield "person", person_table(chunk)
    yield "person_name", name_table(chunk)
    yield "person_identifier", identifier_table(chunk)
    yield "family_tie", tie_table(chunk)
    yield "residence", residence_table(chunk)
    yield "post", post_table(chunk)
    yield "appointment", appointment_table(chunk)
    yield "company", company_table(chunk)
    yield "ownership", ownership_table(chunk)
    yield "land_register", land_table(chunk)
    yield "vehicle_register", vehicle_table(chunk)
    yield "bank_balance", balance_table(chunk)
    yield "income_record", income_table(chunk)
    yield "loan_balance", loan_table(chunk)
    yield "security_holding", security_table(chunk)


def ids(chunk: Chunk, table: str, places: Ints) -> pa.Array[Any]:
    """Ids of rows of a table of this chunk; null for negative places."""
    return chunk.ids.column(TABLES.index(table), chunk.number, places)


def own_ids(chunk: Chunk, table: str, rows: Rows) -> pa.Array[Any]:
    """The ids of all rows of a table."""
    return ids(chunk, table, np.arange(len(rows)))


def sourced(count: int) -> dict[str, pa.Array[Any]]:
    """Where the rows come from, and as of when."""
    return {"source": same(SOURCE, count), "as_of": dates(np.full(count, AS_OF))}


def period(rows: Rows) -> dict[str, pa.Array[Any]]:
    """From which day to which."""
    return {"valid_from": dates(rows["valid_from"]), "valid_to": dates(rows["valid_to"])}


def person_table(chunk: Chunk) -> pa.Table:
    """Births, deaths and sexes."""
    people = chunk.people
    return pa.table(
        {
            "id": own_ids(chunk, "person", people),
            "birth_date": dates(people["birth"]),
            "death_date": dates(people["death"]),
            "sex": coded(people["sex"], SEXES),
            "country": same(COUNTRY, len(people)),
            **sourced(len(people)),
        }
    )


def name_parts(chunk: Chunk, spelling: int, person: Ints | None = None) -> tuple[pa.Array[Any], ...]:
    """Family name, given name and patronymic of people, or of some of them."""
    people = chunk.people if person is None else chunk.people.where(person)
    return chunk.names.parts(spelling, people["sex"], people["given"], people["family"], people["father_name"])


def name_table(chunk: Chunk) -> pa.Table:
    """Names in three spellings."""
    count = len(chunk.people)
    tables = []
    for place, (language, script) in enumerate(SPELLINGS):
        family, given, father = parts = name_parts(chunk, place)
        tables.append(
            pa.table(
                {
                    "id": ids(chunk, "person_name", np.arange(count) * len(SPELLINGS) + place),
                    "person_id": own_ids(chunk, "person", chunk.people),
                    "language": same(language, count),
                    "script": same(script, count),
                    "text": full(parts),
                    "family_name": family,
                    "given_name": given,
                    "patronymic": father,
                    "valid_from": dates(chunk.people["birth"]),
                    "valid_to": pa.nulls(count, pa.date32()),
                }
            )
        )
    return pa.concat_tables(tables)


def identifier_table(chunk: Chunk) -> pa.Table:
    """Individual identification numbers."""
    people = chunk.people
    letters, valid = iins(people["birth"], people["sex"], chunk.number)
    person = np.flatnonzero(valid)
    return pa.table(
        {
            "id": ids(chunk, "person_identifier", person),
            "person_id": ids(chunk, "person", person),
            "scheme": same("IIN", len(person)),
            "country": same(COUNTRY, len(person)),
            "value": fixed_text(letters[person]),
            "valid_from": dates(people["birth"][person]),
            "valid_to": pa.nulls(len(person), pa.date32()),
        }
    )


def tie_table(chunk: Chunk) -> pa.Table:
    """Family ties."""
    ties = chunk.ties
    return pa.table(
        {
            "id": own_ids(chunk, "family_tie", ties),
            "person_id": ids(chunk, "person", ties["person"]),
            "relative_id": ids(chunk, "person", ties["relative"]),
            "kind": coded(ties["kind"], TIES),
            **period(ties),
        }
    )


def residence_table(chunk: Chunk) -> pa.Table:
    """Who lives where."""
    rows = chunk.residences
    return pa.table(
        {
            "id": own_ids(chunk, "residence", rows),
            "person_id": ids(chunk, "person", rows["person"]),
            "territory_id": coded(chunk.people["region"][rows["dwelling"]], chunk.nation.regions),
            "dwelling": ids(chunk, "dwelling", rows["dwelling"]),
            **period(rows),
        }
    )


def post_table(chunk: Chunk) -> pa.Table:
    """Posts of the state in this chunk."""
    posts = chunk.posts
    kind = posts["kind"]
    return pa.table(
        {
            "id": own_ids(chunk, "post", posts),
            "body_id": chunk.nation.body_ids(posts["body"]),
            "category": coded(kind, [post.category for post in POSTS]),
            "title": coded(kind, [post.title.kk for post in POSTS]),
            "titles": coded(kind, [in_json(post.title) for post in POSTS]),
            "declares": flags(np.array([post.declares for post in POSTS])[kind]),
            **{
                name: flags(np.array([letter in post.powers for post in POSTS])[kind])
                for name, letter in (("heads_body", "h"), ("licences", "l"), ("inspects", "i"), ("procures", "p"))
            },
        }
    )


def appointment_table(chunk: Chunk) -> pa.Table:
    """Who holds which post."""
    rows = chunk.appointments
    return pa.table(
        {
            "id": own_ids(chunk, "appointment", rows),
            "person_id": ids(chunk, "person", rows["person"]),
            "post_id": ids(chunk, "post", rows["post"]),
            **period(rows),
            "act_number": written(text_of(rows["post"] % 900 + 12), "-ж/қ"),
        }
    )


def text_of(numbers: Ints) -> pa.Array[Any]:
    """Whole numbers as text."""
    return pa.array(numbers, pa.int64()).cast(pa.string())


def company_names(chunk: Chunk, places: Ints) -> pa.Array[Any]:
    """Registered names of companies."""
    rows = chunk.companies
    word, trade = coded(rows["word"], COMPANY_WORDS), coded(rows["trade"], [name for name, _ in COMPANY_TRADES])
    form = coded(rows["form"], ["ЖШС", "АҚ"])
    serial = text_of(np.arange(len(rows)) + 2 + chunk.number * 7)
    quoted = written("«", word, " ", trade, " ", serial, "» ", form)
    return coded(places, quoted)


def company_table(chunk: Chunk) -> pa.Table:
    """Companies."""
    rows = chunk.companies
    letters, valid = bins(rows["registered"], chunk.number)
    return pa.table(
        {
            "id": own_ids(chunk, "company", rows),
            "identifier": fixed_text(letters, valid),
            "name": company_names(chunk, np.arange(len(rows))),
            "legal_form": coded(rows["form"], LEGAL_FORMS),
            "activity": coded(rows["trade"], [code for _, code in COMPANY_TRADES]),
            "head_id": ids(chunk, "person", rows["head"]),
            "territory_id": coded(rows["region"], chunk.nation.regions),
            "registered_date": dates(rows["registered"]),
            "closed_date": dates(rows["closed"]),
            **sourced(len(rows)),
        }
    )


def ownership_table(chunk: Chunk) -> pa.Table:
    """Who owns how much of which company."""
    place = np.flatnonzero(chunk.owners["in_register"])
    rows = chunk.owners.where(place)
    return pa.table(
        {
            "id": ids(chunk, "ownership", place),
            "company_id": ids(chunk, "company", rows["company"]),
            "owner_person_id": ids(chunk, "person", rows["person"]),
            "owner_company_id": ids(chunk, "company", rows["owner_company"]),
            "share": number(rows["share"]),
            "kind": coded(rows["kind"], OWNERSHIP_KINDS),
            **period(rows),
        }
    )


def address_of(land: Rows) -> pa.Array[Any]:
    """Street, house and, in a block, flat."""
    street = written(coded(land["street"], STREETS), " көшесі, ", text_of(land["house"]))
    flat = written(street, ", ", text_of(land["flat"]), "-пәтер")
    address: pa.Array[Any] = pc.if_else(pa.array(land["flat"] > 0), flat, street)
    return address


def land_table(chunk: Chunk) -> pa.Table:
    """Rights to real estate, as the register of rights has them."""
    place = np.flatnonzero(chunk.land["in_register"])
    rows = chunk.land.where(place)
    return pa.table(
        {
            "id": ids(chunk, "land_register", place),
            "object_number": fixed_text(land_letters(rows, chunk.number, chunk.nation)),
            "kind": coded(rows["kind"], LAND_KINDS),
            "territory_id": coded(rows["region"], chunk.nation.regions),
            "address": address_of(rows),
            "area": number(rows["area"]),
            "owner_person_id": ids(chunk, "person", rows["person"]),
            "owner_company_id": ids(chunk, "company", rows["company"]),
            "share": number(rows["share"]),
            "basis": coded(rows["basis"], BASES),
            **period(rows),
            **price_and_value(chunk, rows),
        }
    )


def price_and_value(chunk: Chunk, rows: Rows) -> dict[str, pa.Array[Any]]:
    """What a thing cost and was worth, and who had it before."""
    return {
        "price": money(rows["price"]),
        "market_value": money(rows["market"]),
        "currency": same(CURRENCIES[0], len(rows)),
        "previous_owner_id": ids(chunk, "person", rows["previous"]),
        **sourced(len(rows)),
    }


def vehicle_numbers(chunk: Chunk, rows: Rows) -> pa.Array[Any]:
    """Identification numbers of vehicles: fifteen characters."""
    letters = chunk.ids.letters(TABLES.index("vehicle"), chunk.number, rows["object"])
    return fixed_text(np.hstack([columns.constant_letters(VEHICLE_MAKER, len(rows)), letters]))


def vehicle_table(chunk: Chunk) -> pa.Table:
    """Vehicles, as the register of vehicles has them."""
    place = np.flatnonzero(chunk.vehicles["in_register"])
    rows = chunk.vehicles.where(place)
    return pa.table(
        {
            "id": ids(chunk, "vehicle_register", place),
            "object_number": vehicle_numbers(chunk, rows),
            "kind": coded(rows["kind"], VEHICLE_KINDS),
            "make": coded(rows["make"], MAKES),
            "production_year": whole(rows["built"]),
            "owner_person_id": ids(chunk, "person", rows["person"]),
            "owner_company_id": ids(chunk, "company", rows["company"]),
            **period(rows),
            **price_and_value(chunk, rows),
        }
    )


def bank_of(rows: Rows) -> pa.Array[Any]:
    """Names of banks at home and abroad."""
    names = [*(name for name, _ in BANKS), *(name for name, _, _ in FOREIGN_BANKS)]
    return coded(np.where(rows["foreign"] < 0, rows["bank"], len(BANKS) + rows["foreign"]), names)


def bank_country(rows: Rows) -> pa.Array[Any]:
    """Countries of banks."""
    return coded(rows["foreign"] + 1, [COUNTRY, *(country for _, country, _ in FOREIGN_BANKS)])


def account_numbers(chunk: Chunk, rows: Rows, numbers: Ints) -> pa.Array[Any]:
    """Account numbers in the form of ISO 13616, with its check digits."""
    bank = np.array([code for _, code in BANKS])[rows["bank"] % len(BANKS)]
    account = (
        chunk.ids.numbers(TABLES.index("account"), chunk.number, numbers) % np.uint64(10**ACCOUNT_DIGITS)
    ).astype(np.int64)
    countries = [COUNTRY, *(country for _, country, _ in FOREIGN_BANKS)]
    letters = np.array([[ord(letter) for letter in country] for country in countries], np.uint8)[rows["foreign"] + 1]
    place = letters.astype(np.int64) - ord("A") + 10
    remainder = (bank * (10**ACCOUNT_DIGITS % IBAN_MODULUS) + account) % IBAN_MODULUS
    check = IBAN_MODULUS + 1 - (remainder * 10**6 + place[:, 0] * 10**4 + place[:, 1] * 100) % IBAN_MODULUS
    parts = [columns.digits(check, 2), columns.digits(bank, 3), columns.digits(account, ACCOUNT_DIGITS)]
    return fixed_text(np.hstack([letters, *parts]))


def balance_table(chunk: Chunk) -> pa.Table:
    """Balances that banks report of those who must declare."""
    place = np.flatnonzero(chunk.balances["in_register"])
    rows = chunk.balances.where(place)
    return pa.table(
        {
            "id": ids(chunk, "bank_balance", place),
            "person_id": ids(chunk, "person", rows["person"]),
            "bank": bank_of(rows),
            "country": bank_country(rows),
            "account_number": account_numbers(chunk, rows, rows["number"]),
            "balance": money(rows["balance"]),
            "currency": coded(rows["currency"], CURRENCIES),
            **reported(rows["year"]),
        }
    )


def income_table(chunk: Chunk) -> pa.Table:
    """Income as payers reported it."""
    place = np.flatnonzero(chunk.books.incomes["in_register"])
    rows = chunk.books.incomes.where(place)
    return pa.table(
        {
            "id": ids(chunk, "income_record", place),
            "person_id": ids(chunk, "person", rows["person"]),
            "kind": coded(rows["kind"], INCOME_KINDS),
            "payer_body_id": chunk.nation.body_ids(rows["body"]),
            "payer_company_id": ids(chunk, "company", rows["company"]),
            "amount": money(rows["amount"]),
            "tax_withheld": money(rows["tax"]),
            "currency": same(CURRENCIES[0], len(rows)),
            **reported(rows["year"]),
        }
    )
