"""What may be asked of the register and of the statistics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from adaldyq.kernel import naming
from adaldyq.kernel.choosing import BodyField
from adaldyq.measures.declarations.domain.sections import FORMS
from adaldyq.measures.declarations.queries import register
from adaldyq.measures.declarations.queries.register import Asked

WORDS_LENGTH = 200
Choices = list[tuple[str, str]]


def choice_field(label: Any) -> forms.ChoiceField:
    """A select whose choices are offered later."""
    wrong = gettext_lazy("“%(value)s” is not one of the choices.")
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": wrong})


class RegisterForm(forms.Form):
    """Which part of the register to show. A value that is not offered is told, and the others still hold."""

    q = forms.CharField(
        label=gettext_lazy("Name, post or body"),
        help_text=gettext_lazy(
            "In Kazakh, Russian or Latin letters. The beginning of each word is enough, their order is free."
        ),
        required=False,
        max_length=WORDS_LENGTH,
        error_messages={"max_length": gettext_lazy("Search for at most %(limit_value)s characters.")},
    )
    year = choice_field(gettext_lazy("Year declared"))
    form = choice_field(gettext_lazy("Form"))
    region = choice_field(gettext_lazy("Region of the body"))
    body = BodyField(
        label=gettext_lazy("Body"), help_text=gettext_lazy("The beginning of its name is enough."), required=False
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Offer what there is."""
        super().__init__(data)
        self.offer("year", [(str(year), str(year)) for year in register.years()])
        self.offer("form", [(code, gettext(title)) for code, title in FORMS.items()])
        self.offer("region", naming.regions())

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Give a select its choices."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("All")), *choices]

    def asked(self) -> Asked:
        """What is asked for; a value that is wrong asks for nothing."""
        self.is_valid()
        value = self.cleaned_data
        return Asked(
            words=value.get("q", ""),
            year=int(value["year"]) if value.get("year") else None,
            body=value["body"].pk if value.get("body") else "",
            region=value.get("region", ""),
            form=value.get("form", ""),
        )


class YearForm(forms.Form):
    """Which year to show; the newest when none is chosen or the choice is wrong, which is told."""

    year = choice_field(gettext_lazy("Year declared"))

    def __init__(self, data: Mapping[str, Any], years: Sequence[int]) -> None:
        """Offer the years there are."""
        super().__init__({"year": data["year"]} if data.get("year") else {})
        self.years = years
        field = self.fields["year"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("Newest")), *((str(year), str(year)) for year in years)]

    def chosen(self) -> int | None:
        """The year to show; None when there is none at all."""
        self.is_valid()
        text = self.cleaned_data.get("year", "")
        newest = self.years[0] if self.years else None
        return int(text) if text else newest
