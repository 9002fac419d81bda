"""Forms of the queue, of a decision, of the catalogue and of a request for a run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from adaldyq.verification import labels, queries, states
from adaldyq.verification.actions.decisions import Step
from adaldyq.verification.models import COUNTRY
from adaldyq.verification.rulefile import Rule

Choices = list[tuple[str, object]]

COUNTRY_CHOICE = "-"  # a select's empty value already means all
ANY, DECIDED = "any", "decided"
FORM_IS_OLD = _("This form does not belong to the finding as it is now. Open the finding again.")
PERSON_LENGTH, WORDS_LENGTH = 40, 200
WEIGHED = {states.EXPLAIN, states.CONFIRM}  # steps before which explanations are weighed
STATE_CHOICES: Mapping[str, tuple[str, ...]] = {
    "": states.UNDECIDED,
    DECIDED: (states.EXPLAINED, states.CONFIRMED),
    ANY: (),
    **{state: (state,) for state in states.FINDING.states},
}


def choice_field(label: Any) -> forms.ChoiceField:
    """A select whose choices are offered later."""
    wrong = _("“%(value)s” is not one of the choices.")
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": wrong})


class QueueForm(forms.Form):
    """Which findings of the queue to show. A value that is not offered is told, and the others still hold."""

    kind = choice_field(_("What"))
    standing = choice_field(_("In the last run"))
    state = choice_field(_("State"))
    whose = choice_field(_("Whose work"))
    severity = choice_field(_("Severity"))
    rule = choice_field(_("Rule"))
    dataset = choice_field(_("Dataset"))
    person = forms.CharField(
        label=_("Person’s id"),
        required=False,
        max_length=PERSON_LENGTH,
        error_messages={"max_length": _("A person’s id has at most %(limit_value)s characters.")},
    )

    def __init__(self, data: Mapping[str, Any], titles: Mapping[str, str]) -> None:
        """Offer what there is.

        Args:
            titles: titles of the rules that may be chosen, by id.
        """
        super().__init__(data)
        offered: dict[str, Choices] = {
            "kind": [("", _("Questions to people")), (queries.QUALITY, _("Data quality"))],
            "standing": [
                ("", _("Still there")),
                (queries.NEW, _("New since the last run")),
                (queries.GONE, _("Gone")),
                (queries.EVER, _("Ever found")),
            ],
            "state": [
                ("", _("To be decided")),
                (DECIDED, _("Decided")),
                *labels.STATES.items(),
                (ANY, _("Any")),
            ],
            "whose": [("", _("Everybody’s")), (queries.MINE, _("Mine")), (queries.NOBODYS, _("Nobody’s yet"))],
            "severity": [("", _("Any")), *labels.SEVERITY.items()],
            "rule": [("", _("Any")), *titles.items()],
            "dataset": [("", _("All")), *dataset_choices(queries.datasets_verified())],
        }
        for name, choices in offered.items():
            offer(self, name, choices)

    def choice(self) -> queries.Choice:
        """The choice that the valid fields make."""
        self.is_valid()
        given = self.cleaned_data
        dataset = given.get("dataset") or None
        return queries.Choice(
            kind=given.get("kind") or queries.FLAG,
            dataset=COUNTRY if dataset == COUNTRY_CHOICE else dataset,
            rule=given.get("rule", ""),
            severity=given.get("severity", ""),
            states=STATE_CHOICES[given.get("state", "")],
            standing=given.get("standing") or queries.THERE,
            whose=given.get("whose", ""),
            person=given.get("person", "").strip(),
        )


class CatalogueForm(forms.Form):
    """Which rules of the catalogue to show."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=WORDS_LENGTH,
        error_messages={"max_length": _("Search for at most %(limit_value)s characters.")},
    )
    subject = choice_field(_("Subject"))
    severity = choice_field(_("Severity"))

    def __init__(self, data: Mapping[str, Any], subjects: Iterable[str]) -> None:
        """Offer the subjects that there are."""
        super().__init__(data)
        offer(self, "subject", [("", _("All")), *((name, labels.subject_title(name)) for name in subjects)])
        offer(self, "severity", [("", _("Any")), *labels.SEVERITY.items()])


class DecisionForm(forms.Form):
    """A decision about a finding: the step, the reason, and which innocent explanations were ruled out."""

    step = forms.ChoiceField(
        label=_("What do you decide?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what you decide."),
            "invalid_choice": _("“%(value)s” is not a decision. Choose one of those offered."),
        },
    )
    ruled_out = forms.TypedMultipleChoiceField(
        label=_("Innocent explanations that you have ruled out"),
        help_text=_("All of them must be ruled out before a person is asked to explain."),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("“%(value)s” is not one of this rule’s explanations.")},
    )
    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("In a few sentences: what you looked at and what follows. It stays with the finding for ever."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        error_messages={"required": FORM_IS_OLD, "invalid": FORM_IS_OLD},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        rule: Rule | None,
        language: str,
        open_steps: Sequence[str],
        seen: int,
        ruled_out: Sequence[int],
        kind: str,
    ) -> None:
        """Offer the steps that are open and the explanations that the rule names.

        A step that is not open any more is accepted here and answered by the act, which tells what happened.

        Args:
            seen: number of the last decision that the page shows.
            ruled_out: explanations that were ruled out before.
        """
        super().__init__(data, initial={"seen": seen, "ruled_out": ruled_out})
        offer(self, "step", [(name, labels.step_word(name, kind)) for name in labels.STEPS])
        self.fields["step"].widget.choices = [(name, labels.step_word(name, kind)) for name in open_steps]
        if len(open_steps) == 1:
            self.initial["step"] = open_steps[0]
        innocent = rule.head.innocent if rule and set(open_steps) & WEIGHED else []
        if innocent:
            offer(self, "ruled_out", [(str(n), words.in_language(language)) for n, words in enumerate(innocent)])
        else:
            del self.fields["ruled_out"]

    def as_step(self) -> Step:
        """The step that a valid form asks for."""
        given = self.cleaned_data
        return Step(given["step"], given["seen"], given["reason"], tuple(given.get("ruled_out", ())))


class RunRequestForm(forms.Form):
    """Which registers to verify now."""

    dataset = forms.ChoiceField(
        label=_("What to verify"),
        error_messages={
            "required": _("Choose what to verify."),
            "invalid_choice": _("There is no dataset “%(value)s” here. Choose one of those offered."),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, datasets: Iterable[str]) -> None:
        """Offer the country and the collections that were imported."""
        super().__init__(data)
        offer(self, "dataset", dataset_choices([COUNTRY, *datasets]))

    def name(self) -> str:
        """The name of the chosen dataset; empty for the country."""
        chosen = str(self.cleaned_data["dataset"])
        return COUNTRY if chosen == COUNTRY_CHOICE else chosen


def dataset_choices(names: Iterable[str]) -> Choices:
    """Datasets as choices."""
    return [(name or COUNTRY_CHOICE, labels.dataset_title(name)) for name in names]


def offer(form: forms.Form, name: str, choices: Choices) -> None:
    """Give a field its choices."""
    field = form.fields[name]
    field.choices = choices  # type: ignore[attr-defined]  # every field named here is one of choices
