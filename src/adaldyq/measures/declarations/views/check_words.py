"""What differs from the declaration before, in sentences for the page of answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.measures.declarations.domain.changes import CHANGED, GONE, NEW, Difference, Row
from adaldyq.measures.declarations.domain.sections import BY_NAME, SECTIONS
from adaldyq.measures.declarations.queries.drafts import Declaration, Draft, FilledSection
from adaldyq.measures.declarations.queries.sections import Contents
from adaldyq.measures.declarations.views import rows
from adaldyq.ui.facts import Link, State

FAMILY = "family"
MOST_TOLD = 40
"""Differences that are told one by one; of more each section tells how many it has."""


def unnamed_owners(draft: Draft, parts: Sequence[FilledSection]) -> list[Link]:
    """Things of a husband or wife, or of a child, while Family names nobody who could own them; each leads there."""
    named = {one.reading.values.get("relation") for part in parts if part.section.name == FAMILY for one in part.rows}
    asks = any(part.section.name == FAMILY for part in parts)
    href = reverse("declarations-draft-section", args=[draft.pk, FAMILY])
    told = {
        "spouse": _("%(entry)s is of a husband or wife, and Family names none."),
        "child": _("%(entry)s is of a child, and Family names none."),
    }
    return [
        Link(
            told[owner] % {"entry": f"{_(part.section.title)}, {rows.row_title(part.section.name, values, place)}"},
            href,
        )
        for part in parts
        for place, values in enumerate((one.reading.values for one in part.rows), 1)
        if asks and part.section.name != FAMILY and (owner := str(values.get("owner"))) in told and owner not in named
    ]


def change_state(section: str, found: Sequence[Difference], values: Row) -> State | None:
    """How a row stands to the one before; nothing when it is the same."""
    one = next((each for each in found if each.row.get("typed") is values), None)
    if one is None or one.change not in {NEW, CHANGED}:
        return None
    if one.change == NEW:
        return State(_("not there before"), "open")
    return State(_("changed: %(what)s") % {"what": "; ".join(changes_of(section, one))}, "work")


def changes_of(section: str, one: Difference) -> Iterator[str]:
    """Columns of a row that changed, each with its value before and now."""
    columns = BY_NAME[section].table.by_name
    for name in one.columns:
        was = rows.fact_of(section, columns[name], one.was or {}, "").shown
        now = rows.fact_of(section, columns[name], one.row, "").shown
        yield f"{_(columns[name].title)} {was} → {now}"


def counted(found: Sequence[Difference]) -> str:
    """How many rows of a section differ, in a few words; empty when none does."""
    numbers = {change: sum(one.change == change for one in found) for change in (CHANGED, NEW, GONE)}
    said = (
        ngettext("%(count)s changed", "%(count)s changed", numbers[CHANGED]) % {"count": numbers[CHANGED]},
        ngettext("%(count)s new", "%(count)s new", numbers[NEW]) % {"count": numbers[NEW]},
        ngettext("%(count)s not there any more", "%(count)s not there any more", numbers[GONE])
        % {"count": numbers[GONE]},
    )
    return ", ".join(words for words, change in zip(said, (CHANGED, NEW, GONE), strict=True) if numbers[change])


def told(draft: Draft, part: FilledSection, found: Sequence[Difference]) -> list[Link]:
    """Each difference of a section as a sentence that leads there."""
    name, title = part.section.name, _(part.section.title)
    href = f"{reverse('declarations-draft-section', args=[draft.pk, name])}#rows"
    return [
        Link(f"{title}, {rows.row_title(name, one.row, place)}: {said}", href)
        for place, one in enumerate(found, 1)
        if (said := said_of(name, one))
    ]


def between(now: Declaration, before: Declaration) -> list[str]:
    """What one version of a declaration changed in an earlier one, a sentence for each entry."""
    contents = Contents([now, before])
    return [
        f"{_(section.title)}, {rows.row_title(section.name, one.row, place)}: {said}"
        for section in SECTIONS
        for place, one in enumerate(contents.compared(section.name, now, before, whole=True), 1)
        if (said := said_of(section.name, one))
    ]


def said_of(section: str, one: Difference) -> str:
    """How a row differs, as the end of a sentence."""
    if one.change == NEW:
        return _("not there before")
    if one.change == GONE:
        return _("not there any more")
    return "; ".join(changes_of(section, one)) if one.change == CHANGED else ""


def differing(parts: Sequence[dict[str, Any]]) -> list[Link]:
    """What differs, one by one, as long as it is not too much."""
    found = [link for part in parts for link in part["told"]]
    return found if len(found) <= MOST_TOLD else []
