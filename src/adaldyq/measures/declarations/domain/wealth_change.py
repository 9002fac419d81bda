"""How wealth changed between two declarations, and how much of it what was declared does not explain.

Nobody knows all of it: a value is not stated, a rate moves within the year. So each part is an interval that holds
whatever the unknown may be, and what is unexplained lies between a LOW and a HIGH:

    unexplained = change of worth - inflow + outflow

- Money, claims and valuables count by currency: what there is more or less of, at a rate between those of the two
  year ends, so that a rate that rises explains nothing and needs no explanation.
- A thing with a number of which the family has the same share at both ends counts as unchanged, whatever it is said to be
  worth: prices change. So do as many of the same securities or crypto-assets, the same share in the same company, and property that was handed to the same manager on the same day, which is seldom declared with a
  value.
- Of a thing with a number whose share grew or shrank, that part counts: between the price that was paid in the years between,
  or as much of the value as is surely meant, and as much of it as may be meant.
- A thing that came without a value counts by the price that was paid for it in the years between.
- What was sold brings between all of its price, when it was worth nothing, and the price less all that went.
- Tax that was withheld counts between nothing, when the income was stated without it, and all of it.

The same as the step `wealth_change` of the rules, which works it out for everybody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from adaldyq.base.money import CENT
from adaldyq.base.registered_numbers import number_key
from adaldyq.base.words import gettext_noop as _
from adaldyq.measures.declarations.domain.wealth import CLASS_OF_SECTION, OWNED, Rates, Row, RowsBySection
from adaldyq.measures.declarations.domain.wealth_shares import Part, held, part_beyond

NOTHING = Decimal(0)
Bound = Decimal | None

NUMBERED = frozenset({"real_estate", "vehicle"})
"""Sections of things with a number of a register."""
ALIKE: Mapping[str, tuple[Sequence[str], str]] = {
    "security": (("issuer", "kind"), "quantity"),
    "company_interest": (("company_name",), "share"),
    "crypto": (("asset",), "quantity"),
}
"""Sections of pieces that are alike: what says which they are, and how many or how much of it there is."""
SOLD = frozenset({"real_estate", "vehicle", "security", "company_interest", "crypto", "valuable", "trust"})
"""Sections of what may be sold."""

UNKNOWN: Mapping[str, str] = {
    "worth": _("the value of property, or the sum of a debt, is not stated"),
    "inflow": _("an income or gift is without its sum"),
    "outflow": _("an expense is without its sum"),
    "rate": _("there is no rate for a currency"),
    "income_form": _("the form of a year does not ask for income"),
    "years": _("there is no declaration of a year between"),
}
"""Why a bound is not known, by code."""


@dataclass(frozen=True, slots=True)
class Interval:
    """All that a sum may be; a bound of None is not known."""

    low: Bound = NOTHING
    high: Bound = NOTHING

    def __add__(self, other: Interval) -> Interval:
        return Interval(plus(self.low, other.low), plus(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return self + other.negative

    @property
    def negative(self) -> Interval:
        """The same with the other sign."""
        return Interval(minus(self.high), minus(self.low))

    @property
    def exact(self) -> bool:
        """Whether it is one sum."""
        return self.low is not None and self.low == self.high

    def holds(self, value: Decimal) -> bool:
        """Whether a sum lies within."""
        return (self.low is None or self.low <= value) and (self.high is None or value <= self.high)


def plus(one: Bound, other: Bound) -> Bound:
    """The sum of two bounds; not known when one of them is not."""
    return None if one is None or other is None else one + other


def minus(one: Bound) -> Bound:
    """A bound with the other sign."""
    return None if one is None else -one


ANYTHING = Interval(None, None)
FROM_NOTHING = Interval(NOTHING, None)
"""Any sum that is not negative."""


@dataclass(frozen=True, slots=True)
class Year:
    """What was declared for a year."""

    year: int
    rows: RowsBySection
    asks_income: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a family's wealth from the end of one year to the end of another, in one currency.

    Attributes:
        worth: by how much wealth less debts changed, without what rates and prices did.
        inflow: income, gifts and gains from what was sold.
        outflow: large expenses and tax withheld.
        unknown: how often something is not known, by code of `UNKNOWN`.
    """

    since: int
    until: int
    worth: Interval
    inflow: Interval
    outflow: Interval
    unknown: Counter[str] = field(default_factory=Counter)

    @property
    def unexplained(self) -> Interval:
        """What no declared source explains; below nothing, less is there than was to be expected."""
        return self.worth - self.inflow + self.outflow


@dataclass(slots=True)
class Books:
    """Sums of one currency on the way: units of it, and what is not known.

    Attributes:
        least, most: how many units there are more.
        left: units of things that went and may have been sold.
        unknown_low, unknown_high: how many rows leave the least, or the most, unknown.
        left_unknown: how many things that went are without a value.
    """

    least: Decimal = NOTHING
    most: Decimal = NOTHING
    left: Decimal = NOTHING
    unknown_low: int = 0
    unknown_high: int = 0
    left_unknown: int = 0


def changes(declared: Sequence[Year], currency: str, rates: Rates) -> list[Change]:
    """What became of wealth between each two declarations that follow each other, the oldest first."""
    ordered = sorted(declared, key=lambda one: one.year)
    return [change(*pair, currency, rates) for pair in pairwise(ordered)]


def altogether(found: Sequence[Change]) -> Change | None:
    """What became of wealth over all the years; none when there are no two declarations."""
    if not found:
        return None
    nothing = Interval()
    return Change(
        found[0].since,
        found[-1].until,
        sum((one.worth for one in found), nothing),
        sum((one.inflow for one in found), nothing),
        sum((one.outflow for one in found), nothing),
        sum((one.unknown for one in found), Counter()),
    )


def change(before: Year, now: Year, currency: str, rates: Rates) -> Change:
    """What became of wealth between two declarations."""
    ends = Ends(before.year, now.year, currency, rates)
    unknown: Counter[str] = Counter()
    books = moved(before, now)
    worth, sold = Interval(), Interval()
    for unit, book in books.items():
        rate = ends.rate(unit)
        if rate is None:
            unknown["rate"] += 1
            worth, sold = worth + ANYTHING, sold + FROM_NOTHING
            continue
        unknown["worth"] += book.unknown_low + book.unknown_high
        unsure = Interval(None if book.unknown_low else NOTHING, None if book.unknown_high else NOTHING)
        worth = worth + Interval(times(book.least, rate).low, times(book.most, rate).high) + unsure
        sold = sold + Interval(NOTHING, None if book.left_unknown else times(book.left, rate).high)
    inflow, outflow = flows(now, ends, sold, unknown)
    if now.year - before.year > 1:
        unknown["years"] += 1
        inflow, outflow = inflow + ANYTHING, outflow + FROM_NOTHING
    return Change(before.year, now.year, worth, inflow, outflow, +unknown)


@dataclass(frozen=True, slots=True)
class Ends:
    """The two year ends and what currencies were worth at them."""

    since: int
    until: int
    currency: str
    rates: Rates

    def rate(self, unit: str) -> Interval | None:
        """What one unit was worth between the two year ends; none when a rate is missing."""
        if unit == self.currency:
            return Interval(Decimal(1), Decimal(1))
        found = [self.at(unit, year) for year in (self.since, self.until)]
        known = [one for one in found if one is not None]
        return Interval(min(known), max(known)) if len(known) == len(found) else None

    def at(self, unit: str, year: int) -> Decimal | None:
        """What one unit was worth at a year's end."""
        worth, own = self.rates.get((unit, year)), self.rates.get((self.currency, year))
        return worth / own if worth is not None and own else None


def times(amount: Decimal, rate: Interval) -> Interval:
    """So many units at a rate that lies within bounds."""
    ends = [(amount * bound).quantize(CENT, ROUND_HALF_UP) for bound in (rate.low, rate.high) if bound is not None]
    return Interval(min(ends), max(ends))


def moved(before: Year, now: Year) -> dict[str, Books]:
    """What there is more or less of, by currency, without what is held of a thing at both ends."""
    there, here = held(numbers(before)), held(numbers(now))
    for lot in [one for one in there if one in here and one[0] in ALIKE and there[one].rows != here[one].rows]:
        del there[lot]  # another lot of the same size is an acquisition
    books: dict[str, Books] = {}
    for one, sign, own, other in ((before, -1, there, here), (now, 1, here, there)):
        for section, row in worth_rows(one):
            number, unit = number_of(section, row), str(row["currency"] or "")
            stated, paid = stated_of(section, row), paid_of(section, row, before.year, now.year) if sign > 0 else None
            if number in own and number in other:
                if part := part_beyond(own[number], other[number]):
                    count_part(books.setdefault(unit, Books()), part, stated, paid, sign)
                continue
            owed = section == "claim" and row["direction"] == "payable"
            amount = paid if stated is None else stated
            count(books.setdefault(unit, Books()), section, amount, sign, owed=owed)
    return books


def count_part(book: Books, part: Part, stated: Decimal | None, paid: Decimal | None, sign: int) -> None:
    """Add what was gained or given up of a thing to the books of its currency.

    Args:
        stated: the value of a row.
        paid: its price, if it was acquired in the years between.
        sign: 1 for what was gained, -1 for what was given up.
    """
    least, most = ((stated or NOTHING) * bound for bound in (part.least, part.most))
    least, most = (one.quantize(CENT, ROUND_HALF_UP) for one in (least, most))
    if sign < 0:
        book.least, book.most, book.left = book.least - most, book.most - least, book.left + most
        book.unknown_low += stated is None
        book.left_unknown += stated is None
        return
    if paid is not None:
        least, most = paid if part.sure else NOTHING, max(most, paid)
    book.least, book.most = book.least + least, book.most + most
    book.unknown_high += stated is None and paid is None


def count(book: Books, section: str, amount: Decimal | None, sign: int, *, owed: bool) -> None:
    """Add a row to the books of its currency.

    Args:
        sign: 1 for what is there now, -1 for what was there before.
        owed: whether it is a debt.
    """
    if amount is None:
        if (sign > 0) == owed:
            book.unknown_low += 1
        else:
            book.unknown_high += 1
        book.left_unknown += sign < 0 and section in SOLD
        return
    more = sign * (-amount if owed else amount)
    book.least, book.most = book.least + more, book.most + more
    if sign < 0 and section in SOLD:
        book.left += amount


def worth_rows(one: Year) -> Iterator[tuple[str, Row]]:
    """Rows that count as the family's wealth or debts, with their section."""
    for section in (*CLASS_OF_SECTION, "claim"):
        for row in one.rows.get(section, ()):
            if row.get("owner") != "other" and str(row.get("basis") or "") in OWNED:
                yield section, row


def number_of(section: str, row: Row) -> tuple[str, str] | None:
    """By what a thing is known again in another year; none when it has no number.

    Property in trust is known by the day on which it was handed over, the manager, and what it is.
    """
    number = number_key(row.get("object_number") or "")
    if section == "trust" and (since := row.get("since_date")) and (what := row.get("description")):
        return section, f"{since} {row.get('manager') or ''} {what}"
    if section in ALIKE:
        return alike(section, row)
    return (section, number) if section in NUMBERED and number else None


def alike(section: str, row: Row) -> tuple[str, str] | None:
    """What pieces of one kind are, and how many of them there are; none when either is not stated."""
    names, many = ALIKE[section]
    called, count = [str(row.get(name) or "") for name in names], row.get(many)
    if not called[0] or not isinstance(count, Decimal):
        return None
    return section, f"{' '.join((called[0].strip().lower(), *called[1:]))} {count:.6f}"


def numbers(one: Year) -> Iterable[tuple[tuple[str, str], object]]:
    """Things with a number that stand in a declaration, each row with its share."""
    rows = ((section, row, number_of(section, row)) for section, row in worth_rows(one))
    return ((number, None if section in ALIKE else row.get("share")) for section, row, number in rows if number)


def stated_of(section: str, row: Row) -> Decimal | None:
    """The stated sum of a row."""
    stated = row.get("amount" if section == "claim" else CLASS_OF_SECTION[section][1])
    return stated if isinstance(stated, Decimal) else None


def paid_of(section: str, row: Row, since: int, until: int) -> Decimal | None:
    """The price of a numbered thing that was acquired after the end of one year, and up to the end of another."""
    price, day = row.get("price"), row.get("acquired_date")
    fits = isinstance(day, date) and since < day.year <= until
    return price if fits and section in NUMBERED and isinstance(price, Decimal) and price > 0 else None


def flows(now: Year, ends: Ends, sold: Interval, unknown: Counter[str]) -> tuple[Interval, Interval]:
    """Inflow and outflow of a year, noting what is not known of them.

    Args:
        sold: what all that went was worth, as far as it may have been sold.
    """
    income, gifts = rows_of(now, "income"), rows_of(now, "gift")
    inflow = added((*of(income, "amount"), *of(gifts, "value")), ends, unknown, "inflow")
    if any(row.get("kind") == "sale" for row in income):
        inflow = inflow - sold
    if not now.asks_income and not income:
        unknown["income_form"] += 1
        inflow = inflow + FROM_NOTHING
    taxes = [(row.get("tax_withheld"), str(row["currency"] or "")) for row in income if row.get("tax_withheld")]
    tax = added(taxes, ends, unknown, "outflow")
    outflow = added(of(rows_of(now, "expense"), "amount"), ends, unknown, "outflow")
    return inflow, outflow + Interval(NOTHING, tax.high)


def rows_of(one: Year, section: str) -> list[Row]:
    """Rows of a section that are the family's."""
    return [row for row in one.rows.get(section, ()) if row.get("owner") != "other"]


def of(rows: Iterable[Row], column: str) -> list[tuple[object, str]]:
    """Sums with their currencies."""
    return [(row.get(column), str(row["currency"] or "")) for row in rows]


def added(sums: Iterable[tuple[object, str]], ends: Ends, unknown: Counter[str], code: str) -> Interval:
    """Sums in several currencies as an interval; what is without a sum or rate may be anything from nothing on."""
    units: dict[str, Decimal] = {}
    total = Interval()
    for amount, unit in sums:
        if isinstance(amount, Decimal):
            units[unit] = units.get(unit, NOTHING) + amount
        else:
            unknown[code] += 1
            total = total + FROM_NOTHING
    for unit, amount in units.items():
        rate = ends.rate(unit)
        if rate is None:
            unknown["rate"] += 1
            total = total + FROM_NOTHING
        else:
            total = total + times(amount, rate)
    return total
