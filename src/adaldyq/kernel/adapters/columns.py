"""Columns of the files by which registries are imported, and how each is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.kernel.registry import day_of, number_of

Value = str | date | Decimal | int | bool | None
Read = Callable[[str, str], Value]

YES, NO = frozenset({"1", "true", "yes"}), frozenset({"0", "false", "no"})
FIRST_YEAR, LONGEST_KEY = 1800, 100


def text(limit: int) -> Read:
    """Reads text of at most `limit` characters."""

    def read(value: str, name: str) -> Value:
        if len(value) > limit:
            raise DomainError("text-too-long", field=name, length=len(value), limit=limit)
        return value

    return read


def day(value: str, name: str) -> Value:
    """Reads a day, ISO 8601; sources that say less than a day are refused and not guessed at.

    Raises:
        DomainError: `not-a-day`.
    """
    found = day_of(value, name)
    if found.year < FIRST_YEAR:
        raise DomainError("not-a-day", field=name, value=value[:40])
    return found


def number(value: str, name: str) -> Value:
    """Reads a number."""
    return number_of(value, name)


def flag(value: str, name: str) -> Value:
    """Reads yes or no.

    Raises:
        DomainError: `not-yes-or-no`.
    """
    if value.lower() in YES:
        return True
    if value.lower() in NO:
        return False
    raise DomainError("not-yes-or-no", field=name, value=value[:40])


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of a file: what it means, how it is read, and whether a row must have it."""

    meaning: str
    read: Read = field(default=text(200))
    required: bool = False


KEY = FileColumn("The source's own key of the row; the next file finds the record by it.", text(LONGEST_KEY))
AS_OF = FileColumn("Day on which the source said so; without it, the day given with the command.", day)
SINCE = FileColumn("First day, such as 2019-02-01.", day)
UNTIL = FileColumn("Last day; empty while it lasts.", day)
PERSON = text(LONGEST_KEY)

PEOPLE: Mapping[str, FileColumn] = {
    "key": KEY,
    "scheme": FileColumn("Kind of the number, as the country pack names it.", text(30)),
    "scheme_country": FileColumn("Country of the scheme, ISO 3166-1; without it, the country of the pack.", text(2)),
    "identifier": FileColumn("The number.", text(40)),
    "birth_date": FileColumn("Day of birth.", day),
    "death_date": FileColumn("Day of death.", day),
    "sex": FileColumn("f, m or empty.", text(1)),
    "country": FileColumn("Citizenship, ISO 3166-1.", text(2)),
    "since": FileColumn("First day of the names; without it, the day of birth.", day),
    "as_of": AS_OF,
}
BODIES: Mapping[str, FileColumn] = {
    "key": KEY,
    "identifier": FileColumn("Registration number.", text(20)),
    "level": FileColumn("Level, from the country pack.", text(10)),
    "kind": FileColumn("Kind of body, from the country pack.", text(30)),
    "parent": FileColumn("Key, number or id of the body above it.", text(LONGEST_KEY)),
    "territory": FileColumn("Code of its territory.", text(12)),
    "opened_date": FileColumn("First day.", day),
    "closed_date": FileColumn("Last day.", day),
    "as_of": AS_OF,
}
POSTS: Mapping[str, FileColumn] = {
    "key": FileColumn(KEY.meaning, KEY.read, required=True),
    "body": FileColumn("Key, number or id of the body.", text(LONGEST_KEY), required=True),
    "category": FileColumn("Category of posts, from the country pack.", text(20), required=True),
    **{
        name: FileColumn(f"Whether its holder {what}: 1 or 0.", flag)
        for name, what in (
            ("declares", "declares openly"),
            ("heads_body", "heads the body"),
            ("licences", "issues licences"),
            ("inspects", "inspects businesses"),
            ("procures", "buys for the state"),
        )
    },
    "as_of": AS_OF,
}
APPOINTMENTS: Mapping[str, FileColumn] = {
    "key": KEY,
    "person": FileColumn("Key, number or id of the person.", PERSON, required=True),
    "post": FileColumn("Key or id of the post.", text(LONGEST_KEY), required=True),
    "valid_from": FileColumn(SINCE.meaning, day, required=True),
    "valid_to": UNTIL,
    "act_number": FileColumn("Number of the act of appointment.", text(40)),
    "as_of": AS_OF,
}
COMPANIES: Mapping[str, FileColumn] = {
    "key": KEY,
    "identifier": FileColumn("Registration number.", text(20)),
    "name": FileColumn("Registered name.", text(300)),
    "legal_form": FileColumn("Legal form, from the country pack.", text(20)),
    "activity": FileColumn("Main activity, NACE or the national variant.", text(10)),
    "head": FileColumn("Key, number or id of the person who manages it.", PERSON),
    "territory": FileColumn("Code of its territory.", text(12)),
    "registered_date": FileColumn("Day of registration.", day),
    "closed_date": FileColumn("Day it was struck off.", day),
    "as_of": AS_OF,
}
OWNERSHIP: Mapping[str, FileColumn] = {
    "key": KEY,
    "company": FileColumn("Key, number or id of the company.", text(LONGEST_KEY), required=True),
    "owner": FileColumn("Key, number or id of the owner, where the source does not say what it is.", PERSON),
    "owner_person": FileColumn("Key, number or id of the owner, if a person.", PERSON),
    "owner_company": FileColumn("Key, number or id of the owner, if a company.", text(LONGEST_KEY)),
    "share": FileColumn("Share, in percent; empty when unknown.", number),
    "kind": FileColumn("direct or beneficial; without it, direct.", text(10)),
    "valid_from": SINCE,
    "valid_to": UNTIL,
    "as_of": AS_OF,
}
TIES: Mapping[str, FileColumn] = {
    "key": KEY,
    "person": FileColumn("Key, number or id of the person.", PERSON, required=True),
    "relative": FileColumn("Key, number or id of the relative.", PERSON, required=True),
    "kind": FileColumn("What the relative is: spouse, child, parent or sibling.", text(10), required=True),
    "valid_from": SINCE,
    "valid_to": UNTIL,
    "as_of": AS_OF,
}
OWNER: Mapping[str, FileColumn] = {
    "owner": OWNERSHIP["owner"],
    "owner_person": OWNERSHIP["owner_person"],
    "owner_company": OWNERSHIP["owner_company"],
    "previous_owner": FileColumn("Key, number or id of the person who had it before.", PERSON),
    "valid_from": SINCE,
    "valid_to": UNTIL,
    "price": FileColumn("Price paid, where there was one.", number),
    "market_value": FileColumn("Market value on the day of acquisition.", number),
    "currency": FileColumn("Currency of the sums, ISO 4217; without it, the country's.", text(3)),
    "as_of": AS_OF,
}
LAND: Mapping[str, FileColumn] = {
    "key": KEY,
    "object_number": FileColumn("Cadastral number of the object.", text(40), required=True),
    "kind": FileColumn("apartment, house, land, garage, commercial or other.", text(20), required=True),
    "territory": FileColumn("Code of the territory where it lies.", text(12)),
    "address": FileColumn("Address.", text(300)),
    "area": FileColumn("Area, in square metres.", number),
    "share": FileColumn("Share of the owner, in percent; without it, the whole.", number),
    "basis": FileColumn("purchase, gift, inheritance, privatisation or construction.", text(20), required=True),
    **OWNER,
}
VEHICLES: Mapping[str, FileColumn] = {
    "key": KEY,
    "object_number": FileColumn("Identification number of the vehicle.", text(40), required=True),
    "kind": FileColumn("car, truck, motorcycle, boat, aircraft or other.", text(20), required=True),
    "make": FileColumn("Make and model.", text(100), required=True),
    "production_year": FileColumn("Year it was built.", number),
    **OWNER,
}
RESIDENCES: Mapping[str, FileColumn] = {
    "key": KEY,
    "person": FileColumn("Key, number or id of the person.", PERSON, required=True),
    "territory": FileColumn("Code of the territory.", text(12), required=True),
    "dwelling": FileColumn("Code of the dwelling, equal for those who share it.", text(20), required=True),
    "valid_from": FileColumn(SINCE.meaning, day, required=True),
    "valid_to": UNTIL,
    "as_of": AS_OF,
}
TERRITORIES: Mapping[str, FileColumn] = {
    "code": FileColumn("ISO 3166-2, or the official code below it.", text(12), required=True),
    "official_code": FileColumn("Code in the country's own classifier.", text(20)),
    "level": FileColumn("country, region, city, district or rural.", text(20)),
    "parent": FileColumn("Code of the territory above it; stands before it.", text(12)),
    "opened_date": FileColumn("First day.", day),
    "closed_date": FileColumn("Last day.", day),
    "as_of": AS_OF,
}

FILES: Mapping[str, Mapping[str, FileColumn]] = {
    "people": PEOPLE,
    "bodies": BODIES,
    "posts": POSTS,
    "appointments": APPOINTMENTS,
    "companies": COMPANIES,
    "ownership": OWNERSHIP,
    "ties": TIES,
    "land": LAND,
    "territories": TERRITORIES,
    "vehicles": VEHICLES,
    "residences": RESIDENCES,
}
"""Columns by kind of file."""

SPOKEN = {"territories": ("name", 200), "people": ("name", 300), "bodies": ("name", 300), "posts": ("title", 200)}
"""Kinds of file with a column for each language, such as `name_kk`, and the length it may have."""


def columns_of(kind: str, languages: tuple[str, ...]) -> dict[str, FileColumn]:
    """Columns of a kind of file in a country that speaks `languages`."""
    columns = dict(FILES[kind])
    if kind in SPOKEN:
        prefix, limit = SPOKEN[kind]
        for language in languages:
            columns[f"{prefix}_{language}"] = FileColumn(f"The {prefix} in the language {language}.", text(limit))
    return columns


def read_row(columns: Mapping[str, FileColumn], raw: Mapping[str, str]) -> dict[str, Value]:
    """Values of a row; what is empty is left out.

    Raises:
        DomainError: `not-utf-8`, `value-missing`, or what reading a column says.
    """
    found: dict[str, Value] = {}
    for name, column in columns.items():
        given = (raw.get(name) or "").strip()
        if not given:
            if column.required:
                raise DomainError("value-missing", field=name)
            continue
        if not given.isprintable() and any("\ud800" <= letter <= "\udfff" or letter == "\0" for letter in given):
            raise DomainError("not-utf-8", field=name)
        found[name] = column.read(given, name)
    return found
