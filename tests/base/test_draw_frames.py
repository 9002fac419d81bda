"""A frame gives each by its weight, keeps conflicts and caps, spreads the work evenly, and a bundle is done again by anybody."""

from __future__ import annotations

import ast
import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base import draw
from adaldyq.base.draw import Frame

IDS = st.integers(0, 9)
MOST_LINES = 200


@st.composite
def frames(of: st.DrawFn) -> Frame:
    """A frame of some subjects and people, with whatever conflicts and caps."""
    subjects = {f"s{one}": of(st.integers(1, 8)) for one in of(st.sets(IDS, max_size=9))}
    people = {f"p{one}": of(st.integers(0, 4)) for one in of(st.sets(IDS, max_size=6))}
    conflicts = {one: sorted(of(st.sets(st.sampled_from(sorted(people)), max_size=3))) for one in subjects if people}
    return Frame("test", subjects, of(st.integers(0, 9)), people, conflicts, of(st.integers(0, 3)))


@given(frames(), st.text("0123456789abcdef", min_size=4, max_size=16))
def test_conflicts_and_caps_hold_and_what_is_uneven_has_its_reason(frame: Frame, beacon: str) -> None:
    told = draw.bundle(frame, beacon)
    loads = Counter(dict.fromkeys(frame.people, 0))
    assert len(told["drawn"]) == min(frame.count, len(frame.subjects))
    for subject, people in told["given"].items():
        assert len(set(people)) == len(people) <= frame.each
        assert not set(people) & set(frame.conflicts.get(subject, ()))
        assert (len(people) < frame.each) == (subject in told["reasons"])
        loads.update(people)
    assert all(load <= frame.people[who] for who, load in loads.items())
    for who, load in loads.items():
        assert (max(loads.values()) - load > 1) == (who in told["reasons"])
    assert draw.differences(json.loads(json.dumps(told))) == []


def test_work_goes_along_a_chain_of_exchanges_so_that_loads_stay_even() -> None:
    """Only `a` may have s1 and s2; whoever else has something of `a` takes it over."""
    others = {"s1": ["b", "c"], "s2": ["b", "c"]}
    for number in range(60):
        frame = Frame("test", dict.fromkeys(("s1", "s2", "s3", "s4", "s5"), 1), 5, dict.fromkeys("abc", 5), others, 1)
        loads = Counter(who for people in draw.bundle(frame, f"b{number}")["given"].values() for who in people)
        assert sorted(loads.values()) == [1, 2, 2]


def test_whoever_has_eight_chances_is_drawn_eight_times_as_often() -> None:
    frame = Frame("test", {"heavy": 8, **{f"light-{one}": 1 for one in range(8)}}, 1)
    drawn = Counter(draw.bundle(frame, f"beacon {number}")["drawn"][0] for number in range(3000))
    assert 1400 < drawn["heavy"] < 1600  # half of 3000, four standard deviations to either side
    assert all(130 < drawn[f"light-{one}"] < 245 for one in range(8))


@pytest.mark.parametrize("part", ["beacon", "seed", "root", "drawn", "given"])
def test_a_bundle_that_was_altered_is_found_out(part: str) -> None:
    told = draw.bundle(Frame("test", {"s1": 1, "s2": 3}, 1, {"a": 1, "b": 1}, {}, 1), "beacon")
    told[part] = {"s1": ["a", "b"]} if part == "given" else ["s1", "s2"] if part == "drawn" else f"{told[part]}0"
    assert draw.differences(told)


@pytest.mark.parametrize("weight", [0, 9])
def test_a_weight_beyond_the_scale_is_refused(weight: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 8"):
        Frame("test", {"s1": weight}, 1)


def test_whoever_doubts_reads_one_short_file_that_needs_nothing_else() -> None:
    text = Path(draw.__file__).read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    imported = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.Import | ast.ImportFrom)]
    names = {alias.name if isinstance(one, ast.Import) else one.module for one in imported for alias in one.names}
    assert {str(name).partition(".")[0] for name in names} <= set(sys.stdlib_module_names)
