"""What somebody is asked who tells openly how they were met. Nothing of it is kept by the browser."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.models import Territory
from adaldyq.kernel.problems import sentence
from adaldyq.measures.street.actions.telling import LONGEST_WORDS, Told
from adaldyq.measures.street.models import HONEST
from adaldyq.measures.street.queries.telling import largest_sum, months, places, territory
from adaldyq.measures.street.queries.words import HAPPENED_WORDS
from adaldyq.sealing.phrases import holds_phrase
from adaldyq.ui.forms import MoneyField

UNKEPT = {"autocomplete": "off"}


class TellingForm(forms.Form):
    """What happened, where and when; a sum and a few words if one likes; and that it be public."""

    happened = forms.ChoiceField(label=_("What happened?"), widget=forms.RadioSelect)
    service = forms.ChoiceField(label=_("At which service?"))
    territory = forms.ChoiceField(label=_("Where?"))
    month = forms.ChoiceField(
        label=_("In which month?"), help_text=_("The day is not asked, so that nobody is recognised by it.")
    )
    body_kind = forms.ChoiceField(label=_("What kind of body was it?"), required=False)
    amount = MoneyField(
        label=_("How much was asked for or paid?"),
        required=False,
        help_text=_("Leave it empty if it was no money, or if the official was honest."),
        widget=forms.TextInput({**UNKEPT, "class": "govuk-input--width-10"}),
    )
    words = forms.CharField(
        label=_("A few words about it"),
        max_length=LONGEST_WORDS,
        required=False,
        help_text=_(
            "Name nobody, yourself neither: no names, telephones or numbers. A moderator reads them first, and takes out "
            "whatever names somebody."
        ),
        widget=forms.Textarea({**UNKEPT, "rows": 4}),
    )
    public = forms.BooleanField(
        label=_("I want this to be public."),
        help_text=_("It is counted together with what others tell. Single answers are shown to nobody."),
        error_messages={"required": _("Say that you want it to be public, or leave this page: nothing was sent.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        """Offer what the country has."""
        super().__init__(*args, **options)
        day = timezone.localdate()
        kinds = [(one.isoformat(), date_format(one, "F Y")) for one in months(day)]
        offered = {
            "happened": [(code, str(words)) for code, words in HAPPENED_WORDS.items()],
            "service": [("", "—"), *naming.code_titles("street_service").items()],
            "territory": [("", "—"), *places()],
            "month": [("", "—"), *kinds],
            "body_kind": [("", "—"), *naming.code_titles("body_kind").items()],
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        amount = self.fields["amount"]
        if isinstance(amount, MoneyField):
            amount.currency, amount.suffix = naming.pack().currency, naming.pack().money.sign

    def clean_territory(self) -> Territory:
        """The place, which the register of territories must have.

        Raises:
            ValidationError: it has not.
        """
        code: str = self.cleaned_data["territory"]
        found = territory(code)
        if found is None:
            raise ValidationError(sentence(DomainError("declared-not-offered", value=code)), code="unknown")
        return found

    def clean_words(self) -> str:
        """Words that hold no phrase of a receipt, which would open a sealed report.

        Raises:
            ValidationError: they do.
        """
        words: str = self.cleaned_data["words"].strip()
        if holds_phrase(words):
            raise ValidationError(_("This text holds the phrase of a receipt. Take it out."), code="phrase")
        return words

    def clean(self) -> dict[str, Any]:
        """A sum belongs to a bribe, and is one that can be.

        Raises:
            ValidationError: it does not, or is not.
        """
        cleaned = super().clean() or self.cleaned_data
        amount = cleaned.get("amount")
        if amount is not None and cleaned.get("happened") == HONEST:
            self.add_error(
                "amount",
                ValidationError(_("An honest official asked for no money. Leave the sum empty."), code="honest"),
            )
        elif amount is not None and not 0 < amount <= (most := largest_sum(timezone.localdate())):
            self.add_error("amount", ValidationError(sentence(DomainError("street-sum", most=most)), code="street-sum"))
        return cleaned

    def told(self, page: str) -> Told:
        """What was told on a form that is valid.

        Args:
            page: id of the form.
        """
        said = self.cleaned_data
        return Told(
            page=page,
            happened=said["happened"],
            service=said["service"],
            territory=said["territory"],
            month=date.fromisoformat(said["month"]),
            body_kind=said["body_kind"],
            amount=said["amount"],
            words=said["words"],
        )
