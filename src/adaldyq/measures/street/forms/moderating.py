"""What a moderator decides about words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.street.actions.telling import LONGEST_WORDS
from adaldyq.measures.street.queries.words import GROUNDS

SHOW, LEAVE_OUT, SET_ASIDE = "show", "leave_out", "set_aside"


class GroundForm(forms.Form):
    """Why words are not shown."""

    form_key = KeyField()
    ground = forms.ChoiceField(label=_("Why"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer the grounds."""
        super().__init__(*args, **options)
        field = self.fields["ground"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "—"), *((code, str(words)) for code, words in GROUNDS.items())]


class ModerationForm(GroundForm):
    """What is shown of words."""

    decision = forms.ChoiceField(
        label=_("What is shown?"),
        widget=forms.RadioSelect,
        choices=[
            (SHOW, _("The words as they stand below, and it is counted")),
            (LEAVE_OUT, _("No words, but it is counted")),
            (SET_ASIDE, _("Nothing, and it is not counted")),
        ],
    )
    words = forms.CharField(
        label=_("Words to be shown"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_("Take out whatever names somebody or leads to them. Change nothing else."),
        widget=forms.Textarea({"rows": 4, "autocomplete": "off"}),
    )
    alike = forms.BooleanField(
        label=_("The same for all others with just these words"),
        required=False,
        help_text=_("Only where nothing is shown and nothing counted."),
    )
    names_nobody = forms.BooleanField(
        label=_("I have looked at words that may be names: they name nobody."), required=False
    )
    field_order = ("decision", "words", "names_nobody", "ground", "alike")

    def __init__(self, *args: Any, others: int = 0, **options: Any) -> None:
        """Ask about others with the same words only where there are some."""
        super().__init__(*args, **options)
        if not others:
            del self.fields["alike"]

    def clean(self) -> dict[str, Any]:
        """Whoever does not show the words says why."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("decision") in {LEAVE_OUT, SET_ASIDE} and not cleaned.get("ground"):
            self.add_error("ground", forms.ValidationError(_("Say why."), code="required"))
        return cleaned


class TakeBackForm(GroundForm):
    """Why words that were shown are taken back."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """A reason is needed."""
        super().__init__(*args, **options)
        self.fields["ground"].required = True
