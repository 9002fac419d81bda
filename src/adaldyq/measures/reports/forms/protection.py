"""Forms of a protection file. What is typed into them is sealed before it is stored."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.reports.forms.filing import SHORT, text_field
from adaldyq.measures.reports.forms.office import LetterForm
from adaldyq.measures.reports.queries.protection import OUTCOMES
from adaldyq.measures.reports.queries.words import PROTECTION_OUTCOMES
from adaldyq.ui.forms import DayField

GRANT, REFUSE = "grant", "refuse"


def offer(form: forms.Form, name: str, listed: str) -> None:
    """Let a field offer the codes of a list of the pack."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = [(code, naming.spoken(names, code)) for code, names in naming.pack().codes[listed].items()]


class OpenForm(LetterForm):
    """Opens a file on the reporter's word."""

    may_ask = forms.BooleanField(
        label=_("The reporter lets the employer be asked, who then learns of the report."), required=False
    )
    field_order = ("may_ask", "text")


class ConsentForm(forms.Form):
    """The reporter's leave."""

    form_key = KeyField()
    may_ask = forms.BooleanField(
        label=_("The reporter lets the employer be asked, who then learns of the report."),
        error_messages={"required": _("Tick it only if the reporter has written so.")},
    )


class ActForm(LetterForm):
    """An act of retaliation."""

    kind = forms.ChoiceField(label=_("What was done?"), widget=forms.RadioSelect)
    day = DayField(label=_("On which day?"), help_text=_("It is sealed with the rest: the day would tell who it is."))
    who = text_field(_("Who did it?"), SHORT)
    field_order = ("kind", "day", "who", "text")

    def __init__(self, data: Any) -> None:
        """Offer the acts of the pack."""
        super().__init__(data)
        offer(self, "kind", "retaliation_act")
        self.fields["text"].label = _("What is known of it")

    def clean(self) -> dict[str, Any]:
        """What was sealed holds kind, day and names: they stand in no box beside it."""
        if self.cleaned_data.get("sealed"):
            for name in ("kind", "day", "who"):
                self.errors.pop(name, None)
        return super().clean()

    def clean_day(self) -> Any:
        """The day, which has come.

        Raises:
            ValidationError: it is still to come.
        """
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come."), code="future")
        return day


class DecisionForm(LetterForm):
    """A decision on interim relief."""

    decided = forms.ChoiceField(
        label=_("What was decided?"),
        choices=((GRANT, _("It is granted.")), (REFUSE, _("It is refused."))),
        widget=forms.RadioSelect,
    )
    field_order = ("decided", "text")

    def __init__(self, data: Any) -> None:
        """Ask who decided and why."""
        super().__init__(data)
        self.fields["text"].label = _("To the reporter: who decided, and why")


class SupportForm(forms.Form):
    """Support that was given."""

    form_key = KeyField()
    kind = forms.ChoiceField(label=_("What support was given?"), widget=forms.RadioSelect)

    def __init__(self, data: Any) -> None:
        """Offer the kinds of the pack."""
        super().__init__(data)
        offer(self, "kind", "protection_support")


class CloseForm(LetterForm):
    """What came of a file."""

    outcome = forms.ChoiceField(
        label=_("What came of it?"),
        choices=[(one, PROTECTION_OUTCOMES[one]) for one in OUTCOMES],
        widget=forms.RadioSelect,
    )
    field_order = ("outcome", "text")
