"""Reviews of declarations: the list, the selection of a year, and the frame it was drawn from."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.roles import Role
from adaldyq.kernel.trying import refusal
from adaldyq.measures.declarations.actions.selecting import select_reviews
from adaldyq.measures.declarations.forms.reviews import ReviewsForm, SelectForm
from adaldyq.measures.declarations.queries import reviews, selecting
from adaldyq.measures.declarations.queries.reviews import Choice, Counts
from adaldyq.measures.declarations.views.register import remarks
from adaldyq.measures.declarations.views.review_words import PARTS, STATES, subject_of
from adaldyq.ui.facts import Fact, Link, State
from adaldyq.ui.formats.values import percent
from adaldyq.ui.tables import Column, Table, sorted_page
from adaldyq.verification.views.words import severity_state

READ, READ_SELECTION = "review", "review_selection"


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """Reviews that the viewer may see, narrowed, sorted and paged."""
    by, today = actor_of(request.user), timezone.localdate()
    form = ReviewsForm(request.GET, {code: one.word for code, one in STATES.items()}, PARTS, reviews.years_reviewed())
    choice = form.choice()
    columns = list_columns({}, {})
    page = sorted_page(request, reviews.chosen(choice, by, today), columns, default="decision_due_date")
    late = set(
        reviews.chosen(Choice(overdue=True), by, today)
        .filter(pk__in=[one.pk for one in page.rows])
        .values_list("pk", flat=True)
    )
    reads.note(request, READ, [(one.pk, one.person_id) for one in page.rows])
    columns = list_columns(naming.names_of([one.person_id for one in page.rows]), dict.fromkeys(late, True))
    context = {
        "form": form,
        "parts": parts_of(reviews.counts(by, today), choice) if Role.AGENCY_ANALYST in by.roles else [],
        "selects": Role.AGENCY_ANALYST in by.roles,
        "total": page.total,
        "table": Table(
            _("Reviews"), columns, page.rows, page=page, hide_caption=True, empty=_("No review fits this choice.")
        ),
        "remarks": remarks(request, page, columns),
    }
    return render(request, "declarations/reviews.html", context)


def parts_of(numbers: Counts, choice: Choice) -> list[Link]:
    """Parts of the list with their numbers; the part is marked that shows just this choice."""
    parts = (
        (_("My work"), "?mine=on&state=undecided", numbers.mine, Choice(state="undecided", mine=True)),
        (_("To be decided"), "?state=undecided", numbers.undecided, Choice(state="undecided")),
        (_("Answered"), "?state=answered", numbers.answered, Choice(state="answered")),
        (_("The last day has passed"), "?overdue=on", numbers.overdue, Choice(overdue=True)),
        (_("Appealed"), "?state=appealed", numbers.appealed, Choice(state="appealed")),
    )
    page = reverse("declarations-reviews")
    return [Link(text, f"{page}{query}", current=choice == this, count=number) for text, query, number, this in parts]


def list_columns(names: Mapping[str, str], late: Mapping[str, bool]) -> list[Column]:
    """Columns of the list."""

    def state(row: Any) -> State:
        known = STATES[row.state]
        return State(f"{known.word}; {_('last day has passed')}", "bad") if late.get(row.pk) else known

    return [
        Column("name", _("Full name"), value=lambda row: names.get(row.person_id, row.person_id), link=address),
        Column("declaration", _("Declaration"), value=subject_of, sort="declaration__year"),
        Column("part", _("Selected"), value=lambda row: PARTS[row.part], sort="part"),
        Column("weight", _("Weight"), kind="number", sort="weight"),
        Column(
            "analyst", _("Analyst"), value=lambda row: row.analyst.name if row.analyst else "", sort="analyst__name"
        ),
        Column("due", _("Decide until"), kind="day", sort="decision_due_date", value=lambda row: row.decision_due_date),
        Column("state", _("State"), value=state, sort="state"),
    ]


def address(row: Any) -> str:
    """The page of a review."""
    return reverse("declarations-review", args=[row.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def select_page(request: HttpRequest) -> HttpResponse:
    """Select declarations of a year, and the selections there were."""
    years = selecting.years_to_select(timezone.localdate())
    form = SelectForm(request.POST if request.method == "POST" else None, years)
    status = None
    if form.is_bound:
        status = refusal(form, partial(select, request, form)) if form.is_valid() else 422
        if status is None:
            year = int(form.cleaned_data["year"])
            made = next(one for one in selecting.selections() if one.year == year)
            return redirect("declarations-review-selection", made.pk)
    columns = [
        Column("year", _("Year declared"), value=lambda row: str(row.year), link=selection_address),
        Column("at", _("Selected"), kind="moment"),
        Column("frame_size", _("Declarations"), kind="number"),
        Column("risk_count", _("By risk"), kind="number"),
        Column("random_count", _("By lot"), kind="number"),
    ]
    table = Table(
        _("Selections"),
        columns,
        list(selecting.selections()),
        hide_caption=True,
        empty=_("Nothing has been selected yet."),
    )
    context = {"form": form, "years": years, "table": table, "run": selecting.last_run()}
    return render(request, "declarations/review_select.html", context, status=status)


def select(request: HttpRequest, form: SelectForm) -> None:
    """Select, once."""
    by, at = actor_of(request.user), timezone.now()

    def perform() -> dict[str, str]:
        return {"selection": select_reviews(year=int(form.cleaned_data["year"]), by=by, at=at).pk}

    sent_once(request.POST, place="review-select", owner=by.id, at=at, perform=perform)


def selection_address(row: Any) -> str:
    """The page of a selection."""
    return reverse("declarations-review-selection", args=[row.pk])


@require_safe
def selection_page(request: HttpRequest, selection_id: str) -> HttpResponse:
    """How the declarations of a year were selected, so that whoever may can do it again.

    Raises:
        Http404: there is no such selection.
    """
    one = selecting.selection(selection_id)
    if one is None:
        raise Http404(selection_id)
    reads.note(request, READ_SELECTION, [(one.pk, "")])
    context = {"selection": one, "facts": selection_facts(one), "year": one.year}
    return render(request, "declarations/review_selection.html", context)


def share_hint(share: Any) -> str:
    """Which share of all that is, by the country pack."""
    return _("%(share)s of all, by the country pack") % {"share": percent(share)}


def selection_facts(one: Any) -> list[Fact]:
    """What the draw was made of, and whether it can be repeated."""
    again = selecting.repeats(one)
    holds = {
        True: State(_("yes"), "good"),
        False: State(_("no"), "bad"),
        None: State(_("too many to try here; take the frame as a file"), "plain"),
    }
    weights = ", ".join(f"{severity_state(name).word}: {weight}" for name, weight in one.weights.items())
    return [
        Fact(_("Selected"), one.at, kind="moment"),
        Fact(_("Declarations that could be taken"), one.frame_size, kind="number"),
        Fact(_("Taken by risk"), one.risk_count, kind="number", hint=share_hint(one.risk_share)),
        Fact(_("Taken by lot"), one.random_count, kind="number", hint=share_hint(one.random_share)),
        Fact(_("Weight of a finding"), weights),
        Fact(_("Run of the rules"), one.run_id, href=reverse("verification-run", args=[one.run_id])),
        Fact(_("Algorithm"), one.algorithm),
        Fact(_("Seed"), one.seed),
        Fact(_("SHA-256 of the frame"), one.frame_sha256),
        Fact(_("The draw, done again now, takes the same"), holds[again]),
    ]


@require_safe
def frame_file(request: HttpRequest, selection_id: str) -> HttpResponse:
    """The frame of a selection as it was drawn from: an id and a weight a line.

    Raises:
        Http404: there is no such selection.
    """
    one = selecting.selection(selection_id)
    if one is None:
        raise Http404(selection_id)
    reads.note(request, READ_SELECTION, [(one.pk, "")])
    answer = HttpResponse(selecting.frame_kept(one), content_type="text/plain; charset=us-ascii")
    answer["Content-Disposition"] = f'attachment; filename="frame-{one.year}.txt"'
    return answer
