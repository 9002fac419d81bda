"""A step is there when it is read, and gone when nothing reads it any more."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from adaldyq.verification.catalogue import rules
from adaldyq.verification.rulefile import Rule, steps
from adaldyq.verification.schedule import Schedule, frugal


@pytest.mark.parametrize("seed", range(8))
def test_whatever_the_order_every_step_is_there_when_it_is_read_and_gone_at_the_end(seed: int) -> None:
    catalogue = list(rules().values())
    random.Random(seed).shuffle(catalogue)  # noqa: S311  # an order, not a secret
    schedule = Schedule(catalogue, steps())
    there: set[str] = set()
    ever: set[str] = set()
    for rule in catalogue:
        for step in schedule.before(rule):
            assert schedule.read_by(step) <= there
            assert step.head.id not in ever
            there.add(step.head.id)
            ever.add(step.head.id)
        assert schedule.read_by(rule) <= there
        for step in schedule.after(rule):
            there.remove(step.head.id)
    assert {name for name in there if steps()[name].head.written} == set()


def test_what_only_another_step_reads_goes_as_soon_as_that_is_made() -> None:
    catalogue, worth = list(rules().values()), steps()["declared_worth"]
    written = replace(worth, head=worth.head.model_copy(update={"written": True}))
    schedule = Schedule(catalogue, {**steps(), "declared_worth": written})
    first = next(rule for rule in catalogue if "declared_total" in rule.head.steps)
    schedule.before(first)
    assert "declared_worth" in {step.head.id for step in schedule.after(first)}


def test_rules_of_the_same_steps_stand_together() -> None:
    catalogue = list(rules().values())
    ordered = frugal(catalogue, steps())
    assert sorted(one.id for one in ordered) == sorted(one.id for one in catalogue)
    assert held_through(ordered) < held_through(catalogue)


def held_through(catalogue: list[Rule]) -> int:
    """Tables of steps that are there, added up over all rules."""
    schedule, held, through = Schedule(catalogue, steps()), 0, 0
    for rule in catalogue:
        held += sum(step.head.written for step in schedule.before(rule))
        through += held
        held -= len(schedule.after(rule))
    return through
