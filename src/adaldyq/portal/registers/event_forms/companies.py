"""Events of companies and their owners."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.actions import companies
from adaldyq.kernel.actions.facts import change_facts
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.choosing import CompanyField
from adaldyq.kernel.models import Company, Ownership, Territory
from adaldyq.portal.registers import words
from adaldyq.portal.registers.event_forms.event import (
    EventForm,
    choice,
    given,
    person_field,
    plain_choice,
    territory_choice,
)
from adaldyq.ui.forms import DayField

NAME_LENGTH, NUMBER_LENGTH, ACTIVITY_LENGTH = 300, 20, 10
PLACES = 6


class RegisterCompanyForm(EventForm):
    """A company enters the register."""

    title = _("Register a company")
    button = _("Register the company")
    act_name = "kernel.company.register"
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    identifier = forms.CharField(label=_("Registration number"), max_length=NUMBER_LENGTH, required=False)
    activity = forms.CharField(label=_("Main activity"), max_length=ACTIVITY_LENGTH, required=False)
    head = person_field(_("Head"), required=False)
    registered = DayField(label=_("Day of registration"))

    def offer(self) -> None:
        """Offer the lists of the country."""
        self.fields["legal_form"] = choice(_("Legal form"), "legal_form")
        self.fields["territory"] = territory_choice(_("Territory"), required=False)

    def act(self, *, by: Actor, at: datetime) -> Company:
        """Register the company."""
        data = self.cleaned_data
        facts = given(data, "identifier", "activity", "head")
        if territory := Territory.objects.filter(pk=data["territory"]).first():
            facts["territory"] = territory
        return companies.register_company(
            name=data["name"],
            legal_form=data["legal_form"],
            registered=data["registered"],
            facts=facts,
            origin=self.origin(),
            by=by,
            at=at,
        )


class OwnerForm(EventForm):
    """Somebody owns a share in a company from a day."""

    title = _("Record an owner")
    button = _("Record the owner")
    act_name = "kernel.company.owner"
    model = "kernel.Company"
    owner_person = person_field(_("Owner, if a person"), required=False)
    owner = CompanyField(
        label=_("Owner, if a company"),
        help_text=_("Beginnings of words of its name, or its number."),
        required=False,
    )
    kind = plain_choice(_("Owns as"), list(words.OWNERSHIPS.items()))
    share = forms.DecimalField(
        label=_("Share, in percent"),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        decimal_places=PLACES,
        localize=True,
    )
    since = DayField(label=_("Since"))

    def clean(self) -> dict[str, Any]:
        """Exactly one owner."""
        data = super().clean() or {}
        if not self.errors and bool(data.get("owner_person")) == bool(data.get("owner")):
            self.add_error("owner_person", _("Name one owner: a person or a company."))
        return data

    def act(self, *, by: Actor, at: datetime) -> Company:
        """Record the share."""
        data = self.cleaned_data
        return companies.record_ownership(
            company=self.subject,
            owner=data["owner_person"] or data["owner"],
            share=data["share"],
            kind=data["kind"],
            since=data["since"],
            origin=self.origin(),
            by=by,
            at=at,
        ).company


class EndOwnerForm(EventForm):
    """A share ends."""

    title = _("End a share")
    button = _("End the share")
    act_name = "kernel.company.end_owner"
    model = "kernel.Ownership"
    until = DayField(label=_("Last day"))

    def act(self, *, by: Actor, at: datetime) -> Company:
        """End the share."""
        ended: Ownership = companies.end_ownership(
            ownership=self.subject, until=self.cleaned_data["until"], origin=self.origin(), by=by, at=at
        )
        return ended.company


class CompanyFactsForm(EventForm):
    """An undated fact about a company changes, such as its name or head."""

    title = _("Change facts about a company")
    button = _("Change the facts")
    act_name, register = "kernel.record.change", "company"
    model = "kernel.Company"
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    activity = forms.CharField(label=_("Main activity"), max_length=ACTIVITY_LENGTH, required=False)
    head = person_field(_("New head"), required=False)
    since = DayField(label=_("Since"))

    def offer(self) -> None:
        """Fill in what the register holds."""
        self.fields["legal_form"] = choice(_("Legal form"), "legal_form")
        for field in ("name", "activity", "legal_form"):
            self.fields[field].initial = getattr(self.subject, field)

    def act(self, *, by: Actor, at: datetime) -> Company:
        """Change the facts that differ."""
        data = self.cleaned_data
        facts = {field: data[field] for field in ("name", "activity", "legal_form")}
        if data["head"]:
            facts["head_id"] = data["head"].pk
        change_facts(
            register="company",
            record_id=self.subject.pk,
            facts=facts,
            since=data["since"],
            origin=self.origin(),
            by=by,
            at=at,
        )
        return Company.objects.get(pk=self.subject.pk)


class CloseCompanyForm(EventForm):
    """A company is struck off."""

    title = _("Strike a company off")
    button = _("Strike off")
    act_name = "kernel.company.close"
    model = "kernel.Company"
    until = DayField(label=_("Last day"), help_text=_("Shares in it end with this day."))

    def act(self, *, by: Actor, at: datetime) -> Company:
        """Strike the company off."""
        return companies.close_company(
            company=self.subject, until=self.cleaned_data["until"], origin=self.origin(), by=by, at=at
        )
