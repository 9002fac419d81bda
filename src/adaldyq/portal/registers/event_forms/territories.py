"""Events of territories."""

from __future__ import annotations

from datetime import datetime

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions import territories
from adaldyq.kernel.actions.carrying_over import Division
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.choosing import TerritoryField
from adaldyq.kernel.models import Territory
from adaldyq.kernel.problems import sentence
from adaldyq.portal.registers import words
from adaldyq.portal.registers.event_forms.event import NOT_OFFERED, EventForm, plain_choice
from adaldyq.ui.forms import DayField

CODE_LENGTH, NAME_LENGTH = 12, 200
PART = _("A part of its name.")


class NamedForm(EventForm):
    """A territory has a name in each language of the country."""

    def offer(self) -> None:
        """Offer a box for the name in each language, with what it is called now."""
        now = naming.territory_names().get(self.subject.pk, {}) if self.subject else {}
        for place, language in enumerate(naming.pack().languages):
            title = dict(settings.LANGUAGES).get(language, language)
            self.fields[f"name_{language}"] = forms.CharField(
                label=_("Name, %(language)s") % {"language": title},
                max_length=NAME_LENGTH,
                required=place == 0,
                initial=now.get(language, ""),
            )
        self.order_fields([*(name for name in self.fields if name != "since"), "since"])

    def names(self) -> dict[str, str]:
        """Names as they were typed."""
        return {language: self.cleaned_data[f"name_{language}"] for language in naming.pack().languages}


class CreateTerritoryForm(NamedForm):
    """A territory is made."""

    title = _("Make a territory")
    button = _("Make the territory")
    act_name = "kernel.territory.create"
    code = forms.CharField(
        label=_("Code"), max_length=CODE_LENGTH, help_text=_("ISO 3166-2, or the official code below it.")
    )
    level = plain_choice(_("Level"), [pair for pair in words.PLACE_LEVELS.items() if pair[0] != "country"])
    parent = TerritoryField(label=_("Lies in"), help_text=PART)
    since = DayField(label=_("First day"))

    def act(self, *, by: Actor, at: datetime) -> Territory:
        """Make the territory."""
        data = self.cleaned_data
        return territories.create_territory(
            code=data["code"],
            level=data["level"],
            parent=data["parent"],
            names=self.names(),
            since=data["since"],
            origin=self.origin(),
            by=by,
            at=at,
        )


class RenameTerritoryForm(NamedForm):
    """A territory is called otherwise."""

    title = _("Rename a territory")
    button = _("Record the name")
    act_name = "kernel.territory.rename"
    model = "kernel.Territory"
    since = DayField(label=_("Since"))

    def act(self, *, by: Actor, at: datetime) -> Territory:
        """Rename the territory."""
        return territories.rename_territory(
            territory=self.subject,
            names=self.names(),
            since=self.cleaned_data["since"],
            origin=self.origin(),
            by=by,
            at=at,
        )


class MergeTerritoryForm(EventForm):
    """A territory becomes part of another."""

    title = _("Merge a territory into another")
    button = _("Merge the territory")
    act_name = "kernel.territory.merge"
    model = "kernel.Territory"
    into = TerritoryField(label=_("Into which"), help_text=PART)
    since = DayField(label=_("Since"), help_text=_("From this day all that lies in it belongs to the other."))

    def act(self, *, by: Actor, at: datetime) -> Territory:
        """Merge the territory."""
        data = self.cleaned_data
        return territories.merge_territory(
            territory=self.subject, into=data["into"], since=data["since"], origin=self.origin(), by=by, at=at
        ).territory


class SplitTerritoryForm(EventForm):
    """A territory becomes several."""

    title = _("Split a territory")
    button = _("Split the territory")
    act_name = "kernel.territory.split"
    model = "kernel.Territory"
    first = TerritoryField(label=_("First that follows"), help_text=PART)
    second = TerritoryField(label=_("Second that follows"), help_text=PART)
    third = TerritoryField(label=_("Third that follows"), help_text=PART, required=False)
    placed = forms.CharField(
        label=_("Who takes what"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_(
            "A line for each thing: the code of a territory in it, the number of a body, a company or a piece of real "
            "estate, or the code of a dwelling; then a blank, and the code of the territory that takes it."
        ),
    )
    rest = forms.ChoiceField(
        label=_("Who takes the rest"),
        required=False,
        choices=[
            ("", _("nobody: nothing may be left")),
            ("first", _("the first")),
            ("second", _("the second")),
            ("third", _("the third")),
        ],
        error_messages=dict(NOT_OFFERED),
    )
    since = DayField(label=_("Since"), help_text=_("From this day what lies in it belongs to those that follow."))

    def clean_placed(self) -> dict[str, str]:
        """Codes of those that take a thing, by what names the thing.

        Raises:
            ValidationError: a line does not say who.
        """
        found: dict[str, str] = {}
        for place, line in enumerate(self.cleaned_data["placed"].splitlines(), 1):
            if line.strip():
                thing, _blank, code = line.strip().rpartition(" ")
                if not thing:
                    raise forms.ValidationError(sentence(DomainError("bad-placing", line=place)))
                found[thing.strip()] = code
        return found

    def division(self) -> Division:
        """Who takes what, as it was typed."""
        rest = self.cleaned_data.get(self.cleaned_data["rest"]) if self.cleaned_data["rest"] else None
        return Division(self.cleaned_data["placed"], rest.pk if rest else "")

    def act(self, *, by: Actor, at: datetime) -> Territory:
        """Split the territory."""
        data = self.cleaned_data
        return territories.split_territory(
            territory=self.subject,
            into=[data[name] for name in ("first", "second", "third") if data[name]],
            division=self.division(),
            since=data["since"],
            origin=self.origin(),
            by=by,
            at=at,
        ).territory
