"""Putting off or exempting many people at once: who is meant and what stands in the way, then the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.kernel import kept_forms, naming, reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import new_key, sent_once
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.trying import refusal
from adaldyq.measures.declarations.actions import relief_list
from adaldyq.measures.declarations.actions.relief_list import Line
from adaldyq.measures.declarations.forms.relief import ReliefForm
from adaldyq.measures.declarations.queries import ours
from adaldyq.measures.declarations.views.obligations import READ
from adaldyq.ui.facts import State
from adaldyq.ui.tables import Column, Table

DECIDE = "decide"
ANEW = frozenset({"csrfmiddlewaretoken", "form_key", "step", "seen"})
"""Boxes that the second form has anew."""


@require_http_methods(["GET", "HEAD", "POST"])
def relieve_many(request: HttpRequest) -> HttpResponse:
    """Ask who is meant, show line by line what would come of it, and decide once that was seen."""
    bodies = ours.bodies_to_choose(ours.watched_bodies(actor_of(request.user)))
    years = ours.years_to_relieve()
    sent = request.method == "POST"
    form = ReliefForm(request.POST if sent else None, bodies, years)
    context: dict[str, Any] = {"form": form, "years": years, "unsaved": not sent and kept(request, form)}
    status = None
    if sent and form.is_valid():
        step = decide if request.POST.get("step") == DECIDE else look
        status = refusal(form, lambda: context.update(step(request, form)))
    reads.note(request, READ, context.get("read", []))
    failed = bool(form.errors)
    context["fresh_key"] = new_key()
    return render(request, "declarations/relief_list.html", context, status=status or (422 if failed else 200))


def kept(request: HttpRequest, form: ReliefForm) -> bool:
    """Put what was typed while the sign-in ended back into its boxes."""
    typed = kept_forms.take(request)
    kept_forms.fill(form, typed)
    return bool(typed)


def look(request: HttpRequest, form: ReliefForm) -> dict[str, Any]:
    """What the decision would come to.

    Raises:
        DomainError: what the act refuses as a whole.
    """
    lines = relief_list.looked_at(form.relief(), actor_of(request.user), timezone.now())
    left = sum(one.refused is None for one in lines)
    again = [(name, value) for name in request.POST if name not in ANEW for value in request.POST.getlist(name)]
    return {
        "table": table_of(lines, _("nothing: can be decided")),
        "left": left,
        "all": len(lines),
        "looked": True,
        "read": read(lines),
        "again": [*again, ("seen", relief_list.seen_of(lines))],
    }


def decide(request: HttpRequest, form: ReliefForm) -> dict[str, Any]:
    """Decide, and say of whom it was not.

    Raises:
        DomainError: what the act refuses as a whole.
    """
    by, at = actor_of(request.user), timezone.now()
    done: list[Line] = []

    def act() -> dict[str, Any]:
        made = relief_list.relieve_together(relief=form.relief(), seen=request.POST.get("seen", ""), by=by, at=at)
        done.extend(made.lines)
        return {"done": len(made.done)}

    answer = sent_once(request.POST, place="relieve together", owner=by.id, at=at, perform=act)
    table = table_of([one for one in done if one.refused], "") if any(one.refused for one in done) else None
    return {"table": table, "done": answer["done"], "decided": True, "read": read(done)}


def read(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """Obligations that are shown, each with whose it is."""
    return [(one.obligation.pk, one.person) for one in lines if one.obligation is not None]


def table_of(lines: Sequence[Line], good: str) -> Table:
    """Those who are meant, what stands in the way of whom first."""
    names = naming.names_of([one.person for one in lines if one.person])

    def told(one: Line) -> State:
        return State(sentence(one.refused), "work") if one.refused else State(good, "good")

    columns = (
        Column("name", _("Full name"), value=lambda one: names.get(one.person, one.typed)),
        *([Column("typed", _("As written"))] if any(one.typed for one in lines) else []),
        Column("due", _("Last day to file"), kind="day", value=lambda one: one.obligation and one.obligation.due_date),
        Column("state", _("What stands in the way"), value=told),
    )
    ordered = sorted(lines, key=lambda one: one.refused is None)
    return Table(_("Who is meant"), columns, ordered, hide_caption=True)
