"""Events of state bodies, posts and appointments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.kernel.actions import bodies
from adaldyq.kernel.actions.facts import change_facts
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.choosing import BodyField, PostField
from adaldyq.kernel.models import Body, Person, Territory
from adaldyq.portal.registers.event_forms.event import EventForm, choice, given, territory_choice
from adaldyq.ui.forms import DayField

NAME_LENGTH, TITLE_LENGTH, NUMBER_LENGTH, ACT_LENGTH = 300, 200, 20, 40
POWERS = (
    ("heads_body", _("heads the body")),
    ("declares", _("the law opens the holder’s declaration")),
    ("licences", _("issues licences")),
    ("inspects", _("inspects businesses")),
    ("procures", _("buys for the state")),
)


def spoken_fields(form: EventForm, prefix: str, label: Any, length: int) -> None:
    """Add a box for each language of the country; the first is the official one."""
    for place, language in enumerate(naming.pack().languages):
        title = dict(settings.LANGUAGES).get(language, language)
        form.fields[f"{prefix}_{language}"] = forms.CharField(
            label=f"{label} ({title})", max_length=length, required=place == 0
        )
    form.order_fields([f"{prefix}_{language}" for language in naming.pack().languages])


def by_language(form: EventForm, prefix: str) -> dict[str, str]:
    """What was written in each language."""
    languages = naming.pack().languages
    return {one: text for one in languages if (text := form.cleaned_data[f"{prefix}_{one}"].strip())}


class OpenBodyForm(EventForm):
    """A state body is opened."""

    title = _("Open a state body")
    button = _("Open the body")
    act_name = "kernel.body.open"
    identifier = forms.CharField(label=_("Registration number"), max_length=NUMBER_LENGTH, required=False)
    parent = BodyField(
        label=_("Belongs to"), help_text=_("Beginnings of words of its name, or its number."), required=False
    )
    opened = DayField(label=_("First day"))

    def offer(self) -> None:
        """Offer the lists of the country."""
        spoken_fields(self, "name", _("Name"), NAME_LENGTH)
        self.fields["level"] = choice(_("Level"), "body_level")
        self.fields["kind"] = choice(_("Kind"), "body_kind")
        self.fields["territory"] = territory_choice(_("Territory"))

    def clean_identifier(self) -> str:
        """A number that no other body has."""
        number: str = self.cleaned_data["identifier"].strip()
        if number and Body.objects.filter(identifier=number).exists():
            raise forms.ValidationError(_("A body with this number is in the register already."), "taken")
        return number

    def act(self, *, by: Actor, at: datetime) -> Body:
        """Open the body."""
        data, names = self.cleaned_data, by_language(self, "name")
        return bodies.open_body(
            name=names[naming.pack().languages[0]],
            names=names,
            territory=Territory.objects.get(pk=data["territory"]),
            facts=given(data, "level", "kind", "identifier", "parent"),
            opened=data["opened"],
            origin=self.origin(),
            by=by,
            at=at,
        )

    def clean_territory(self) -> str:
        """A territory that is in the register as well as in the pack."""
        code: str = self.cleaned_data["territory"]
        if not Territory.objects.filter(pk=code).exists():
            raise forms.ValidationError(_("The register of territories does not hold this one yet."), "unknown")
        return code


class CloseBodyForm(EventForm):
    """A state body is closed."""

    title = _("Close a state body")
    button = _("Close the body")
    act_name = "kernel.body.close"
    model = "kernel.Body"
    until = DayField(label=_("Last day"), help_text=_("Everybody who holds a post in it holds it to this day."))

    def act(self, *, by: Actor, at: datetime) -> Body:
        """Close the body."""
        return bodies.close_body(
            body=self.subject, until=self.cleaned_data["until"], origin=self.origin(), by=by, at=at
        )


class BodyFactsForm(EventForm):
    """An undated fact about a body changes, such as its name."""

    title = _("Change facts about a body")
    button = _("Change the facts")
    act_name, register = "kernel.record.change", "body"
    model = "kernel.Body"
    identifier = forms.CharField(label=_("Registration number"), max_length=NUMBER_LENGTH, required=False)
    since = DayField(label=_("Since"))

    def offer(self) -> None:
        """Fill in what the register holds."""
        spoken_fields(self, "name", _("Name"), NAME_LENGTH)
        for language in naming.pack().languages:
            first = language == naming.pack().languages[0]
            spoken = self.subject.names.get(language, "")
            self.fields[f"name_{language}"].initial = self.subject.name if first else spoken
        self.fields["identifier"].initial = self.subject.identifier
        self.fields["level"] = choice(_("Level"), "body_level")
        self.fields["kind"] = choice(_("Kind"), "body_kind")
        for field in ("level", "kind"):
            self.fields[field].initial = getattr(self.subject, field)

    def act(self, *, by: Actor, at: datetime) -> Body:
        """Change the facts that differ."""
        data, names = self.cleaned_data, by_language(self, "name")
        facts = {
            "name": names[naming.pack().languages[0]],
            "names": names,
            **{field: data[field] for field in ("identifier", "level", "kind")},
        }
        change_facts(
            register="body",
            record_id=self.subject.pk,
            facts=facts,
            since=data["since"],
            origin=self.origin(),
            by=by,
            at=at,
        )
        return Body.objects.get(pk=self.subject.pk)


class PostForm(EventForm):
    """A post is created in a body."""

    title = _("Create a post")
    button = _("Create the post")
    act_name = "kernel.post.create"
    model = "kernel.Body"
    powers = forms.MultipleChoiceField(
        label=_("Its holder"), choices=POWERS, widget=forms.CheckboxSelectMultiple, required=False
    )

    def offer(self) -> None:
        """Offer the lists of the country."""
        spoken_fields(self, "title", _("Title"), TITLE_LENGTH)
        self.fields["category"] = choice(_("Category"), "post_category")

    def act(self, *, by: Actor, at: datetime) -> Body:
        """Create the post."""
        titles = by_language(self, "title")
        return bodies.create_post(
            body=self.subject,
            category=self.cleaned_data["category"],
            title=titles[naming.pack().languages[0]],
            titles=titles,
            powers=frozenset(self.cleaned_data["powers"]),
            origin=self.origin(),
            by=by,
            at=at,
        ).body


class AppointForm(EventForm):
    """A person is appointed to a post."""

    title = _("Appoint to a post")
    button = _("Appoint")
    act_name = "kernel.post.appoint"
    model = "kernel.Person"
    post = PostField(label=_("Post"), help_text=_("The beginning of its title, or the name of its body."))
    since = DayField(label=_("First day in the post"))
    act_number = forms.CharField(label=_("Number of the act"), max_length=ACT_LENGTH)

    def act(self, *, by: Actor, at: datetime) -> Person:
        """Appoint."""
        data = self.cleaned_data
        return bodies.appoint(
            person=self.subject,
            post=data["post"],
            since=data["since"],
            act_number=data["act_number"],
            origin=self.origin(),
            by=by,
            at=at,
        ).person


class DismissForm(EventForm):
    """An appointment ends."""

    title = _("End an appointment")
    button = _("Dismiss")
    act_name = "kernel.post.dismiss"
    model = "kernel.Appointment"
    until = DayField(label=_("Last day in the post"))
    act_number = forms.CharField(label=_("Number of the act"), max_length=ACT_LENGTH, required=False)

    def act(self, *, by: Actor, at: datetime) -> Person:
        """Dismiss."""
        data = self.cleaned_data
        return bodies.dismiss(
            appointment=self.subject,
            until=data["until"],
            act_number=data["act_number"],
            origin=self.origin(),
            by=by,
            at=at,
        ).person
