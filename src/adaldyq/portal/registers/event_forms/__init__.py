"""Forms by which a registrar records an event: each checks what was typed and calls one act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actor import Actor
from adaldyq.portal.registers.event_forms.bodies import (
    AppointForm,
    BodyFactsForm,
    CloseBodyForm,
    DismissForm,
    OpenBodyForm,
    PostForm,
)
from adaldyq.portal.registers.event_forms.companies import (
    CloseCompanyForm,
    CompanyFactsForm,
    EndOwnerForm,
    OwnerForm,
    RegisterCompanyForm,
)
from adaldyq.portal.registers.event_forms.event import EventForm
from adaldyq.portal.registers.event_forms.people import (
    EndResidenceForm,
    EndTieForm,
    IdentifierForm,
    NameForm,
    PersonFactsForm,
    RegisterPersonForm,
    ResidenceForm,
    TieForm,
)
from adaldyq.portal.registers.event_forms.rights import (
    EndLandForm,
    EndVehicleForm,
    RegisterLandForm,
    RegisterVehicleForm,
    TransferLandForm,
    TransferVehicleForm,
)
from adaldyq.portal.registers.event_forms.territories import (
    CreateTerritoryForm,
    MergeTerritoryForm,
    RenameTerritoryForm,
    SplitTerritoryForm,
)
from adaldyq.ui.facts import Link
from adaldyq.ui.tables import Column

EVENTS: Mapping[str, type[EventForm]] = {
    "name": NameForm,
    "identifier": IdentifierForm,
    "tie": TieForm,
    "end-tie": EndTieForm,
    "residence": ResidenceForm,
    "end-residence": EndResidenceForm,
    "person-facts": PersonFactsForm,
    "appoint": AppointForm,
    "dismiss": DismissForm,
    "post": PostForm,
    "body-facts": BodyFactsForm,
    "close-body": CloseBodyForm,
    "owner": OwnerForm,
    "end-owner": EndOwnerForm,
    "company-facts": CompanyFactsForm,
    "close-company": CloseCompanyForm,
    "transfer-land": TransferLandForm,
    "end-land": EndLandForm,
    "transfer-vehicle": TransferVehicleForm,
    "end-vehicle": EndVehicleForm,
}
"""Events about a record, by the word in their address."""

BEGINNINGS: Mapping[str, type[EventForm]] = {
    "person": RegisterPersonForm,
    "body": OpenBodyForm,
    "company": RegisterCompanyForm,
    "land": RegisterLandForm,
    "vehicle": RegisterVehicleForm,
    "territory": CreateTerritoryForm,
}
"""Events with which a record begins."""

TERRITORY_EVENTS: Mapping[str, type[EventForm]] = {
    "rename": RenameTerritoryForm,
    "merge": MergeTerritoryForm,
    "split": SplitTerritoryForm,
}
"""Events of a territory, whose address has a code and no opaque id."""


def event_links(kinds: Iterable[tuple[str, str]], subject: Any, by: Actor) -> list[Link]:
    """Links to those events of a record that an actor may record.

    Args:
        kinds: words of addresses with titles.
    """
    return [
        Link(title, reverse("registers-event", args=[kind, subject.pk]))
        for kind, title in kinds
        if may_record(EVENTS[kind], subject, by)
    ]


def ending(kind: str, title: str, by: Actor) -> Column:
    """A column with a link to the event that ends a dated row, for those that last and that an actor may end."""

    def shown(row: Any) -> Link | str:
        if row.valid_to or not may_record(EVENTS[kind], row, by):
            return ""
        return Link(title, reverse("registers-event", args=[kind, row.pk]))

    return Column("act", _("Act"), value=shown)


def may_record(form: type[EventForm], subject: Any, by: Actor) -> bool:
    """Whether an actor may record an event of a record; of none, whether they may begin one."""
    try:
        form.require_keeper(by, subject)
    except NotAllowed:
        return False
    return True


def beginnings(by: Actor, *kinds: str) -> list[Link]:
    """Links to those beginnings of records that an actor may record."""
    return [
        Link(BEGINNINGS[kind].title, reverse("registers-begin", args=[kind]))
        for kind in kinds
        if may_record(BEGINNINGS[kind], None, by)
    ]
