"""Open drafts that a corrected register tells of, and what their rows become by it.

What the register filled in and nobody wrote over holds what the register says now. What was typed stays, and what the
register says is kept beside it, so that both are seen.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from adaldyq.kernel.models import FamilyTie
from adaldyq.measures.declarations.domain.checks import DAY_PARTS
from adaldyq.measures.declarations.domain.questions import KEPT_IDS, asked_columns, sections_of
from adaldyq.measures.declarations.models import Draft, DraftRow
from adaldyq.measures.declarations.queries.last_year import prefilled
from adaldyq.measures.declarations.queries.prefilled import CLAIMABLE, FAMILY, Prefilled
from adaldyq.measures.declarations.queries.registered import of_registers
from adaldyq.measures.declarations.states import OPEN

OF_PEOPLE = frozenset({"person", "person_name"})
"""Registers that tell what relatives are called and when they were born."""
TOLD = CLAIMABLE | OF_PEOPLE
"""Registers that fill in rows of drafts."""
DAY, TAKEN, NOW, GONE = "day", "taken", "now", "gone"
"""What `DraftRow.news` holds: since when, columns that were filled in anew, what the register says of those with own
words by box, and whether it tells of the thing no more."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What was corrected: records of a register, and the people whose own facts they are."""

    register: str
    records: frozenset[str]
    people: frozenset[str] = frozenset()

    def is_told(self, row: DraftRow) -> bool:
        """Whether a row of a draft comes from it, or names it beside what another register told."""
        if row.origin not in CLAIMABLE:
            return False
        named = {row.typed.get(key) for key in KEPT_IDS} - {None, ""}
        return (row.origin == self.register and row.origin_id in self.records) or not named.isdisjoint(
            self.records | self.people
        )


def corrected(register: str, record: str, person: str) -> Corrected:
    """What a correction of a record concerns; a tie is told from both sides."""
    if register in OF_PEOPLE:
        return Corrected(register, frozenset({record}), frozenset({person} - {""}))
    if register == FAMILY and (tie := FamilyTie.objects.filter(pk=record).first()) is not None:
        sides = {"person_id__in": (tie.person_id, tie.relative_id), "relative_id__in": (tie.person_id, tie.relative_id)}
        return Corrected(register, frozenset(FamilyTie.objects.filter(**sides).values_list("pk", flat=True)))
    return Corrected(register, frozenset({record}))


def drafts_about(people: Collection[str]) -> list[Draft]:
    """Open drafts of some people and of whoever is related to one of them, such as parents."""
    related = FamilyTie.objects.filter(relative_id__in=people).values_list("person_id", flat=True)
    found = Draft.objects.filter(person_id__in={*people, *related}, state=OPEN)
    return list(found.select_related("person").order_by("pk"))


def changed_rows(draft: Draft, what: Corrected, day: date) -> list[DraftRow]:
    """Rows of a draft that are others by a correction, as they are from a day on, not yet kept."""
    rows = [one for one in draft.rows.order_by("position", "pk") if what.is_told(one)]
    if not rows:
        return []
    known = {(one.section, one.origin, one.origin_id): one for one in told_now(draft)}
    return [one for one in rows if renew(one, known.get((one.section, one.origin, one.origin_id)), day)]


def told_now(draft: Draft) -> Sequence[Prefilled]:
    """What a draft would begin with today."""
    if draft.amends_id is None:
        return prefilled(draft.person, draft.form, draft.year)
    asked = {one.name for one in sections_of(draft.form)}
    return [one for one in of_registers(draft.person, draft.year) if one.section in asked]


def renew(row: DraftRow, told: Prefilled | None, day: date) -> bool:
    """Write what a register says now into a row that came from it, unsaved, and say whether the row is another by it.

    Args:
        told: what the register says of the same thing; none when it tells of it no more.
    """
    before = (row.typed, row.sources, {**row.news, DAY: ""})
    typed, sources = dict(row.typed), dict(row.sources)
    news: dict[str, object] = {}
    if told is None:
        sources = {name: source for name, source in sources.items() if source != row.origin}
        news = {GONE: True}
    else:
        taken, now = taken_from(row, told, typed, sources)
        kept = [name for name in row.news.get(TAKEN, ()) if sources.get(name) == row.origin and name not in taken]
        news |= {TAKEN: [*kept, *taken]} if kept or taken else {}
        news |= {NOW: now} if now else {}
    if (typed, sources, {**news, DAY: ""}) == before:
        return False
    row.typed, row.sources, row.news = typed, sources, {**news, DAY: day.isoformat()} if news else {}
    return True


def taken_from(
    row: DraftRow, told: Prefilled, typed: dict[str, str], sources: dict[str, str]
) -> tuple[list[str], dict[str, str]]:
    """Fill in anew what the register filled in; give the columns, and what it says by box where own words stand."""
    taken: list[str] = []
    now: dict[str, str] = {}
    for column in asked_columns(row.section):
        own = boxes(column.name, typed)
        says = boxes(column.name, told.typed) if told.sources.get(column.name) == row.origin else {}
        if own == says:
            sources |= {column.name: row.origin} if says else {}
        elif sources.get(column.name) == row.origin:
            for box in own:
                del typed[box]
            typed |= says
            taken.append(column.name)
            if not says:
                del sources[column.name]
        else:
            now |= says
    return taken, now


def boxes(column: str, typed: Mapping[str, str]) -> dict[str, str]:
    """What stands in the boxes of a column."""
    names = (column, *(f"{column}_{part}" for part in DAY_PARTS))
    return {name: typed[name] for name in names if typed.get(name)}


def told_again(row: DraftRow, typed: Mapping[str, str]) -> list[str]:
    """Columns into which was typed by now what the register says since it was corrected."""
    now = row.news.get(NOW, {})
    if not now:
        return []
    columns = (one.name for one in asked_columns(row.section))
    return [name for name in columns if (says := boxes(name, now)) and says == boxes(name, typed)]
