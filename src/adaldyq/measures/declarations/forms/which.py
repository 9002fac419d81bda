"""Which of the empty sections a person has something for, asked once for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from adaldyq.ui.forms import HintedCheckboxes


class WhichForm(forms.Form):
    """What there is, ticked; or that there is none of it, said outright, so that a page sent by mistake says nothing."""

    have = forms.MultipleChoiceField(
        label=gettext_lazy("What there is"),
        help_text=gettext_lazy("Yours, your husband’s or wife’s, your children’s. You fill it in next."),
        required=False,
        error_messages={"invalid_choice": gettext_lazy("“%(value)s” is not one of the choices.")},
    )
    none = forms.BooleanField(label=gettext_lazy("None of these"), required=False)

    def __init__(
        self, offered: Mapping[str, str], hints: Mapping[str, str], data: Mapping[str, Any] | None = None
    ) -> None:
        """Offer the sections.

        Args:
            offered: titles by name.
            hints: what belongs there, by name.
        """
        super().__init__(data)
        field = self.fields["have"]
        if isinstance(field, forms.ChoiceField):
            field.widget = HintedCheckboxes(hints=hints)
            field.choices = list(offered.items())

    def clean(self) -> dict[str, Any]:
        """Refuse a page on which nothing was said, or both."""
        said = super().clean() or self.cleaned_data
        if "have" in said and bool(said["have"]) == said.get("none", False):
            both = gettext_lazy("You ticked something and “None of these”: take one of the two back.")
            neither = gettext_lazy("Tick what there is, or “None of these”.")
            self.add_error("have", both if said["none"] else neither)
        return said
