"""Reviews of declarations: the list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.forms.reviews import ReviewsForm
from adaldyq.measures.declarations.queries import reviews
from adaldyq.measures.declarations.queries.reviews import Choice, Counts
from adaldyq.measures.declarations.views.register import remarks
from adaldyq.measures.declarations.views.review_words import PARTS, STATES, subject_of
from adaldyq.ui.facts import Link, State
from adaldyq.ui.tables import Column, Table, sorted_page

READ = "review"


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
        passed = _("last day has passed")
        return State(f"{known.word}; {passed}", "bad") if late.get(row.pk) else known

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
