"""What a corrected register says of a row of a draft: in words, beside what stands in the row."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from adaldyq.base.tables import Column, ColumnType
from adaldyq.measures.declarations.domain.checks import DAY_PARTS, YES
from adaldyq.measures.declarations.domain.questions import asked_columns
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.corrected import DAY, GONE, NOW, TAKEN
from adaldyq.measures.declarations.queries.drafts import DraftRow, FilledSection
from adaldyq.ui.facts import State
from adaldyq.ui.formats.values import day, money, number, percent


def of_section(part: FilledSection) -> str:
    """That a register of which entries of a section come was corrected; empty once the section is answered again."""
    if part.answer or not any(one.row.news for one in part.rows):
        return ""
    return _("A register was corrected since you began. Look through these entries again; what you typed has stayed.")


def mark(row: DraftRow) -> State | None:
    """A mark on an entry that is another by a correction of its register; none on others."""
    return State(_("The register was corrected"), "attention") if row.news else None


def of_row(row: DraftRow) -> str:
    """Since when the register says something else, or tells of the thing no more; empty when it was not corrected."""
    if not row.news:
        return ""
    since = {"day": day(date.fromisoformat(row.news[DAY]))}
    if row.news.get(GONE):
        told = _(
            "Since its correction on %(day)s the register tells of this no more. Remove it if it is so; else leave it."
        )
        return told % since
    if any(register_says(row, column) for column in asked_columns(row.section)):
        return (
            _("The register was corrected on %(day)s. What you typed has stayed; what it says stands beside it.")
            % since
        )
    return _("The register was corrected on %(day)s, and what it says now stands here.") % since


def of_columns(row: DraftRow) -> dict[str, str]:
    """By column, that its value is that of the corrected register, or what the register says instead of the own words."""
    taken, found = set(row.news.get(TAKEN, ())), {}
    for column in asked_columns(row.section):
        if column.name in taken and row.sources.get(column.name) == row.origin:
            found[column.name] = _("Corrected in the register on %(day)s.") % {
                "day": day(date.fromisoformat(row.news[DAY]))
            }
        elif says := register_says(row, column):
            found[column.name] = _("In the register: %(value)s.") % {"value": says}
    return found


def register_says(row: DraftRow, column: Column) -> str:
    """What the register says of a column, where something else stands in the row; else empty."""
    now: Mapping[str, str] = row.news.get(NOW, {})
    if text_of(column, now) in {"", text_of(column, row.typed)}:
        return ""
    return in_words(row, column, now)


def text_of(column: Column, typed: Mapping[str, str]) -> str:
    """What stands in the boxes of a column, without spaces, which tell no two values apart."""
    names = [f"{column.name}_{part}" for part in DAY_PARTS] if column.type is ColumnType.DATE else [column.name]
    return "-".join("".join(typed.get(name, "").split()) for name in names).strip("-")


def in_words(row: DraftRow, column: Column, now: Mapping[str, str]) -> str:
    """A value as a register gave it, in words and with its unit."""
    text = now.get(column.name, "")
    match column.type:
        case ColumnType.DATE:
            parts = {part: int(now[f"{column.name}_{part}"]) for part in DAY_PARTS}
            return day(date(**parts))
        case ColumnType.MONEY:
            return money(Decimal(text), now.get("currency") or row.typed.get("currency", ""))
        case ColumnType.NUMBER:
            return percent(Decimal(text)) if column.unit == "percent" else number(Decimal(text))
        case ColumnType.BOOLEAN:
            return _("yes") if text == YES else _("no")
    return str(words.code_word(row.section, column.name, text))
