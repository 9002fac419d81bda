"""Which counts of reviews may be told, with every total that is told beside them taken as known."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from adaldyq.base.disclosure import is_open

FOUND = ("corrected", "referred")
"""Outcomes that say that something was wrong."""

DECIDED, OVERDUE, WRONG = "decided", "overdue", "found"
"""Names of what is told beside the outcomes."""


def told(counts: Mapping[str, int], *, selected: int, overdue: int, least: int) -> dict[str, int | None]:
    """Counts of a group of reviews, and their totals, without those from which somebody could be guessed.

    `counts` are the outcomes of those decided; how many were `selected` is told whatever it is, since that is the size
    of a draw. A count from 1 up to, but not including, `least` is left out, with others (`left_out`), until each could be
    anything from 1 to `least` by the number decided. Where they do not suffice, and of a draw of fewer than `least`,
    nothing that came of it is told, the number decided neither.
    """
    together = left_out(counts, least)
    if 0 < selected < least or (together and not may_be_many(counts, together, least)):
        return dict.fromkeys((*counts, DECIDED, OVERDUE, WRONG))
    decided = sum(counts.values())
    return {
        **{name: None if name in together else count for name, count in counts.items()},
        DECIDED: decided,
        OVERDUE: late(overdue, selected - decided, least),
        WRONG: wrong(counts, together, least),
    }


def left_out(counts: Mapping[str, int], least: int) -> list[str]:
    """Counts that are left out because some are few.

    All that count less than twice `least` go, and of the larger ones the first that is needed. Which go may not hang
    on which is the smallest of those told: whoever knows that could tell the few from it.
    """
    counted = [name for name, count in counts.items() if count]
    if not any(counts[name] < least for name in counted):
        return []
    gone = [name for name in counted if counts[name] < 2 * least]
    larger = [name for name in counted if name not in gone]
    return gone if may_be_many(counts, gone, least) else [*gone, *larger[:1]]


def may_be_many(counts: Mapping[str, int], names: Collection[str], least: int) -> bool:
    """Whether some counts are so many, and count so much, that none follows from their sum."""
    return is_open(sum(counts[name] for name in names), len(names), least)


def wrong(counts: Mapping[str, int], together: Collection[str], least: int) -> int | None:
    """Of how many something was wrong, unless a count that is left out would follow from it."""
    inside = [name for name in together if name in FOUND]
    beside = [name for name in together if name not in FOUND]
    if any(part and not may_be_many(counts, part, least) for part in (inside, beside)):
        return None
    return sum(counts[name] for name in FOUND)


def late(overdue: int, undecided: int, least: int) -> int | None:
    """Of how many that are not decided the last day has passed; of few undecided it would say what each of them is."""
    return None if 0 < undecided < least or 0 < overdue < least else overdue
