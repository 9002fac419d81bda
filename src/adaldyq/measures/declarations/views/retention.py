"""How long declarations are public and kept, what has passed its term, and what a procedure still holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.retention import Hold, Line, outlook
from adaldyq.measures.declarations.queries.terms import HELD, until
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table


@require_safe
def show_retention(request: HttpRequest) -> HttpResponse:
    """The terms with their source, what the next night lets go, and how much is held by what."""
    seen = outlook(timezone.now())
    holds = [one for one in seen.held if one[1]]
    longest = naming.pack().kept_for(HELD, timezone.localdate()).term
    held_for = words.term(longest.length, longest.unit.value)
    context = {"held_for": held_for, "terms": terms_table(seen.lines), "holds": holds_table(holds), "held": bool(holds)}
    return render(request, "declarations/retention.html", context)


def terms_table(lines: Iterable[Line]) -> Table:
    """Each kind of record with its term and what has passed it."""
    columns = (
        Column("kind", _("Records"), value=lambda one: words.kind_title(one.kind)),
        Column("term", _("Term"), value=lambda one: words.term(one.length, one.unit)),
        Column("passed", _("Past it"), kind="number"),
        Column("held", _("Held back"), kind="number"),
        Column("going", _("Going tonight"), kind="number"),
        Column("source", _("By which law"), value=lambda one: words.law(one.source)),
    )
    return Table(_("Terms of keeping"), columns, list(lines), hide_caption=True)


def holds_table(holds: list[tuple[Hold, int]]) -> Table:
    """How many people and years each kind of procedure holds."""
    columns = (
        Column("title", _("What holds them"), value=lambda one: one[0].title),
        Column("count", _("Declared years of a person"), kind="number", value=lambda one: one[1]),
    )
    return Table(_("Held past their term"), columns, holds, hide_caption=True)


def term_facts(year: int, on: date, holds: Iterable[Hold] = (), *, public: bool) -> list[Fact]:
    """Until when a declaration about a year is public and kept, and what is told of what holds it.

    Args:
        public: whether it is public now.
    """
    ends = until(year, on)
    told = [str(one.title) for one in holds if one.told]
    facts = [Fact(_("Public until"), ends.public, kind="day")] if public else []
    facts.append(
        Fact(_("Kept until"), ends.kept, kind="day", hint=_("It is erased then, unless a procedure needs it."))
    )
    if told:
        facts.append(Fact(_("Kept longer, because"), "; ".join(told)))
    return facts
