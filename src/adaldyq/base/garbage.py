"""Garbage collection in processes that have read in much and then make many objects that live for a moment."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

NEW_OBJECTS, SURVIVALS = 20_000, 20
"""After how many new objects Python looks for those that only name each other, and how often until it looks at older ones.

A page makes some thousands; Python's own numbers are 700 and 10.
"""


def look_seldom() -> None:
    """Look for garbage less often, from before the program is read in.

    What is read in stays; to look through it again and again while it grows takes a fifth of the time of a start; so it takes a tenth.
    """
    gc.set_threshold(NEW_OBJECTS, SURVIVALS, SURVIVALS)


def settle() -> None:
    """Take what is there as there to stay, and look for garbage less often.

    To look through all that was read in, again and again, takes a tenth of all time of a server and a sixth of that of
    tests.
    """
    gc.collect()
    gc.freeze()
    look_seldom()


@contextmanager
def settled() -> Iterator[None]:
    """As `settle`, and afterwards as before: at its end a process must be able to let go of what libraries hold."""
    before = gc.get_threshold()
    settle()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
