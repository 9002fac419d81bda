"""What files of other doors have in common: sealed as they came, and gone again when no report holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from adaldyq.measures.reports.adapters import store
from adaldyq.measures.reports.adapters.arrival import SealedFile
from adaldyq.measures.reports.queries import own


@contextmanager
def held_or_dropped(files: Sequence[SealedFile]) -> Iterator[None]:
    """Drop afterwards what no report holds: what was refused, and what came again and was sealed anew."""
    try:
        yield
    finally:
        places = [one.stored for one in files]
        for place in set(places) - set(own.places_kept(places)):
            store.drop(place)
