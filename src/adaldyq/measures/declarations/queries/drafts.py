"""Drafts of the person who is signed in, or of whom they act for: what they hold, and what is still wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, cached_property

from django.conf import settings
from django.db.models import Q, QuerySet

from adaldyq.base.currencies import CURRENCIES
from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import DocumentFact
from adaldyq.countries.loader import load
from adaldyq.kernel import naming
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.country_names import COUNTRIES
from adaldyq.kernel.models import PersonIdentifier
from adaldyq.kernel.queries.history import records_of_one
from adaldyq.measures.declarations.domain import effort
from adaldyq.measures.declarations.domain.between_rows import wrong_together
from adaldyq.measures.declarations.domain.births import births_of
from adaldyq.measures.declarations.domain.checks import Asked, Reading, Typed, read_row
from adaldyq.measures.declarations.domain.questions import OWNER_OF_RELATION, sections_of
from adaldyq.measures.declarations.domain.sections import Section
from adaldyq.measures.declarations.domain.wealth import Totals, totals
from adaldyq.measures.declarations.models import (
    Attachment,
    Declaration,
    Draft,
    DraftRow,
    DraftSection,
    Obligation,
    ReceivedPaper,
)
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries import attachments, relatives
from adaldyq.measures.declarations.queries.prefilled import BANKS
from adaldyq.measures.declarations.queries.sections import PAR, Contents
from adaldyq.measures.declarations.states import OPEN

__all__ = ["Declaration", "Draft", "DraftRow", "Filled", "FilledRow", "FilledSection", "Obligation"]
"""Records that pages are handed."""

NOTHING, COMPLETE = "nothing", "complete"


def drafts(by: Actor) -> QuerySet[Draft]:
    """Drafts of the person for whom an actor files."""
    person = filer(by)
    return Draft.objects.filter(person_id=person) if person else Draft.objects.none()


def draft_of(by: Actor, key: str) -> Draft | None:
    """One of them, with the obligation that it answers, the version that it amends and the person."""
    person = filer(by)
    found = DRAFT.first(key, person) if person else None
    return answering(found) if found else None


def answering(draft: Draft) -> Draft:
    """The same draft; of one that names no obligation, the one that it answers is looked up, if there is any by now."""
    if draft.obligation_id is None and draft.state == OPEN:
        owed = Obligation.objects.filter(person_id=draft.person_id, form=draft.form, year=draft.year)
        draft.obligation = owed.first()
    return draft


def person_of(key: str) -> str:
    """Whose a draft is; empty when there is none."""
    return Draft.objects.filter(pk=key).values_list("person_id", flat=True).first() or ""


DRAFT = Compiled(
    lambda key, person: Draft.objects.filter(pk=key, person_id=person).select_related("obligation", "amends", "person"),
    str,
    str,
)
ANSWERS = Compiled(lambda draft: DraftSection.objects.filter(draft=draft).values_list("section", "answer"), str)
ROWS = Compiled(lambda draft: DraftRow.objects.filter(draft=draft).order_by("section", "position", "pk"), str)
ROWS_OF = Compiled(
    lambda draft, section: DraftRow.objects.filter(draft=draft, section=section).order_by("position", "pk"), str, str
)


def answered(draft: Draft) -> Collection[str]:
    """Names of the sections of a draft of which was said that their rows are all, or that there is nothing."""
    return dict(ANSWERS(draft.pk)).keys()


def duties(by: Actor) -> QuerySet[Obligation]:
    """All that the person for whom an actor files has to file, or has filed."""
    person = filer(by)
    return Obligation.objects.filter(person_id=person) if person else Obligation.objects.none()


def owed(by: Actor) -> QuerySet[Obligation]:
    """What the person for whom an actor files has still to file, the most urgent first."""
    return duties(by).filter(filed_date=None).order_by("due_date", "form")


def filed_by(by: Actor) -> QuerySet[Declaration]:
    """What the person for whom an actor files has filed, newest first."""
    person = filer(by)
    found = filed_under(person) if person else Declaration.objects.none()
    return found.select_related("person", "body").order_by("-year", "form", "-version")


def filed_under(person: str) -> QuerySet[Declaration]:
    """What somebody has filed, also what stayed with a record that was merged into theirs."""
    return Declaration.objects.filter(person_id__in=records_of_one("person", [person])[person])


def version_before(one: Declaration) -> Declaration | None:
    """The version that a declaration amends; none of the first."""
    same = Declaration.objects.filter(person_id=one.person_id, form=one.form, year=one.year)
    return same.filter(version__lt=one.version).order_by("-version").first()


def asked_of(draft: Draft | ReceivedPaper, family: Collection[Typed] = ()) -> Asked:
    """What the rows of a draft, or of a paper, are held against.

    Args:
        family: its rows of relatives, whose numbers are looked up at once.
    """
    asked = Asked(
        year=draft.year,
        born=draft.person.birth_date,
        currencies=currencies(),
        countries=countries(),
        places=naming.territory_names().keys(),
        schemes=relatives.schemes(),
        declarant=draft.person_id,
        marriage_age=marriage_age(draft.year),
        relative=relatives.relatives(family),
        known=relatives.known(family),
    )
    return replace(asked, births=births_of(family, asked)) if family else asked


def is_late(draft: Draft, day: date) -> bool:
    """Whether on a day the last one to file has passed and nothing was filed."""
    owed = draft.obligation
    return owed is not None and owed.filed_date is None and owed.due_date < day


def is_public(draft: Draft) -> bool:
    """Whether everybody will see what a draft becomes, as far as the law opens it."""
    return any(one.is_public for one in (draft.obligation, draft.amends) if one is not None)


def marriage_age(year: int) -> int:
    """Years below which nobody is married on the last day of a year; 0 for a year of which the pack says nothing."""
    try:
        return int(naming.pack().threshold("marriage_age", date(year, 12, 31)).amount)
    except DomainError:
        return 0


def countries() -> Collection[str]:
    """Codes of countries that may be declared, the own first."""
    return countries_beside(naming.pack().code)


@cache
def countries_beside(own: str) -> Collection[str]:
    """Codes of countries, that of the own first."""
    return dict.fromkeys((own, *COUNTRIES)).keys()


def currencies() -> Collection[str]:
    """Currencies in which a sum may be declared: the country's own, those with an official rate as the pack has them, all others."""
    return currencies_in(str(settings.COUNTRY))


@cache
def currencies_in(country: str) -> Collection[str]:
    """The same, of a country's pack."""
    pack = load(country)
    rated = (currency for currency, _year in pack.exchange_rates)
    return dict.fromkeys((pack.currency, *rated, *CURRENCIES)).keys()


@dataclass(frozen=True, slots=True)
class FilledRow:
    """A row of a draft with what it was read as, the documents that belong to it and those that are there."""

    row: DraftRow
    reading: Reading
    documents: Sequence[DocumentFact] = ()
    attached: Sequence[Attachment] = ()


@dataclass(frozen=True)
class FilledSection:
    """A section of a draft: its rows, and whether the person said that they are all, or that there is nothing."""

    section: Section
    rows: Sequence[FilledRow]
    answer: str

    @property
    def wrong(self) -> int:
        """How many rows have something to mend."""
        return sum(bool(one.reading.problems) for one in self.rows)

    @property
    def done(self) -> bool:
        """Whether it can be filed."""
        return not self.wrong and (self.answer == COMPLETE if self.rows else self.answer == NOTHING)

    @property
    def begun(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.rows or self.answer)


def untouched(filled: Filled) -> list[Section]:
    """Sections in which nothing stands and of which nothing was said."""
    return [one.section for one in filled.sections if not one.begun]


def left_in(part: FilledSection) -> effort.Left:
    """What is missing in a section."""
    fields = [problem.field for one in part.rows for problem in one.reading.problems]
    documents = fields.count(attachments.FIELD)
    return effort.Left(len(part.rows), len(fields) - documents, documents)


@dataclass(frozen=True, slots=True)
class Stands:
    """What stands in a draft, as it was read: rows, what was said of each section, and documents."""

    rows: Sequence[DraftRow]
    answers: Mapping[str, str]
    attachments: Sequence[Attachment]


def stands_in(draft: Draft, only: str) -> Stands:
    """Read it; of the rows, those of one section when it is named."""
    rows = ROWS_OF(draft.pk, only) if only else ROWS(draft.pk)
    return Stands(rows, dict(ANSWERS(draft.pk)), attachments.of_draft(draft))


def family_of(draft: Draft, rows: Sequence[DraftRow], only: str, owner: str) -> Sequence[DraftRow]:
    """Rows of the family among those that were read; where a section is read alone, only if one of them owns something.

    Args:
        owner: of a row that is about to be written.
    """
    if only in {"", "family"} or not OWNERS & {owner, *(row.typed.get("owner") for row in rows)}:
        return [row for row in rows if row.section == "family"]
    return ROWS_OF(draft.pk, "family")


OWNERS = frozenset(OWNER_OF_RELATION.values())


class Filled:
    """All that stands in a draft, read once."""

    def __init__(self, draft: Draft, only: str = "", stands: Stands | None = None, owner: str = "") -> None:
        """Read it.

        Args:
            only: name of a section that is read alone; what is said of all of them is then said of this one.
            stands: what stands in it, when it was read already.
            owner: of a row that is about to be written.
        """
        self.draft = draft
        stands = stands or stands_in(draft, only)
        rows, answers = stands.rows, stands.answers
        self.asked = asked_of(draft, [row.typed for row in family_of(draft, rows, only, owner)])
        listed: dict[str, list[FilledRow]] = {}
        self.attachments = stands.attachments
        there = attachments.by_row(self.attachments)
        in_force = attachments.in_force()
        for row in rows:
            reading = read_row(row.section, row.typed, self.asked)
            one = with_documents(row, reading, attachments.asked_for(row.section, reading.values, in_force), there)
            listed.setdefault(row.section, []).append(one)
        self.sections = [
            FilledSection(one, checked_together(listed.get(one.name, [])), answers.get(one.name, ""))
            for one in sections_of(draft.form)
            if only in {"", one.name}
        ]

    def section(self, name: str) -> FilledSection | None:
        """One section; none when the form does not ask for it."""
        return next((one for one in self.sections if one.section.name == name), None)

    @property
    def done(self) -> int:
        """How many sections can be filed."""
        return sum(one.done for one in self.sections)

    @property
    def ready(self) -> bool:
        """Whether all of it can be filed."""
        return self.done == len(self.sections)

    @property
    def minutes(self) -> int:
        """About how long the rest takes, by what is missing."""
        return effort.minutes([left_in(one) for one in self.sections if not one.done])

    @cached_property
    def seen(self) -> str:
        """A digest of all that stands in the draft, which tells whether it is still what was checked."""
        rows = (f"{one.row.pk} {one.row.revision}" for part in self.sections for one in part.rows)
        answers = (f"{part.section.name} {part.answer}" for part in self.sections)
        return digest([*rows, *answers, *map(attachments.line_of, self.attachments)])

    def values(self) -> dict[str, list[Mapping[str, object]]]:
        """Values by section, as far as they can be read."""
        return {
            part.section.name: [
                {column.name: one.reading.values.get(column.name) for column in part.section.table.columns}
                for one in part.rows
            ]
            for part in self.sections
        }

    def totals(self) -> Totals:
        """What the draft adds up to, in the country's currency."""
        pack = naming.pack()
        rates = {**pack.exchange_rates, (pack.currency, self.draft.year): PAR}
        readable = {
            name: [
                {**row, "kind": row.get("kind") or "", "currency": row.get("currency") or pack.currency} for row in rows
            ]
            for name, rows in self.values().items()
        }
        asks_income = self.draft.form != "assets"
        return totals(readable, self.draft.year, pack.currency, rates, asks_income=asks_income)

    def before(self) -> tuple[Declaration, Contents] | None:
        """The declaration of the year before that this one is compared with, or the version that it amends."""
        found = self.draft.amends or last_year(self.draft.person_id, self.draft.form, self.draft.year)
        return (found, Contents([found])) if found else None


def with_documents(
    row: DraftRow, reading: Reading, asked: Sequence[DocumentFact], there: Mapping[str, Sequence[Attachment]]
) -> FilledRow:
    """A row with its documents; what is missing of them is among what is wrong."""
    own = there.get(row.pk, [])
    reading.problems.extend(attachments.missing(asked, own))
    return FilledRow(row, reading, asked, own)


def checked_together(rows: Sequence[FilledRow]) -> Sequence[FilledRow]:
    """Rows of a section, with what is wrong between them added to each."""
    if rows:
        registered = {one.row.pk for one in rows if one.row.origin == BANKS}
        read = [(one.row.pk, one.reading.values) for one in rows]
        wrong = wrong_together(rows[0].row.section, read, registered)
        for one in rows:
            if one.row.pk in wrong:
                one.reading.problems.append(wrong[one.row.pk])
    return rows


def last_year(person: str, form: str, year: int) -> Declaration | None:
    """The current declaration of the year before, of the same form where there are two."""
    found = Declaration.objects.filter(person_id=person, year=year - 1, is_current=True)
    return found.filter(form=form).first() or found.order_by("-form").first()


def open_draft_of(person: str, form: str, year: int) -> Draft | None:
    """The open draft of a person for a form and year."""
    return Draft.objects.filter(Q(person_id=person), form=form, year=year, state=OPEN).first()


def number_of(person: str) -> str:
    """The number that a scheme of the country gives a person now; empty when the register knows none."""
    known = PersonIdentifier.objects.filter(person_id=person, country=naming.pack().code, valid_to=None).order_by("pk")
    return known.values_list("value", flat=True).first() or ""
