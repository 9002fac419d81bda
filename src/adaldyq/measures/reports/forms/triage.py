"""Forms of officers who set aside what is no report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.reports.queries.triage import REASONS

TICKED, OTHERS = "ticked", "others"
AGREE, PUT_BACK = "agree", "put-back"


class ChosenForm(forms.Form):
    """Which of the reports that are listed."""

    form_key = KeyField()
    chosen = forms.MultipleChoiceField(label=_("Reports"), required=False, widget=forms.CheckboxSelectMultiple)
    which = forms.ChoiceField(
        label=_("Which of them?"),
        choices=((TICKED, _("Those that I ticked")), (OTHERS, _("All but those that I ticked"))),
        initial=TICKED,
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, offered: Sequence[tuple[str, str]], *, prefix: str, ticked: bool = False) -> None:
        """Offer reports.

        Args:
            ticked: whether they are ticked before anybody ticks them.
        """
        super().__init__(data, prefix=prefix, initial={"chosen": [pk for pk, _words in offered] if ticked else []})
        self.offered = [pk for pk, _words in offered]
        field = self.fields["chosen"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = offered

    def clean(self) -> dict[str, Any]:
        """One report at least.

        Raises:
            ValidationError: none is left.
        """
        cleaned = super().clean() or self.cleaned_data
        ticked, others = set(cleaned.get("chosen", ())), cleaned.get("which") == OTHERS
        cleaned["reports"] = [one for one in self.offered if (one in ticked) != others]
        if not self.errors and not cleaned["reports"]:
            self.add_error("chosen", ValidationError(_("Choose one report at least."), code="empty"))
        return cleaned


class SetAsideForm(ChosenForm):
    """Which are no reports, and on what it rests."""

    reason = forms.ChoiceField(
        label=_("On what does it rest?"), choices=list(REASONS.items()), widget=forms.RadioSelect
    )


class LookForm(ChosenForm):
    """What a second look found."""

    found = forms.ChoiceField(
        label=_("What did you find?"),
        choices=(
            (AGREE, _("They are no reports. Close them; who sent one may still object.")),
            (PUT_BACK, _("They may be reports. Put them back among the others.")),
        ),
        widget=forms.RadioSelect,
    )
