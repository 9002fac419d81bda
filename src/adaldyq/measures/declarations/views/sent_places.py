"""Where in a file of declarations something is wrong, in the words of the form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, gettext_lazy

from adaldyq.measures.declarations.domain.schemas import DOCUMENTS
from adaldyq.measures.declarations.domain.sections import BY_NAME

FIELDS: Mapping[str, object] = {
    "person": gettext_lazy("Whose declaration it is"),
    "form": gettext_lazy("Form"),
    "year": gettext_lazy("Year declared"),
    "reference": gettext_lazy("Reference"),
    "amends": gettext_lazy("Declaration that it amends"),
    "sections": gettext_lazy("Sections"),
    DOCUMENTS: gettext_lazy("Documents"),
    "section": gettext_lazy("Section"),
    "row": gettext_lazy("Entry"),
    "document": gettext_lazy("Which document"),
    "upload": gettext_lazy("File sent before"),
    "file": gettext_lazy("File"),
    "reason": gettext_lazy("Why there is none"),
}
"""What a field is called that belongs to no section; one that no form has stays as the file wrote it."""


def place(row: Mapping[str, Any]) -> str:
    """Section, entry and question of a mistake; of what stands above the sections, or in a document, its own words."""
    section = BY_NAME.get(row["section"] or "")
    titles = {one.name: one.title for one in section.table.columns} if section else {}
    field = str(row["field"] or "")
    parts = [titles[field]] if titles.get(field) else [words_of(one) for one in field.split(".")]
    entry = gettext("Entry %(number)s") % {"number": row["row"]} if row["row"] else ""
    known = (gettext(section.title) if section else "", entry, *(gettext(str(one)) if one else "" for one in parts))
    return ", ".join(filter(None, known))


def words_of(part: str) -> str:
    """What a part of a path is called: a field, a section, or the place of an entry."""
    if part in BY_NAME:
        return BY_NAME[part].title
    if part.isdigit():
        return gettext("Entry %(number)s") % {"number": part}
    return str(FIELDS.get(part, part))
