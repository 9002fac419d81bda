"""Acts on the registers of people and families."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions import name_index
from adaldyq.kernel.actions.periods import (
    Provenance,
    check_free,
    check_period,
    end,
    follow,
    hold,
    length_of,
    recorded,
)
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import FamilyTie, Person, PersonIdentifier, PersonName, Residence, Territory
from adaldyq.kernel.policies import require_registrar

BACK = {"spouse": "spouse", "sibling": "sibling", "child": "parent", "parent": "child"}
"""What a person is to a relative, by what the relative is to the person."""

SEXES = ("f", "m", "")


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name in one language and script.

    Raises:
        DomainError: `value-missing` or `text-too-long`.
    """

    language: str
    script: str
    text: str
    family_name: str = ""
    given_name: str = ""
    patronymic: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise DomainError("value-missing", field="name")
        for field in ("text", "family_name", "given_name", "patronymic"):
            limit = length_of(PersonName, field)
            if len(getattr(self, field)) > limit:
                raise DomainError("text-too-long", field="name", length=len(getattr(self, field)), limit=limit)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as a scheme of a country (ISO 3166-1) gives it.

    Raises:
        DomainError: what `check_identifier` says of it.
    """

    scheme: str
    country: str
    value: str

    def __post_init__(self) -> None:
        check_identifier(self.scheme, self.country, self.value)


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie as it is written: a row from each side."""

    of: FamilyTie
    back: FamilyTie


def person_line(person: Person) -> Recorded:
    """The ledger line of a person's record."""
    return recorded("person", person, person.pk)


def name_line(name: PersonName) -> Recorded:
    """The ledger line of a name."""
    return recorded("person_name", name, name.person_id, begins=name.valid_from, text=name.text)


def identifier_line(one: PersonIdentifier) -> Recorded:
    """The ledger line of a number."""
    return recorded("person_identifier", one, one.person_id, scheme=one.scheme, value=one.value, begins=one.valid_from)


def tie_line(tie: Tie) -> Recorded:
    """The ledger line of a tie: one for both sides."""
    facts = {"relative": tie.of.relative_id, "kind": tie.of.kind, "begins": tie.of.valid_from, "ends": tie.of.valid_to}
    return recorded("family_tie", tie.of, tie.of.person_id, **facts)


def residence_line(one: Residence) -> Recorded:
    """The ledger line of a residence."""
    facts = {"territory": one.territory_id, "begins": one.valid_from, "ends": one.valid_to}
    return recorded("residence", one, one.person_id, **facts)


@act("kernel.person.register", records=person_line)
def register_person(
    *,
    names: Sequence[Spelling],
    number: Number | None,
    origin: Provenance,
    by: Actor,
    at: datetime,
    birth_date: date | None = None,
    sex: str = "",
    country: str = "",
) -> Person:
    """Register a person with names, and with a number where there is one; residence and ties follow as acts.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `value-missing` without a name, `unknown-sex`, `future-day`, `identifier-taken`.
    """
    require_registrar(by, "kernel.person.register")
    if not names:
        raise DomainError("value-missing", field="name")
    if sex not in SEXES:
        raise DomainError("unknown-sex", field="sex", value=sex)
    if birth_date is not None and birth_date > timezone.localdate(at):
        raise DomainError("future-day", field="birth_date", value=birth_date)
    person = Person.objects.create(birth_date=birth_date, sex=sex, country=country, **origin.columns)
    written = [
        PersonName.objects.create(person=person, valid_from=birth_date, **spelt(one), **origin.columns) for one in names
    ]
    name_index.keep(written)
    if number is not None:
        add_number(person, number, birth_date, origin)
    return person


@act("kernel.person.name", records=name_line)
def record_name(
    *, person: Person, name: Spelling, since: date, origin: Provenance, by: Actor, at: datetime
) -> PersonName:
    """Record that a person is called otherwise from a day; the name before ends the day before.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `begins-before-the-present`.
    """
    require_registrar(by, "kernel.person.name")
    held = hold(person)
    rows = PersonName.objects.filter(person=held, language=name.language, script=name.script)
    follow(rows, since)
    check_free(rows, since, None)
    written = PersonName.objects.create(person=held, valid_from=since, **spelt(name), **origin.columns)
    name_index.keep([written])
    return written


def spelt(name: Spelling) -> dict[str, str]:
    """A name as columns."""
    return {
        "language": name.language,
        "script": name.script,
        "text": name.text.strip(),
        "family_name": name.family_name.strip(),
        "given_name": name.given_name.strip(),
        "patronymic": name.patronymic.strip(),
    }


@act("kernel.person.identifier", records=identifier_line)
def record_identifier(
    *, person: Person, number: Number, since: date | None, origin: Provenance, by: Actor, at: datetime
) -> PersonIdentifier:
    """Record a number that a scheme gave a person; a former one of the same scheme and country ends the day before.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `identifier-taken` by somebody, `begins-before-the-present`.
    """
    require_registrar(by, "kernel.person.identifier")
    held = hold(person)
    if since is not None:
        follow(PersonIdentifier.objects.filter(person=held, scheme=number.scheme, country=number.country), since)
    return add_number(held, number, since, origin)


def add_number(person: Person, number: Number, since: date | None, origin: Provenance) -> PersonIdentifier:
    """Write a number down.

    Raises:
        DomainError: `identifier-taken`.
    """
    columns = {"scheme": number.scheme, "country": number.country, "value": number.value}
    try:
        with transaction.atomic():
            return PersonIdentifier.objects.create(person=person, valid_from=since, **columns, **origin.columns)
    except IntegrityError:
        raise DomainError("identifier-taken", field="value", scheme=number.scheme) from None


def check_identifier(scheme: str, country: str, value: str) -> None:
    """Refuse a number that its scheme cannot have given.

    Schemes of other countries are not known here, so any text that fits is taken for theirs.

    Raises:
        DomainError: `unknown-scheme`, `bad-identifier`, `value-missing`, `text-too-long`.
    """
    pack = naming.pack()
    limit = length_of(PersonIdentifier, "value")
    if not value:
        raise DomainError("value-missing", field="value")
    if len(value) > limit:
        raise DomainError("text-too-long", field="value", length=len(value), limit=limit)
    if country != pack.code:
        return
    if scheme not in pack.schemes:
        raise DomainError("unknown-scheme", field="scheme", value=scheme, known=", ".join(sorted(pack.schemes)))
    if not pack.schemes[scheme].check(value):
        raise DomainError("bad-identifier", field="value", scheme=scheme, value=value)


@act("kernel.family.tie", records=tie_line)
def record_tie(
    *, person: Person, relative: Person, kind: str, since: date | None, origin: Provenance, by: Actor, at: datetime
) -> Tie:
    """Record a tie between two people, a row from each side.

    Args:
        kind: what the relative is to the person: spouse, child, parent or sibling.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `unknown-tie`, `tie-to-oneself`, or `period-overlaps` when the tie is there already.
    """
    require_registrar(by, "kernel.family.tie")
    if kind not in BACK:
        raise DomainError("unknown-tie", field="kind", value=kind, known=", ".join(sorted(BACK)))
    if person.pk == relative.pk:
        raise DomainError("tie-to-oneself", field="relative")
    for one in sorted((person, relative), key=lambda row: row.pk):
        hold(one)
    check_free(FamilyTie.objects.filter(person=person, relative=relative, kind=kind), since, None)
    sides = ((person, relative, kind), (relative, person, BACK[kind]))
    rows = [
        FamilyTie.objects.create(person=one, relative=other, kind=what, valid_from=since, **origin.columns)
        for one, other, what in sides
    ]
    return Tie(*rows)


@act("kernel.family.end_tie", records=tie_line)
def end_tie(*, tie: FamilyTie, until: date, origin: Provenance, by: Actor, at: datetime) -> Tie:
    """End a tie, such as by a divorce, on both sides.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `ended-already` or `ends-before-it-begins`.
    """
    require_registrar(by, "kernel.family.end_tie")
    back = FamilyTie.objects.filter(
        person_id=tie.relative_id, relative_id=tie.person_id, kind=BACK[tie.kind], valid_to__isnull=True
    ).first()
    ended = end(tie, until, **origin.columns)
    return Tie(ended, end(back, until, **origin.columns) if back else ended)


@act("kernel.person.residence", records=residence_line)
def record_residence(
    *, person: Person, territory: Territory, dwelling: str, since: date, origin: Provenance, by: Actor, at: datetime
) -> Residence:
    """Record where a person is registered to live from a day; the place before ends the day before.

    Raises:
        NotAllowed: `by` is not a registrar.
        DomainError: `begins-before-the-present`, `text-too-long`.
    """
    require_registrar(by, "kernel.person.residence", territory=territory)
    limit = length_of(Residence, "dwelling")
    if len(dwelling) > limit:
        raise DomainError("text-too-long", field="dwelling", length=len(dwelling), limit=limit)
    check_period(person.birth_date, since)
    held = hold(person)
    rows = Residence.objects.filter(person=held)
    follow(rows, since)
    check_free(rows, since, None)
    return Residence.objects.create(
        person=held, territory=territory, dwelling=dwelling, valid_from=since, **origin.columns
    )


@act("kernel.person.end_residence", records=residence_line)
def end_residence(*, residence: Residence, until: date, origin: Provenance, by: Actor, at: datetime) -> Residence:
    """End a registration that no other follows, as when a person leaves the country; `until` is the last day.

    Raises:
        NotAllowed: `by` does not keep the register of residence.
        DomainError: `ended-already`, `ends-before-it-begins`.
    """
    require_registrar(by, "kernel.person.end_residence", territory=residence.territory)
    return end(residence, until, **origin.columns)
