"""Selections for review: fixing the frame of a year, drawing from it, and doing the draw again."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.draw import seed_text
from adaldyq.base.errors import DomainError
from adaldyq.kernel import reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.roles import Role
from adaldyq.kernel.trying import refusal
from adaldyq.measures.declarations.actions.selecting import draw_selection, fix_frame, give_up_frame
from adaldyq.measures.declarations.forms.reviews import KeyedForm, SelectForm
from adaldyq.measures.declarations.queries import selecting
from adaldyq.ui.facts import Fact, State
from adaldyq.ui.formats.values import percent
from adaldyq.ui.tables import Column, Table
from adaldyq.verification.views.words import severity_state

READ = "review_selection"
WAITS = State(gettext_lazy("Waits for its seed"), "attention")
DRAWN = State(gettext_lazy("Drawn"), "good")
GIVEN_UP = State(gettext_lazy("Given up"), "closed")


@require_http_methods(["GET", "HEAD", "POST"])
def select_page(request: HttpRequest) -> HttpResponse:
    """Fix the frame of a year, and the selections there were."""
    years = selecting.years_to_select(timezone.localdate())
    form = SelectForm(request.POST if request.method == "POST" else None, years)
    status = None
    if form.is_bound:
        status = refusal(form, partial(fix, request, form)) if form.is_valid() else 422
        if status is None:
            year = int(form.cleaned_data["year"])
            made = next(one for one in selecting.selections() if one.year == year)
            return redirect("declarations-review-selection", made.pk)
    table = Table(
        _("Selections"),
        selection_columns(),
        list(selecting.selections()),
        hide_caption=True,
        empty=_("Nothing has been selected yet."),
    )
    context = {"form": form, "years": years, "table": table, "run": selecting.last_run()}
    return render(request, "declarations/review_select.html", context, status=status)


def selection_columns() -> list[Column]:
    """Columns of the list of selections."""
    return [
        Column("year", _("Year declared"), value=lambda row: str(row.year), link=selection_address),
        Column("turn", _("Draw"), value=lambda row: str(row.turn)),
        Column("state", _("State"), value=state_of),
        Column("at", _("Frame fixed"), kind="moment"),
        Column("frame_size", _("Declarations"), kind="number"),
        Column("risk_count", _("By risk"), kind="number"),
        Column("random_count", _("By lot"), kind="number"),
    ]


def state_of(one: Any) -> State:
    """How far a selection is."""
    if one.given_up_at is not None:
        return GIVEN_UP
    return WAITS if one.drawn_at is None else DRAWN


def fix(request: HttpRequest, form: SelectForm) -> None:
    """Fix the frame, once."""
    by, at = actor_of(request.user), timezone.now()

    def perform() -> dict[str, str]:
        return {"selection": fix_frame(year=int(form.cleaned_data["year"]), by=by, at=at).pk}

    sent_once(request.POST, place="review-select", owner=by.id, at=at, perform=perform)


def selection_address(row: Any) -> str:
    """The page of a selection."""
    return reverse("declarations-review-selection", args=[row.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def selection_page(request: HttpRequest, selection_id: str) -> HttpResponse:
    """How declarations were selected, so that whoever may can do it again; an analyst draws when the seed is known.

    Raises:
        Http404: there is no such selection.
    """
    one = found(request, selection_id)
    form = KeyedForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound:
        status = refusal(form, partial(step, request, one)) if form.is_valid() else 422
        if status is None:
            return redirect("declarations-review-selection", one.pk)
    waits = state_of(one) == WAITS
    ready = waits and selecting.beacon_of(one) is not None
    context = {
        "selection": one,
        "facts": selection_facts(one),
        "year": one.year,
        "form": form,
        "waits": waits,
        "ready": ready,
        "draws": waits and Role.AGENCY_ANALYST in actor_of(request.user).roles,
        "overdue": selecting.is_overdue(one, timezone.now()),
        "command": command_of(one) if one.seed else "",
        "line": selecting.line_of_draw(one),
    }
    return render(request, "declarations/review_selection.html", context, status=status)


def found(request: HttpRequest, selection_id: str) -> Any:
    """A selection, the look at which is noted.

    Raises:
        Http404: there is no such selection.
    """
    one = selecting.selection(selection_id)
    if one is None:
        raise Http404(selection_id)
    reads.note(request, READ, [(one.pk, "")])
    return one


def step(request: HttpRequest, one: Any) -> None:
    """Draw, or give the frame up, once."""
    by, at = actor_of(request.user), timezone.now()

    def perform() -> dict[str, str]:
        match request.POST.get("step", ""):
            case "draw":
                draw_selection(selection=one, by=by, at=at)
            case "give_up":
                give_up_frame(selection=one, by=by, at=at)
            case _:
                raise DomainError("no-such-step")
        return {}

    sent_once(request.POST, place=f"review-selection {one.pk}", owner=by.id, at=at, perform=perform)


def share_hint(share: Any) -> str:
    """Which share of all that is, by the country pack."""
    return _("%(share)s of all, by the country pack") % {"share": percent(share)}


def selection_facts(one: Any) -> list[Fact]:
    """What the draw was made of, and whether it can be repeated."""
    weights = ", ".join(f"{severity_state(name).word}: {weight}" for name, weight in one.weights.items())
    witnesses = ", ".join(one.witnesses) or _("none; the seed comes of the log’s own signature alone")
    whose = _("all that were filed") if one.turn == 1 else _("those filed since the frame before")
    facts = [
        Fact(_("State"), state_of(one)),
        Fact(_("Draw"), one.turn, kind="number", hint=whose),
        Fact(_("Frame fixed"), one.at, kind="moment"),
        Fact(_("Declarations that could be taken"), one.frame_size, kind="number"),
        Fact(_("Taken by risk"), one.risk_count, kind="number", hint=share_hint(one.risk_share)),
        Fact(_("Taken by lot"), one.random_count, kind="number", hint=share_hint(one.random_share)),
        Fact(_("Weight of a finding"), weights),
        Fact(_("Run of the rules"), one.run_id, href=reverse("verification-run", args=[one.run_id])),
        Fact(_("Algorithm"), one.algorithm),
        Fact(_("SHA-256 of the frame"), one.frame_sha256),
        Fact(_("Witnesses whose signatures make the seed"), witnesses),
    ]
    return [*facts, *drawn_facts(one)] if one.seed else facts


def drawn_facts(one: Any) -> list[Fact]:
    """Seed and outcome of a draw."""
    holds = {
        True: State(_("yes"), "good"),
        False: State(_("no"), "bad"),
        None: State(_("too many to try here; use the command below"), "plain"),
    }
    return [
        Fact(_("Drawn"), one.drawn_at, kind="moment"),
        Fact(_("Seed"), one.seed),
        Fact(_("SHA-256 of what was taken"), one.taken_sha256),
        Fact(_("The draw, done again now, takes the same"), holds[selecting.repeats(one)]),
    ]


def command_of(one: Any) -> str:
    """The command that repeats the draw from the two files."""
    seed = f"--seed-text seed-{name_of(one)}.txt" if one.beacon else f"--seed {one.seed}"
    taken = f" --taken {one.taken_sha256}" if one.taken_sha256 else ""
    numbers = f"--risk {one.risk_count} --lot {one.random_count}"
    return f"adaldyq declarations draw frame-{name_of(one)}.txt {seed} {numbers}{taken}"


def name_of(one: Any) -> str:
    """The part of the names of files that tells selections apart."""
    return str(one.year) if one.turn == 1 else f"{one.year}-{one.turn}"


@require_safe
def frame_file(request: HttpRequest, selection_id: str) -> HttpResponse:
    """The frame of a selection as it is drawn from: an id and a weight a line.

    Raises:
        Http404: there is no such selection.
    """
    one = found(request, selection_id)
    return text_file(selecting.frame_kept(one), f"frame-{name_of(one)}.txt")


@require_safe
def seed_file(request: HttpRequest, selection_id: str) -> HttpResponse:
    """The text whose SHA-256 is the seed: the hash of the frame, and what the witnesses signed after it.

    Raises:
        Http404: there is no such selection, or its seed is not known or came otherwise.
    """
    one = found(request, selection_id)
    if not one.beacon:
        raise Http404(selection_id)
    return text_file(seed_text(one.frame_sha256, one.beacon).encode(), f"seed-{name_of(one)}.txt")


def text_file(content: bytes, name: str) -> HttpResponse:
    """A text to be saved."""
    answer = HttpResponse(content, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
