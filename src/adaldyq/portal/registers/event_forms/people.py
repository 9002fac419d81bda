"""Events of people and families."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.kernel.actions import people
from adaldyq.kernel.actions.facts import change_facts
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Person, Territory
from adaldyq.kernel.registry import REGISTERS
from adaldyq.portal.registers import words
from adaldyq.portal.registers.event_forms.event import EventForm, person_field, plain_choice, territory_choice
from adaldyq.ui.forms import DayField

SCRIPTS = {"kk": "Cyrl", "ru": "Cyrl", "en": "Latn"}
OTHER_SCRIPT = "Latn"
NAME_LENGTH, PART_LENGTH, NUMBER_LENGTH = 300, 100, 40
SINCE = _("First day on which it holds. For example, 27 3 2024")


def name_field(label: Any, *, required: bool = True) -> forms.CharField:
    """A box for a name in full."""
    return forms.CharField(label=label, max_length=NAME_LENGTH, required=required)


class RegisterPersonForm(EventForm):
    """A person enters the register."""

    title = _("Register a person")
    button = _("Register the person")
    act_name = "kernel.person.register"
    birth_date = DayField(label=_("Day of birth"), required=False, help_text=_("For example, 27 3 1984"))
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", _("not stated")), ("f", _("female")), ("m", _("male"))]
    )
    country = forms.RegexField(
        label=_("Citizenship"),
        regex="^[A-Z]{2}$",
        required=False,
        help_text=_("Two capital letters, ISO 3166-1, such as KZ."),
        error_messages={"invalid": _("Write two capital letters, such as KZ.")},
    )
    value = forms.CharField(label=_("Identification number"), max_length=NUMBER_LENGTH, required=False)

    def offer(self) -> None:
        """Offer a box for the name in each language of the country."""
        for place, language in enumerate(naming.pack().languages):
            title = dict(settings.LANGUAGES).get(language, language)
            label = _("Full name, %(language)s") % {"language": title}
            self.fields[f"name_{language}"] = name_field(label, required=place == 0)
        self.order_fields([f"name_{language}" for language in naming.pack().languages])

    def act(self, *, by: Actor, at: datetime) -> Person:
        """Register the person, then the number."""
        data = self.cleaned_data
        spelt = [
            people.Spelling(language, SCRIPTS.get(language, OTHER_SCRIPT), data[f"name_{language}"])
            for language in naming.pack().languages
            if data[f"name_{language}"]
        ]
        facts = {name: data[name] for name in ("birth_date", "sex", "country")}
        scheme = next(iter(naming.pack().schemes))
        number = people.Number(scheme, naming.pack().code, data["value"]) if data["value"] else None
        return people.register_person(names=spelt, number=number, origin=self.origin(), by=by, at=at, **facts)


class NameForm(EventForm):
    """A person is called otherwise from a day."""

    title = _("Record a name")
    button = _("Record the name")
    act_name = "kernel.person.name"
    model = "kernel.Person"
    text = name_field(_("Full name"))
    family_name = forms.CharField(label=_("Family name"), max_length=PART_LENGTH, required=False)
    given_name = forms.CharField(label=_("Given name"), max_length=PART_LENGTH, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=PART_LENGTH, required=False)
    since = DayField(label=_("Since"), help_text=SINCE)

    def offer(self) -> None:
        """Offer the languages of the country."""
        self.fields["language"] = plain_choice(
            _("Language"), [(one, dict(settings.LANGUAGES).get(one, one)) for one in naming.pack().languages]
        )
        self.order_fields(["language"])

    def act(self, *, by: Actor, at: datetime) -> Person:
        """Record the name."""
        data = self.cleaned_data
        parts = {name: data[name] for name in ("text", "family_name", "given_name", "patronymic")}
        name = people.Spelling(data["language"], SCRIPTS.get(data["language"], OTHER_SCRIPT), **parts)
        return people.record_name(
            person=self.subject, name=name, since=data["since"], origin=self.origin(), by=by, at=at
        ).person


class IdentifierForm(EventForm):
    """A scheme gave a person a number."""

    title = _("Record a number")
    button = _("Record the number")
    act_name = "kernel.person.identifier"
    model = "kernel.Person"
    value = forms.CharField(label=_("Number"), max_length=NUMBER_LENGTH)
    since = DayField(label=_("Since"), required=False, help_text=SINCE)

    def offer(self) -> None:
        """Offer the schemes of the country."""
        listed = [(name, words.scheme(name)) for name in naming.pack().schemes]
        self.fields["scheme"] = plain_choice(_("Kind of number"), listed)
        self.order_fields(["scheme"])

    def act(self, *, by: Actor, at: datetime) -> Person:
        """Record the number."""
        data = self.cleaned_data
        number = people.Number(data["scheme"], naming.pack().code, data["value"])
        return people.record_identifier(
            person=self.subject, number=number, since=data["since"], origin=self.origin(), by=by, at=at
        ).person


class TieForm(EventForm):
    """Two people became a family."""

    title = _("Record a family tie")
    button = _("Record the tie")
    act_name = "kernel.family.tie"
    model = "kernel.Person"
    kind = plain_choice(_("Who the relative is"), list(words.TIES.items()))
    relative = person_field(_("Relative"))
    since = DayField(label=_("Since"), required=False, help_text=_("Day of the marriage or birth."))

    def act(self, *, by: Actor, at: datetime) -> Person:
        """Record the tie."""
        data = self.cleaned_data
        return people.record_tie(
            person=self.subject,
            relative=data["relative"],
            kind=data["kind"],
            since=data["since"],
            origin=self.origin(),
            by=by,
            at=at,
        ).of.person


class EndTieForm(EventForm):
    """A tie ends."""

    title = _("End a family tie")
    button = _("End the tie")
    act_name = "kernel.family.end_tie"
    model = "kernel.FamilyTie"
    until = DayField(label=_("Last day"), help_text=_("Such as the day before the divorce took effect."))

    def act(self, *, by: Actor, at: datetime) -> Person:
        """End the tie."""
        return people.end_tie(
            tie=self.subject, until=self.cleaned_data["until"], origin=self.origin(), by=by, at=at
        ).of.person


class ResidenceForm(EventForm):
    """A person moves."""

    title = _("Record a residence")
    button = _("Record the residence")
    act_name = "kernel.person.residence"
    model = "kernel.Person"
    dwelling = forms.CharField(
        label=_("Code of the dwelling"), max_length=20, help_text=_("Equal for those who live together.")
    )
    since = DayField(label=_("Since"), help_text=SINCE)

    def offer(self) -> None:
        """Offer the territories of the country."""
        self.fields["territory"] = territory_choice(_("Territory"))
        self.order_fields(["territory"])

    def act(self, *, by: Actor, at: datetime) -> Person:
        """Record the residence."""
        data = self.cleaned_data
        return people.record_residence(
            person=self.subject,
            territory=Territory.objects.get(pk=data["territory"]),
            dwelling=data["dwelling"],
            since=data["since"],
            origin=self.origin(),
            by=by,
            at=at,
        ).person

    def clean_territory(self) -> str:
        """A territory that is in the register as well as in the pack."""
        code: str = self.cleaned_data["territory"]
        if not Territory.objects.filter(pk=code).exists():
            raise forms.ValidationError(_("The register of territories does not hold this one yet."), "unknown")
        return code


class EndResidenceForm(EventForm):
    """A person leaves and registers nowhere else here."""

    title = _("End a residence")
    button = _("End the residence")
    act_name = "kernel.person.end_residence"
    model = "kernel.Residence"
    until = DayField(label=_("Last day"), help_text=_("Such as the day before the person moved abroad."))

    def act(self, *, by: Actor, at: datetime) -> Person:
        """End the residence."""
        return people.end_residence(
            residence=self.subject, until=self.cleaned_data["until"], origin=self.origin(), by=by, at=at
        ).person


class PersonFactsForm(EventForm):
    """An undated fact about a person changes, such as the day of death."""

    title = _("Change facts about a person")
    button = _("Change the facts")
    act_name, register = "kernel.record.change", "person"
    model = "kernel.Person"
    birth_date = DayField(label=_("Day of birth"), required=False)
    death_date = DayField(label=_("Day of death"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex"), required=False, choices=[("", _("not stated")), ("f", _("female")), ("m", _("male"))]
    )
    country = forms.CharField(label=_("Citizenship"), max_length=2, required=False)
    since = DayField(label=_("Since"), help_text=SINCE)

    def offer(self) -> None:
        """Fill in what the register holds."""
        for field in REGISTERS["person"].changeable:
            self.fields[field].initial = getattr(self.subject, field)

    def act(self, *, by: Actor, at: datetime) -> Person:
        """Change the facts that differ."""
        data = self.cleaned_data
        facts = {name: data[name] for name in ("birth_date", "death_date", "sex", "country")}
        change_facts(
            register="person",
            record_id=self.subject.pk,
            facts=facts,
            since=data["since"],
            origin=self.origin(),
            by=by,
            at=at,
        )
        return Person.objects.get(pk=self.subject.pk)
