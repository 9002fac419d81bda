"""Reproducible chance: each subject of each chunk draws from a stream of its own."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from adaldyq.demo.columns import Bools, Floats, Ints


def stream(seed: int, chunk: int, subject: str) -> np.random.Generator:
    """The stream of one subject, such as `families`, in one chunk; no other subject moves it."""
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, chunk, zlib.crc32(subject.encode())])))


def days_between(chance: np.random.Generator, first: Ints, last: Ints) -> Ints:
    """A day from `first` to `last` for each pair; `first` where that is not before `last`."""
    room = np.maximum(last - first + 1, 1)
    drawn: Ints = first + (chance.random(len(first)) * room).astype(np.int64)
    return drawn


def picks(chance: np.random.Generator, count: int, weights: Sequence[float]) -> Ints:
    """A place in `weights` for each of `count`, drawn by weight."""
    edges = np.cumsum(weights)
    return np.searchsorted(edges / edges[-1], chance.random(count), side="right").astype(np.int64)


def happens(chance: np.random.Generator, count: int, share: float | Floats) -> Bools:
    """Whether something of this probability happens, for each of `count`."""
    return chance.random(count) < share
