"""Import of people and families."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id
from adaldyq.kernel import naming
from adaldyq.kernel.actions.people import BACK, SEXES, check_identifier
from adaldyq.kernel.actions.plans import Loader, Matched, Row, renew
from adaldyq.kernel.models import FamilyTie, Person, PersonIdentifier, PersonName
from adaldyq.kernel.periods import day_before
from adaldyq.kernel.queries.history import resolve
from adaldyq.kernel.queries.keys import records_by_key, records_by_others, references

SCRIPTS = {"kk": "Cyrl", "ru": "Cyrl", "en": "Latn"}
FACTS = ("birth_date", "death_date", "sex", "country")
Number = tuple[str, str, str]


class PeopleLoader(Loader):
    """People with their names and one number each; found again by the source's key or by the number.

    Whoever comes under the name of another source is found by our id, or by the same key of that source: collections
    of FollowTheMoney keep their ids wherever they go. Other keys may be mere counts, so that a name must be the same,
    and the day of birth as well, unless neither side states one and the key is no number.
    """

    register = "person"

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find who is there, with present names."""
        self.country, self.schemes = naming.pack().code, naming.pack().schemes
        self.spoken = naming.pack().languages
        self.by_key = records_by_key("person", self.plan.source.name, self.texts(rows, "key"))
        numbers = PersonIdentifier.objects.filter(value__in=self.texts(rows, "identifier"))
        listed = numbers.values_list("scheme", "country", "value", "person_id")
        self.by_number = {(scheme, country, value): person for scheme, country, value, person in listed}
        unknown = self.texts(rows, "key") - self.by_key.keys()
        self.by_others = records_by_others("person", self.plan.source.name, unknown)
        found = {*self.by_key.values(), *self.by_number.values(), *self.by_others.values()}
        self.people = {one.pk: one for one in Person.objects.filter(pk__in=found)}
        names = PersonName.objects.filter(person_id__in=found, valid_to__isnull=True)
        self.names = {(one.person_id, one.language): one for one in names}
        self.begun: set[str] = set()

    def take(self, row: Row) -> None:
        """A new person, or news of one who is there."""
        number = self.number_of(row)
        key = row.values.get("key")
        if number is None and not key:
            raise DomainError("key-missing", field="key")
        self.check(row)
        by_key, by_number = self.by_key.get(key or ""), self.by_number.get(number) if number else None
        if by_key and by_number and by_key != by_number:
            raise DomainError("keys-disagree", field="identifier")
        person = by_key or by_number or self.known_elsewhere(row)
        if person is None:
            self.begin(row, number)
        elif person in self.begun:
            raise DomainError("twice-in-the-file", field="key" if key else "identifier")
        else:
            self.go_on(row, self.people[person], number, linked=bool(by_key), numbered=bool(by_number))

    def known_elsewhere(self, row: Row) -> str | None:
        """The person whom a key means that this source has not used before; None when it need not be the same."""
        key = row.values.get("key") or ""
        person = self.by_others.get(key)
        if person is None or not (resolve("person", key) == person or self.agrees(row, self.people[person], key)):
            return None
        self.plan.matched.append(Matched(row.line, key, person))
        return person

    def agrees(self, row: Row, person: Person, key: str) -> bool:
        """Whether a row says of a person what the register does."""
        named = any(
            present.text == text
            for language, text in self.spelt(row).items()
            if (present := self.names.get((person.pk, language)))
        )
        born = row.values.get("birth_date")
        return named and born == person.birth_date and (born is not None or not key.isdigit())

    def number_of(self, row: Row) -> Number | None:
        """The number of a row.

        Raises:
            DomainError: what `check_identifier` says of it.
        """
        value = row.values.get("identifier")
        if not value:
            return None
        scheme = row.values.get("scheme") or next(iter(self.schemes))
        country = row.values.get("scheme_country") or self.country
        try:
            check_identifier(scheme, country, value)
        except DomainError as error:
            error.field = "identifier" if error.field == "value" else error.field
            raise
        return scheme, country, value

    def check(self, row: Row) -> None:
        """Refuse what no person can be.

        Raises:
            DomainError: `unknown-sex`, `future-day`, `ends-before-it-begins`.
        """
        born, died, sex = (row.values.get(name) for name in ("birth_date", "death_date", "sex"))
        if sex is not None and sex not in SEXES:
            raise DomainError("unknown-sex", field="sex", value=sex)
        as_of = row.day(self.plan.source.as_of)
        for name, day in (("birth_date", born), ("death_date", died)):
            if day is not None and day > as_of:
                raise DomainError("future-day", field=name, value=day)
        if born and died and died < born:
            raise DomainError("ends-before-it-begins", field="death_date", since=born, until=died)

    def begin(self, row: Row, number: Number | None) -> None:
        """A person who is not there yet.

        Raises:
            DomainError: `value-missing` without any name.
        """
        spelt = self.spelt(row)
        if not spelt:
            raise DomainError("value-missing", field=f"name_{self.spoken[0]}")
        columns = self.plan.columns(row)
        facts: dict[str, Any] = {name: row.values[name] for name in FACTS if name in row.values}
        person = Person(id=new_id(), **facts, **columns)
        since = row.values.get("since") or row.values.get("birth_date")
        more: list[Any] = [self.name(person.pk, language, text, since, columns) for language, text in spelt.items()]
        if number:
            scheme, country, value = number
            given = {"scheme": scheme, "country": country, "value": value}
            more.append(
                PersonIdentifier(person_id=person.pk, valid_from=row.values.get("birth_date"), **given, **columns)
            )
            self.by_number[number] = person.pk
        if key := row.values.get("key"):
            self.by_key[key] = person.pk
        self.begun.add(person.pk)
        self.plan.create(row, person, *more)

    def spelt(self, row: Row) -> dict[str, str]:
        """Names by language."""
        return {one: text for one in self.spoken if (text := row.values.get(f"name_{one}"))}

    def name(self, person: str, language: str, text: str, since: date | None, columns: dict[str, Any]) -> PersonName:
        """A name as a row."""
        script = SCRIPTS.get(language, "Latn")
        return PersonName(person_id=person, language=language, script=script, text=text, valid_from=since, **columns)

    def go_on(self, row: Row, person: Person, number: Number | None, *, linked: bool, numbered: bool) -> None:
        """News of a person: facts that differ, names that differ, a number, a key of this source.

        Raises:
            DomainError: `older-than-the-register` when something differs and the row is not newer.
        """
        plan, day, columns = self.plan, row.day(self.plan.source.as_of), self.plan.columns(row)
        changes, ends = len(plan.changes), len(plan.ends)
        renamed = self.renamed(row, person, day)
        renew(plan, row, person, {name: row.values[name] for name in FACTS if name in row.values})
        added: list[Any] = []
        for language, text in renamed.items():
            if present := self.names.get((person.pk, language)):
                plan.ends.append((present, day_before(day), day))
            added.append(self.name(person.pk, language, text, day, columns))
        if number and not numbered:
            scheme, country, value = number
            given = {"scheme": scheme, "country": country, "value": value}
            added.append(PersonIdentifier(person_id=person.pk, **given, **columns))
        if row.values.get("key") and not linked:
            plan.link(row, person.pk)
        elif not added and len(plan.changes) == changes and len(plan.ends) == ends:
            plan.unchanged += 1
            return
        self.begun.add(person.pk)
        plan.add(*added)
        plan.changed += 1
        plan.tell(row, person.pk)

    def renamed(self, row: Row, person: Person, day: date) -> dict[str, str]:
        """Names that are not those in the register.

        Raises:
            DomainError: `older-than-the-register` when the present name began on that day or later.
        """
        found = {}
        for language, text in self.spelt(row).items():
            present = self.names.get((person.pk, language))
            if present is None or present.text != text:
                found[language] = text
            if present is not None and present.text != text:
                known = max(filter(None, (present.valid_from, present.as_of)), default=None)
                if known is not None and known >= day:
                    raise DomainError("older-than-the-register", field=f"name_{language}", day=known)
        return found


class TieLoader(Loader):
    """Family ties; found again by the two people, the kind and the first day."""

    register = "family_tie"

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find the people and the ties between them."""
        self.people = references("person", self.plan.source.name, self.texts(rows, "person", "relative"))
        found = FamilyTie.objects.filter(person_id__in=set(self.people.values()))
        self.ties = {(one.person_id, one.relative_id, one.kind, one.valid_from): one for one in found}
        self.open = {(one.person_id, one.relative_id, one.kind) for one in found if one.valid_to is None}

    def take(self, row: Row) -> None:
        """A new tie, or the end of one."""
        kind, since, until = (row.values.get(name) for name in ("kind", "valid_from", "valid_to"))
        person, relative = self.meant(self.people, row, "person"), self.meant(self.people, row, "relative")
        if kind not in BACK:
            raise DomainError("unknown-tie", field="kind", value=kind, known=", ".join(sorted(BACK)))
        if person == relative:
            raise DomainError("tie-to-oneself", field="relative")
        if since and until and until < since:
            raise DomainError("ends-before-it-begins", field="valid_to", since=since, until=until)
        sides = ((str(person), str(relative), kind), (str(relative), str(person), BACK[kind]))
        present = self.ties.get((*sides[0], since))
        if present is not None:
            self.finish(row, present, [self.ties.get((*side, since)) for side in sides], until)
            return
        if until is None and sides[0] in self.open:
            raise DomainError("period-overlaps", field="valid_from", since="…", until="…")
        columns = self.plan.columns(row)
        made = [
            FamilyTie(person_id=one, relative_id=other, kind=what, valid_from=since, valid_to=until, **columns)
            for one, other, what in sides
        ]
        for side, tie in zip(sides, made, strict=True):
            self.ties[*side, since] = tie
            if until is None:
                self.open.add(side)
        self.plan.create(row, *made)

    def finish(self, row: Row, present: FamilyTie, both: Sequence[FamilyTie | None], until: date | None) -> None:
        """The same tie again: with a last day that the register lacks, or with nothing new.

        Raises:
            DomainError: `differs-from-the-register`.
        """
        if until == present.valid_to:
            self.plan.unchanged += 1
            return
        if until is None or present.valid_to is not None:
            raise DomainError("differs-from-the-register", field="valid_to")
        for one in both:
            if one is not None and one.valid_to is None:
                self.plan.end(row, one, until)
        self.plan.changed += 1
        self.plan.tell(row, present.pk)
