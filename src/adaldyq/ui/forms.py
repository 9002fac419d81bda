"""Form fields that Django lacks: a day in three boxes, an amount as people write it, choices with hints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.base.letters import BETWEEN_THOUSANDS
from adaldyq.base.money import exact
from adaldyq.ui.formats.values import SIGNS


class DayWidget(forms.MultiWidget):
    """Three boxes: day, month, year."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        box = {"inputmode": "numeric"}
        super().__init__({part: forms.TextInput(box) for part in ("day", "month", "year")}, attrs)

    def decompress(self, value: date | None) -> list[Any]:
        """The day as its parts."""
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_: str, index: str = "0") -> str:
        """The first box."""
        return f"{id_}_0" if id_ else id_


class DayField(forms.Field):
    """A day typed as day, month and year.

    Raises:
        ValidationError: a box is empty or holds no number, or there is no such day; the sentence says which.
    """

    widget = DayWidget
    default_error_messages = {
        "incomplete": _("The day must have a %(part)s."),
        "not_a_day": _("There is no such day. Write it in numbers, for example 27 3 2026."),
    }
    parts = (_("day"), _("month"), _("year"))

    def to_python(self, value: Any) -> date | None:
        """The day, or None when all boxes are empty."""
        texts = [str(part or "").strip() for part in value or ()]
        if not any(texts):
            return None
        for text, part in zip(texts, self.parts, strict=True):
            if not text:
                raise ValidationError(self.error_messages["incomplete"], "incomplete", {"part": part})
        try:
            day, month, year = map(int, texts)
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["not_a_day"], "not_a_day") from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the boxes say another day than before."""
        before = [str(part or "") for part in self.widget().decompress(initial)]
        return before != [str(part or "") for part in data or ["", "", ""]]


class HintedRadios(forms.RadioSelect):
    """Radios, each with a word of explanation under its label; `hints` are by value."""

    def __init__(self, *, hints: Mapping[Any, object], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.hints = hints


class HintedCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes, each with a word of explanation under its label; `hints` are by value."""

    def __init__(self, *, hints: Mapping[Any, object], attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.hints = hints


class NumberField(forms.CharField):
    """A number as it is typed, to be read by whoever knows what it counts; a phone shows its keys for numbers."""

    def __init__(self, *, suffix: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.suffix = suffix
        self.widget.attrs |= {"autocomplete": "off", "inputmode": "decimal", "class": "govuk-input--width-10"}


class MoneyField(forms.CharField):
    """An amount as people write it: spaces between thousands, comma or point before the cents.

    Raises:
        ValidationError: it is no amount, or out of range.
    """

    default_error_messages = {
        "not-an-amount": _("Write the amount in digits, for example 1250000.50."),
        "amount-out-of-range": _("The amount is out of range. It must be below ten trillion."),
        "negative": _("The amount must not be negative."),
    }

    def __init__(self, *, currency: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.currency = currency
        self.suffix = SIGNS.get(currency, currency)
        self.widget.attrs.setdefault("inputmode", "decimal")

    def to_python(self, value: Any) -> Any:
        """The amount, or None when the box is empty."""
        text = str(super().to_python(value)).translate(BETWEEN_THOUSANDS).replace(",", ".")
        if not text:
            return None
        try:
            amount: Decimal = exact(text)
        except DomainError as error:
            raise ValidationError(self.error_messages[error.code], error.code) from None
        if amount < 0:
            raise ValidationError(self.error_messages["negative"], "negative")
        return amount

    def clean(self, value: Any) -> Any:
        """The amount, checked."""
        amount = self.to_python(value)
        self.validate(amount)
        return amount


def any_set(form: forms.BaseForm) -> bool:
    """Whether a bound form asks for anything, so that its filters should be seen."""
    data: Mapping[str, Any] = form.data if form.is_bound else {}
    return any(data.get(form.add_prefix(name)) for name in form.fields)
