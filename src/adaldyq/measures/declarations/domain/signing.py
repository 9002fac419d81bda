"""What a declaration says, in the one exact form that a certificate signs: the same before and after it is filed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from adaldyq.measures.declarations.domain.fingerprint import exact
from adaldyq.measures.declarations.domain.sections import BY_NAME

FORMAT = "adaldyq-declaration-1"
"""Names the form, so that a later one can be told apart."""
OF_THE_REGISTER = frozenset({"row_id", "declaration_id"})


Documents = Iterable[tuple[str, Mapping[str, object], Mapping[str, str]]]
"""Of each document of an entry the section, the entry by column, and its name with its digest or a reason."""


def signed_form(
    facts: Mapping[str, object], rows: Mapping[str, Sequence[Mapping[str, object]]], documents: Documents = ()
) -> bytes:
    """A declaration as JSON in UTF-8: keys in order, no spaces, rows of a section in the order of their text.

    What is empty is left out, and so are the ids that rows get when they are filed.

    Args:
        facts: of the declaration itself, texts and whole numbers.
        rows: values by column, by section.
        documents: of the entries; each is told with the digest of the entry that it belongs to.
    """
    sections = {
        name: sorted((stated(name, row) for row in listed), key=line) for name, listed in rows.items() if listed
    }
    whole: dict[str, object] = {"format": FORMAT, **facts, "sections": sections}
    if attached := sorted((attachment(*one) for one in documents), key=line):
        whole["documents"] = attached
    return line(whole).encode()


def attachment(section: str, row: Mapping[str, object], said: Mapping[str, str]) -> dict[str, str]:
    """A document as it is signed."""
    entry = hashlib.sha256(line(stated(section, row)).encode()).hexdigest()
    return {"section": section, "entry": entry, **{name: text for name, text in said.items() if text}}


def stated(section: str, row: Mapping[str, object]) -> dict[str, str]:
    """The columns of a row that say something, each in its one exact form."""
    columns = [column for column in BY_NAME[section].table.columns if column.name not in OF_THE_REGISTER]
    written = {column.name: exact(row.get(column.name), column.type) for column in columns}
    return {name: text for name, text in written.items() if text}


def line(value: object) -> str:
    """A value as one line of JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
