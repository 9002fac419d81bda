"""What whoever keeps the catalogue says of an entry."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError
from adaldyq.countries.permits import PaperFact, PermitKind, Risk
from adaldyq.kernel import naming
from adaldyq.kernel.idempotency import KeyField
from adaldyq.kernel.models import Body
from adaldyq.kernel.problems import sentence
from adaldyq.measures.permits.domain.terms import LONGEST_NAME, LONGEST_REFERENCE, Burden, Law, Terms
from adaldyq.measures.permits.queries.catalogue import all_bodies, body
from adaldyq.measures.permits.queries.held import SOURCES
from adaldyq.measures.permits.queries.words import KIND_WORDS, RISK_WORDS
from adaldyq.ui.forms import DayField, MoneyField

HELD = re.compile(r"\s*\[(\w*)\]\s*$")
LISTS = ("subtypes", "requirements", "documents")
MOST_TEXT = 10_000
SHORT = {"class": "govuk-input--width-5", "inputmode": "decimal"}


def spoken_boxes() -> dict[str, forms.Field]:
    """Boxes in every language of the country: names of the activity, of the act, of the article, and lists."""
    made: dict[str, forms.Field] = {}
    one_line = {"names": _("Activity"), "law": _("Name of the act"), "article": _("Article")}
    many_lines = {
        "subtypes": _("Kinds of the activity"),
        "requirements": _("Requirements"),
        "documents": _("Documents"),
    }
    for name, label in {**one_line, **many_lines}.items():
        for language in naming.pack().speech:
            title = f"{label} ({language.name})"
            if name in one_line:
                made[f"{name}_{language.code}"] = forms.CharField(label=title, max_length=LONGEST_NAME)
            else:
                area = forms.Textarea({"rows": 3})
                made[f"{name}_{language.code}"] = forms.CharField(
                    label=title, required=False, max_length=MOST_TEXT, widget=area, help_text=_("One a line.")
                )
    return made


class EntryForm(forms.Form):
    """What an entry says: who issues it, by which law, what is asked for, how long it takes."""

    form_key = KeyField()
    number = forms.CharField(label=_("Number in the catalogue"), max_length=12, help_text=_("Such as L-001."))
    since = DayField(label=_("First day on which it holds"))
    kind = forms.ChoiceField(label=_("Kind"))
    body = forms.ChoiceField(label=_("Issuing body"))
    sector = forms.ChoiceField(label=_("Sector"))
    law_number = forms.CharField(label=_("Number of the act"), max_length=LONGEST_REFERENCE)
    law_date = DayField(label=_("Day of the act"))
    fee = forms.DecimalField(label=_("Fee"), min_value=0, widget=forms.TextInput(SHORT))
    days = forms.IntegerField(
        label=_("Working days in which the body decides"), min_value=0, widget=forms.TextInput(SHORT)
    )
    validity_months = forms.IntegerField(
        label=_("Months for which it holds"), required=False, min_value=1, widget=forms.TextInput(SHORT),
        help_text=_("Leave it empty if it has no end."),
    )  # fmt: skip
    renewal_days = forms.IntegerField(
        label=_("Working days before its end by which a renewal is asked for"), required=False, min_value=0,
        widget=forms.TextInput(SHORT), help_text=_("Leave it empty if it is not renewed."),
    )  # fmt: skip
    silence_is_consent = forms.BooleanField(label=_("It counts as given when the body is silent"), required=False)
    risk = forms.ChoiceField(label=_("Risk of the activity"))
    activities = forms.CharField(
        label=_("Codes of activities"), max_length=400, help_text=_("Two to six digits each, with spaces between.")
    )
    life_events = forms.MultipleChoiceField(
        label=_("What people are about to do when they need it"), required=False, widget=forms.CheckboxSelectMultiple
    )
    hours = forms.DecimalField(
        label=_("Hours of work that one application takes"), required=False, min_value=0, widget=forms.TextInput(SHORT)
    )
    costs = MoneyField(label=_("What else is paid for one application, beside the fee"), required=False)
    applications = forms.IntegerField(
        label=_("Applications in a year"), required=False, min_value=0, widget=forms.TextInput(SHORT)
    )

    def __init__(self, *args: Any, amends: bool = False, **options: Any) -> None:
        """Offer what the country has.

        Args:
            amends: whether the entry is there already, so that its number and kind are not asked.
        """
        super().__init__(*args, **options)
        boxes = spoken_boxes()
        head = [name for name in boxes if name.partition("_")[0] in {"names", "law", "article"}]
        lists = [name for name in boxes if name not in head]
        self.fields.update(boxes)
        order = ["number", "since", "kind", "body", "sector", *head, "law_number", "law_date", *lists]
        self.order_fields([*order, *(name for name in self.fields if name not in order)])
        offered: Mapping[str, Sequence[tuple[str, object]]] = {
            "kind": list(KIND_WORDS.items()),
            "body": all_bodies(),
            "sector": list(naming.code_titles("permit_sector").items()),
            "risk": list(RISK_WORDS.items()),
            "life_events": list(naming.code_titles("life_event").items()),
        }
        for name, choices in offered.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = [(code, str(word)) for code, word in choices]
        registers = ", ".join(SOURCES)
        self.fields[f"documents_{naming.pack().languages[0]}"].help_text = _(
            "One a line. Behind a document that the state holds, its register in brackets, such as [company]: %(registers)s."
        ) % {"registers": registers}
        costs = self.fields["costs"]
        if isinstance(costs, MoneyField):
            costs.currency, costs.suffix = naming.pack().currency, naming.pack().money.sign
        if amends:
            del self.fields["number"], self.fields["kind"]

    def clean_body(self) -> Body:
        """The body, which the register must have.

        Raises:
            ValidationError: it has not.
        """
        found = body(self.cleaned_data["body"])
        if found is None:
            raise ValidationError(sentence(DomainError("declared-not-offered", value=self.cleaned_data["body"])))
        return found

    def clean(self) -> dict[str, Any]:
        """Lists are as long in every language; the burden is counted whole or not at all.

        Raises:
            ValidationError: they are not, or it is not.
        """
        said = super().clean() or self.cleaned_data
        first, *others = naming.pack().languages
        for name in LISTS:
            lengths = {one: len(lines(said.get(f"{name}_{one}", ""))) for one in (first, *others)}
            for language in others:
                if lengths[language] != lengths[first]:
                    words = _("Write as many lines as in the first language: %(count)s.") % {"count": lengths[first]}
                    self.add_error(f"{name}_{language}", ValidationError(words, code="lines"))
        for line in lines(said.get(f"documents_{first}", "")):
            register = HELD.search(line)
            if register and register[1] not in SOURCES:
                words = sentence(DomainError("declared-not-offered", value=register[1]))
                self.add_error(f"documents_{first}", ValidationError(words, code="register"))
        counted = [said.get(name) is not None for name in ("hours", "costs", "applications")]
        if any(counted) and not all(counted):
            self.add_error("hours", ValidationError(_("Fill in hours, costs and applications, or none of them.")))
        return said

    def terms(self, kind: str = "") -> Terms:
        """What a form that is valid says.

        Args:
            kind: of an entry that is there already.
        """
        said = self.cleaned_data
        same = ("sector", "fee", "days", "validity_months", "renewal_days", "silence_is_consent", "life_events")
        counted = said["hours"] is not None
        return Terms(
            **{name: said[name] for name in same},
            kind=PermitKind(kind or said["kind"]),
            names=self.spoken("names"),
            law=Law(self.spoken("law"), said["law_number"].strip(), said["law_date"], self.spoken("article")),
            subtypes=self.listed("subtypes"),
            requirements=self.listed("requirements"),
            documents=self.papers(),
            risk=Risk(said["risk"]),
            activities=said["activities"].replace(".", "").split(),
            burden=Burden(said["hours"], said["costs"], said["applications"]) if counted else None,
        )

    def spoken(self, name: str) -> dict[str, str]:
        """What was written in every language."""
        return {one: self.cleaned_data[f"{name}_{one}"].strip() for one in naming.pack().languages}

    def listed(self, name: str) -> list[dict[str, str]]:
        """Lines that were written in every language."""
        languages = naming.pack().languages
        columns = [lines(self.cleaned_data[f"{name}_{one}"]) for one in languages]
        return [dict(zip(languages, row, strict=True)) for row in zip(*columns, strict=True)]

    def papers(self) -> list[PaperFact]:
        """Documents, each with the register that holds it."""
        first = naming.pack().languages[0]
        found = []
        for names in self.listed("documents"):
            register = HELD.search(names[first])
            found.append(
                PaperFact({one: HELD.sub("", text) for one, text in names.items()}, register[1] if register else "")
            )
        return found


def lines(text: str) -> list[str]:
    """Lines of a box that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def initial_of(terms: Terms, issuer: str) -> dict[str, Any]:
    """What stands in the form of an entry that is there."""
    law, burden = terms.law, terms.burden
    found: dict[str, Any] = {
        "body": issuer,
        "sector": terms.sector,
        "law_number": law.number,
        "law_date": law.day,
        "fee": plain(terms.fee),
        "days": terms.days,
        "validity_months": terms.validity_months,
        "renewal_days": terms.renewal_days,
        "silence_is_consent": terms.silence_is_consent,
        "risk": terms.risk.value,
        "activities": " ".join(terms.activities),
        "life_events": list(terms.life_events),
        "hours": plain(burden.hours) if burden else None,
        "costs": burden.costs if burden else None,
        "applications": burden.applications if burden else None,
    }
    for language in naming.pack().languages:
        for name, names in (("names", terms.names), ("law", law.names), ("article", law.article)):
            found[f"{name}_{language}"] = names.get(language, "")
        for name, listed in (("subtypes", terms.subtypes), ("requirements", terms.requirements)):
            found[f"{name}_{language}"] = "\n".join(one.get(language, "") for one in listed)
        marks = [
            f" [{one.held_by}]" if one.held_by and language == naming.pack().languages[0] else ""
            for one in terms.documents
        ]
        papers = zip(terms.documents, marks, strict=True)
        found[f"documents_{language}"] = "\n".join(one.names.get(language, "") + mark for one, mark in papers)
    return found


def plain(value: Decimal) -> str:
    """A number without zeros behind its fraction."""
    return format(value.normalize(), "f")
