"""What every form of an event has: a subject, a source with its day, and an act that it calls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming, policies
from adaldyq.kernel.actions.periods import SOURCE_LENGTH, Provenance
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.idempotency import KeyField, sent_once
from adaldyq.kernel.models import Body, Company, LandRight, Person, Territory, VehicleRight
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.queries import lookup
from adaldyq.ui.forms import DayField

Words = Any  # text, or a lazy translation
NOT_OFFERED = {"invalid_choice": _("“%(value)s” is not one of the choices.")}


class EventForm(forms.Form):
    """A form of one event.

    Attributes:
        title: of the page.
        button: what its button says.
        model: of the subject, `app.Model`; empty when the event begins a record.
        act_name: of the act that it calls.
        register: that the act writes, where the act may write several.
    """

    title: ClassVar[Words]
    button: ClassVar[Words]
    model: ClassVar[str] = ""
    act_name: ClassVar[str]
    register: ClassVar[str] = ""

    source = forms.CharField(
        label=_("Source"),
        max_length=SOURCE_LENGTH,
        help_text=_("The register or document that says so, with its number."),
    )
    as_of = DayField(label=_("As the source said on"), help_text=_("For example, 27 3 2024"))
    form_key = KeyField()

    def __init__(self, data: Any = None, *, subject: Any = None) -> None:
        """Bind the form to what the event is about."""
        super().__init__(data)
        self.subject = subject
        self.offer()
        last = ("source", "as_of")
        self.order_fields([*(name for name in self.fields if name not in last), *last])

    def offer(self) -> None:
        """Fill in choices and present values."""

    @classmethod
    def require_keeper(cls, by: Actor, subject: Any) -> None:
        """Stop whoever may not record this event of this subject.

        Raises:
            NotAllowed: as said.
        """
        if subject is None:
            policies.require_registrar(by, cls.act_name, cls.register)
        else:
            policies.require_keeper(by, cls.act_name, cls.register, subject)

    @classmethod
    def subject_of(cls, record_id: str) -> models.Model | None:
        """The record that the event is about; none when there is none."""
        model: type[models.Model] = apps.get_model(cls.model)
        return model._default_manager.filter(pk=record_id).first()

    def origin(self) -> Provenance:
        """Where the record comes from."""
        return Provenance(self.cleaned_data["source"], self.cleaned_data["as_of"])

    def act(self, *, by: Actor, at: datetime) -> models.Model:
        """Call the act, and return the record whose page is shown next."""
        raise NotImplementedError

    def recorded(self, *, by: Actor, at: datetime) -> str:
        """Act once on what was typed, and return the page to go on with.

        It is empty when the act was refused, with the reason beside its field.
        """
        if not self.is_valid():
            return ""
        place = f"{type(self).__name__} {self.subject.pk if self.subject else ''}"
        try:
            done = sent_once(
                self.data, place=place, owner=by.id, at=at, perform=lambda: {"page": page_of(self.act(by=by, at=at))}
            )
        except DomainError as error:
            field = error.field if error.field in self.fields else None
            self.add_error(field, sentence(error))
            return ""
        return str(done["page"])


class PersonField(forms.CharField):
    """A person, named by a number or by the id on their page.

    Nobody is offered by a part of a name, as bodies and companies are: whoever sees a person in the register is
    noted for that person to read, and a list of namesakes would show many who are not concerned.

    Raises:
        ValidationError: nobody has it.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)
        self.widget.attrs.update(spellcheck="false", autocomplete="off")

    def clean(self, value: Any) -> Any:
        """The person."""
        text = super().clean(value)
        if not text:
            return None
        found = lookup.person(text)
        if found is None:
            raise ValidationError(_("No record has this number or id. Look it up in the register first."), "unknown")
        return found


def person_field(label: Words, *, required: bool = True) -> PersonField:
    """A box for a person's number."""
    hint = _("Identification number, or the id in the address of the person’s page.")
    return PersonField(label=label, help_text=hint, required=required)


def choice(label: Words, code_list: str, *, required: bool = True) -> forms.ChoiceField:
    """A choice from a list of the country pack, in the reader's language."""
    codes = naming.pack().codes.get(code_list, {})
    return plain_choice(label, [(key, naming.spoken(names, key)) for key, names in codes.items()], required=required)


def plain_choice(label: Words, choices: Iterable[tuple[str, Any]], *, required: bool = True) -> forms.ChoiceField:
    """A choice with an empty first line."""
    listed = [("", _("choose")), *choices]
    return forms.ChoiceField(label=label, choices=listed, required=required, error_messages=dict(NOT_OFFERED))


def territory_choice(label: Words, *, required: bool = True) -> forms.ChoiceField:
    """A choice of a territory of the country."""
    listed = [(one.code, naming.spoken(one.names, one.code)) for one in naming.pack().territories]
    return plain_choice(label, listed, required=required)


def given(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Those of the answers that were given."""
    return {name: data[name] for name in names if data.get(name) not in (None, "")}


def page_of(record: models.Model) -> str:
    """The page of a registry record; of a right, that of its object."""
    if isinstance(record, LandRight | VehicleRight):
        return f"{reverse('registers-rights')}?{urlencode({'q': record.object_number})}"
    if isinstance(record, Territory):
        return reverse("registers-territory", args=[record.pk])
    route = {Person: "registers-person", Body: "registers-body", Company: "registers-company"}[type(record)]
    return reverse(route, args=[record.pk])
