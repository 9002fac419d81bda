"""Which declarations are reviewed, and by whom: a draw that anybody who has its frame can repeat.

The frame is a text: a line for each declaration, its id and its weight with a space between, in the order of the ids.
Its SHA-256 stands in the ledger before the seed is known (`base/draw.py`). By risk those of the greatest weight are taken, of one weight the lowest places
first and none of weight 0; at random, of all others those with the lowest places, whatever their weight.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from adaldyq.base.draw import lowest, place

ALGORITHM = "sha256-places-1"
RISK, RANDOM = "risk", "random"
PERCENT = 100
RISK_SHARE, RANDOM_SHARE = "review_risk_share", "review_random_share"
SHARES = (RISK_SHARE, RANDOM_SHARE)
"""What packs call the shares of the frame, in percent."""
WEIGHT_OF_SEVERITY: Mapping[str, str] = {
    "high": "review_weight_high",
    "medium": "review_weight_medium",
    "low": "review_weight_low",
}
"""What packs call the weight of one finding, by its severity."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A declaration of the frame: its id, and its weight by what the rules ask about it."""

    id: str
    weight: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """Ids that were taken, each list in the order in which it was."""

    risk: tuple[str, ...]
    random: tuple[str, ...]


def frame_text(candidates: Iterable[Candidate]) -> bytes:
    """The frame in its one exact form.

    Raises:
        ValueError: an id stands twice or holds a space, or a weight is negative.
    """
    lines: list[str] = []
    last = ""
    for one in sorted(candidates, key=lambda candidate: candidate.id):
        if one.id == last or one.weight < 0 or len(one.id.split()) != 1:
            raise ValueError(f"no line of a frame: {one}")
        lines.append(f"{one.id} {one.weight}\n")
        last = one.id
    return "".join(lines).encode("ascii")


def read_frame(text: bytes) -> Iterator[Candidate]:
    """The candidates of a frame, line by line."""
    for line in text.decode("ascii").splitlines():
        key, _, weight = line.partition(" ")
        yield Candidate(key, int(weight))


def count_of(size: int, share: Decimal) -> int:
    """How many a share of a frame is, in percent; of a frame with somebody in it at least one, unless it is nothing."""
    return min(size, math.ceil(size * share / PERCENT))


def draw(frame: bytes, seed: str, *, risk: int, random: int) -> Drawn:
    """Take so many by risk, then so many at random from all others; fewer when there are not so many.

    Args:
        frame: as `frame_text` writes it.
    """
    weighed = (one for one in read_frame(frame) if one.weight > 0)
    by_risk = heapq.nsmallest(risk, weighed, key=lambda one: (-one.weight, place(seed, one.id)))
    taken = {one.id for one in by_risk}
    others = (one.id for one in read_frame(frame) if one.id not in taken)
    return Drawn(tuple(one.id for one in by_risk), lowest(seed, others, random))


def taken_lines(drawn: Drawn) -> list[str]:
    """Whatever was taken, each as `ID PART`, in the order of the ids; the ledger's line holds a digest of these."""
    parts = {**dict.fromkeys(drawn.risk, RISK), **dict.fromkeys(drawn.random, RANDOM)}
    return [f"{key} {part}" for key, part in sorted(parts.items())]


def assigned(
    keys: Sequence[str],
    analysts: Collection[str],
    biased: Mapping[str, Collection[str]],
    load: Mapping[str, int],
    seed: str,
) -> dict[str, str]:
    """Who reviews what: each goes to the analyst free of conflict who has the fewest, of equals by place.

    Args:
        keys: ids of what is reviewed, in the order in which it is given out.
        biased: by id, the analysts who must not review it.
        load: how many reviews each analyst has open already.

    Returns:
        The analyst by id; what nobody is free to review is left out.
    """
    carried = {analyst: load.get(analyst, 0) for analyst in analysts}
    found: dict[str, str] = {}
    for key in keys:
        free = [one for one in carried if one not in biased.get(key, ())]
        if not free:
            continue
        chosen = min(free, key=lambda one: (carried[one], place(seed, f"{key}:{one}")))
        carried[chosen] += 1
        found[key] = chosen
    return found
