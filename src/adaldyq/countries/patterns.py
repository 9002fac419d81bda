"""Finds regular expressions that may search for ages: Python tries every way to share a text among repetitions."""

from __future__ import annotations

import re

PIECE = re.compile(
    r"""
    (?P<plain> \\. | \[\^?\]?(?:\\.|[^\]\\])*\] | \(\?\#[^)]*\) )
    | (?P<open> \((?:\?(?:P<\w+>|P=\w+|[:=!>]|<[=!]|\(\w+\)|[a-zA-Z-]+:?))? )
    | (?P<close> \) )
    | (?P<choice> \| )
    | (?P<repeat> [*+?] | \{(?P<least>\d*)(?P<comma>,?)(?P<most>\d*)\} ) [?+]?
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def endless(pattern: str) -> int | None:
    """The character, from 1, at which a group is repeated that itself repeats something or offers a choice.

    Such a pattern is sometimes harmless; that a person writes it out then is a small price. A group that may only be
    left out is not repeated.

    Args:
        pattern: a regular expression that Python can compile.
    """
    varies = [False]
    closed = None
    for piece in PIECE.finditer(pattern):
        kind = piece.lastgroup
        if kind == "repeat":
            if closed and repeats(piece):
                return piece.start() + 1
            varies[-1] = varies[-1] or differs(piece)
        closed = None
        if kind == "open":
            varies.append(False)
        elif kind == "choice":
            varies[-1] = True
        elif kind == "close":
            closed = varies.pop()
            varies[-1] = varies[-1] or closed
    return None


def repeats(piece: re.Match[str]) -> bool:
    """Whether what stands before may come twice."""
    if piece["repeat"] in "*+?":
        return piece["repeat"] != "?"
    most = piece["most"] if piece["comma"] else piece["least"]
    return not most or int(most) > 1


def differs(piece: re.Match[str]) -> bool:
    """Whether what stands before may come more or less often."""
    return piece["repeat"] in "*+?" or (bool(piece["comma"]) and piece["least"] != piece["most"])
