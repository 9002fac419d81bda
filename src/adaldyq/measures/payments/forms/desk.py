"""What cashiers say about invoices, waivers and refunds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.payments.queries.words import CORRECTION_WORDS, GROUND_WORDS, METHOD_WORDS, account_title
from adaldyq.ui.forms import DayField, MoneyField

LONGEST_WORDS = 2000
APPROVE, REJECT = "approve", "reject"


def words_field(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """A box for reasons."""
    area = forms.Textarea({"rows": 4})
    return forms.CharField(label=label, help_text=hint, max_length=LONGEST_WORDS, widget=area, required=required)


class FindForm(forms.Form):
    """Which invoice is looked for."""

    q = forms.CharField(label=_("Number or reference of an invoice"), max_length=60, required=False)


class WaiverForm(forms.Form):
    """On which ground a fee is waived, and what shows it."""

    form_key = KeyField()
    ground = forms.ChoiceField(label=_("Ground"), widget=forms.RadioSelect)
    words = words_field(_("What shows it"), _("Such as the number and day of a certificate. It is not published."))

    def __init__(self, *args: Any, grounds: Sequence[tuple[str, str]], **options: Any) -> None:
        """Offer the grounds that the fee names."""
        super().__init__(*args, **options)
        field = self.fields["ground"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(grounds)


class RefundForm(forms.Form):
    """How much goes back by which payment, and why."""

    form_key = KeyField()
    attempt = forms.ChoiceField(label=_("Payment"), widget=forms.RadioSelect)
    amount = MoneyField(label=_("Amount"))
    ground = forms.ChoiceField(label=_("Ground"), choices=list(GROUND_WORDS.items()), widget=forms.RadioSelect)
    words = words_field(_("Why"))

    def __init__(self, *args: Any, attempts: Sequence[Any], **options: Any) -> None:
        """Offer the payments of which something may go back."""
        super().__init__(*args, **options)
        field, amount = self.fields["attempt"], self.fields["amount"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one.pk, f"{METHOD_WORDS[one.method]} · {one.created_at:%Y-%m-%d}") for one in attempts]
        if isinstance(amount, MoneyField) and attempts:
            currency = attempts[0].currency
            amount.currency = currency
            amount.suffix = naming.pack().money.sign if currency == naming.pack().currency else currency


class DecideForm(forms.Form):
    """What a second person decides, and why."""

    form_key = KeyField()
    words = words_field(_("Reason"), _("Needed when you reject."), required=False)


class DismissForm(forms.Form):
    """Why an event is dismissed; a try again needs no words."""

    form_key = KeyField()
    words = words_field(_("Reason"), _("Needed when you dismiss it. Auditors read that."), required=False)


class CorrectForm(forms.Form):
    """What turned out otherwise of a payment, and what shows it."""

    form_key = KeyField()
    kind = forms.ChoiceField(label=_("What turned out otherwise?"), widget=forms.RadioSelect)
    words = words_field(_("What shows it"), _("Such as a letter of the provider, with its number and day."))

    def __init__(self, *args: Any, kinds: Sequence[str], **options: Any) -> None:
        """Offer the kinds that the state of the payment lets in."""
        super().__init__(*args, **options)
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(one, str(CORRECTION_WORDS[one])) for one in kinds]


class CancelForm(forms.Form):
    """That an invoice is cancelled."""

    form_key = KeyField()


class BooksForm(forms.Form):
    """Which entries are asked for."""

    account = forms.ChoiceField(label=_("Account"), required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Until"), required=False)

    def __init__(self, *args: Any, accounts: Sequence[str], **options: Any) -> None:
        """Offer the accounts that there are."""
        super().__init__(*args, **options)
        field = self.fields["account"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", str(_("All"))), *((code, account_title(code)) for code in accounts)]

    def chosen(self) -> dict[str, Any]:
        """What is chosen; what cannot be read is left out."""
        self.is_valid()
        said = getattr(self, "cleaned_data", {})
        return {"account": said.get("account", ""), "since": said.get("since"), "until": said.get("until")}
