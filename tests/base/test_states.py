"""A transition table permits what it says and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import Conflict
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
