"""Where a role holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from adaldyq.kernel.models.bodies import Body
from adaldyq.kernel.models.territories import Territory
from adaldyq.kernel.roles import Role


@dataclass(frozen=True, slots=True)
class Held:
    """A role in force: for a body, a territory, or everywhere when both are empty.

    Attributes:
        role: which.
        body_id: of the body for which it holds.
        territory_id: of the territory in which it holds.
        registry: that a registrar keeps; empty for every one.
        deputy_for: id of the account whose deputy has it; empty for one's own.
    """

    role: Role
    body_id: str = ""
    territory_id: str = ""
    deputy_for: str = ""
    registry: str = ""

    def holds(self, body: Body | None, territory: Territory | None) -> bool:
        """Whether it reaches a body or a territory."""
        if not self.body_id and not self.territory_id:
            return True
        if body is not None:
            if self.body_id and self.body_id in line_of(Body, body.pk):
                return True
            return bool(self.territory_id) and self.territory_id in line_of(Territory, body.territory_id)
        return (
            territory is not None and bool(self.territory_id) and self.territory_id in line_of(Territory, territory.pk)
        )


def line_of(model: type[Body | Territory], start: str) -> Iterator[str]:
    """A body or territory and all above it, nearest first; each is looked up when it is asked for."""
    line: list[str] = []
    above: str | None = start
    while above and above not in line:
        yield above
        line.append(above)
        above = model._default_manager.filter(pk=above).values_list("parent_id", flat=True).first()


def lines_of(model: type[Body | Territory], starts: Iterable[str]) -> dict[str, set[str]]:
    """The same of many, by where they start, in as many queries as the longest line has parts."""
    parents: dict[str, str | None] = {}
    wanted = set(starts)
    lines = {one: {one} for one in wanted}
    while wanted:
        parents |= dict(model._default_manager.filter(pk__in=wanted).values_list("pk", "parent_id"))
        wanted = {above for one in wanted if (above := parents.get(one)) and above not in parents}
    for line in lines.values():
        [above] = line
        while (above := parents.get(above) or "") and above not in line:
            line.add(above)
    return lines
