"""Verifiable chance: a draw that anybody can repeat who has its list and its seed, and that nobody could steer.

The list is fixed first, and its commitment is recorded where it cannot be changed. Then comes a text that nobody could
know at that time, the beacon; the seed is made of both. Each key of the list has a place by the seed, and those with the
lowest places are drawn. A shell repeats all of it with `sha256sum` and `sort`.

A `Frame` is such a list with weights, and with people among whom what is drawn is given out. It has no fractions and imports
the standard library only, so that whoever doubts a result reads this one file and runs it.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

ALGORITHM = "adaldyq-draw/1"
LEAST_WEIGHT, MOST_WEIGHT, CONFLICTS, CAPS = 1, 8, "conflicts", "caps"
TURNS = [str(turn).encode() for turn in range(MOST_WEIGHT)]

Given = dict[str, tuple[str, ...]]
Order = Mapping[str, Sequence[str]]


def commitment(listed: bytes) -> str:
    """What is recorded of a list before its seed is known: its SHA-256, in hexadecimal."""
    return hashlib.sha256(listed).hexdigest()


def seed_text(committed: str, beacon: str, tag: str = "") -> str:
    """The text of which the seed is the SHA-256: the tag if there is one, the commitment on a line, the beacon as it is.

    Args:
        beacon: what became known after the commitment was recorded.
        tag: what is drawn, so that one beacon decides two draws differently.

    Raises:
        ValueError: the beacon says nothing.
    """
    if not beacon.strip():
        raise ValueError("a seed needs a beacon")
    return f"{tag}\n{committed}\n{beacon}" if tag else f"{committed}\n{beacon}"


def seed_of(text: str) -> str:
    """The seed that a text makes, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def place(seed: str, key: str) -> str:
    """The place of a key in a draw: SHA-256 of `SEED:KEY`, in hexadecimal."""
    return hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()


def lowest(seed: str, keys: Iterable[str], count: int) -> tuple[str, ...]:
    """The keys with the lowest places, the lowest first; all of them when there are not so many."""
    return tuple(heapq.nsmallest(count, keys, key=lambda key: place(seed, key)))


@dataclass(frozen=True, slots=True)
class Frame:
    """All that decides a draw but its seed; `tag` says what is drawn.

    Attributes:
        subjects: weight of each, a whole number from 1 to 8.
        count: how many subjects are drawn.
        people: among whom those are given out; how many subjects each may have at most.
        conflicts: by subject the people who must not have it.
        each: how many people a subject gets.
    """

    tag: str
    subjects: Mapping[str, int]
    count: int
    people: Mapping[str, int] = field(default_factory=dict)
    conflicts: Mapping[str, Sequence[str]] = field(default_factory=dict)
    each: int = 0

    def __post_init__(self) -> None:
        wrong = [one for one in self.subjects.values() if not LEAST_WEIGHT <= one <= MOST_WEIGHT]
        if wrong or self.each < 0 or self.count < 0 or any(cap < 0 for cap in self.people.values()):
            raise ValueError("weights are whole numbers from 1 to 8, caps and counts not below nought")

    def facts(self) -> dict[str, Any]:
        """What it holds, as JSON does."""
        return {"algorithm": ALGORITHM, **{one.name: getattr(self, one.name) for one in fields(self)}}

    def root(self) -> str:
        """The commitment to its one text: JSON with sorted names and no spaces."""
        return commitment(json.dumps(self.facts(), sort_keys=True, separators=(",", ":")).encode())

    def seed(self, beacon: str) -> str:
        """Its seed: SHA-256 of tag, root and beacon, each on a line."""
        return seed_of(seed_text(self.root(), beacon, self.tag))


def weighted_place(seed: str, key: str, weight: int) -> bytes:
    """The place of a key that has as many chances as its weight: the lowest place of `KEY:0`, `KEY:1` and so on."""
    start = f"{seed}:{key}:".encode()
    return min([hashlib.sha256(start + turn).digest() for turn in TURNS[:weight]])


def drawn(seed: str, frame: Frame) -> tuple[str, ...]:
    """The subjects that are drawn, without one twice, each by its weight; in the order of their places."""
    weights = frame.subjects
    return tuple(heapq.nsmallest(frame.count, weights, key=lambda one: weighted_place(seed, one, weights[one])))


def given_out(seed: str, frame: Frame, subjects: Sequence[str]) -> Given:
    """Who gets each subject, in the order of their places; fewer than `each` where conflicts and caps leave no more.

    Loads differ by no more than these force: who finds only busy people is taken in along a chain of exchanges that ends
    with somebody who has less to do (semi-matching, Harvey and others 2003).
    """
    order = {one: in_order(seed, one, set(frame.people) - set(frame.conflicts.get(one, ()))) for one in subjects}
    has: dict[str, set[str]] = {one: set() for one in subjects}
    holds: dict[str, list[str]] = {who: [] for who in frame.people}
    for one in subjects:
        for _turn in range(frame.each):
            if not take_in(one, frame, order, has, holds):
                break
    return {one: tuple(who for who in order[one] if who in has[one]) for one in subjects}


def in_order(seed: str, subject: str, people: Iterable[str]) -> list[str]:
    """People by their places for a subject: SHA-256 of `SEED:SUBJECT:PERSON`."""
    start = f"{seed}:{subject}:".encode()
    return sorted(people, key=lambda who: hashlib.sha256(start + who.encode()).digest())


def take_in(
    subject: str, frame: Frame, order: Order, has: Mapping[str, set[str]], holds: Mapping[str, list[str]]
) -> bool:
    """Give a subject to one more person, moving others on where that keeps loads even; whether there was somebody."""
    came: dict[str, tuple[str, str] | None] = {who: None for who in order[subject] if who not in has[subject]}
    loads = {who: len(holds[who]) for who, cap in frame.people.items() if len(holds[who]) < cap}
    found = min((who for who in came if who in loads), key=loads.__getitem__, default="")
    if not found or loads[found] > min(loads.values()):
        waiting = list(came)
        for who in waiting:
            for other in holds[who]:
                new = [one for one in order[other] if one not in came and one not in has[other]]
                came.update(dict.fromkeys(new, (other, who)))
                waiting.extend(new)
        found = min((who for who in waiting if who in loads), key=loads.__getitem__, default="")
    if not found:
        return False
    while step := came[found]:
        moved, before = step
        has[moved].remove(before)
        holds[before].remove(moved)
        has[moved].add(found)
        holds[found].append(moved)
        found = before
    has[subject].add(found)
    holds[found].append(subject)
    return True


def reasons(frame: Frame, given: Given) -> dict[str, str]:
    """Why a subject got fewer people than `each`, and why somebody has less to do than others: conflicts or caps."""
    found: dict[str, str] = {}
    loads = dict.fromkeys(frame.people, 0)
    for one, people in given.items():
        if len(people) < frame.each:
            able = len(set(frame.people) - set(frame.conflicts.get(one, ())))
            found[one] = CONFLICTS if able < frame.each else CAPS
        for who in people:
            loads[who] += 1
    most = max(loads.values(), default=0)
    for who, load in loads.items():
        if most > load + 1:
            found[who] = CAPS if load >= frame.people[who] else CONFLICTS
    return found


def bundle(frame: Frame, beacon: str) -> dict[str, Any]:
    """All that somebody needs to repeat a draw, with its result, as JSON holds it."""
    seed = seed_of(seed_text(root := frame.root(), beacon, frame.tag))
    given = given_out(seed, frame, subjects := drawn(seed, frame))
    told = {"frame": frame.facts(), "root": root, "beacon": beacon, "seed": seed}
    given_lists = {one: list(people) for one, people in given.items()}
    return {**told, "drawn": list(subjects), "given": given_lists, "reasons": reasons(frame, given)}


def differences(told: Mapping[str, Any]) -> list[str]:
    """Names of what a bundle says and the draw, done anew from its frame and beacon, does not; none when it holds.

    Raises:
        ValueError: it is no bundle of this algorithm.
    """
    try:
        said = {name: value for name, value in told["frame"].items() if (name, value) != ("algorithm", ALGORITHM)}
        again = bundle(Frame(**said), told["beacon"])
    except (KeyError, TypeError, AttributeError):
        raise ValueError("no bundle of a draw") from None
    return [name for name in again if told.get(name) != again[name]]
