"""Public pages of territories: the list, and one with what became of it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Territory
from adaldyq.kernel.queries import history
from adaldyq.portal.registers import words
from adaldyq.portal.registers.event_forms import TERRITORY_EVENTS, beginnings, may_record
from adaldyq.portal.registers.forms import Search
from adaldyq.portal.registers.views.events import answer, checked
from adaldyq.portal.registers.views.former import former_table
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.tables import Column, Table, sorted_page


@require_safe
def list_territories(request: HttpRequest) -> HttpResponse:
    """The register of territories."""
    form = Search(request.GET)
    columns = [
        Column("name", _("Name"), value=lambda row: naming.place_name(row.pk), link=address),
        Column("id", _("Code"), sort="id"),
        Column("level", _("Level"), value=lambda row: words.PLACE_LEVELS.get(row.level, row.level)),
        Column("parent", _("Lies in"), value=lambda row: naming.place_name(row.parent_id or "")),
        Column("opened_date", _("Since"), kind="day"),
        Column("closed_date", _("Until"), kind="day", sort="closed_date"),
    ]
    page = sorted_page(request, history.territories(form.asked()), columns, default="id")
    empty = _("No territory has this name or code.")
    table = Table(_("Territories"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    begins = beginnings(actor_of(request.user), "territory")
    return render(
        request, "registers/territories.html", {"asked": form.asked(), "form": form, "table": table, "begins": begins}
    )


def address(territory: Territory) -> str:
    """The page of a territory."""
    return reverse("registers-territory", args=[territory.pk])


@require_safe
def show_territory(request: HttpRequest, code: str) -> HttpResponse:
    """A territory: what it is and was, what lies in it, and what follows it."""
    territory = territory_or_404(code)
    by = actor_of(request.user)
    acts = [
        Link(form.title, reverse("registers-territory-event", args=[territory.pk, kind]))
        for kind, form in TERRITORY_EVENTS.items()
        if territory.closed_date is None and may_record(form, territory, by)
    ]
    context = {
        "territory": territory,
        "name": naming.place_name(territory.pk),
        "facts": facts_of(territory),
        "below": [link_to(one) for one in territory.territory_set.filter(closed_date=None).order_by("id")],
        "followed": [link_to(one.successor) for one in territory.successions.select_related("successor")],
        "follows": [link_to(one.former) for one in territory.origins.select_related("former")],
        "former": former_table("territory", territory.pk),
        "acts": acts,
    }
    return render(request, "registers/territory.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def record_territory_event(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """An event of a territory: a form, then its page.

    Raises:
        Http404: there is no such event or territory.
        PermissionDenied: the registrar keeps another register.
    """
    territory = territory_or_404(code)
    if kind not in TERRITORY_EVENTS:
        raise Http404(kind)
    checked(TERRITORY_EVENTS[kind], request, territory)
    form = TERRITORY_EVENTS[kind](request.POST if request.method == "POST" else None, subject=territory)
    return answer(request, form, naming.place_name(territory.pk))


def territory_or_404(code: str) -> Territory:
    """The territory with this code.

    Raises:
        Http404: there is none.
    """
    found = Territory.objects.filter(pk=code).first()
    if found is None:
        raise Http404(code)
    return found


def link_to(territory: Territory) -> Link:
    """A territory by name."""
    return Link(naming.place_name(territory.pk), address(territory))


def facts_of(territory: Territory) -> list[Fact]:
    """What a territory is."""
    above = territory.parent
    return [
        Fact(_("Code"), territory.pk),
        Fact(_("Official code"), territory.official_code or None),
        Fact(_("Level"), words.PLACE_LEVELS.get(territory.level, territory.level)),
        Fact(_("Lies in"), naming.place_name(above.pk) if above else None, href=address(above) if above else ""),
        Fact(_("Since"), territory.opened_date, kind="day"),
        *([Fact(_("Until"), territory.closed_date, kind="day")] if territory.closed_date else []),
    ]
