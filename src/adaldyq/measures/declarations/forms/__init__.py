"""What may be asked of the register and of the statistics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy

from adaldyq.base.errors import DomainError
from adaldyq.base.tables import Column, ColumnType
from adaldyq.kernel import naming
from adaldyq.kernel.choosing import BodyField
from adaldyq.kernel.idempotency import KeyField
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.uploads.purposes import MEGABYTE
from adaldyq.measures.declarations.domain import checks
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.outcomes import AWAITED, LATE, MISSING, ON_TIME, WORDS
from adaldyq.measures.declarations.domain.questions import asked_columns, hint, is_required
from adaldyq.measures.declarations.domain.redaction import FREE_TEXT
from adaldyq.measures.declarations.domain.sections import FORMS
from adaldyq.measures.declarations.forms.choices import Choices, countries_by_name, currencies_by_name
from adaldyq.measures.declarations.forms.seen import as_seen
from adaldyq.measures.declarations.queries import ours, register
from adaldyq.measures.declarations.queries.register import Asked
from adaldyq.measures.declarations.queries.signing import SIGNATURE
from adaldyq.ui.forms import DayField, NumberField
from adaldyq.ui.uploads import UploadField

WORDS_LENGTH = 200
OURS = ("body", "year", "state")
OURS_STATES = (MISSING, AWAITED, LATE, ON_TIME)


def choice_field(label: Any) -> forms.ChoiceField:
    """A select whose choices are offered later."""
    wrong = gettext_lazy("“%(value)s” is not one of the choices.")
    return forms.ChoiceField(label=label, required=False, error_messages={"invalid_choice": wrong})


class RegisterForm(forms.Form):
    """Which part of the register to show. A value that is not offered is told, and the others still hold."""

    q = forms.CharField(
        label=gettext_lazy("Name, post or body"),
        help_text=gettext_lazy(
            "In Kazakh, Russian or Latin letters. The beginning of each word is enough, their order is free."
        ),
        required=False,
        max_length=WORDS_LENGTH,
        error_messages={"max_length": gettext_lazy("Search for at most %(limit_value)s characters.")},
    )
    year = choice_field(gettext_lazy("Year declared"))
    form = choice_field(gettext_lazy("Form"))
    region = choice_field(gettext_lazy("Region of the body"))
    body = BodyField(
        label=gettext_lazy("Body"), help_text=gettext_lazy("The beginning of its name is enough."), required=False
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        """Offer what there is."""
        super().__init__(data)
        self.offer("year", [(str(year), str(year)) for year in register.years()])
        self.offer("form", [(code, gettext(title)) for code, title in FORMS.items()])
        self.offer("region", naming.regions())

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Give a select its choices."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("All")), *choices]

    def asked(self) -> Asked:
        """What is asked for; a value that is wrong asks for nothing."""
        self.is_valid()
        value = self.cleaned_data
        return Asked(
            words=value.get("q", ""),
            year=int(value["year"]) if value.get("year") else None,
            body=value["body"].pk if value.get("body") else "",
            region=value.get("region", ""),
            form=value.get("form", ""),
        )


class YearForm(forms.Form):
    """Which year to show; the leading one when none is chosen or the choice is wrong, which is told."""

    year = choice_field(gettext_lazy("Year declared"))

    def __init__(self, data: Mapping[str, Any], years: Sequence[int], leading: int | None = None) -> None:
        """Offer the years there are; the newest leads when nothing else is said."""
        super().__init__({"year": data["year"]} if data.get("year") else {})
        self.leading = leading if leading is not None else next(iter(years), None)
        field = self.fields["year"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("Newest")), *((str(year), str(year)) for year in years)]

    def chosen(self) -> int | None:
        """The year to show; None when there is none at all."""
        self.is_valid()
        text = self.cleaned_data.get("year", "")
        return int(text) if text else self.leading


FEW_CHOICES = 6
"""Up to so many choices all stand on the page; more of them fold into a list."""


class RowForm(forms.Form):
    """A row of a section, made from its columns. What is typed is judged by `domain.checks` alone."""

    def __init__(
        self,
        section: str,
        asked: checks.Asked,
        typed: Mapping[str, str] | None = None,
        sources: Mapping[str, str] | None = None,
        *,
        public: bool = False,
        untouched: bool = False,
    ) -> None:
        """Make the fields.

        Args:
            section: its name.
            asked: what the row is held against.
            typed: text by box; none for a new row.
            sources: by column, words for what filled it in.
            public: whether everybody will see the declaration.
            untouched: whether nobody has typed into it yet, so that an empty box is no mistake.
        """
        pack = naming.pack()
        usual = {"owner": "declarant", "currency": pack.currency, "country": pack.code, "share": "100"}
        super().__init__(typed, initial=usual)
        self.section, self.asked, self.untouched = section, asked, untouched
        for column in asked_columns(section):
            field = question(section, column, asked)
            told = [gettext(hint(section, column.name))]
            if public and column.name in FREE_TEXT[section]:
                told.append(gettext("Everybody sees it: write no names of relatives, addresses or numbers here."))
                told.append(as_seen(section, column.name, (typed or {}).get(column.name, "")))
            if source := (sources or {}).get(column.name):
                told.append(source)
            field.label, field.help_text = gettext(column.title), " ".join(filter(None, told))
            field.required = is_required(section, column.name)
            field.widget.is_required = False  # the browser would not let it be kept as typed
            self.fields[column.name] = field

    def _clean_fields(self) -> None:
        """Leave the judging to `clean`: the fields only draw."""
        self.cleaned_data: dict[str, Any] = {}

    def clean(self) -> dict[str, Any]:
        """Values by column; what is wrong stands beside its box."""
        typed = {name: str(text) for name, text in self.data.items()}
        for problem in checks.read_row(self.section, typed, self.asked).problems:
            if not (self.untouched and problem.code == "declared-missing"):
                self.refuse(problem)
        return self.cleaned_data

    def refuse(self, problem: DomainError) -> None:
        """Say once what is wrong, beside its box when it has one."""
        field, said = problem.field if problem.field in self.fields else None, sentence(problem)
        if said not in self.errors.get(field or NON_FIELD_ERRORS, ()):
            self.add_error(field, said)


def question(section: str, column: Column, asked: checks.Asked) -> forms.Field:
    """The boxes of a column."""
    if column.type is ColumnType.DATE:
        return DayField()
    if choices := choices_of(section, column, asked):
        few = len(choices) <= FEW_CHOICES
        listed = choices if few else [("", gettext("choose")), *choices]
        return forms.ChoiceField(choices=listed, widget=forms.RadioSelect if few else forms.Select)
    if column.type in {ColumnType.MONEY, ColumnType.NUMBER, ColumnType.INTEGER}:
        return NumberField(suffix="%" if column.unit == "percent" else "")
    return forms.CharField(widget=forms.TextInput({"autocomplete": "off"}))


def choices_of(section: str, column: Column, asked: checks.Asked) -> Choices:
    """What a column may hold, in words; nothing when it holds any text."""
    if column.type is ColumnType.BOOLEAN:
        return [(checks.YES, gettext("yes")), (checks.NO, gettext("no"))]
    if checks.is_party(section, column.name):
        return []
    match column.name:
        case "currency":
            return currencies_by_name(tuple(asked.currencies), naming.pack().code, get_language() or "")
        case "country":
            return countries_by_name(tuple(asked.countries), get_language() or "")
        case "territory_id":
            return naming.regions()
    return [(code, gettext(word)) for code, word in words_of(section, column.name).items()]


class FilingForm(forms.Form):
    """What is filed by it, and whether it was in time when the page was shown; sent twice, it files once."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    in_time = forms.CharField(widget=forms.HiddenInput, required=False)
    form_key = KeyField()

    def told(self, *, late: bool) -> bool:
        """Whether whoever files knows that it counts as late; if the page did not say so yet, it does now."""
        if not late or not self.cleaned_data["in_time"]:
            return True
        sentence = gettext("The last day has passed since you opened this page. File again: it counts as late.")
        self.add_error(None, sentence)
        self.change("in_time", "")
        return False

    def change(self, name: str, text: str) -> None:
        """Put another text into a box that was sent."""
        data = cast("QueryDict", self.data).copy()
        data[name] = text
        self.data = data


class SignForm(FilingForm):
    """That everything is true."""

    true = forms.BooleanField(
        label=gettext_lazy("What I declare is complete and true."),
        error_messages={"required": gettext_lazy("Confirm that it is complete and true.")},
    )


class CertificateForm(FilingForm):
    """A signature, as a file of its own or as the signed PDF."""

    file = UploadField(kinds=SIGNATURE.kinds, largest=SIGNATURE.largest, label=gettext_lazy("Your signature"))

    def signature(self) -> tuple[str, bytes]:
        """Name and content of the file."""
        (file,) = self.cleaned_data["file"]
        return file.name, file.read()


class OursForm(forms.Form):
    """Of which body, for which year and in which state to show those who must file."""

    body = choice_field(gettext_lazy("Body"))
    year = choice_field(gettext_lazy("Year declared"))
    state = choice_field(gettext_lazy("State"))

    def __init__(self, data: Mapping[str, Any], bodies: Choices, years: Sequence[int]) -> None:
        """Offer the bodies that the viewer answers for, their years, and the states."""
        self.leading = next((year for year in years if year < timezone.localdate().year), next(iter(years), None))
        usual = {"state": ours.UNFILED, "year": str(self.leading or "")}
        super().__init__({**usual, **{name: value for name, value in data.items() if name in OURS}})
        self.bodies = bodies
        unfiled = [
            (ours.UNFILED, gettext("Nothing filed")),
            (ours.UNREACHED, gettext("Nothing filed, and no message reaches them")),
        ]
        states = [*unfiled, *((code, gettext(WORDS[code])) for code in OURS_STATES)]
        every = [("", gettext("All together"))] if len(bodies) <= ours.MOST_TOGETHER else []
        self.offer("body", [*every, *bodies])
        self.offer("year", [(str(year), str(year)) for year in years])
        self.offer("state", [("", gettext("All")), *states])

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """Give a select its choices."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def chosen_bodies(self) -> list[str]:
        """Bodies to show: the chosen one, or all when they are few; the first of many."""
        self.is_valid()
        keys = [key for key, _name in self.bodies]
        if chosen := self.cleaned_data.get("body"):
            return [chosen]
        return keys if len(keys) <= ours.MOST_TOGETHER else keys[:1]

    def chosen_year(self) -> int | None:
        """The year to show, at first the last that is over; None when there is none at all."""
        self.is_valid()
        text = self.cleaned_data.get("year", "")
        return int(text) if text else self.leading

    def chosen_state(self) -> str:
        """The state to show; all when it is empty."""
        self.is_valid()
        return str(self.cleaned_data.get("state", ""))


class FindPersonForm(forms.Form):
    """Whose obligations to show."""

    person = forms.CharField(
        label=gettext_lazy("Number or id of the person"),
        max_length=60,
        error_messages={"required": gettext_lazy("Write the number or the id of the person.")},
    )


class ExtensionForm(forms.Form):
    """Until when the last day to file is put off, and why."""

    form_key = KeyField()
    due = DayField(label=gettext_lazy("New last day to file"))
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What hinders the person, and what shows it. The person reads it."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": gettext_lazy("Write the reason: what hinders the person, and what shows it.")},
    )


class ExemptionForm(forms.Form):
    """On which ground of the law a person is exempted."""

    form_key = KeyField()
    ground = forms.CharField(
        label=gettext_lazy("Ground"),
        help_text=gettext_lazy("The law and article, and what shows that it applies. The person reads it."),
        widget=forms.Textarea({"rows": 4}),
        error_messages={
            "required": gettext_lazy("Write the ground: the law and article, and what shows that it applies.")
        },
    )


class NoticeForm(forms.Form):
    """That notice is given; there is nothing to fill in."""

    form_key = KeyField()


class StepForm(forms.Form):
    """The words behind a step: what shows the offence, why nothing follows, why one appeals, why the fine stands."""

    form_key = KeyField()
    text = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What you looked at and what follows from it. Both sides read it."),
        required=False,
        widget=forms.Textarea({"rows": 4}),
    )


class StateForm(forms.Form):
    """Which state of a queue to show."""

    state = choice_field(gettext_lazy("State"))

    def __init__(self, data: Mapping[str, Any], states: Mapping[str, object]) -> None:
        """Offer the states."""
        super().__init__({"state": data.get("state", "")})
        field = self.fields["state"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", gettext("All")), *((code, str(word)) for code, word in states.items())]

    def chosen(self) -> str:
        """The state to show; all when it is empty or wrong."""
        self.is_valid()
        return str(self.cleaned_data.get("state", ""))


class SendForm(forms.Form):
    """A file of declarations of others."""

    file = UploadField(label=gettext_lazy("File"), kinds=("json", "xml", "zip"), largest=50 * MEGABYTE)

    body = forms.ChoiceField(label=gettext_lazy("For which body"), required=False)

    def __init__(self, bodies: Sequence[tuple[str, str]], data: Any = None, files: Any = None) -> None:
        """Ask for which body it is sent, when there are several.

        Args:
            bodies: whose payroll sends it, each with its name.
        """
        super().__init__(data, files)
        field = self.fields["body"]
        if len(bodies) > 1 and isinstance(field, forms.ChoiceField):
            field.choices, field.required = bodies, True
        else:
            del self.fields["body"]

    def content(self) -> bytes:
        """What the file holds."""
        return bytes(self.cleaned_data["file"][0].read())

    def called(self) -> str:
        """Name of the file."""
        return str(self.cleaned_data["file"][0].name)
