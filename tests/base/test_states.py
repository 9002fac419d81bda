"""A transition table permits what it says and nothing else."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.calendar import Term, TermUnit, WorkCalendar
from adaldyq.base.errors import Conflict, DomainError
from adaldyq.base.states import Transition, TransitionTable

LIFE = TransitionTable(
    "door", "closed", (Transition("closed", "open", "open", "porter"), Transition("open", "close", "closed"))
)


def test_states_come_in_the_order_of_mention() -> None:
    assert LIFE.states == ("closed", "open")


@given(st.lists(st.sampled_from(["open", "close", "paint"])))
def test_any_sequence_of_acts_stays_within_the_table(acts: list[str]) -> None:
    state = LIFE.initial
    for act in acts:
        permitted = {step.act for step in LIFE.acts_from(state)}
        if act in permitted:
            state = LIFE.step(state, act).target
        else:
            with pytest.raises(Conflict):
                LIFE.step(state, act)
        assert state in LIFE.states


def test_an_act_may_leave_a_state_only_one_way() -> None:
    with pytest.raises(ValueError, match="only one way"):
        TransitionTable("door", "a", (Transition("a", "go", "b"), Transition("a", "go", "c")))


TIMED = TransitionTable(
    "request",
    "asked",
    (Transition("asked", "admit", "admitted", deadline="answer"), Transition("admitted", "answer", "answered")),
)


def test_a_deadline_runs_from_the_day_of_the_step() -> None:
    calendar = WorkCalendar(holidays=frozenset({date(2025, 7, 7)}))
    terms = {"answer": Term(3, TermUnit.WORKING_DAYS)}
    assert TIMED.step("asked", "admit").due_date(date(2025, 7, 4), terms, calendar) == date(2025, 7, 10)
    assert TIMED.step("admitted", "answer").due_date(date(2025, 7, 4), terms, calendar) is None
    assert TIMED.deadlines == {"answer"}


def test_a_deadline_that_no_pack_states_is_refused() -> None:
    with pytest.raises(DomainError, match="no-such-term") as refusal:
        TIMED.step("asked", "admit").due_date(date(2025, 7, 4), {}, WorkCalendar())
    assert refusal.value.parameters == {"value": "answer"}
