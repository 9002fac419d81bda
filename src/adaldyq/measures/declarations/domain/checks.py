"""Reads what a person typed into a row of a form, and says what is wrong with it.

Typed values are kept as the boxes of a page send them: text by name, a day in three boxes `NAME_day`, `NAME_month`
and `NAME_year`. The same reading is done when a row is saved and once more when the declaration is filed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from adaldyq.base.errors import DomainError
from adaldyq.base.letters import check_seen
from adaldyq.base.tables import Column, ColumnType
from adaldyq.countries.identifiers import Holder, IdentifierScheme
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.numbers import SHOWN, read_money, read_number, read_share
from adaldyq.measures.declarations.domain.questions import (
    KEPT_IDS,
    OWNER_OF_RELATION,
    asked_columns,
    is_required,
)
from adaldyq.measures.declarations.domain.relatives import FIELD, Relative, check_known_lives, nobody, relative_of

Typed = Mapping[str, str]

DAY_PARTS = ("day", "month", "year")
LONGEST_TEXT = 500
LONGEST_KEPT = 10_000
"""Characters of one box that are kept as typed; what is longer is no answer to any question."""
FIRST_YEAR = 1900

YES, NO = "yes", "no"
HAD_SINCE = ("acquired_date", "since_date")
"""Days since which somebody has what a row is about."""
AHEAD_OF_ITS_YEAR = 1
"""Years by which a thing may be sold before the year that its makers name it after."""
OF_COMPANIES = frozenset({"company_interest"})
"""Sections whose other side is a company, never a person."""
YEAR_OF_THE_EVENT = frozenset({("gift", "received_date"), ("acquisition", "acquired_date")})
"""Days that lie within the declared year, because the section is about what happened in it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a row is held against.

    Attributes:
        year: that the declaration is about.
        born: day of birth of the declarant; none when no register knows it.
        currencies: codes in which money may be held.
        countries: codes of countries that are known.
        places: codes of territories of the country.
        schemes: of numbers that people and companies of the country have.
        declarant: id of the declarant.
        births: by owner other than the declarant, the days of birth of those of the family whom it may be.
        marriage_age: years below which nobody is married.
        relative: finds whom the register knows by a number.
        known: finds whom it knows by an id.
    """

    year: int
    born: date | None
    currencies: Collection[str]
    countries: Collection[str]
    places: Collection[str]
    schemes: Sequence[IdentifierScheme] = ()
    declarant: str = ""
    births: Mapping[str, Collection[date]] = field(default_factory=dict)
    marriage_age: int = 0
    relative: Callable[[str], Relative | None] = nobody
    known: Callable[[str], Relative | None] = nobody


@dataclass
class Reading:
    """A row as it was read: values by column, and what is wrong, each problem with its column as `field`."""

    values: dict[str, object] = field(default_factory=dict)
    problems: list[DomainError] = field(default_factory=list)


def read_row(section: str, typed: Typed, asked: Asked) -> Reading:
    """Read all columns of a row that are asked for, and the ids that came with it from a register."""
    found = Reading()
    values = found.values
    for name, required, read in readers_of(section):
        try:
            values[name] = value = read(typed, asked)
        except DomainError as error:
            values[name] = None
            error.field = name
            found.problems.append(error)
            continue
        if required and value in (None, ""):
            found.problems.append(DomainError("declared-missing", field=name))
    values |= {name: typed.get(name, "") for name in KEPT_IDS if typed.get(name)}
    if section == "family":
        values["owner"] = OWNER_OF_RELATION.get(str(values["relation"]), "other")
        name_relative(found, asked)
    wrong = {one.field for one in found.problems}
    found.problems += [one for one in held_together(section, values, asked) if one.field not in wrong]
    return found


def read_column(section: str, name: str, typed: Typed, asked: Asked) -> object:
    """Read one column of a row by itself.

    Raises:
        DomainError: it cannot stand there; its field is the column.
    """
    read = next(one for column, _required, one in readers_of(section) if column == name)
    try:
        return read(typed, asked)
    except DomainError as error:
        error.field = name
        raise


def name_relative(found: Reading, asked: Asked) -> None:
    """Hold the number of a relative against name, day of birth and the register, and tell by it who they are."""
    day = date(asked.year, 12, 31)
    try:
        of_people = [one for one in asked.schemes if one.holder is Holder.PERSON]
        key = relative_of(found.values, of_people, asked.declarant, asked.relative, day)
        check_known_lives(found.values, asked.known, day)
    except DomainError as error:
        found.problems.append(error)
    else:
        found.values |= {"relative_id": key} if key else {}


Read = Callable[[Typed, Asked], object]
"""Reads a column of a row; nothing when its boxes are empty; raises a `DomainError` when it cannot stand there."""


@cache
def readers_of(section: str) -> Sequence[tuple[str, bool, Read]]:
    """Columns of a section: their names, whether each must be answered, and how it is read."""
    return [(one.name, is_required(section, one.name), reader_of(section, one)) for one in asked_columns(section)]


def reader_of(section: str, column: Column) -> Read:
    """How a column is read."""
    name, nothing = column.name, "" if column.type is ColumnType.TEXT else None
    if column.type is ColumnType.DATE:
        return lambda typed, asked: read_day(section, name, typed, asked)
    convert = converter_of(section, column)

    def read(typed: Typed, asked: Asked) -> object:
        text = typed.get(name, "")
        check_letters(text)
        text = ("" if name == FIELD else " ").join(text.split())
        return convert(text, asked) if text else nothing

    return read


def converter_of(section: str, column: Column) -> Callable[[str, Asked], object]:
    """What makes a value of a column of a text that is there."""
    match column.type:
        case ColumnType.MONEY:
            return lambda text, _asked: read_money(text)
        case ColumnType.NUMBER:
            return lambda text, _asked: read_share(text) if column.unit == "percent" else read_number(text)
        case ColumnType.INTEGER:
            return read_year
        case ColumnType.BOOLEAN:
            return lambda text, _asked: read_yes_or_no(text)
    if column.name == FIELD and section != "family":
        return read_company_number if section in OF_COMPANIES else read_party_number
    codes = () if is_party(section, column.name) else words_of(section, column.name)
    return lambda text, asked: read_text(text, LISTED[column.name](asked) if column.name in LISTED else codes)


LISTED: Mapping[str, Callable[[Asked], Collection[str]]] = {
    "currency": lambda asked: asked.currencies,
    "country": lambda asked: asked.countries,
    "territory_id": lambda asked: asked.places,
}
"""Columns whose codes depend on the country."""


def read_text(text: str, known: Collection[str]) -> str:
    """A text, or a code of the list that the column holds.

    Raises:
        DomainError: `declared-too-long` or `declared-not-offered`.
    """
    if len(text) > LONGEST_TEXT:
        raise DomainError("declared-too-long", length=len(text), limit=LONGEST_TEXT)
    if known and text not in known:
        raise DomainError("declared-not-offered", value=text[:SHOWN])
    return text


def read_party_number(text: str, asked: Asked) -> str:
    """The number of whoever is on the other side; whether a register knows it, nobody who files is told.

    Raises:
        DomainError: `declared-number-misformed`.
    """
    if any(one.check(text) for one in asked.schemes):
        return text
    called = ", ".join(one.name for one in asked.schemes)
    raise DomainError("declared-number-misformed", value=text[:SHOWN], schemes=called)


def read_company_number(text: str, asked: Asked) -> str:
    """The number of a company.

    Raises:
        DomainError: `declared-number-of-person` or `declared-number-misformed`.
    """
    schemes = schemes_of(asked, company=True)
    if any(one.check(text) for one in schemes):
        return text
    of_person = any(one.check(text) for one in asked.schemes)
    called = ", ".join(one.name for one in schemes)
    code = "declared-number-of-person" if of_person else "declared-number-misformed"
    raise DomainError(code, value=text[:SHOWN], schemes=called)


def schemes_of(asked: Asked, *, company: bool) -> Sequence[IdentifierScheme]:
    """Schemes by which the other side of a row may have a number: those of companies alone, or all."""
    return [one for one in asked.schemes if one.holder is Holder.COMPANY] if company else asked.schemes


def is_party(section: str, name: str) -> bool:
    """Whether a column names the other side, for which the list of words is one of what the public sees."""
    return name in KEPT_IDS.values() or (section, name) == ("trust", "manager")


def check_letters(text: str) -> None:
    """Refuse what cannot be seen.

    Raises:
        DomainError: as `check_seen`; `declared-too-long` when it is longer than any text.
    """
    if len(text) > LONGEST_KEPT:
        raise DomainError("declared-too-long", length=len(text), limit=LONGEST_TEXT)
    check_seen(text)


def read_day(section: str, name: str, typed: Typed, asked: Asked) -> date | None:
    """A day in three boxes.

    Raises:
        DomainError: `declared-no-such-day`, `declared-day-too-early`, `declared-day-after-year` or
            `declared-day-outside-year`.
    """
    texts = [typed.get(f"{name}_{part}", "").strip() for part in DAY_PARTS]
    if not any(texts):
        return None
    try:
        day, month, year = (int(text) for text in texts if text.isascii() and text.isdigit())
        found = date(year, month, day)
    except (ValueError, OverflowError):
        raise DomainError("declared-no-such-day", value=" ".join(texts)[:SHOWN]) from None
    if (section, name) in YEAR_OF_THE_EVENT and found.year != asked.year:
        raise DomainError("declared-day-outside-year", year=asked.year)
    if found.year < FIRST_YEAR:
        raise DomainError("declared-day-too-early", year=FIRST_YEAR)
    if found.year > asked.year:
        raise DomainError("declared-day-after-year", year=asked.year)
    return found


def read_year(text: str, asked: Asked) -> int:
    """A year up to the declared one.

    Raises:
        DomainError: `declared-year-out-of-range`.
    """
    if not (text.isascii() and text.isdigit() and len(text) == len(str(FIRST_YEAR))) or not (
        FIRST_YEAR <= int(text) <= asked.year
    ):
        raise DomainError("declared-year-out-of-range", first=FIRST_YEAR, last=asked.year)
    return int(text)


def read_yes_or_no(text: str) -> bool:
    """Yes or no.

    Raises:
        DomainError: `declared-not-offered`.
    """
    if text not in {YES, NO}:
        raise DomainError("declared-not-offered", value=text[:SHOWN])
    return text == YES


def held_together(section: str, values: Mapping[str, object], asked: Asked) -> Iterable[DomainError]:
    """What is wrong between the columns of a row."""
    born, tax, amount = values.get("birth_date"), values.get("tax_withheld"), values.get("amount")
    if section == "family" and not any(letter.isalpha() for letter in str(values.get("name") or "a")):
        yield DomainError("declared-nameless", field="name")
    if section == "family" and isinstance(born, date) and asked.born:
        if values["relation"] == "child" and born <= asked.born:
            yield DomainError("declared-child-older", field="birth_date")
        if values["relation"] == "parent" and born >= asked.born:
            yield DomainError("declared-parent-younger", field="birth_date")
    if section == "family" and values["relation"] == "spouse" and too_young(born, asked):
        yield DomainError("declared-spouse-too-young", field="birth_date", age=asked.marriage_age)
    if isinstance(tax, Decimal) and isinstance(amount, Decimal) and tax > amount:
        yield DomainError("declared-tax-above-income", field="tax_withheld")
    if (problem := out_of_order(values, asked)) is not None:
        yield problem
    for name in ("value", "price"):
        if values.get(name) is not None and "currency" in values and not values["currency"]:
            yield DomainError("declared-missing", field="currency")
            return


def out_of_order(values: Mapping[str, object], asked: Asked) -> DomainError | None:
    """What cannot have happened in the order of its days: had before one was born, or before it was made."""
    name = next((one for one in HAD_SINCE if isinstance(values.get(one), date)), "")
    since, made = values.get(name), values.get("production_year")
    if not isinstance(since, date):
        return None
    if values.get("owner") == "declarant" and asked.born and since < asked.born:
        return DomainError("declared-day-before-birth", field=name)
    others = asked.births.get(str(values.get("owner")), ())
    if others and since < min(others):
        return DomainError("declared-owned-before-birth", field=name, day=min(others))
    if isinstance(made, int) and since.year + AHEAD_OF_ITS_YEAR < made:
        return DomainError("declared-had-before-made", field=name, year=made)
    return None


def too_young(born: object, asked: Asked) -> bool:
    """Whether somebody could not yet be married on the last day of the declared year."""
    return isinstance(born, date) and asked.year - born.year < asked.marriage_age


def typed_of(section: str, values: Mapping[str, object]) -> dict[str, str]:
    """Values of a row as the boxes of the page would hold them; what is not asked for is left out."""
    typed: dict[str, str] = {name: str(values[name]) for name in KEPT_IDS if values.get(name)}
    for column in asked_columns(section):
        value = values.get(column.name)
        match value:
            case None | "":
                continue
            case bool():
                typed[column.name] = YES if value else NO
            case date():
                parts = zip(DAY_PARTS, (value.day, value.month, value.year), strict=True)
                typed |= {f"{column.name}_{part}": str(number) for part, number in parts}
            case Decimal():
                short = value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
                typed[column.name] = f"{short:f}"
            case _:
                typed[column.name] = str(value)
    return typed
