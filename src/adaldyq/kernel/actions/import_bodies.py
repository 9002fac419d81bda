"""Import of state bodies, posts and appointments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from django.db import models

from adaldyq.base.errors import DomainError
from adaldyq.base.ids import new_id
from adaldyq.kernel import naming
from adaldyq.kernel.actions.bodies import POWERS, check_code
from adaldyq.kernel.actions.plans import Loader, Row, renew
from adaldyq.kernel.models import Appointment, Body, Company, Post, Territory
from adaldyq.kernel.queries.keys import records_by_key, references


class FactsLoader(Loader):
    """Records of undated facts, found again by the source's key or by their registration number.

    Attributes:
        model: of the records.
        needed: columns that a new record must have.
        codes: code lists of the pack behind columns.
    """

    model: ClassVar[type[models.Model]]
    needed: ClassVar[tuple[str, ...]] = ()
    codes: ClassVar[Mapping[str, str]] = {}
    numbered: ClassVar[bool] = True

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find the records that are there."""
        self.by_key = records_by_key(self.register, self.plan.source.name, self.texts(rows, "key"))
        self.by_number: dict[str, str] = {}
        if self.numbered:
            known = self.model._default_manager.filter(identifier__in=self.texts(rows, "identifier"))
            self.by_number = dict(known.values_list("identifier", "pk"))
        found = {*self.by_key.values(), *self.by_number.values()}
        self.records = self.model._default_manager.in_bulk(found)
        self.territories = set(Territory.objects.values_list("id", flat=True))
        self.begun: set[str] = set()

    def take(self, row: Row) -> None:
        """A new record, or news of one that is there."""
        key, number = row.values.get("key"), row.values.get("identifier")
        if not key and not number:
            raise DomainError("key-missing", field="key")
        by_key, by_number = self.by_key.get(key or ""), self.by_number.get(number or "")
        if by_key and by_number and by_key != by_number:
            raise DomainError("keys-disagree", field="identifier")
        self.check(row)
        facts = self.facts(row)
        record = by_key or by_number
        if record is None:
            self.begin(row, facts)
        elif record in self.begun:
            raise DomainError("twice-in-the-file", field="key" if key else "identifier")
        else:
            self.go_on(row, self.records[record], facts, linked=bool(by_key) or not key)

    def check(self, row: Row) -> None:
        """Refuse codes and places that the country has not.

        Raises:
            DomainError: `unknown-code` or `refers-to-nothing`.
        """
        for column, code_list in self.codes.items():
            if value := row.values.get(column):
                check_code(code_list, value, column)
        territory = row.values.get("territory")
        if territory and territory not in self.territories:
            raise DomainError("refers-to-nothing", field="territory", value=territory)

    def facts(self, row: Row) -> dict[str, Any]:
        """Columns of the record that the row states."""
        raise NotImplementedError

    def begin(self, row: Row, facts: Mapping[str, Any]) -> None:
        """A record that is not there yet.

        Raises:
            DomainError: `value-missing`.
        """
        for name, column in ((one.removesuffix("_id"), one) for one in self.needed):
            if not facts.get(column):
                raise DomainError("value-missing", field=name)
        record = self.model(id=new_id(), **facts, **self.plan.columns(row))
        self.records[record.pk] = record
        self.begun.add(record.pk)
        if key := row.values.get("key"):
            self.by_key[key] = record.pk
        if number := row.values.get("identifier"):
            self.by_number[number] = record.pk
        self.plan.create(row, record)

    def go_on(self, row: Row, record: models.Model, facts: Mapping[str, Any], *, linked: bool) -> None:
        """News of a record that is there."""
        before = len(self.plan.changes)
        renew(self.plan, row, record, facts)
        if not linked:
            self.plan.link(row, record.pk)
        elif len(self.plan.changes) == before:
            self.plan.unchanged += 1
            return
        self.begun.add(record.pk)
        self.plan.changed += 1
        self.plan.tell(row, record.pk)


def spoken(row: Row, prefix: str) -> dict[str, str]:
    """What a row says in each language of the country."""
    return {one: text for one in naming.pack().languages if (text := row.values.get(f"{prefix}_{one}"))}


class BodyLoader(FactsLoader):
    """State bodies; one above another may stand in the same file, before it."""

    register, model = "body", Body
    needed = ("name", "level", "kind", "territory_id")
    codes = {"level": "body_level", "kind": "body_kind"}

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find the bodies, and those above them."""
        super().look_up(rows)
        self.above = references("body", self.plan.source.name, self.texts(rows, "parent"))

    def facts(self, row: Row) -> dict[str, Any]:
        """Columns of the body."""
        found = {
            name: row.values[name]
            for name in ("identifier", "level", "kind", "opened_date", "closed_date")
            if name in row.values
        }
        if names := spoken(row, "name"):
            first = naming.pack().languages[0]
            found |= {"name": names.get(first) or next(iter(names.values())), "names": names}
        if territory := row.values.get("territory"):
            found["territory_id"] = territory
        if parent := self.meant(self.above | self.by_key | self.by_number, row, "parent"):
            found["parent_id"] = parent
        return found


class PostLoader(FactsLoader):
    """Posts of bodies."""

    register, model, numbered = "post", Post, False
    needed = ("body_id", "category", "title")
    codes = {"category": "post_category"}

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find the posts and their bodies."""
        super().look_up(rows)
        self.bodies = references("body", self.plan.source.name, self.texts(rows, "body"))

    def facts(self, row: Row) -> dict[str, Any]:
        """Columns of the post."""
        found = {name: row.values[name] for name in ("category", *POWERS) if name in row.values}
        found["body_id"] = self.meant(self.bodies, row, "body")
        if titles := spoken(row, "title"):
            first = naming.pack().languages[0]
            found |= {"title": titles.get(first) or next(iter(titles.values())), "titles": titles}
        return found


class CompanyLoader(FactsLoader):
    """Companies."""

    register, model = "company", Company
    needed = ("name", "legal_form")
    codes = {"legal_form": "legal_form"}

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find the companies and who manages them."""
        super().look_up(rows)
        self.heads = references("person", self.plan.source.name, self.texts(rows, "head"))

    def facts(self, row: Row) -> dict[str, Any]:
        """Columns of the company."""
        plain = ("identifier", "name", "legal_form", "activity", "registered_date", "closed_date")
        found = {name: row.values[name] for name in plain if name in row.values}
        if territory := row.values.get("territory"):
            found["territory_id"] = territory
        if head := self.meant(self.heads, row, "head"):
            found["head_id"] = head
        return found


class AppointmentLoader(Loader):
    """Appointments; found again by post, person and first day."""

    register = "appointment"

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find people, posts, and who holds them."""
        self.people = references("person", self.plan.source.name, self.texts(rows, "person"))
        self.posts = references("post", self.plan.source.name, self.texts(rows, "post"))
        held = Appointment.objects.filter(post_id__in=set(self.posts.values()))
        self.held: dict[str, list[Appointment]] = defaultdict(list)
        for one in held:
            self.held[one.post_id].append(one)

    def take(self, row: Row) -> None:
        """A new appointment, or the end of one."""
        person, post = str(self.meant(self.people, row, "person")), str(self.meant(self.posts, row, "post"))
        since: date = row.values["valid_from"]
        until: date | None = row.values.get("valid_to")
        if until and until < since:
            raise DomainError("ends-before-it-begins", field="valid_to", since=since, until=until)
        for one in self.held[post]:
            if one.person_id == person and one.valid_from == since:
                self.go_on(row, one, until)
                return
            if (until is None or one.valid_from <= until) and (one.valid_to is None or one.valid_to >= since):
                raise DomainError(
                    "period-overlaps", field="valid_from", since=one.valid_from, until=one.valid_to or "…"
                )
        facts = {"valid_from": since, "valid_to": until, "act_number": row.values.get("act_number", "")}
        made = Appointment(person_id=person, post_id=post, **facts, **self.plan.columns(row))
        self.held[post].append(made)
        self.plan.create(row, made)

    def go_on(self, row: Row, present: Appointment, until: date | None) -> None:
        """The same appointment again: with a last day that the register lacks, or with nothing new.

        Raises:
            DomainError: `differs-from-the-register`.
        """
        if until == present.valid_to:
            self.plan.unchanged += 1
            return
        if until is None or present.valid_to is not None:
            raise DomainError("differs-from-the-register", field="valid_to")
        self.plan.end(row, present, until)
        present.valid_to = until
        self.plan.changed += 1
        self.plan.tell(row, present.pk)
