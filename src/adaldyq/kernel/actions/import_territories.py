"""Import of territories."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.countries.required import LEVELS
from adaldyq.kernel.actions.import_bodies import spoken
from adaldyq.kernel.actions.plans import Loader, Row, renew
from adaldyq.kernel.actions.territories import CODE
from adaldyq.kernel.models import Territory


class TerritoryLoader(Loader):
    """Territories; found again by their code. One above another stands before it."""

    register = "territory"

    def look_up(self, rows: Sequence[Row]) -> None:
        """Find the territories that are there."""
        self.known = Territory.objects.in_bulk()
        self.begun: set[str] = set()

    def take(self, row: Row) -> None:
        """A new territory, or news of one that is there."""
        code, level, parent = (row.values.get(name) for name in ("code", "level", "parent"))
        if not CODE.fullmatch(str(code)):
            raise DomainError("bad-territory-code", field="code", value=code)
        if level is not None and level not in LEVELS:
            raise DomainError("unknown-level", field="level", value=level, known=", ".join(LEVELS))
        if parent is not None and parent not in self.known:
            raise DomainError("refers-to-nothing", field="parent", value=parent)
        if code in self.begun:
            raise DomainError("twice-in-the-file", field="code")
        present = self.known.get(str(code))
        if present is None:
            self.begin(row, str(code))
            return
        before = len(self.plan.changes)
        renew(self.plan, row, present, self.facts(row))
        if len(self.plan.changes) == before:
            self.plan.unchanged += 1
            return
        self.begun.add(present.pk)
        self.plan.changed += 1
        self.plan.tell(row, present.pk)

    def begin(self, row: Row, code: str) -> None:
        """A territory that is not there yet.

        Raises:
            DomainError: `value-missing`.
        """
        facts = self.facts(row)
        for name in ("level", "names"):
            if not facts.get(name):
                raise DomainError("value-missing", field=name)
        made = Territory(id=code, **facts, **self.plan.columns(row))
        self.known[code] = made
        self.begun.add(code)
        self.plan.create(row, made)

    def facts(self, row: Row) -> dict[str, Any]:
        """Columns of the territory that the row states."""
        plain = ("level", "official_code", "opened_date", "closed_date")
        found = {name: row.values[name] for name in plain if name in row.values}
        if parent := row.values.get("parent"):
            found["parent_id"] = parent
        if names := spoken(row, "name"):
            found["names"] = names
        return found
