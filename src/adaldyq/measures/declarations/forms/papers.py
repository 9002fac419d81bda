"""Forms of whoever takes papers in, keys them in, and decides where two keyings differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from adaldyq.base.errors import DomainError
from adaldyq.kernel.idempotency import KeyField
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.uploads.purposes import MEGABYTE
from adaldyq.measures.declarations.domain import checks
from adaldyq.measures.declarations.domain.comparison import Difference, boxes_of
from adaldyq.measures.declarations.domain.paper_form import Box, PaperSection, as_meant
from adaldyq.measures.declarations.domain.sections import BY_NAME, FORMS
from adaldyq.measures.declarations.forms import choice_field, choices_of, question
from adaldyq.measures.declarations.forms.choices import Choices
from adaldyq.measures.declarations.queries.received import SCAN
from adaldyq.ui.forms import DayField
from adaldyq.ui.uploads import UploadField

MOST_SCANS = 5
FIRST, SECOND, TYPED, THERE, NOT_THERE = "first", "second", "typed", "there", "not_there"
ANYWAY = "anyway"


class ReceptionForm(forms.Form):
    """What came in at the counter, of a person who is found already."""

    form_key = KeyField()
    form = choice_field(gettext_lazy("Form"))
    year = choice_field(gettext_lazy("Year declared"))
    received = DayField(
        label=gettext_lazy("Received on"),
        help_text=gettext_lazy(
            "The day on which it was brought, or of the postmark. It counts as the day of filing. For example, 27 3 2026"
        ),
    )
    sheets = forms.IntegerField(
        label=gettext_lazy("Number of sheets"), widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"})
    )
    is_amendment = forms.BooleanField(label=gettext_lazy("It amends a declaration that was filed."), required=False)
    scans = UploadField(
        kinds=SCAN.kinds, largest=10 * MEGABYTE, most=MOST_SCANS, label=gettext_lazy("Scan"), required=False
    )

    def __init__(self, data: Mapping[str, Any] | None, files: Any, years: Sequence[int]) -> None:
        """Offer the forms and the years."""
        super().__init__(data, files, initial={"form": "income", "year": str(years[0])})
        for name, choices in (
            ("form", [(code, gettext(title)) for code, title in FORMS.items()]),
            ("year", [(str(year), str(year)) for year in years]),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices, field.required = choices, True


class KeyedRow(forms.Form):
    """The boxes of one entry, numbered as on the paper; typed as it stands there, right or wrong."""

    def __init__(self, part: PaperSection, asked: checks.Asked, typed: Mapping[str, str], number: int) -> None:
        """Draw the boxes.

        Args:
            typed: text by box.
            number: of the entry on the paper, from 1.
        """
        prefix = prefix_of(number)
        super().__init__({f"{prefix}-{box}": text for box, text in typed.items()}, prefix=prefix)
        self.part, self.asked, self.typed, self.number = part, asked, typed, number
        for box in part.boxes:
            self.fields[box.column.name] = box_field(part, box, asked)

    def _clean_fields(self) -> None:
        """Leave the judging to `judge`: the fields only draw."""
        self.cleaned_data: dict[str, Any] = {}

    def begin_here(self) -> None:
        """Let typing begin in the first box."""
        self.fields[self.part.boxes[0].column.name].widget.attrs["autofocus"] = True

    def judge(self, currency: str, country: str) -> int:
        """Say beside the boxes what the checks say of the entry, and how much that is."""
        self.full_clean()
        meant = as_meant(self.part.name, self.typed, currency=currency, country=country)
        problems = checks.read_row(self.part.name, meant, self.asked).problems if meant else []
        for problem in problems:
            self.refuse(problem)
        return len(problems)

    def refuse(self, problem: DomainError) -> None:
        """Say what is wrong, beside its box when it has one."""
        self.add_error(problem.field if problem.field in self.fields else None, sentence(problem))


def prefix_of(number: int) -> str:
    """What the names of the boxes of an entry begin with."""
    return f"e{number}"


def box_field(part: PaperSection, box: Box, asked: checks.Asked) -> forms.Field:
    """A box as a field with its printed number."""
    field: forms.Field
    choices: Choices = choices_of(part.name, box.column, asked)
    if box.choices:
        words = dict(choices)
        choices = [(code, f"{number} {words[code]}") for number, code in enumerate(box.choices, 1)]
    if choices:
        field = forms.ChoiceField(choices=[("", ""), *choices], widget=forms.Select)
    else:
        field = question(part.name, box.column, asked)
    field.label, field.required = f"{box.number} {gettext(box.column.title)}", False
    return field


def typed_rows(part: PaperSection, data: Mapping[str, Any], start: int, count: int) -> list[dict[str, str]]:
    """What was typed into the boxes of the entries of a page, from the place of the first."""
    names = [name for box in part.boxes for name in boxes_of(box.column)]
    return [
        {name: text for name in names if (text := data.get(f"{prefix_of(number)}-{name}", ""))}
        for number in range(start + 1, start + count + 1)
    ]


class DecisionForm(forms.Form):
    """What stands on the paper where two keyings differ."""

    form_key = KeyField()

    def __init__(
        self, data: QueryDict | None, differences: Sequence[Difference], labels: Mapping[str, Any], asked: checks.Asked
    ) -> None:
        """Offer both, and boxes for a third.

        Args:
            labels: by key of the difference, its title and what each of the two typed, in words.
        """
        super().__init__(data)
        self.differences, self.asked = differences, asked
        for place, one in enumerate(differences):
            title, first, second = labels[one.key]
            choices = [(THERE, gettext("it is on the paper")), (NOT_THERE, gettext("it is not on the paper"))]
            if one.column:
                choices = [(FIRST, first or "–"), (SECOND, second or "–"), (TYPED, gettext("something else"))]
            self.fields[f"d{place}"] = forms.ChoiceField(
                label=title,
                help_text=(first or second) if not one.column else "",
                choices=choices,
                widget=forms.RadioSelect,
                error_messages={"required": gettext_lazy("Look at the paper and choose.")},
            )
            if one.column:
                column = BY_NAME[one.section].table.by_name[one.column]
                other = choices_of(one.section, column, asked)
                field: forms.Field = (
                    forms.ChoiceField(choices=[("", ""), *other], widget=forms.Select)
                    if other
                    else question(one.section, column, asked)
                )
                field.label = gettext("%(box)s: what stands there, if something else") % {"box": title}
                field.required = False
                self.fields[f"t{place}"] = field

    def _clean_fields(self) -> None:
        """Clean the choices only; `clean` judges what stands in the boxes of each."""
        typed = {name: self.fields.pop(name) for name in list(self.fields) if name.startswith("t")}
        super()._clean_fields()  # type: ignore[misc]  # of Django, untyped
        order = list(self.fields)
        self.fields.update(typed)
        self.order_fields([name for one in order for name in (one, one.replace("d", "t", 1)) if name in self.fields])

    def clean(self) -> dict[str, Any]:
        """Hold what was decided of each box to the checks of its column.

        What is typed here must be right. What one of the two keyed in comes back once, since the paper may say it so.
        """
        cleaned = super().clean() or self.cleaned_data
        for place, one in enumerate(self.differences):
            if not one.column or f"d{place}" not in cleaned:
                continue
            boxes = self.chosen(place, one)
            typed = cleaned[f"d{place}"] == TYPED
            if typed and not any(boxes.values()):
                continue  # the paper may be empty where both keyed something in
            try:
                checks.read_column(one.section, one.column, boxes, self.asked)
            except DomainError as error:
                if typed:
                    self.add_error(f"t{place}", sentence(error))
                elif ANYWAY not in self.data:
                    told = gettext("If the paper says it so, decide once more.")
                    self.add_error(f"d{place}", f"{sentence(error)} {told}")
        return cleaned

    @property
    def comes_back(self) -> bool:
        """Whether it comes back with something that may be decided so all the same."""
        return self.is_bound and any(name.startswith("d") for name in self.errors)

    def choices(self) -> dict[str, dict[str, str]]:
        """By key of the difference, the boxes as they stand on the paper."""
        return {one.key: self.chosen(place, one) for place, one in enumerate(self.differences)}

    def chosen(self, place: int, one: Difference) -> dict[str, str]:
        """The boxes of one difference."""
        match self.cleaned_data[f"d{place}"]:
            case "first":
                return one.first_boxes
            case "second":
                return one.second_boxes
            case "there":
                return one.first_boxes or one.second_boxes
            case "typed":
                column = BY_NAME[one.section].table.by_name[one.column]
                return {
                    box: self.data.get(f"t{place}{box.removeprefix(column.name)}", "").strip()
                    for box in boxes_of(column)
                }
        return {}
