"""The page of an official, and the same as files."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.people import FiledYear, HeldPost, Official, official
from adaldyq.measures.declarations.queries.wealth_changes import open_account
from adaldyq.measures.declarations.views import files
from adaldyq.measures.declarations.views.kept_people import at_kept_id
from adaldyq.measures.declarations.views.outcomes import outcome_state
from adaldyq.measures.declarations.views.sections import parts_of
from adaldyq.measures.declarations.views.wealth import (
    conversion_notes,
    income_plot,
    net_plot,
    shares_table,
    wealth_plot,
    wealth_table,
)
from adaldyq.measures.declarations.views.wealth_change import PARTS, change_table
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Link
from adaldyq.ui.tables import Column, Table


@require_safe
@at_kept_id
def person_page(request: HttpRequest, person_id: str) -> HttpResponse:
    """An official: posts, declarations by year, wealth and income over the years, sections of one declaration.

    That is the newest unless `?declaration=` names another, beside the one of the year before unless `?compare=` names
    another.

    Raises:
        Http404: there is no such official, or no such declaration of theirs.
    """
    found = official_or_404(person_id)
    asked = request.GET.get("declaration", "")
    chosen = next((one for one in found.declarations if asked in {"", one.pk}), None)
    if chosen is None:
        raise Http404(asked)
    try:
        before = found.against(chosen, request.GET.get("compare", ""))
    except LookupError as unknown:
        raise Http404(str(unknown)) from unknown
    change = open_account(found)
    download = reverse("declarations-person-change-csv", args=[found.id])
    beside = _("Compared with %(year)s") % {"year": before.year} if before else ""
    totals = found.totals()
    context = {
        "official": found,
        "now": next((post for post in found.posts if post.until is None), None),
        "posts": posts_table(found.posts),
        "years": years_table(found.years),
        "wealth_plot": wealth_plot(totals, found),
        "net_plot": net_plot(totals, found),
        "wealth": wealth_table(totals),
        "shares": shares_table(found.shares()),
        "change": change_table(change, PARTS, download) if change.total else None,
        "analyst": Role.AGENCY_ANALYST in actor_of(request.user).roles,
        "income_plot": income_plot(totals, found),
        "notes": conversion_notes(totals),
        "choices": choices(found, chosen.pk),
        "chosen": chosen,
        "comparisons": comparisons(found, chosen.pk, before.pk if before else ""),
        "before": before,
        "parts": parts_of(found.contents.sections(chosen, before), chosen.currency, beside),
    }
    return render(request, "declarations/person.html", context)


@require_safe
@at_kept_id
def person_csv(request: HttpRequest, person_id: str) -> HttpResponseBase:
    """All open rows of an official's declarations as one file."""
    found = official_or_404(person_id)
    return csv_response(f"declarations-{found.id}.csv", files.columns(), files.lines(found))


@require_safe
@at_kept_id
def person_json(request: HttpRequest, person_id: str) -> HttpResponse:
    """An official with posts and declarations, for programs."""
    found = official_or_404(person_id)
    return JsonResponse(files.document(found), json_dumps_params={"ensure_ascii": False, "indent": 1})


def official_or_404(person_id: str) -> Official:
    """The official with this id.

    Raises:
        Http404: there is nobody, or nothing of them is open.
    """
    found = official(person_id, timezone.localdate())
    if found is None:
        raise Http404(person_id)
    return found


def choices(found: Official, chosen: str) -> list[Link]:
    """Declarations to choose from."""
    return [
        Link(title, f"?declaration={key}#sections", current=key == chosen)
        for key, title in declared_years(found).items()
    ]


def comparisons(found: Official, chosen: str, beside: str) -> list[Link]:
    """Declarations that the chosen one may be compared with."""
    return [
        Link(title, f"?declaration={chosen}&compare={key}#sections", current=key == beside)
        for key, title in declared_years(found).items()
        if key != chosen
    ]


def declared_years(found: Official) -> dict[str, str]:
    """What declarations are called by id: their year, with the form where a year has two."""
    years = [one.year for one in found.declarations]
    return {
        one.pk: f"{one.year}: {words.form_name(one.form)}" if years.count(one.year) > 1 else str(one.year)
        for one in found.declarations
    }


def posts_table(posts: Sequence[HeldPost]) -> Table:
    """Posts held, the newest first."""
    columns = (
        Column("post", _("Post")),
        Column("body", _("Body"), link=lambda one: reverse("declarations-body", args=[one.body_id])),
        Column("since", _("From"), kind="day"),
        Column("until", _("Until"), value=lambda one: one.until or _("today"), kind="day"),
    )
    return Table(_("Posts held"), columns, posts, hide_caption=True, empty=_("The register of posts names none."))


def years_table(years: Sequence[FiledYear]) -> Table:
    """What was due and what came, year by year."""

    def page(one: FiledYear) -> str:
        return reverse("declarations-declaration", args=[one.declaration_id]) if one.declaration_id else ""

    columns = (
        Column("year", _("Year"), kind="year", link=page),
        Column("form", _("Form")),
        Column("due", _("Last day to file"), kind="day"),
        Column("filed", _("Filed"), kind="day"),
        Column("outcome", _("Outcome"), value=lambda one: outcome_state(one.outcome)),
        Column("version", _("Version"), value=lambda one: one.version or None),
        Column("public_until", _("Public until"), kind="day"),
        Column("kept_until", _("Kept until"), kind="day"),
    )
    return Table(_("Declarations by year"), columns, years, hide_caption=True)
