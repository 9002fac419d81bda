"""What is done about several applications at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.permits.domain.applying import DOCUMENT, REQUIREMENT, Cited
from adaldyq.measures.permits.forms.applying import offer

REDRAW, RETURN, REMIND = "redraw", "return", "remind"
LONGEST = 2000


class TogetherForm(forms.Form):
    """Which applications, what is done about each, and why."""

    form_key = KeyField()
    what = forms.ChoiceField(
        label=_("What is to be done?"),
        widget=forms.RadioSelect,
        choices=[
            (REMIND, _("Remind the applicants of what they owe")),
            (REDRAW, _("Give them back to the draw")),
            (RETURN, _("Return them, since something is missing")),
        ],
    )
    applications = forms.MultipleChoiceField(
        label=_("Applications"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one application.")},
    )
    defect = forms.ChoiceField(
        label=_("What is missing"), help_text=_("Needed to return them; all must be of one permit."), required=False
    )
    words = forms.CharField(
        label=_("Why"),
        help_text=_("Needed to give them back to the draw or to return them."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, data: Any, *, listed: Sequence[Any], label: Any) -> None:
        """Offer the applications that wait, and what may be missing in them."""
        super().__init__(data)
        offer(self, "applications", [(one.pk, label(one)) for one in listed])
        versions = {one.version_id: one.version for one in listed}
        offer(self, "defect", [("", ""), *(pair for one in versions.values() for pair in defects_of(one))])

    def clean(self) -> dict[str, Any]:
        """A return names what is missing, and what is decided has its reason."""
        said: dict[str, Any] = super().clean() or {}
        if said.get("what") == RETURN and not said.get("defect"):
            self.add_error("defect", gettext("Choose what is missing."))
        if said.get("what") in {REDRAW, RETURN} and not said.get("words", "").strip():
            self.add_error("words", gettext("Write why. The applicants, or auditors, read it."))
        return said

    @property
    def cited(self) -> tuple[str, Cited]:
        """Of which version something is missing, and what."""
        version, kind, place = self.cleaned_data["defect"].split(":")
        return version, Cited(kind, int(place), self.cleaned_data["words"])


def defects_of(version: Any) -> Iterator[tuple[str, str]]:
    """Requirements and documents of a version with the number of its entry, as choices."""
    of = version.entry.number
    for place, names in enumerate(version.requirements):
        yield f"{version.pk}:{REQUIREMENT}:{place}", f"{of}: {naming.spoken(names)}"
    for place, paper in enumerate(version.documents):
        yield f"{version.pk}:{DOCUMENT}:{place}", f"{of}: {naming.spoken(paper['names'])}"
