"""The page on which declaring starts: who must, until when, what is needed and how long it takes; open to everybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from adaldyq.countries.phases import Phase
from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain import effort
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.views.limits import limits


@dataclass(frozen=True, slots=True)
class Group:
    """Whom the law brought in.

    Attributes:
        name: of the group.
        since: day on which the law brought it in.
        law: text that does.
        released: day on which the law let it go; none when it did not.
        unless: circumstances in which it must declare all the same.
        release_law: text that let it go; empty when none did.
    """

    name: str
    since: date
    law: str
    released: date | None
    unless: tuple[str, ...]
    release_law: str


@require_safe
def start_page(request: HttpRequest) -> HttpResponse:
    """What one should know before one begins, with where to begin."""
    pack, today = naming.pack(), timezone.localdate()
    year = today.year - 1
    due = pack.filing_deadlines[year]
    sections = sections_of("income")
    context = {
        "year": year,
        "due": due,
        "late": due < today,
        "today": today,
        "paper": pack.filing_days["paper"].of(year),
        "groups": [group_of(one) for one in pack.phases if one.since <= today],
        "minutes": effort.usual_minutes(len(sections)),
        "sections": len(sections),
        "limits": list(limits(year)),
    }
    return render(request, "declarations/start.html", context)


def group_of(phase: Phase) -> Group:
    """A group of the law, in the reader's language."""
    circumstances, release = naming.pack().codes.get("obligation_circumstance", {}), phase.release
    unless = (naming.spoken(circumstances.get(code, {}), code) for code in release.unless) if release else ()
    return Group(
        naming.spoken(phase.names),
        phase.since,
        words.law(phase.source),
        release.since if release else None,
        tuple(unless),
        words.law(release.source) if release else "",
    )
