"""The catalogue for everybody: a list that is narrowed, a page of each entry with its life, a file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.actions.catalogue import AMEND
from adaldyq.measures.permits.domain.terms import NUMBER
from adaldyq.measures.permits.forms.search import CatalogueForm
from adaldyq.measures.permits.queries import catalogue
from adaldyq.measures.permits.queries.procedures import procedure_on
from adaldyq.measures.permits.queries.reviews import reviews_of_entry
from adaldyq.measures.permits.queries.words import (
    ENDED,
    HAPPENED_WORDS,
    IN_FORCE,
    KIND_WORDS,
    RISK_WORDS,
    STATE_WORDS,
    activity_name,
    held_words,
)
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact, Happening, State
from adaldyq.ui.tables import Column, Table, sorted_page


@require_safe
def catalogue_page(request: HttpRequest) -> HttpResponse:
    """Entries by words, activity, life event, body, sector and kind."""
    form = CatalogueForm(request.GET)
    page = sorted_page(request, catalogue.entries(form.asked), columns(), default="number")
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    table = Table(
        _("Permits"),
        columns(),
        page.rows,
        page=page,
        hide_caption=True,
        download=reverse("permits-catalogue-csv") + query,
        empty=_(
            "Nothing of this kind is needed, or nothing is called so. Try fewer words or the beginning of the code."
        ),
    )
    return render(request, "permits/catalogue.html", {"form": form, "table": table, "total": page.total})


def columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column("number", _("Number"), sort="number"),
        Column(
            "names",
            _("Activity"),
            value=lambda row: naming.spoken(row.names, row.number),
            link=lambda row: reverse("permits-entry", args=[row.number]),
        ),
        Column("kind", _("Kind"), value=lambda row: KIND_WORDS[row.kind], sort="kind"),
        Column("body", _("Body"), value=lambda row: naming.spoken(row.body.names, row.body.name)),
        Column("state", _("State"), value=state_of),
    ]


def state_of(entry: Any) -> State:
    """Where the life of an entry stands."""
    look = "closed" if entry.state in ENDED else "good"
    return State(STATE_WORDS[entry.state], look)  # type: ignore[arg-type]  # one of the looks


@require_safe
def entry_page(request: HttpRequest, number: str) -> HttpResponse:
    """An entry: what it asks for, by which law, and everything that happened to it.

    Raises:
        Http404: the catalogue has none of that number.
    """
    entry = catalogue.entry(number) if NUMBER.fullmatch(number) else None
    if entry is None:
        raise Http404(number)
    day = timezone.localdate()
    version = catalogue.version_on(entry, day)
    if version is None:
        raise Http404(number)
    amends = entry.state in IN_FORCE and policies.may_keep(actor_of(request.user), AMEND, entry.body)
    versions = catalogue.versions(entry)
    context = {
        "entry": entry,
        "name": naming.spoken(entry.names, entry.number),
        "kind": KIND_WORDS[entry.kind],
        "state": state_of(entry),
        "facts": facts_of(entry, version),
        "subtypes": [naming.spoken(one) for one in version.subtypes],
        "requirements": [naming.spoken(one) for one in version.requirements],
        "documents": [(naming.spoken(one["names"]), held_words(one["held_by"])) for one in version.documents],
        "life": [happening(one, versions) for one in catalogue.life(entry)],
        "versions": versions_table(versions) if versions[1:] else None,
        "amends": amends,
        "procedure": procedure_on(entry, day),
        "applies": entry.state in IN_FORCE,
        "reviews": [
            (one.round.opened_date, reverse("permits-review", args=[one.pk])) for one in reviews_of_entry(entry)
        ],
    }
    return render(request, "permits/entry.html", context)


def facts_of(entry: Any, version: Any) -> list[Fact]:
    """What an entry says, in the order in which a business asks."""
    day, pack = timezone.localdate(), naming.pack()
    fee = catalogue.fee_of(version, day)
    cost = catalogue.yearly(version, day)
    silent = (
        _("It counts as given.") if version.silence_is_consent else _("It does not count as given; you may appeal.")
    )
    facts = [
        Fact(_("State"), state_of(entry)),
        Fact(_("Number"), entry.number),
        Fact(_("Issued by"), naming.spoken(version.body.names, version.body.name), href=body_page(version.body_id)),
        Fact(_("Law"), law_words(version)),
        Fact(_("Decided within"), _("%(days)s working days") % {"days": version.days}),
        Fact(_("If the body is silent"), silent),
        Fact(_("Fee"), fee.amount, kind="money", currency=fee.currency),
        Fact(_("Holds for"), validity(version)),
        Fact(_("Renewal"), renewal(version)),
        Fact(_("Risk of the activity"), RISK_WORDS[version.risk]),
        Fact(_("Sector"), naming.code_titles("permit_sector").get(version.sector, version.sector)),
        Fact(_("Activities"), "; ".join(activity_name(one) for one in version.activities)),
        Fact(_("For whoever is about to"), "; ".join(life_events(version))),
        Fact(_("In force since"), entry.introduced_date, kind="day"),
        Fact(_("Ended"), entry.ended_date, kind="day"),
    ]
    if cost:
        money, days = cost
        hint = _(
            "Standard cost model: hours of work and what else is paid, times applications of a year. Without the fee."
        )
        facts.append(Fact(_("Costs all who need it, a year"), money, kind="money", currency=pack.currency, hint=hint))
        facts.append(Fact(_("Working days they wait together, a year"), days, kind="number"))
    return [one for one in facts if one.value not in (None, "")]


def body_page(body: str) -> str:
    """The page of a body."""
    return reverse("registers-body", args=[body])


def law_words(version: Any) -> str:
    """The act that brings an entry in: name, number, day, article."""
    law, article = naming.spoken(version.law), naming.spoken(version.law_article)
    return _("%(law)s, No. %(number)s of %(day)s, %(article)s") % {
        "law": law,
        "number": version.law_number,
        "day": Fact("", version.law_date, kind="day").shown,
        "article": article,
    }


def validity(version: Any) -> str:
    """How long it holds."""
    if version.validity_months is None:
        return _("no end")
    return _("%(count)s months") % {"count": version.validity_months}


def renewal(version: Any) -> str:
    """When a renewal is asked for; nothing where there is none."""
    if version.renewal_days is None:
        return ""
    return _("asked for at least %(days)s working days before the end") % {"days": version.renewal_days}


def life_events(version: Any) -> list[str]:
    """What somebody is about to do who needs it."""
    names: Mapping[str, str] = naming.code_names("life_event")
    return [names.get(one, one) for one in version.life_events]


def happening(event: Any, versions: list[Any]) -> Happening:
    """Something that happened to an entry, with its act and its reasons."""
    by_law = next((one for one in versions if one.valid_from == event.day), None)
    if event.happened in {"introduced", "amended"} and by_law is not None:
        act = law_words(by_law)
    else:
        number = _("No. %(number)s") % {"number": event.act_number} if event.act_number else ""
        day = str(Fact("", event.act_date, kind="day").shown) if event.act_date else ""
        act = ", ".join(filter(None, (event.act_title, number, day)))
    return Happening(HAPPENED_WORDS[event.happened], event.day, by=act, text=event.reasons)


def versions_table(versions: list[Any]) -> Table:
    """What an entry said before."""
    columns = [
        Column("version", _("Version"), kind="number"),
        Column("valid_from", _("From"), kind="day"),
        Column("valid_to", _("To"), kind="day"),
        Column("days", _("Working days"), kind="number"),
        Column("law", _("Law"), value=law_words),
    ]
    return Table(_("What it said before"), columns, versions, sentences=True)


@require_safe
def catalogue_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as a file, with what each entry says now."""
    found = catalogue.entries(CatalogueForm(request.GET).asked)
    day = timezone.localdate()
    rows = ((one, version) for one in found.iterator() if (version := catalogue.version_on(one, day)))
    return csv_response("permits.csv", file_columns(), rows)


def file_columns() -> list[Column]:
    """Columns of the file: codes as they are kept, lists with spaces between."""
    day = timezone.localdate()
    of_entry = ("number", "state", "kind", "sector", "introduced_date", "ended_date")
    of_version = (
        "version", "law_number", "law_date", "days", "validity_months", "renewal_days", "silence_is_consent", "risk",
        "hours", "costs", "applications",
    )  # fmt: skip

    def entry_part(name: str) -> Column:
        return Column(name, name, value=lambda row: getattr(row[0], name))

    def named_in(language: str) -> Column:
        return Column(f"name_{language}", language, value=lambda row: row[0].names.get(language, ""))

    def version_part(name: str) -> Column:
        return Column(name, name, value=lambda row: getattr(row[1], name))

    return [
        *map(entry_part, of_entry),
        *map(named_in, naming.pack().languages),
        Column("body_id", "body_id", value=lambda row: row[1].body_id),
        Column("body", "body", value=lambda row: naming.spoken(row[1].body.names, row[1].body.name)),
        Column("law", "law", value=lambda row: naming.spoken(row[1].law)),
        Column("law_article", "law_article", value=lambda row: naming.spoken(row[1].law_article)),
        *map(version_part, of_version),
        Column("fee", "fee", value=lambda row: catalogue.fee_of(row[1], day).amount),
        Column("currency", "currency", value=lambda _row: naming.pack().currency),
        Column("activities", "activities", value=lambda row: " ".join(row[1].activities)),
        Column("life_events", "life_events", value=lambda row: " ".join(row[1].life_events)),
    ]
