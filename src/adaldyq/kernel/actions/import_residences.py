"""Import of where people are registered to live."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.plans import Loader, Row
from adaldyq.kernel.models import Residence, Territory
from adaldyq.kernel.periods import day_before
from adaldyq.kernel.queries.keys import references


class ResidenceLoader(Loader):
    """Residences; found again by the person and the first day. A later one ends the one before."""

    register = "residence"

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find the people and where they live."""
        self.people = references("person", self.plan.source.name, self.texts(rows, "person"))
        self.territories = set(Territory.objects.values_list("id", flat=True))
        self.lived: dict[str, list[Residence]] = defaultdict(list)
        for one in Residence.objects.filter(person_id__in=set(self.people.values())):
            self.lived[one.person_id].append(one)

    def take(self, row: Row) -> None:
        """A new residence, or the end of one."""
        person, place = str(self.meant(self.people, row, "person")), row.values["territory"]
        since: date = row.values["valid_from"]
        until: date | None = row.values.get("valid_to")
        if place not in self.territories:
            raise DomainError("refers-to-nothing", field="territory", value=place)
        if until and until < since:
            raise DomainError("ends-before-it-begins", field="valid_to", since=since, until=until)
        for one in self.lived[person]:
            if one.valid_from == since:
                self.go_on(row, one, until)
                return
        for one in self.lived[person]:
            self.make_room(row, one, since, until)
        facts = {"territory_id": place, "dwelling": row.values["dwelling"], "valid_from": since, "valid_to": until}
        made = Residence(person_id=person, **facts, **self.plan.columns(row))
        self.lived[person].append(made)
        self.plan.create(row, made)

    def go_on(self, row: Row, present: Residence, until: date | None) -> None:
        """The same residence again: with a last day that the register lacks, or with nothing new.

        Raises:
            DomainError: `differs-from-the-register`.
        """
        for column, value in (("territory", present.territory_id), ("dwelling", present.dwelling)):
            if row.values[column] != value:
                raise DomainError("differs-from-the-register", field=column)
        if until is None or until == present.valid_to:
            self.plan.unchanged += 1
            return
        if present.valid_to is not None:
            raise DomainError("differs-from-the-register", field="valid_to")
        self.plan.end(row, present, until)
        present.valid_to = until
        self.plan.changed += 1
        self.plan.tell(row, present.pk)

    def make_room(self, row: Row, present: Residence, since: date, until: date | None) -> None:
        """End a residence that is in force when a new one begins after it.

        Raises:
            DomainError: `period-overlaps`.
        """
        began = present.valid_from or date.min
        if (present.valid_to is not None and present.valid_to < since) or (until is not None and began > until):
            return
        if present.valid_to is not None or began >= since:
            raise DomainError(
                "period-overlaps",
                field="valid_from",
                since=present.valid_from or "…",
                until=present.valid_to or "…",
            )
        last = day_before(since)
        if present.pk not in self.plan.fresh:
            self.plan.end(row, present, last)
        present.valid_to = last
