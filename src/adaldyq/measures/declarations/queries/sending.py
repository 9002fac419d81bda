"""What a batch of sent declarations is held against, read in a few statements for all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from itertools import starmap
from types import MappingProxyType
from typing import NamedTuple

from django.db import models
from django.db.models import Q, QuerySet

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Appointment, Body, Person
from adaldyq.kernel.queries.keys import references
from adaldyq.measures.declarations.domain.between_rows import as_reported, wrong_together
from adaldyq.measures.declarations.domain.births import births_of
from adaldyq.measures.declarations.domain.checks import Asked, Typed, read_row
from adaldyq.measures.declarations.domain.outcomes import first_day_to_file
from adaldyq.measures.declarations.domain.plain import Plain, Reader
from adaldyq.measures.declarations.domain.sent import MOST_MISTAKES, Sent, Wrong, read_with_care
from adaldyq.measures.declarations.models import BULK, ELECTRONIC, PAPER, SECTION_MODELS, Declaration, Obligation
from adaldyq.measures.declarations.policies import is_of_payroll, is_program, may_file_for
from adaldyq.measures.declarations.queries import relatives
from adaldyq.measures.declarations.queries.drafts import countries, currencies, marriage_age
from adaldyq.measures.declarations.queries.known import Known, known_of
from adaldyq.measures.declarations.queries.last_days import carried
from adaldyq.measures.declarations.queries.mandates import mandates_of
from adaldyq.measures.declarations.queries.prefilled import BANKS
from adaldyq.measures.declarations.queries.registered import of_registers
from adaldyq.measures.declarations.queries.sent_documents import Coming, Documents, Files

Key = tuple[str, str, int]
"""Person, form and year."""


@dataclass
class Ready:
    """A sent declaration that was held against the registers.

    Attributes:
        declaration: what would be filed; none when something is wrong.
        rows: by section, of one that was read with care.
        plain: its rows, of another.
        documents: that come with it.
    """

    sent: Sent
    declaration: Declaration | None = None
    rows: dict[str, list[models.Model]] = field(default_factory=dict)
    plain: Plain | None = None
    documents: list[Coming] = field(default_factory=list)

    @property
    def wrong(self) -> list[Wrong]:
        """Why it cannot be filed."""
        return self.sent.wrong


class Post(NamedTuple):
    """A post that somebody holds."""

    person: str
    body: str
    title: str
    titles: Mapping[str, str]


class Duty(NamedTuple):
    """What somebody owes, or has filed: an obligation, or the newest version."""

    id: str
    person: str
    form: str
    year: int
    body: str | None
    due_date: date
    is_public: bool
    version: int = 0
    way: str = ""

    @property
    def key(self) -> Key:
        """Whose it is, and about what."""
        return self.person, self.form, self.year


def lives_of(people: list[str]) -> QuerySet[Person, tuple[str, date | None, date | None]]:
    """When people were born, and died."""
    return Person.objects.filter(pk__any_of=people).values_list("pk", "birth_date", "death_date")


def owed_by(people: list[str]) -> QuerySet[Obligation, tuple[str, str, str, int, str | None, date, bool]]:
    """What people owe."""
    rows = Obligation.objects.filter(person_id__any_of=people)
    return rows.values_list("pk", "person_id", "form", "year", "body_id", "due_date", "is_public")


def filed_by(people: list[str]) -> QuerySet[Declaration, tuple[object, ...]]:
    """What people have filed, the newest versions last."""
    rows = Declaration.objects.filter(person_id__any_of=people).order_by("version")
    return rows.values_list("pk", "person_id", "form", "year", "body_id", "due_date", "is_public", "version", "way")


def held_by(people: list[str], day: date) -> QuerySet[Appointment, tuple[str, str, str, Mapping[str, str]]]:
    """Posts that people hold on a day, those whose holders declare first, then the latest."""
    held = Appointment.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=day), person_id__any_of=people, valid_from__lte=day
    )
    rows = held.order_by("-post__declares", "-valid_from", "pk")
    return rows.values_list("person_id", "post__body_id", "post__title", "post__titles")


LIVES, OWED, FILED_BY = Compiled(lives_of, list), Compiled(owed_by, list), Compiled(filed_by, list)
HELD_BY = Compiled(held_by, list, date)


class Registers:
    """What the registers know of those whose declarations were sent."""

    def __init__(self, sent: Sequence[Sent], at: datetime) -> None:
        country = naming.pack()
        self.day = country.day_of(at)
        self.people = references("person", "", {one.person for one in sent})
        ids, years = list(set(self.people.values())), {one.year for one in sent}
        self.lives = {pk: (born, died) for pk, born, died in LIVES(ids)}
        self.owed = {one.key: one for one in starmap(Duty, OWED(ids)) if one.year in years}
        self.newest = {one.key: one for one in starmap(Duty, FILED_BY(ids)) if one.year in years}
        self.posts = posts_of(ids, self.day)
        found = {one.body for one in self.owed.values()} | {one.body for one in self.newest.values()}
        held = {one.body for listed in self.posts.values() for one in listed}
        self.known = known_of(ids, found | held)
        self.may: dict[str, bool] = {}
        self.mandates: Collection[str] | None = None
        self.currencies = currencies()
        self.countries = countries()
        self.places = naming.territory_names().keys()
        self.schemes = relatives.schemes()
        self.relative = relatives.relatives(row for one in sent for row in one.rows.get("family", ()))

    def post(self, person: str, body: str | None) -> Post | None:
        """The post of somebody: in the body that brings the duty, else the one whose holder declares."""
        listed = self.posts.get(person, [])
        return next((one for one in listed if body and one.body == body), None) or next(iter(listed), None)

    def check_right(self, by: Actor, body: Body | None, sent: Sent, person: str) -> None:
        """Let only whoever keeps declarations of the body file, or its payroll and program for who gave a mandate.

        Raises:
            DomainError: `file-nothing-owed`, `file-not-authorised` or `file-program-not-authorised`.
        """
        keeps, program = self.may_file(by, body), is_program(by)
        if keeps and not program:
            return
        if not (keeps or is_of_payroll(by, body)):
            raise DomainError("file-nothing-owed", field="person", value=sent.person)
        if self.mandates is None:
            self.mandates = mandates_of(by, list(self.lives), self.day)
        if person not in self.mandates:
            code = "file-program-not-authorised" if program else "file-not-authorised"
            raise DomainError(code, field="person", value=sent.person)

    def may_file(self, by: Actor, body: Body | None) -> bool:
        """Whether an actor files for whoever works in a body; asked once for each body."""
        key = body.pk if body else ""
        if key not in self.may:
            self.may[key] = may_file_for(by, body)
        return self.may[key]

    def asked(self, person: str, year: int) -> Asked:
        """What the rows of a declaration are held against; of one of nobody, nothing that is said of people."""
        if not person:
            return Asked(year, None, self.currencies, self.countries, self.places, schemes=self.schemes)
        born = self.lives[person][0]
        return Asked(
            year,
            born,
            self.currencies,
            self.countries,
            self.places,
            schemes=self.schemes,
            declarant=person,
            marriage_age=marriage_age(year),
            relative=self.relative,
        )


def posts_of(people: Collection[str], day: date) -> dict[str, list[Post]]:
    """Posts that people hold on a day, those whose holders declare first, then the latest."""
    listed: dict[str, list[Post]] = {}
    for one in starmap(Post, HELD_BY(list(people), day)):
        listed.setdefault(one.person, []).append(one)
    return listed


def held_against(
    sent: Sequence[Sent],
    *,
    by: Actor,
    at: datetime,
    way: str,
    files: Files = MappingProxyType({}),
    attached: Collection[str] = (),
) -> tuple[list[Ready], Known]:
    """Hold sent declarations against the registers, and make of each that is right what would be filed.

    Args:
        files: that came with them.
        attached: as of `Documents`.

    Returns:
        Each of them, and what registers say of the people.
    """
    known, seen = Registers(sent, at), set[Key]()
    documents = Documents(sent, by=by, at=at, files=files, attached=attached)
    return [made(one, known, documents, seen, by, at, way) for one in sent], known.known


def made(
    sent: Sent, known: Registers, documents: Documents, seen: set[Key], by: Actor, at: datetime, way: str
) -> Ready:
    """One of them; `seen` holds those before it in the batch."""
    ready = Ready(sent)
    try:
        declaration = declaration_of(sent, known, by, at, way)
    except DomainError as error:
        sent.wrong.append(Wrong(error))
        declaration = None
    if declaration is None:
        read_alone(sent, known)
        return ready
    key = (declaration.person_id, declaration.form, declaration.year)
    if key in seen:
        sent.wrong.append(Wrong(DomainError("file-twice", field="person")))
    seen.add(key)
    if sent.plain is not None:
        fits = not sent.wrong and sent.plain.fits(known.lives[key[0]][0])
        if fits and not documents.needed_by(sent.plain, kept_columns()[0]):
            ready.declaration, ready.plain = declaration, sent.plain
            return ready
        read_with_care(sent)
    asked = known.asked(key[0], sent.year)
    asked = replace(asked, births=births_of(sent.rows.get("family", ()), asked))
    values = {name: values_of(sent, name, asked) for name, rows in sent.rows.items() if rows}
    del sent.wrong[MOST_MISTAKES:]
    ready.documents = documents.of(sent, values)
    if not sent.wrong:
        ready.declaration = declaration
        ready.rows = {
            name: [SECTION_MODELS[name](declaration=declaration, **given(one)) for one in listed]
            for name, listed in values.items()
        }
        for one in ready.documents:
            one.attachment.declaration = declaration
            one.attachment.row_id = str(ready.rows[one.named.section][one.named.row - 1].pk)
    return ready


def read_alone(sent: Sent, known: Registers) -> None:
    """Tell what is wrong with the rows of a declaration that is refused whatever they say, so that all is told at once.

    They are held against nothing that a register says of anybody.
    """
    if sent.plain is not None:
        read_with_care(sent)
    for name, rows in sent.rows.items():
        if rows:
            values_of(sent, name, known.asked("", sent.year or known.day.year))
    del sent.wrong[MOST_MISTAKES:]


def values_of(sent: Sent, section: str, asked: Asked) -> list[Mapping[str, object]]:
    """Values of the rows of a section; what is wrong with them goes to the declaration, once for each place."""
    readings = [read_row(section, typed, asked) for typed in sent.rows[section]]
    told = {(one.section, one.row, one.error.field) for one in sent.wrong}
    listed = [(str(number), one.values) for number, one in enumerate(readings, 1)]
    together = wrong_together(section, listed)
    if together and section == "account" and asked.declarant:
        reported = accounts_reported(asked.declarant, asked.year)
        together = wrong_together(section, listed, as_reported(listed, reported))
    for number, reading in enumerate(readings, 1):
        more = [together[str(number)]] if str(number) in together else []
        for error in (*reading.problems, *more):
            if not {(section, number, error.field), (section, number, None)} & told:
                sent.wrong.append(Wrong(error, section, number))
    return [one.values for one in readings]


def accounts_reported(person: str, year: int) -> list[Typed]:
    """What banks reported of accounts of somebody and the children, as a draft would begin with it."""
    told = of_registers(Person.objects.get(pk=person), year)
    return [one.typed for one in told if one.section == "account" and one.origin == BANKS]


def given(values: Mapping[str, object]) -> dict[str, object]:
    """Values that are there; a field keeps its own kind of nothing for the others."""
    return {name: value for name, value in values.items() if value is not None}


def declaration_of(sent: Sent, known: Registers, by: Actor, at: datetime, way: str) -> Declaration | None:
    """The declaration that is filed, with the post that the declarant holds; none when too little can be read.

    Whoever may not file for somebody learns nothing of them, not even whether there is such a person.

    Raises:
        DomainError: `file-person-dead`, `draft-too-early`, or as `check_right` and `check_version`.
    """
    if not (sent.person and sent.form and sent.year):
        return None
    person = known.people.get(sent.person, "")
    key = (person, sent.form, sent.year)
    owed, newest = known.owed.get(key), known.newest.get(key)
    post = known.post(person, owed.body if owed else None)
    source = owed or newest
    body = known.known.bodies.get((source.body if source else None) or (post.body if post else "") or "")
    if source is None:
        raise DomainError("file-nothing-owed", field="person", value=sent.person)
    known.check_right(by, body, sent, person)
    if (died := known.lives[person][1]) is not None:
        raise DomainError("file-person-dead", field="person", day=died)
    if known.day < first_day_to_file(sent.year):
        raise DomainError("draft-too-early", field="year", year=sent.year, day=first_day_to_file(sent.year))
    check_version(sent, newest, way)
    country = naming.pack()
    return Declaration(
        id=sent.plain.declaration if sent.plain else new_id(),
        person_id=person,
        form=sent.form,
        year=sent.year,
        version=newest.version + 1 if newest else 1,
        filed_at=at,
        due_date=carried(owed, newest, *key),
        body_id=body.pk if body else None,
        post_title=post.title if post else "",
        post_titles=post.titles if post else {},
        declarant_name=known.known.called(person),
        country=country.code,
        currency=country.currency,
        is_public=any(one.is_public for one in (owed, newest) if one is not None),
        way=way,
    )


def check_version(sent: Sent, newest: Duty | None, way: str) -> None:
    """Let a declaration be the first, or amend the newest.

    What somebody signed, in the browser or on paper, nobody replaces by a file or a program.

    Raises:
        DomainError: `file-signed-by-person`, `file-filed-already` or `file-not-newest`.
    """
    if newest and way == BULK and newest.way in {ELECTRONIC, PAPER}:
        raise DomainError("file-signed-by-person", field="amends" if sent.amends else "person", year=sent.year)
    if (newest.id if newest else "") == sent.amends:
        return
    if sent.amends:
        raise DomainError("file-not-newest", field="amends")
    raise DomainError("file-filed-already", field="person", year=sent.year)


def reader() -> Reader:
    """What reads the rows of declarations that come together."""
    asked = Asked(0, None, currencies(), countries(), naming.territory_names().keys())
    columns, empty = kept_columns()
    return Reader(asked, columns, empty)


@cache
def kept_columns() -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[object]]]:
    """The columns of each section's table in their order, and what they hold when nothing is said."""
    fields = {name: model._meta.concrete_fields for name, model in SECTION_MODELS.items()}
    columns = {name: [one.attname for one in listed] for name, listed in fields.items()}
    return columns, {name: [one.get_default() for one in listed] for name, listed in fields.items()}
