"""Tiles: a log as static files that everybody can fetch, keep and prove from (C2SP tlog-tiles).

A tile is 256 consecutive hashes of one level; level 0 holds the hashes of entries, each higher level the roots
of full tiles below. The rightmost tile of a level may be partial. Entries come in bundles of the same width.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Self

from adaldyq.base.errors import DomainError
from adaldyq.ledger.merkle import HASH_BYTES, NODE, Nodes, fold, joined

HEIGHT = 8
WIDTH = 1 << HEIGHT
TOP_LEVEL = 63
MOST_ENTRY_BYTES = (1 << 16) - 1
LENGTH_BYTES = 2
ENTRIES = "entries"

INDEX = re.compile(r"(?:x[0-9]{3}/)*[0-9]{3}", re.ASCII)
PATH = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>[x0-9/]+)(?:\.p/(?P<width>[1-9][0-9]{0,2}))?", re.ASCII
)

Rows = Sequence[bytes]
Read = Callable[["Tile"], bytes]
"""Hashes of a tile, one after another; for a partial tile those of its width."""


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a tile stands.

    Attributes:
        level: 0 to 63; None for a bundle of entries.
        index: within its level, from the left.
        width: number of hashes or entries, 1 to 256.
    """

    level: int | None
    index: int
    width: int = WIDTH

    def path(self) -> str:
        """Its address below the log's prefix."""
        level = ENTRIES if self.level is None else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{index_path(self.index)}{partial}"

    @classmethod
    def parse(cls, path: str) -> Self:
        """Read an address; there is exactly one for each tile.

        Raises:
            DomainError: `tile-malformed`.
        """
        found = PATH.fullmatch(path)
        if found is None or INDEX.fullmatch(found["index"]) is None:
            raise DomainError("tile-malformed", value=path)
        level = None if found["level"] == ENTRIES else int(found["level"])
        index = int(re.sub("[x/]", "", found["index"]))
        width = int(found["width"] or WIDTH)
        made = cls(level, index, width)
        if (level or 0) > TOP_LEVEL or width > WIDTH or made.path() != path:
            raise DomainError("tile-malformed", value=path)
        return made

    def within(self, size: int) -> bool:
        """Whether a log of `size` entries has this tile, or had it when it was smaller."""
        return self.index * WIDTH + self.width <= size >> HEIGHT * (self.level or 0)


def index_path(index: int) -> str:
    """A tile's index in groups of three digits."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    return "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])


def tiles_of(size: int) -> Iterator[Tile]:
    """All tiles of hashes of a log, level by level."""
    for level in range(TOP_LEVEL + 1):
        count = size >> HEIGHT * level
        if not count:
            return
        yield from (Tile(level, index) for index in range(count // WIDTH))
        if count % WIDTH:
            yield Tile(level, count // WIDTH, count % WIDTH)


def bundles_of(size: int) -> Iterator[Tile]:
    """All bundles of entries of a log."""
    yield from (Tile(None, index) for index in range(size // WIDTH))
    if size % WIDTH:
        yield Tile(None, size // WIDTH, size % WIDTH)


def nodes_of(read: Read, size: int) -> Nodes:
    """Perfect subtrees of a log of `size` entries, worked out of its tiles.

    Args:
        read: gives the bytes of a tile; asked at most once for each.
    """
    known: dict[tuple[int, int], Rows] = {}

    def node(height: int, index: int) -> bytes:
        level, above = divmod(height, HEIGHT)
        first = index << above
        at = first // WIDTH
        rows = known.get((level, at))
        if rows is None:
            hashes = read(Tile(level, at, min(WIDTH, (size >> HEIGHT * level) - at * WIDTH)))
            # Of the many tiles of level 0 each is needed rarely, of the others again and again.
            rows = known[level, at] = inner_rows(hashes) if level else build_rows(hashes)
        begin = (first % WIDTH >> above) * HASH_BYTES
        return rows[above][begin : begin + HASH_BYTES]

    return node


def build_rows(hashes: bytes) -> Rows:
    """The perfect subtrees within a tile: row after row of the hashes of each height, from its own to the top."""
    rows = [hashes]
    while len(hashes) >= 2 * HASH_BYTES:
        whole = range(0, len(hashes) - HASH_BYTES, 2 * HASH_BYTES)
        hashes = b"".join([sha256(NODE + hashes[at : at + 2 * HASH_BYTES]).digest() for at in whole])
        rows.append(hashes)
    return rows


inner_rows = lru_cache(maxsize=2048)(build_rows)
"""The same, remembered by content, which can never be out of date."""


class Edge:
    """The right edge of a log's tiles: takes hashes of entries, gives the tiles that they fill and the root."""

    def __init__(self, size: int = 0, partial: Sequence[bytes] = ()) -> None:
        """Start where a log of `size` entries ends.

        Args:
            partial: hashes of the partial tile of every level, from level 0; empty where a level has none.
        """
        self.size = size
        self.levels = [[hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)] for hashes in partial]
        self.full: dict[Tile, bytes] = {}
        """Tiles that were filled since the start."""

    def append(self, leaf: bytes) -> None:
        """Add the hash of an entry."""
        self.size += 1
        node, level = leaf, 0
        while True:
            if level == len(self.levels):
                self.levels.append([])
            hashes = self.levels[level]
            hashes.append(node)
            if len(hashes) < WIDTH:
                return
            whole = b"".join(hashes)
            self.full[Tile(level, (self.size >> HEIGHT * (level + 1)) - 1)] = whole
            node, self.levels[level] = fold(whole), []
            level += 1

    def partial(self) -> dict[Tile, bytes]:
        """The partial tiles, one for each level that has one."""
        return {
            Tile(level, self.size >> HEIGHT * (level + 1), len(hashes)): b"".join(hashes)
            for level, hashes in enumerate(self.levels)
            if hashes
        }

    def root(self) -> bytes:
        """Merkle tree hash of all entries."""
        parts: list[bytes] = []
        for hashes in reversed(self.levels):
            begin, left = 0, len(hashes)
            while left:
                width = 1 << (left.bit_length() - 1)
                parts.append(fold(b"".join(hashes[begin : begin + width])))
                begin, left = begin + width, left - width
        return joined(parts)


def edge_tiles(size: int) -> list[Tile | None]:
    """The partial tile of every level of a log, from level 0; None where a level has none."""
    found: list[Tile | None] = []
    while count := size >> HEIGHT * len(found):
        level = len(found)
        found.append(Tile(level, count // WIDTH, count % WIDTH) if count % WIDTH else None)
    return found


def bundle(entries: Iterable[bytes]) -> bytes:
    """Put entries together, each behind its length.

    Raises:
        ValueError: an entry is longer than 65,535 bytes.
    """
    parts = []
    for entry in entries:
        if len(entry) > MOST_ENTRY_BYTES:
            raise ValueError(f"an entry has {len(entry)} bytes, more than {MOST_ENTRY_BYTES}")
        parts += [len(entry).to_bytes(LENGTH_BYTES), entry]
    return b"".join(parts)


def unbundle(data: bytes, width: int) -> list[bytes]:
    """Take a bundle apart.

    Raises:
        DomainError: `bundle-malformed`: it does not hold exactly `width` whole entries.
    """
    entries, at = [], 0
    while at < len(data):
        begin = at + LENGTH_BYTES
        at = begin + int.from_bytes(data[at:begin])
        if at > len(data) or begin > len(data):
            raise DomainError("bundle-malformed")
        entries.append(data[begin:at])
    if len(entries) != width:
        raise DomainError("bundle-malformed")
    return entries
