"""What whoever applies is asked, one subject a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.kernel.acting import Principal
from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.permits.domain.applying import LONGEST_ADDRESS, LONGEST_ANSWER
from adaldyq.measures.permits.queries.applying import PAPER
from adaldyq.ui.uploads import UploadField

Choices = Sequence[tuple[str, str]]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    if isinstance(field, forms.ChoiceField):
        field.choices = list(choices)


class ApplicantForm(forms.Form):
    """For whom somebody applies."""

    form_key = KeyField()
    applicant = forms.ChoiceField(
        label=_("Who applies?"),
        help_text=_("You, or a company that you head or that gave you a mandate."),
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any, *, offered: Sequence[Principal], chosen: str) -> None:
        """Offer those for whom the visitor acts."""
        super().__init__(data, initial={"applicant": chosen})
        offer(self, "applicant", [(one.key, one.name) for one in offered])


class SubtypesForm(forms.Form):
    """Which kinds of the activity."""

    form_key = KeyField()
    subtypes = forms.MultipleChoiceField(label=_("Which of these will you do?"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any, *, version: Any, chosen: Sequence[int]) -> None:
        """Offer what the entry names."""
        super().__init__(data, initial={"subtypes": [str(one) for one in chosen]})
        offer(self, "subtypes", [(str(place), naming.spoken(one)) for place, one in enumerate(version.subtypes)])


class AddressForm(forms.Form):
    """Where it is done."""

    form_key = KeyField()
    address = forms.CharField(
        label=_("Where will you do it?"),
        help_text=_("Town, street and house. It stands in the public register of licences."),
        max_length=LONGEST_ADDRESS,
    )

    def __init__(self, data: Any, *, said: str) -> None:
        """Show what was said."""
        super().__init__(data, initial={"address": said})


class RequirementsForm(forms.Form):
    """How each requirement is met."""

    form_key = KeyField()

    def __init__(self, data: Any, *, version: Any, said: dict[str, str]) -> None:
        """Ask about each requirement of the entry."""
        super().__init__(data)
        for place, one in enumerate(version.requirements):
            self.fields[f"requirement_{place}"] = forms.CharField(
                label=naming.spoken(one),
                help_text=_("Say how you meet it."),
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea({"rows": 3}),
                initial=said.get(str(place), ""),
            )

    @property
    def given(self) -> dict[str, object]:
        """Answers by place."""
        parts = self.cleaned_data.items()
        return {name.removeprefix("requirement_"): text for name, text in parts if name.startswith("requirement_")}


class PaperForm(forms.Form):
    """A document that the applicant brings."""

    form_key = KeyField()
    place = forms.ChoiceField(label=_("Which document"), widget=forms.RadioSelect)
    file = UploadField(label=_("File"), kinds=PAPER.kinds, largest=PAPER.largest)

    def __init__(self, data: Any, files: Any, *, offered: Choices) -> None:
        """Offer what is to be brought; the only one is chosen."""
        super().__init__(data, files, initial={"place": offered[0][0]} if offered else {})
        offer(self, "place", offered)


class SendForm(forms.Form):
    """That all of it is true."""

    form_key = KeyField()
    true = forms.BooleanField(label=_("What stands here is true and complete as far as I know."))
