"""What whoever keeps fees says of one."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import AmountUnit
from adaldyq.kernel import naming
from adaldyq.kernel.idempotency import KeyField
from adaldyq.kernel.models import Body
from adaldyq.kernel.problems import sentence
from adaldyq.measures.payments.domain.fees import LONGEST_CODE, LONGEST_NAME, Exemption, FeeLaw, FeeTerms
from adaldyq.measures.payments.domain.formulas import NUMBERS, formula_of
from adaldyq.measures.payments.queries.fees import bodies, body
from adaldyq.measures.payments.queries.words import ground_titles
from adaldyq.ui.forms import DayField

SHORT = {"class": "govuk-input--width-5", "inputmode": "decimal"}
SPOKEN = {"names": _("Service"), "law": _("Name of the act"), "article": _("Article")}
INDEX, CURRENCY, STATED = AmountUnit.INDEX.value, AmountUnit.CURRENCY.value, "stated"
UNITS = {
    INDEX: _("By the index"),
    CURRENCY: _("In the country’s currency"),
    STATED: _("An act states each sum, as of a fine"),
}


def number_box(label: Any, hint: Any = "") -> forms.DecimalField:
    """A box for a number of units."""
    return forms.DecimalField(
        label=label, required=False, min_value=0, max_digits=15, widget=forms.TextInput(SHORT), help_text=hint
    )


class FeeForm(forms.Form):
    """A fee from a day on: of which service, how it is counted, by which law, who need not pay it."""

    form_key = KeyField()
    code = forms.CharField(label=_("Code"), max_length=LONGEST_CODE, help_text=_("Such as licence-copy."))
    body = forms.ChoiceField(label=_("Body"), required=False)
    since = DayField(label=_("First day on which it holds"))
    unit = forms.ChoiceField(label=_("How it is counted"), choices=list(UNITS.items()), widget=forms.RadioSelect)
    base = number_box(_("Units in any case"))
    each = number_box(_("Units for each thing"), _("Such as a page or a year; leave it empty if nothing is counted."))
    least = number_box(_("Units at least"))
    most = number_box(_("Units at most"))
    due_days = forms.IntegerField(
        label=_("Working days in which it is to be paid"), min_value=1, widget=forms.TextInput(SHORT)
    )
    expiry_days = forms.IntegerField(
        label=_("Days after which an unpaid invoice expires"), required=False, min_value=0,
        widget=forms.TextInput(SHORT), help_text=_("Leave it empty if it does not expire."),
    )  # fmt: skip
    law_number = forms.CharField(label=_("Number of the act"), max_length=100)
    law_date = DayField(label=_("Day of the act"))

    def __init__(self, *args: Any, changes: bool = False, **options: Any) -> None:
        """Offer what the country has.

        Args:
            changes: whether the fee is there already, so that its code and body are not asked.
        """
        super().__init__(*args, **options)
        boxes = {
            f"{name}_{one.code}": forms.CharField(label=f"{label} ({one.name})", max_length=LONGEST_NAME)
            for name, label in SPOKEN.items()
            for one in naming.pack().speech
        }
        self.fields.update(boxes)
        for ground, title in ground_titles().items():
            self.fields[f"ground_{ground}"] = forms.IntegerField(
                label=_("Per cent waived: %(ground)s") % {"ground": title}, required=False, min_value=1, max_value=100,
                widget=forms.TextInput(SHORT),
            )  # fmt: skip
        chosen = self.fields["body"]
        if isinstance(chosen, forms.ChoiceField):
            chosen.choices = [("", str(_("Any body"))), *bodies()]
        self.order_fields(["code", "body", "since", *(name for name in boxes if name.startswith("names"))])
        if changes:
            del self.fields["code"], self.fields["body"]

    def clean_body(self) -> Body | None:
        """The body, which the register must have.

        Raises:
            ValidationError: it has not.
        """
        key = self.cleaned_data["body"]
        found = body(key) if key else None
        if key and found is None:
            raise ValidationError(sentence(DomainError("declared-not-offered", value=key)))
        return found

    def spoken(self, name: str) -> dict[str, str]:
        """A text in every language."""
        return {one: self.cleaned_data[f"{name}_{one}"].strip() for one in naming.pack().languages}

    def terms(self) -> FeeTerms:
        """What the form says of a fee.

        Raises:
            DomainError: as `domain.formulas.formula_of`.
        """
        said = self.cleaned_data
        numbers = {name: str(said[name]) for name in NUMBERS if said[name] is not None}
        stated = said["unit"] == STATED
        grounds = {code: said[f"ground_{code}"] for code in ground_titles()}
        return FeeTerms(
            names=self.spoken("names"),
            formula=None if stated else formula_of({"unit": said["unit"], **numbers}),
            law=FeeLaw(self.spoken("law"), said["law_number"], said["law_date"], self.spoken("article")),
            due_days=said["due_days"],
            expiry_days=said["expiry_days"],
            exemptions=tuple(Exemption(code, per_cent) for code, per_cent in grounds.items() if per_cent),
        )


def initial_of(version: Any) -> Mapping[str, Any]:
    """What a form shows of a version that is to be changed."""
    spoken = {"names": version.names, "law": version.law, "article": version.law_article}
    formula = version.formula
    return {
        **{f"{name}_{code}": texts.get(code, "") for name, texts in spoken.items() for code in naming.pack().languages},
        **{f"ground_{one['ground']}": one["per_cent"] for one in version.exemptions},
        **{name: plain(formula[name]) for name in NUMBERS if name in formula},
        "unit": formula.get("unit", STATED),
        "due_days": version.due_days,
        "expiry_days": version.expiry_days,
        "law_number": version.law_number,
        "law_date": version.law_date,
    }


def plain(text: str) -> str:
    """A number without zeros behind its fraction."""
    return format(Decimal(text).normalize(), "f")
