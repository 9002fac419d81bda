"""Reads MT940, SWIFT's customer statement, with or without the envelope of its message, several in a file.

Each field is held against its form in the standard: `:20:` begins a statement, `:25:` is the account, `:28C:` its
number and page, `:60F:` and `:62F:` the balances (`:60M:` and `:62M:` of a page that others follow), `:61:` an entry,
`:86:` its words. What stands between and belongs to none is refused, so that a lost line is seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from re import Match

from adaldyq.measures.payments.domain.statements.references import creditor_reference_in, reference_of
from adaldyq.measures.payments.domain.statements.statement import (
    NOTHING,
    Entry,
    Statement,
    broken,
    checked,
    first_reference,
    minor_units,
)

FIELD = re.compile(r":(\d{2}[A-Z]?):(.*)")
ENVELOPE = re.compile(r"(?:\{[1-35]:[^{}]*(?:\{[^{}]*\}[^{}]*)*\})*(\{4:)?")
ENDS = frozenset({"-", "-}"})
BALANCE = re.compile(r"(?P<mark>[CD])(?P<day>\d{6})(?P<currency>[A-Z]{3})(?P<amount>\d{1,15},\d{0,3})")
NUMBER = re.compile(r"(\d{1,5})(?:/(\d{1,5}))?")
LINE = re.compile(
    r"(?P<day>\d{6})(?P<booked>\d{4})?(?P<mark>R?[CD])[A-Z]?(?P<amount>\d{1,15},\d{0,3})"
    r"(?P<kind>[NSF][A-Z0-9]{3})(?P<reference>[^\n]{0,16}?)(?://(?P<bank>[^\n]{0,16}))?(?:\n(?P<more>[^\n]{0,34}))?"
)
SIGNS = {"C": 1, "D": -1, "RC": -1, "RD": 1}
"""Credit, debit, and the reversal of each."""
SUBFIELD = re.compile(r"\?(\d{2})")
NAMES, WORDS = ("32", "33"), (*(str(one) for one in range(20, 30)), *(str(one) for one in range(60, 64)))
"""Subfields of `:86:` where banks structure it: name of the other party, and the words of the payment."""
AFTER = {
    "": ("20",),
    "20": ("21", "25"),
    "21": ("25",),
    "25": ("28", "28C"),
    "28": ("60F", "60M"),
    "28C": ("60F", "60M"),
    "60F": ("61", "62F", "62M"),
    "60M": ("61", "62F", "62M"),
    "61": ("61", "86", "62F", "62M"),
    "86": ("61", "62F", "62M"),
    "62F": ("64", "65", "86", "20"),
    "62M": ("64", "65", "86", "20"),
    "64": ("65", "86", "20"),
    "65": ("65", "86", "20"),
}
"""Which fields may follow each."""
MONTHS_AROUND = 180
"""Days from the value date within which an entry was booked; it tells the year of `MMDD`."""


@dataclass(slots=True)
class Field:
    """A field of the message: its line, its tag, and its text over all its lines."""

    line: int
    tag: str
    text: str


@dataclass(slots=True)
class Page:
    """A statement, or a page of it, as far as it was read."""

    line: int
    account: str = ""
    number: str = ""
    currency: str = ""
    opening: int = 0
    closing: int | None = None
    day: date = date.min
    more: bool = False
    goes_on: bool = False
    entries: list[Entry] = field(default_factory=list)


def read_mt940(text: str) -> tuple[Statement, ...]:
    """The statements of a file.

    Raises:
        DomainError: `statement-line` for a line of no field, `statement-order` for a field where it cannot stand,
            `statement-value`, `statement-amount`, `statement-currency`, `statement-truncated`, `statement-pages`,
            `statement-sum`, `statement-entry-twice`. Each names the line.
    """
    pages: list[Page] = []
    before, last = "", 1
    for one in fields_of(text):
        if one.tag == "20":
            ended(pages, one.line)
        if one.tag not in AFTER[before]:
            raise broken("statement-order", one.line, value=one.tag)
        if one.tag == "20":
            pages.append(Page(one.line))
        take(pages[-1], one, after_balance=before.startswith("6") and before != "61")
        if not (one.tag == "86" and before.startswith("6") and before != "61"):
            before = one.tag
        last = one.line
    ended(pages, last)
    if not pages or pages[-1].more:
        raise broken("statement-truncated", last)
    return checked(joined(pages))


def fields_of(text: str) -> list[Field]:
    """The fields of all messages, each with the lines that continue it.

    Raises:
        DomainError: `statement-line`, or `statement-truncated` when an envelope does not end.
    """
    found: list[Field] = []
    within = opened = False
    line = 0
    for line, written in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        start = ENVELOPE.fullmatch(written) if written.startswith("{") else None
        if start:
            within, opened = False, bool(start[1])
        elif written in ENDS or written.startswith("-}"):
            within = opened = False
        elif (parts := FIELD.match(written)) and parts[1] in AFTER:
            within = True
            found.append(Field(line, parts[1], parts[2]))
        elif within and not written.startswith(":") and written.strip():
            found[-1].text += f"\n{written}"
        elif written.strip():
            raise broken("statement-line", line, value=written[:40])
    if opened:
        raise broken("statement-truncated", line)
    return found


def ended(pages: list[Page], line: int) -> None:
    """Refuse to begin another page before the last one has its closing balance."""
    if pages and pages[-1].closing is None:
        raise broken("statement-truncated", line)


def take(page: Page, one: Field, *, after_balance: bool) -> None:
    """Keep what a field says."""
    match one.tag:
        case "25":
            page.account = one.text.strip()
        case "28" | "28C":
            page.number = matched(NUMBER, one)[1]
        case "60F" | "60M":
            page.opening, page.goes_on = balance(page, one), one.tag == "60M"
        case "62F" | "62M":
            page.closing, page.more = balance(page, one), one.tag == "62M"
        case "61":
            page.entries.append(entry(page, one))
        case "86" if not after_balance:
            page.entries[-1] = with_words(page.entries[-1], one)


def matched(form: re.Pattern[str], one: Field) -> Match[str]:
    """What a field says by its form.

    Raises:
        DomainError: `statement-value`.
    """
    found = form.fullmatch(one.text.rstrip())
    if found is None:
        raise broken("statement-value", one.line, element=f":{one.tag}:", value=one.text[:40])
    return found


def balance(page: Page, one: Field) -> int:
    """A balance in minor units; its currency is that of the page."""
    found = matched(BALANCE, one)
    page.currency = page.currency or found["currency"]
    if found["currency"] != page.currency:
        raise broken("statement-currency", one.line, value=found["currency"], currency=page.currency)
    page.day = day_of(found["day"], one)
    return SIGNS[found["mark"]] * units(page, found["amount"], one)


def units(page: Page, amount: str, one: Field) -> int:
    """An amount with its comma, in minor units."""
    return minor_units(amount.replace(",", ".").removesuffix("."), page.currency, one.line)


def day_of(written: str, one: Field) -> date:
    """A day written as year of two digits, month, day.

    Raises:
        DomainError: `statement-value`.
    """
    try:
        return date(2000 + int(written[:2]), int(written[2:4]), int(written[4:6]))
    except ValueError:
        raise broken("statement-value", one.line, element=f":{one.tag}:", value=written) from None


def booked(value: date, written: str | None, one: Field) -> date:
    """Day of booking: written without its year, which is the one nearest to the value date."""
    if not written:
        return value
    year = value.year % 100
    near = [day_of(f"{year + over:02d}{written}", one) for over in (-1, 0, 1) if possible(year + over, written)]
    within = [one for one in near if abs(one - value) <= timedelta(MONTHS_AROUND)]
    if not within:
        raise broken("statement-value", one.line, element=f":{one.tag}:", value=written)
    return min(within, key=lambda day: abs(day - value))


def possible(year: int, written: str) -> bool:
    """Whether a day without its year is one of a year: the 29th of February is not in each."""
    try:
        date(2000 + year, int(written[:2]), int(written[2:]))
    except ValueError:
        return False
    return True


def entry(page: Page, one: Field) -> Entry:
    """An entry; its words follow in a field of their own."""
    found = matched(LINE, one)
    value = day_of(found["day"], one)
    bank = (found["bank"] or "").strip()
    return Entry(
        place=one.line,
        booked_date=booked(value, found["booked"], one),
        amount=SIGNS[found["mark"]] * units(page, found["amount"], one),
        reference=reference_of("", found["reference"].strip(), found["more"] or ""),
        end_to_end=first_reference([found["reference"].strip()]),
        bank_reference="" if bank in NOTHING else bank,
        words=found["more"] or "",
    )


def with_words(entry: Entry, one: Field) -> Entry:
    """An entry with the words that follow it, which may hold its reference and the name of the other party."""
    written = one.text.replace("\n", "")
    parts = SUBFIELD.split(written)
    named = dict(zip(parts[1::2], parts[2::2], strict=True))
    words = "".join(named.get(key, "") for key in WORDS) if named else one.text.replace("\n", " ")
    party = "".join(named.get(key, "") for key in NAMES)
    # A reference may be broken by the end of a line, or stand at one.
    found = creditor_reference_in(words) or creditor_reference_in(written)
    return replace(entry, reference=found or entry.reference, party=party.strip(), words=words.strip())


def joined(pages: list[Page]) -> list[Statement]:
    """Statements of their pages.

    Raises:
        DomainError: `statement-pages`: a page does not go on where the one before it ended.
    """
    found: list[Page] = []
    for page in pages:
        if not page.goes_on:
            if found and found[-1].more:
                raise broken("statement-pages", page.line)
            found.append(page)
            continue
        last = found[-1] if found else None
        same = last and last.more and (last.account, last.currency) == (page.account, page.currency)
        if not (last and same and last.closing == page.opening):
            raise broken("statement-pages", page.line)
        last.entries += page.entries
        last.closing, last.day, last.more = page.closing, page.day, page.more
    return [
        Statement(
            one.line, one.account, one.currency, one.number, one.day, one.opening, one.closing or 0, tuple(one.entries)
        )
        for one in found
    ]
