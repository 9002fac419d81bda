"""The registrar's page of land and vehicles: the rights to an object over time, and all of an owner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming, policies, reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import LandRight, VehicleRight
from adaldyq.kernel.queries import rights
from adaldyq.portal.registers import words
from adaldyq.portal.registers.event_forms import beginnings
from adaldyq.portal.registers.forms import Search
from adaldyq.ui.facts import Link
from adaldyq.ui.tables import Column, Table

READ = "person"


@require_safe
def list_rights(request: HttpRequest) -> HttpResponse:
    """The search of the registers of land and vehicles: nothing is listed until something is looked for."""
    form, by = Search(request.GET), actor_of(request.user)
    asked = form.asked()
    land = list(rights.land(asked)) if asked else []
    vehicles = list(rights.vehicles(asked)) if asked else []
    found: list[LandRight | VehicleRight] = [*land, *vehicles]
    owners = {one.owner_person_id for one in found if one.owner_person_id}
    reads.note(request, READ, [(one, one) for one in sorted(owners)])
    context = {
        "form": form,
        "asked": asked,
        "land": land_table(land, by) if asked else None,
        "vehicles": vehicle_table(vehicles, by) if asked else None,
        "begins": beginnings(by, "land", "vehicle"),
    }
    return render(request, "registers/rights.html", context)


def land_table(rows: Sequence[LandRight], by: Actor) -> Table:
    """Rights to real estate, with what may be recorded of each that lasts."""
    columns = [
        number_column(),
        Column("kind", _("Kind"), value=lambda row: words.LAND_KINDS.get(row.kind, row.kind)),
        Column("address", _("Address"), value=where),
        *owner_columns(rows),
        Column("share", _("Share"), kind="percent"),
        Column("basis", _("Acquired by"), value=lambda row: words.BASES.get(row.basis, row.basis)),
        *dated(),
        *act_columns("land", by),
    ]
    empty = _("The register of land has no object and no owner of this number.")
    return Table(_("Land and buildings"), columns, rows, hide_caption=True, empty=empty)


def where(row: LandRight) -> str:
    """Territory and address in one column, so that a desk has room for the acts."""
    return ", ".join(filter(None, (naming.place_name(row.territory_id or ""), row.address)))


def vehicle_table(rows: Sequence[VehicleRight], by: Actor) -> Table:
    """Rights to vehicles, the same."""
    columns = [
        number_column(),
        Column("kind", _("Kind"), value=lambda row: words.VEHICLE_KINDS.get(row.kind, row.kind)),
        Column("make", _("Make and model")),
        Column("production_year", _("Year it was built")),
        *owner_columns(rows),
        *dated(),
        *act_columns("vehicle", by),
    ]
    empty = _("The register of vehicles has no vehicle and no owner of this number.")
    return Table(_("Vehicles"), columns, rows, hide_caption=True, empty=empty)


def number_column() -> Column:
    """The number of the object, as a link to its history."""
    return Column(
        "object_number",
        _("Number of the object"),
        link=lambda row: f"{reverse('registers-rights')}?q={row.object_number}",
    )


def owner_columns(rows: Sequence[LandRight | VehicleRight]) -> list[Column]:
    """Who owns or owned the object."""
    names = naming.names_of([one.owner_person_id for one in rows if one.owner_person_id])

    def owner(row: Any) -> str:
        held_by = str(row.owner_person_id)
        return str(row.owner_company.name) if row.owner_company else names.get(held_by, held_by)

    def page(row: Any) -> str:
        if row.owner_company_id:
            return reverse("registers-company", args=[row.owner_company_id])
        return reverse("registers-person", args=[row.owner_person_id])

    return [Column("owner", _("Owner"), value=owner, link=page)]


def dated() -> list[Column]:
    """From when to when, and who says so."""
    return [
        Column("valid_from", _("Since"), kind="day"),
        Column("valid_to", _("Until"), kind="day"),
        Column("source", _("Source"), value=lambda row: words.source(row.source)),
    ]


def act_columns(what: str, by: Actor) -> list[Column]:
    """What the registrar may record of a right that lasts."""

    def link(event: str, title: str) -> Callable[[Any], Link | str]:
        def shown(row: Any) -> Link | str:
            if row.valid_to or not policies.may_keep(by, f"kernel.{what}.{event}", "", row):
                return ""
            return Link(title, reverse("registers-event", args=[f"{event}-{what}", row.pk]))

        return shown

    return [
        Column("transfer", _("Transfer"), value=link("transfer", _("Transfer"))),
        Column("end", _("End"), value=link("end", _("End the right"))),
    ]
