"""Events of land and vehicles."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.base.money import Money
from adaldyq.kernel import naming
from adaldyq.kernel.actions import rights
from adaldyq.kernel.actions.companies import WHOLE
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.choosing import CompanyField, TerritoryField
from adaldyq.kernel.models import LandRight, VehicleRight
from adaldyq.portal.registers import words
from adaldyq.portal.registers.event_forms.event import (
    EventForm,
    person_field,
    plain_choice,
)
from adaldyq.ui.forms import DayField

NUMBER_LENGTH, MAKE_LENGTH, ADDRESS_LENGTH, PLACES = 40, 100, 300, 6
AnyRight = LandRight | VehicleRight


def share_field(label: Any) -> forms.DecimalField:
    """A box for a share in percent."""
    hint = _("The whole when left empty.")
    return forms.DecimalField(
        label=label, required=False, max_value=Decimal(100), decimal_places=PLACES, localize=True, help_text=hint
    )


class AcquisitionForm(EventForm):
    """Somebody comes by a right."""

    owner_person = person_field(_("Owner, if a person"), required=False)
    owner = CompanyField(
        label=_("Owner, if a company"),
        help_text=_("Beginnings of words of its name, or its number."),
        required=False,
    )
    since = DayField(label=_("Since"), help_text=_("First day of the right. For example, 27 3 2024"))
    price = forms.DecimalField(
        label=_("Price paid"),
        required=False,
        max_digits=15,
        decimal_places=2,
        localize=True,
        help_text=_("In the currency of the country; empty when nothing was paid."),
    )

    def clean(self) -> dict[str, Any]:
        """Exactly one owner."""
        data = super().clean() or {}
        if not self.errors and bool(data.get("owner_person")) == bool(data.get("owner")):
            self.add_error("owner_person", _("Name one owner: a person or a company."))
        return data

    def acquired(self, present: Decimal | None = None) -> rights.Acquisition:
        """What was typed.

        Args:
            present: share that passes when none was typed.

        Raises:
            DomainError: what `Acquisition` says.
        """
        data = self.cleaned_data
        price = None if data["price"] is None else Money(data["price"], naming.pack().currency)
        share = data.get("share")
        return rights.Acquisition(
            owner=data["owner_person"] or data["owner"],
            since=data["since"],
            share=share if share is not None else present or WHOLE,
            basis=data.get("basis", ""),
            price=price,
        )


class RegisterLandForm(AcquisitionForm):
    """A piece of real estate, or a further share in one, enters the register."""

    title = _("Register real estate")
    button = _("Register the right")
    act_name = "kernel.land.register"
    object_number = forms.CharField(label=_("Cadastral number"), max_length=NUMBER_LENGTH)
    kind = plain_choice(_("Kind of object"), list(words.LAND_KINDS.items()))
    territory = TerritoryField(label=_("Territory"), required=False, help_text=_("A part of its name."))
    address = forms.CharField(label=_("Address"), max_length=ADDRESS_LENGTH, required=False)
    area = forms.DecimalField(
        label=_("Area, in square metres"), required=False, max_digits=18, decimal_places=PLACES, localize=True
    )
    basis = plain_choice(_("Acquired by"), list(words.BASES.items()))
    share = share_field(_("Share, in percent"))

    def offer(self) -> None:
        """Put the object before its owner."""
        self.order_fields(["object_number", "kind", "territory", "address", "area"])

    def act(self, *, by: Actor, at: datetime) -> AnyRight:
        """Register the right."""
        data = self.cleaned_data
        estate = rights.Estate(
            number=data["object_number"],
            kind=data["kind"],
            territory=data["territory"],
            address=data["address"],
            area=data["area"],
        )
        return rights.register_land(estate=estate, acquired=self.acquired(), origin=self.origin(), by=by, at=at)


class TransferLandForm(AcquisitionForm):
    """A right to real estate passes to another owner."""

    title = _("Transfer real estate")
    button = _("Record the transfer")
    act_name = "kernel.land.transfer"
    model = "kernel.LandRight"
    basis = plain_choice(_("Acquired by"), list(words.BASES.items()))
    share = share_field(_("Share that passes, in percent"))

    def act(self, *, by: Actor, at: datetime) -> AnyRight:
        """Record the transfer."""
        acquired = self.acquired(self.subject.share)
        passed = rights.transfer_land(right=self.subject, acquired=acquired, origin=self.origin(), by=by, at=at)
        return LandRight.objects.get(pk=passed.begun.pk)


class EndLandForm(EventForm):
    """A right to real estate ends, and nobody takes it over."""

    title = _("End a right to real estate")
    button = _("End the right")
    act_name = "kernel.land.end"
    model = "kernel.LandRight"
    until = DayField(label=_("Last day"), help_text=_("Such as the day on which the building was pulled down."))

    def act(self, *, by: Actor, at: datetime) -> AnyRight:
        """End the right."""
        until = self.cleaned_data["until"]
        return rights.end_land(right=self.subject, until=until, origin=self.origin(), by=by, at=at)


class RegisterVehicleForm(AcquisitionForm):
    """A vehicle enters the register."""

    title = _("Register a vehicle")
    button = _("Register the vehicle")
    act_name = "kernel.vehicle.register"
    object_number = forms.CharField(label=_("Identification number of the vehicle"), max_length=NUMBER_LENGTH)
    kind = plain_choice(_("Kind of vehicle"), list(words.VEHICLE_KINDS.items()))
    make = forms.CharField(label=_("Make and model"), max_length=MAKE_LENGTH)
    production_year = forms.IntegerField(label=_("Year it was built"), required=False)

    def offer(self) -> None:
        """Put the vehicle before its owner."""
        self.order_fields(["object_number", "kind", "make", "production_year"])

    def act(self, *, by: Actor, at: datetime) -> AnyRight:
        """Register the vehicle."""
        data = self.cleaned_data
        return rights.register_vehicle(
            number=data["object_number"],
            kind=data["kind"],
            make=data["make"],
            production_year=data["production_year"],
            acquired=self.acquired(),
            origin=self.origin(),
            by=by,
            at=at,
        )


class TransferVehicleForm(AcquisitionForm):
    """A vehicle passes to another owner."""

    title = _("Transfer a vehicle")
    button = _("Record the transfer")
    act_name = "kernel.vehicle.transfer"
    model = "kernel.VehicleRight"

    def act(self, *, by: Actor, at: datetime) -> AnyRight:
        """Record the transfer."""
        acquired, origin = self.acquired(), self.origin()
        passed = rights.transfer_vehicle(right=self.subject, acquired=acquired, origin=origin, by=by, at=at)
        return VehicleRight.objects.get(pk=passed.begun.pk)


class EndVehicleForm(EventForm):
    """A vehicle is struck off."""

    title = _("Strike a vehicle off")
    button = _("Strike the vehicle off")
    act_name = "kernel.vehicle.end"
    model = "kernel.VehicleRight"
    until = DayField(label=_("Last day"), help_text=_("Such as the day on which it was scrapped or left the country."))

    def act(self, *, by: Actor, at: datetime) -> AnyRight:
        """Strike the vehicle off."""
        until = self.cleaned_data["until"]
        return rights.end_vehicle(right=self.subject, until=until, origin=self.origin(), by=by, at=at)
