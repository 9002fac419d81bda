"""What officers, the appeal, holders and offices say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.kernel.idempotency import KeyField
from adaldyq.measures.permits.actions.handling import CAUSES
from adaldyq.measures.permits.actions.licensing import Order
from adaldyq.measures.permits.domain.applying import DOCUMENT, LONGEST_ANSWER, REQUIREMENT, Cited, Said
from adaldyq.measures.permits.domain.procedures import Procedure, Step, end_of
from adaldyq.measures.permits.forms.applying import offer

GROUND, DEFECT = "ground", "defect"


def text(label: object, hint: object = "", *, required: bool = True, rows: int = 4) -> forms.CharField:
    """A box for some sentences."""
    area = forms.Textarea({"rows": rows})
    return forms.CharField(
        label=str(label), help_text=str(hint), required=required, max_length=LONGEST_ANSWER, widget=area
    )


class WordsForm(forms.Form):
    """Some words about a step."""

    form_key = KeyField()

    def __init__(self, data: Any, *, label: object, required: bool = True, initial: str = "") -> None:
        """Ask for words."""
        super().__init__(data, initial={"words": initial})
        self.fields["words"] = text(label, required=required)


class StepForm(forms.Form):
    """The answer to a step; grounds, defects and conditions where an answer leads to what needs them."""

    form_key = KeyField()
    answer = forms.ChoiceField(label=_("Your answer"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, procedure: Procedure, step: Step, version: Any, words: str = "") -> None:
        """Offer the answers of the step."""
        super().__init__(data, initial={"words": words})
        offer(self, "answer", [(one.id, naming.spoken(one.names, one.id)) for one in step.answers])
        ends = {end.outcome for one in step.answers if (end := end_of(procedure, one.to))}
        self.fields["words"] = text(gettext("Reasons"), gettext("The applicant reads them."), required=False)
        if "refused" in ends:
            self.ask(
                GROUND, REQUIREMENT, version.requirements, gettext("If you refuse: in what is this not met? %(name)s")
            )
        if "returned" in ends:
            said = gettext("If something is missing: what is wrong with this? %(name)s")
            self.ask(DEFECT, REQUIREMENT, version.requirements, said)
            papers = [one["names"] for one in version.documents]
            self.ask(DEFECT, DOCUMENT, papers, said)
        if "granted" in ends:
            hint = gettext("If you grant it. One condition a line.")
            self.fields["conditions"] = text(gettext("Conditions of the licence"), hint, required=False)

    def ask(self, name: str, kind: str, listed: Sequence[Any], label: str) -> None:
        """Ask about each requirement or document; what is left empty is in order."""
        for place, names in enumerate(listed):
            said = label % {"name": naming.spoken(names)}
            self.fields[f"{name}_{kind}_{place}"] = text(said, required=False, rows=2)

    def cited(self, name: str) -> list[Cited]:
        """What was named."""
        found = []
        for field, value in self.cleaned_data.items():
            part, _dash, rest = field.partition("_")
            kind, _line, place = rest.partition("_")
            if part == name and value:
                found.append(Cited(kind, int(place), value))
        return found

    @property
    def said(self) -> Said:
        """What the officer says with the answer."""
        lines = self.cleaned_data.get("conditions", "").splitlines()
        return Said(
            words=self.cleaned_data["words"],
            grounds=self.cited(GROUND),
            defects=self.cited(DEFECT),
            conditions=[one.strip() for one in lines if one.strip()],
        )


class PauseForm(forms.Form):
    """For which cause days stop, and what the applicant owes."""

    form_key = KeyField()
    cause = forms.ChoiceField(label=_("Cause"), widget=forms.RadioSelect)

    def __init__(self, data: Any) -> None:
        """Offer the causes of the country."""
        super().__init__(data)
        offer(self, "cause", list(naming.code_titles(CAUSES).items()))
        self.fields["words"] = text(
            gettext("What the applicant is to do"), gettext("Days stand still until it is done.")
        )


class HearForm(forms.Form):
    """How an appeal is decided."""

    form_key = KeyField()
    answer = forms.ChoiceField(
        label=_("Your decision"),
        widget=forms.RadioSelect,
        choices=[("overturn", _("Grant the application")), ("uphold", _("Let the decision stand"))],
    )

    def __init__(self, data: Any) -> None:
        """Ask for reasons."""
        super().__init__(data)
        self.fields["words"] = text(gettext("Reasons"), gettext("The applicant reads them."))


class OrderForm(forms.Form):
    """By which act, and why, something becomes of a licence."""

    form_key = KeyField()
    act_number = forms.CharField(label=_("Number of the act"), max_length=100)

    def __init__(self, data: Any, *, transfer: bool = False, ground: str = "") -> None:
        """Ask for the ground, which may be proposed, and for the company that gets it."""
        super().__init__(data, initial={"ground": ground})
        self.fields["ground"] = text(gettext("Ground"), gettext("Everybody reads it in the register."))
        if transfer:
            self.fields["company"] = forms.CharField(
                label=gettext("Registration number of the company that gets it"), max_length=20
            )

    @property
    def order(self) -> Order:
        """The act."""
        return Order(self.cleaned_data["ground"], self.cleaned_data["act_number"])


class ConfirmForm(forms.Form):
    """That something proposed is to be done, and which proposal that was."""

    form_key = KeyField()
    proposal = forms.CharField(max_length=40, widget=forms.HiddenInput)


class TemplateForm(forms.Form):
    """Words that a refusal begins with."""

    form_key = KeyField()
    body = forms.ChoiceField(label=_("Body"))
    title = forms.CharField(label=_("Title"), max_length=200)

    def __init__(self, data: Any, *, bodies: Sequence[tuple[str, str]]) -> None:
        """Offer the visitor's bodies."""
        super().__init__(data)
        offer(self, "body", bodies)
        self.fields["words"] = text(gettext("Words"))


class CommitForm(forms.Form):
    """Hashes of an office's secrets."""

    form_key = KeyField()
    office = forms.ChoiceField(label=_("Office"))

    def __init__(self, data: Any, *, offices: Sequence[tuple[str, str]]) -> None:
        """Offer the visitor's offices."""
        super().__init__(data)
        offer(self, "office", offices)
        hint = gettext(
            "One a line, as `adaldyq permits secrets` writes them. Keep the secrets themselves to your office."
        )
        self.fields["digests"] = forms.CharField(
            label=gettext("Hashes of secrets"), help_text=hint, widget=forms.Textarea({"rows": 8}), max_length=1_000_000
        )


class RevealForm(forms.Form):
    """A secret that a draw waits for."""

    form_key = KeyField()
    secret = forms.CharField(label=_("The secret of this hash"), max_length=64)
