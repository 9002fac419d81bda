"""Takes out of free text what the law keeps closed: numbers, accounts, addresses, names of relatives and other people.

The columns that hold such values are closed as a whole. Descriptions are
closed too. Here is for what people write of such values into boxes that everybody sees, which ask for the name of a bank,
a company, a post, an asset or a model: the same values once more, and what looks like a number of a person, of an account, of a wallet, a
telephone, an address of e-mail or a dwelling. Decision 7.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from adaldyq.base.redaction import TAKEN_OUT, WORD, declined, is_named, keys_of, without_numbers, without_spelt
from adaldyq.base.registered_numbers import DRAWN_ALIKE, number_key
from adaldyq.base.tables import Column, ColumnType, Privacy
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.sections import BY_NAME, SECTIONS

Row = Mapping[str, object]
RowsBySection = Mapping[str, Sequence[Row]]
Redact = Callable[[str], str]

NO_TEXT = frozenset({"row_id", "declaration_id", "owner", "currency", "country", "territory_id"})
NUMBERS = ("number", "account_number", "object_number")
SHORTEST_NUMBER = 5
APART = r"[\s.,:/№_\u00b7\u2022\u2219\u2027-]{0,8}"
"""What may stand between two signs of a number."""
TOKEN = re.compile(r"\w+")
LOOSE = re.compile(r"(?<![^\W_])\d{1,4}[^\W\d_]?(?:[/-]\d{1,4}[^\W\d_]?){0,3}(?![^\W_])")
"""A number of few figures that stands alone. Beside a bare name it may be a house, and no word would tell so."""
WITH_NUMBERS = frozenset({("vehicle", "make")})
"""Columns whose values are told apart by such numbers: models of vehicles."""


def is_free_text(section: str, column: Column) -> bool:
    """Whether people write a public column in their own words."""
    open_text = column.type is ColumnType.TEXT and column.privacy is Privacy.PUBLIC
    return open_text and column.name not in NO_TEXT and not words_of(section, column.name)


FREE_TEXT: Mapping[str, tuple[str, ...]] = {
    one.name: tuple(column.name for column in one.table.columns if is_free_text(one.name, column)) for one in SECTIONS
}
"""By section, the public columns that people write in their own words."""


def without_loose_numbers(section: str, column: str, text: str) -> str:
    """The name of an organisation, a post or an asset without numbers that stand alone."""
    return text if (section, column) in WITH_NUMBERS else LOOSE.sub(TAKEN_OUT, text)


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
    forms = declined([*family, *people]) - declined([declarant])
    known = known_values(rows)

    def redact(text: str) -> str:
        text = without_numbers(known.sub(TAKEN_OUT, text) if known else text)
        if not names | forms:
            return text
        text = without_spelt(text, names, own)
        return WORD.sub(lambda found: TAKEN_OUT if is_named(found.group(), names, own, forms) else found.group(), text)

    return redact


def known_values(rows: RowsBySection) -> re.Pattern[str] | None:
    """Finds the numbers and addresses that a declaration states in its closed columns; none when it states none."""
    found: set[str] = set()
    for section, listed in rows.items():
        columns = [name for name in NUMBERS if name in BY_NAME[section].table.by_name]
        for row in listed:
            numbers = (number_key(row.get(name) or "") for name in columns)
            found |= {in_any_parts(number) for number in numbers if len(number) >= SHORTEST_NUMBER}
            if address := row.get("address"):
                found |= {*houses(str(address))}
    return re.compile("|".join(sorted(found, key=lambda one: (-len(one), one))), re.IGNORECASE) if found else None


def in_any_parts(number: str) -> str:
    """A pattern of a number by its key, however it is parted and in whichever letters of two that look the same."""
    alike = {**DRAWN_ALIKE, "0": "OО"}
    return APART.join(f"[{letter}{alike[letter]}]" if letter in alike else re.escape(letter) for letter in number)


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
