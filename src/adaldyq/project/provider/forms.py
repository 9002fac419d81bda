"""Forms of the test provider's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.base.money import exact, minor_places
from adaldyq.project.provider.behaviour import LONGEST_DELAY, SHARES, Behaviour
from adaldyq.project.provider.payments import CARDS
from adaldyq.ui.forms import MoneyField, NumberField

SHARE_LABELS = {
    "lose": _("Share of webhooks that are lost"),
    "duplicate": _("Share of webhooks that come twice"),
    "reorder": _("Share of webhooks that later ones overtake"),
    "decline": _("Share of payments that are declined"),
    "dispute": _("Share of payments that are disputed"),
}


class CardForm(forms.Form):
    """A card. Only the numbers that the page names are cards here."""

    number = forms.CharField(
        label=_("Card number"),
        max_length=30,
        error_messages={"required": _("Write the number of a card, such as 4111 1111 1111 1111.")},
    )

    def clean_number(self) -> str:
        """The number without blanks.

        Raises:
            ValidationError: it is none of those that the page names.
        """
        number: str = self.cleaned_data["number"].replace(" ", "").replace("-", "")
        if number not in CARDS:
            raise forms.ValidationError(_("This is no card of the test provider. Use one of those on the page."))
        return number


class TransferForm(forms.Form):
    """A transfer as a payer would write it; another amount or reference shows what the portal does with it."""

    amount = MoneyField(label=_("Amount"))
    reference = forms.CharField(label=_("Payment reference"), max_length=35, required=False)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.currency = currency
        field = self.fields["amount"]
        if isinstance(field, MoneyField):
            field.currency, field.suffix = currency, currency

    def clean_amount(self) -> int:
        """The amount in minor units.

        Raises:
            ValidationError: it is no amount above zero.
        """
        places = minor_places(self.currency)
        try:
            units = int(exact(self.cleaned_data["amount"], places).scaleb(places))
        except DomainError:
            units = 0
        if units <= 0:
            raise forms.ValidationError(_("Write an amount above zero, such as 2500.00."))
        return units


class BehaviourForm(forms.Form):
    """How the provider behaves."""

    delay = NumberField(label=_("Seconds until a webhook is sent"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SHARES:
            self.fields[name] = NumberField(label=SHARE_LABELS[name], help_text=_("From 0 (none) to 1 (all)."))

    def clean(self) -> dict[str, Any]:
        """See that every number can be.

        Raises:
            ValidationError: at the field that cannot.
        """
        said: dict[str, Any] = super().clean() or {}
        for name, value in list(said.items()):
            try:
                said[name] = float(str(value).replace(",", "."))
                Behaviour.of({name: said[name]})
            except ValueError:
                most = LONGEST_DELAY if name == "delay" else 1
                self.add_error(name, _("Write a number from 0 to %(most)d.") % {"most": most})
        return said
