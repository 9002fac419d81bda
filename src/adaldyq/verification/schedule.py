"""When the table of each step is made and when it may go, so that memory holds only what later rules read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adaldyq.verification.rulefile import Rule, Step


class Schedule:
    """The order of work over a catalogue: a step is made before the first rule that needs it, dropped after the last."""

    def __init__(self, catalogue: Sequence[Rule], steps: Mapping[str, Step]) -> None:
        self.left = list(catalogue)
        self.steps = steps
        self.made: dict[str, Step] = {}
        self.dropped: set[str] = set()
        self._behind: dict[str, frozenset[str]] = {}
        self._read_by: dict[str, frozenset[str]] = {}

    def before(self, rule: Rule) -> list[Step]:
        """Steps to make before a rule is asked, each after those that it reads."""
        wanted = self.behind(rule)
        new = [step for name, step in self.steps.items() if name in wanted and name not in self.made]
        self.made |= {step.head.id: step for step in new}
        return new

    def after(self, rule: Rule) -> list[Step]:
        """Steps whose tables nothing reads any more, once a rule was asked."""
        self.left.remove(rule)
        needed: set[str] = set()
        for later in self.left:
            needed |= self.read_by(later)
            for name in self.behind(later) - set(self.made):
                needed |= self.read_by(self.steps[name])
        kept = needed | self.dropped
        gone = [step for name, step in self.made.items() if step.head.written and name not in kept]
        self.dropped |= {step.head.id for step in gone}
        return gone

    def held_after(self, rule: Rule) -> int:
        """How many tables of steps memory would hold if this rule were asked now."""
        trial = Schedule(self.left, self.steps)
        trial.made, trial.dropped = dict(self.made), set(self.dropped)
        trial._behind, trial._read_by = self._behind, self._read_by
        trial.before(rule)
        trial.after(rule)
        return sum(step.head.written for name, step in trial.made.items() if name not in trial.dropped)

    def behind(self, file: Rule | Step) -> frozenset[str]:
        """Names of all steps that a rule or step reads, and of those behind them."""
        if file.head.id not in self._behind:
            names = frozenset(file.head.steps)
            self._behind[file.head.id] = names.union(*(self.behind(self.steps[name]) for name in names))
        return self._behind[file.head.id]

    def read_by(self, file: Rule | Step) -> frozenset[str]:
        """Names of the steps whose rows are read when the query of a rule or step runs: through views, too."""
        if file.head.id not in self._read_by:
            names = frozenset(file.head.steps)
            views = (self.steps[name] for name in names if not self.steps[name].head.written)
            self._read_by[file.head.id] = names.union(*map(self.read_by, views))
        return self._read_by[file.head.id]


def frugal(catalogue: Sequence[Rule], steps: Mapping[str, Step]) -> list[Rule]:
    """Rules in an order that holds few steps at once: rules of the same steps stand together."""
    schedule, ordered = Schedule(catalogue, steps), list[Rule]()
    while schedule.left:
        rule = min(schedule.left, key=schedule.held_after)
        schedule.before(rule)
        schedule.after(rule)
        ordered.append(rule)
    return ordered
