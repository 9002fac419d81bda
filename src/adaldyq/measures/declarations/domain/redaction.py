"""Takes out of free text what the law keeps closed: numbers, accounts, addresses, names of relatives and other people.

The columns that hold such values are closed as a whole. Here is for what people write of them into the boxes that
everybody sees: the same values once more, and what looks like a number of a person, of an account, of a wallet, a
telephone, an address of e-mail or a dwelling. Decision 7.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from adaldyq.base.name_keys import loose_keys, name_words
from adaldyq.base.tables import Column, ColumnType, Privacy
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.sections import BY_NAME, SECTIONS

Row = Mapping[str, object]
RowsBySection = Mapping[str, Sequence[Row]]
Redact = Callable[[str], str]

TAKEN_OUT = "[…]"
"""Stands where something was taken out, the same in files of every language."""

NO_TEXT = frozenset({"row_id", "declaration_id", "owner", "currency", "country", "territory_id"})
NUMBERS = ("number", "account_number", "object_number")
SHORTEST_NUMBER, SHORTEST_NAME, SHORTEST_STEM, LONGEST_ENDING = 5, 3, 4, 4
VOWELS = "аеёиоуыэюяәіөұүaeiouy"
REMEMBERED = 20_000

STREETS = (
    "көшесі|көш|даңғылы|даңғ|шағынауданы|ықшамауданы|тұйығы|бульвары"
    "|улица|ул|проспект|пр-т|просп|микрорайон|мкр|переулок|пер|бульвар|шоссе|street|avenue|lane"
)
"""What streets are called in the languages of the product."""
HOUSE = r"\d+[\w/-]*(?:\W{1,3}(?:үй|дом|д|кв|пәтер|flat|apt)?\W{0,3}\d+\w?)*"

LOOKS_CLOSED = re.compile(
    "|".join(
        (
            r"[\w.+-]+@[\w-]+\.\w[\w.-]*",
            r"\b[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,4})?\b",  # IBAN, ISO 13616
            r"\b\d{4}(?:[ -]\d{4}){3}\b",  # a card
            r"\+\d[\d ()-]{8,}\d",  # a telephone, E.164
            r"\b\d{6}[ -]\d{6}\b",
            r"\b\d{9,}\b",
            r"\b(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{20,}\b",  # a wallet
            rf"(?i:(?:[^\W\d_][\w.-]*\s+){{1,2}}(?:{STREETS})\b[\s.,№]{{1,4}}{HOUSE})",
            rf"(?i:\b(?:{STREETS})\b[\s.,№]{{1,4}}(?:[\w.-]+\s+){{0,2}}[^\W_][\w.-]*[\s,№]{{1,4}}{HOUSE})",
        )
    )
)
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
TOKEN = re.compile(r"\w+")


def is_free_text(section: str, column: Column) -> bool:
    """Whether people write a public column in their own words."""
    open_text = column.type is ColumnType.TEXT and column.privacy is Privacy.PUBLIC
    return open_text and column.name not in NO_TEXT and not words_of(section, column.name)


FREE_TEXT: Mapping[str, tuple[str, ...]] = {
    one.name: tuple(column.name for column in one.table.columns if is_free_text(one.name, column)) for one in SECTIONS
}
"""By section, the public columns that people write in their own words."""


def redactor(rows: RowsBySection, declarant: str, people: Iterable[str] = ()) -> Redact:
    """What takes closed values out of the free text of one declaration.

    Args:
        rows: of the declaration, with their closed columns.
        declarant: name of the declarant, which is public.
        people: names of others that are not shown to the public.
    """
    own = keys_of([declarant])
    family = [str(row["name"] or "") for row in rows.get("family", ())]
    names = keys_of([*family, *people], stems=True) - own
    known = known_values(rows)

    def redact(text: str) -> str:
        text = without_numbers(known.sub(TAKEN_OUT, text) if known else text)
        if not names:
            return text
        return WORD.sub(lambda found: TAKEN_OUT if is_named(found.group(), names, own) else found.group(), text)

    return redact


def without_numbers(text: str) -> str:
    """A text without what looks like the number of a person, an account or a telephone, or like an address."""
    if not any(letter.isdigit() or letter == "@" for letter in text):
        return text
    return LOOKS_CLOSED.sub(TAKEN_OUT, text)


def known_values(rows: RowsBySection) -> re.Pattern[str] | None:
    """Finds the numbers and addresses that a declaration states in its closed columns; none when it states none."""
    found: set[str] = set()
    for section, listed in rows.items():
        columns = [name for name in NUMBERS if name in BY_NAME[section].table.by_name]
        for row in listed:
            numbers = (str(row.get(name) or "") for name in columns)
            found |= {re.escape(number) for number in numbers if len(number) >= SHORTEST_NUMBER}
            if address := row.get("address"):
                found |= {*houses(str(address))}
    return re.compile("|".join(sorted(found, key=lambda one: (-len(one), one))), re.IGNORECASE) if found else None


def houses(address: str) -> Iterable[str]:
    """Patterns of an address: each number in it with the word before it, and as much around as the text repeats."""
    tokens = [re.escape(token) for token in TOKEN.findall(address)]
    for place, token in enumerate(tokens):
        if not token[0].isdigit() or place == 0 or tokens[place - 1][0].isdigit():
            continue
        before = ""
        for earlier in tokens[max(0, place - 4) : place - 1]:
            before = rf"(?:{before}{earlier}\W+)?"
        after = ""
        for later in reversed(tokens[place + 1 : place + 4]):
            after = rf"(?:\W+{later}\b{after})?"
        yield rf"\b{before}{tokens[place - 1]}\W+{token}\b{after}"


def keys_of(names: Iterable[str], *, stems: bool = False) -> frozenset[str]:
    """Loose keys of the words of names, by which the three scripts meet; initials are left out.

    Args:
        stems: also without a last vowel, in whose place a case puts another (Мария, Марии).
    """
    words = [word for name in names for word in name_words(name) if len(word) >= SHORTEST_NAME]
    if stems:
        words += [word[:-1] for word in words if word[-1] in VOWELS and len(word) > SHORTEST_STEM]
    return frozenset(key for word in words for key in loose_keys(word))


def is_named(word: str, names: frozenset[str], own: frozenset[str]) -> bool:
    """Whether a word is one of some names, also with the ending of a case; not when the declarant is called so."""
    for keys in beginnings(word):
        if not own.isdisjoint(keys):
            return False
        if not names.isdisjoint(keys):
            return True
    return False


@lru_cache(REMEMBERED)
def beginnings(word: str) -> Sequence[Sequence[str]]:
    """Loose keys of a word, and of what is left of it without each ending that a case may give it."""
    found = []
    for spelt in name_words(word):
        if len(spelt) < SHORTEST_NAME:
            continue
        found.append(loose_keys(spelt))
        shortest = max(SHORTEST_STEM, len(spelt) - LONGEST_ENDING) if word[0].isupper() else len(spelt)
        found += [loose_keys(spelt[:end]) for end in range(len(spelt) - 1, shortest - 1, -1)]
    return found
