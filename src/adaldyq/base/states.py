"""Transition tables: the life of an entity as data.

The same table draws the diagram, guards the act and feeds the tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from adaldyq.base.calendar import Term, WorkCalendar
from adaldyq.base.errors import Conflict, DomainError


@dataclass(frozen=True, slots=True)
class Transition:
    """One permitted step: from a state, by an act of a role, to a state.

    Attributes:
        role: who may take the step; empty when the clock does.
        deadline: name of the pack's deadline that runs in the new state, if one does.
    """

    source: str
    act: str
    target: str
    role: str = ""
    deadline: str = ""

    def due_date(self, taken: date, terms: Mapping[str, Term], calendar: WorkCalendar) -> date | None:
        """Last day of the deadline that begins to run when the step is taken; none when the step starts none.

        Args:
            taken: day of the step in the country's own time.
            terms: the pack's deadlines that are in force on that day.
            calendar: the country's calendar as it is known on that day.

        Raises:
            DomainError: `no-such-term` when the pack has no deadline of that name.
        """
        if not self.deadline:
            return None
        if self.deadline not in terms:
            raise DomainError("no-such-term", value=self.deadline)
        return terms[self.deadline].last_day(taken, calendar)


@dataclass(frozen=True)
class TransitionTable:
    """All permitted steps of one entity.

    Raises:
        ValueError: two steps leave one state by the same act.
    """

    name: str
    initial: str
    transitions: tuple[Transition, ...]

    def __post_init__(self) -> None:
        keys = [(step.source, step.act) for step in self.transitions]
        if len(set(keys)) != len(keys):
            raise ValueError(f"{self.name}: an act may leave a state only one way")

    def __iter__(self) -> Iterator[Transition]:
        return iter(self.transitions)

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, in the order of first mention."""
        mentioned: Iterable[str] = (state for step in self.transitions for state in (step.source, step.target))
        return tuple(dict.fromkeys((self.initial, *mentioned)))

    def step(self, state: str, act: str) -> Transition:
        """The step that `act` takes from `state`.

        Raises:
            Conflict: the table has none.
        """
        for transition in self.transitions:
            if transition.source == state and transition.act == act:
                return transition
        raise Conflict(act, state)

    @property
    def deadlines(self) -> frozenset[str]:
        """Names of all deadlines that the table needs from a pack."""
        return frozenset(step.deadline for step in self.transitions if step.deadline)

    def acts_from(self, state: str) -> tuple[Transition, ...]:
        """Steps that are open in `state`."""
        return tuple(step for step in self.transitions if step.source == state)
