"""What may be asked of the list of reviews, and what is typed in a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from adaldyq.base.errors import DomainError
from adaldyq.kernel.idempotency import KeyField
from adaldyq.kernel.problems import sentence
from adaldyq.measures.declarations.domain.reviews import MOST_FILES
from adaldyq.measures.declarations.forms import choice_field
from adaldyq.measures.declarations.forms.choices import Choices
from adaldyq.measures.declarations.queries import reviews
from adaldyq.measures.declarations.queries.review_files import ANSWER
from adaldyq.ui.uploads import UploadField


class ReviewsForm(forms.Form):
    """Which reviews of the list to show. A value that is not offered is told, and the others still hold."""

    state = choice_field(gettext_lazy("State"))
    part = choice_field(gettext_lazy("Selected"))
    year = choice_field(gettext_lazy("Year declared"))
    overdue = forms.BooleanField(label=gettext_lazy("Only those whose last day has passed"), required=False)
    mine = forms.BooleanField(label=gettext_lazy("Only mine"), required=False)

    def __init__(
        self, data: Mapping[str, Any], states: Mapping[str, object], parts: Mapping[str, object], years: Sequence[int]
    ) -> None:
        """Offer states, parts and years."""
        super().__init__({name: data.get(name, "") for name in ("state", "part", "year", "overdue", "mine")})
        undecided = [("undecided", gettext("To be decided"))]
        offers: dict[str, Choices] = {
            "state": undecided + [(code, str(word)) for code, word in states.items()],
            "part": [(code, str(word)) for code, word in parts.items()],
            "year": [(str(year), str(year)) for year in years],
        }
        for name, offered in offers.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [("", gettext("All")), *offered]

    def choice(self) -> reviews.Choice:
        """The choice; what is wrong in it is left out."""
        self.is_valid()
        data = self.cleaned_data
        return reviews.Choice(
            state=data.get("state", ""),
            part=data.get("part", ""),
            year=int(data["year"]) if data.get("year") else None,
            overdue=bool(data.get("overdue")),
            mine=bool(data.get("mine")),
        )


class SelectForm(forms.Form):
    """Of which year declarations are selected."""

    form_key = KeyField()
    year = forms.ChoiceField(
        label=gettext_lazy("Year declared"),
        error_messages={
            "required": gettext_lazy("Choose a year."),
            "invalid_choice": gettext_lazy("“%(value)s” is not one of the choices."),
        },
    )

    def __init__(self, data: Mapping[str, Any] | None, years: Sequence[int]) -> None:
        """Offer the years."""
        super().__init__(data)
        field = self.fields["year"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(year), str(year)) for year in years]


class KeyedForm(forms.Form):
    """A button that acts once."""

    form_key = KeyField()


class ReassignForm(forms.Form):
    """Whose reviews are given to others, and why."""

    form_key = KeyField()
    analyst = forms.ChoiceField(
        label=gettext_lazy("Analyst"),
        error_messages={
            "required": gettext_lazy("Choose an analyst."),
            "invalid_choice": gettext_lazy("“%(value)s” is not one of the choices."),
        },
    )
    text = forms.CharField(label=gettext_lazy("Reason"), required=False, widget=forms.Textarea({"rows": 3}))

    def __init__(self, data: Mapping[str, Any] | None, analysts: Choices) -> None:
        """Offer those who have open reviews."""
        super().__init__(data)
        field = self.fields["analyst"]
        if isinstance(field, forms.ChoiceField):
            field.choices = analysts


class AskForm(forms.Form):
    """What the person is asked."""

    form_key = KeyField()
    questions = forms.CharField(
        label=gettext_lazy("Questions"),
        help_text=gettext_lazy(
            "Each on a line of its own, in the language of the person. The person answers each of them."
        ),
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )

    def asked(self) -> list[str]:
        """The questions, line by line."""
        return str(self.cleaned_data["questions"]).splitlines()


class AnswerForm(forms.Form):
    """A box for each question, and files that show what is answered."""

    form_key = KeyField()

    def __init__(self, data: Any, files: Any, questions: Mapping[str, str]) -> None:
        """Make a box for each question, by its id."""
        super().__init__(data, files)
        missing = {"required": sentence(DomainError("review-answer-missing"))}
        for key, text in questions.items():
            box = forms.Textarea({"rows": 4})
            self.fields[key] = forms.CharField(label=text, widget=box, error_messages=missing)
        self.questions = tuple(questions)
        self.fields["papers"] = UploadField(
            label=gettext_lazy("Files that show it"),
            kinds=ANSWER.kinds,
            largest=ANSWER.largest,
            most=MOST_FILES,
            required=False,
        )

    def answers(self) -> dict[str, str]:
        """What was answered, by question."""
        return {key: self.cleaned_data.get(key, "") for key in self.questions}
