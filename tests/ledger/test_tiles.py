"""Tiles are named, cut and put together as C2SP tlog-tiles says, and everything can be proved from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.base.errors import DomainError
from adaldyq.ledger.merkle import (
    Frontier,
    check_consistency,
    check_inclusion,
    consistency_proof,
    fold,
    inclusion_proof,
    leaf_hash,
    tree_root,
)
from adaldyq.ledger.tiles import WIDTH, Edge, Tile, bundle, bundles_of, edge_tiles, nodes_of, tiles_of, unbundle

LEAVES = [leaf_hash(str(number).encode()) for number in range(70_000)]


def read(tile: Tile) -> bytes:
    """A tile as its definition says: the roots of `width` full subtrees."""
    assert tile.level is not None
    step = 256**tile.level
    begin = tile.index * 256
    return b"".join(
        fold(b"".join(LEAVES[number * step : (number + 1) * step])) for number in range(begin, begin + tile.width)
    )


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 0), "tile/0/000"),
        (Tile(0, 1234067), "tile/0/x001/x234/067"),
        (Tile(3, 1000, 5), "tile/3/x001/000.p/5"),
        (Tile(63, 999, 255), "tile/63/999.p/255"),
        (Tile(None, 12, 1), "tile/entries/012.p/1"),
        (Tile(None, 123456789), "tile/entries/x123/x456/789"),
    ],
)
def test_a_tile_has_one_address(tile: Tile, path: str) -> None:
    assert tile.path() == path
    assert Tile.parse(path) == tile


@given(st.none() | st.integers(0, 63), st.integers(0, 2**60), st.integers(1, 256))
def test_every_address_leads_back_to_its_tile(level: int | None, index: int, width: int) -> None:
    tile = Tile(level, index, width)
    assert Tile.parse(tile.path()) == tile


@pytest.mark.parametrize(
    "path",
    [
        "",
        "tile/0",
        "tile/64/000",
        "tile/00/000",
        "tile/-1/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000/",
        "tile/entries/../0",
        "tile/0/００１",
        "tile/data/000",
        "/tile/0/000",
    ],
)
def test_what_is_no_address_is_refused(path: str) -> None:
    with pytest.raises(DomainError, match="tile-malformed"):
        Tile.parse(path)


def test_a_log_of_seventy_thousand_has_the_tiles_of_the_specification() -> None:
    tiles = list(tiles_of(70_000))
    assert tiles[272:] == [Tile(0, 272), Tile(0, 273, 112), Tile(1, 0), Tile(1, 1, 17), Tile(2, 0, 1)]
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []
    assert list(bundles_of(257)) == [Tile(None, 0), Tile(None, 1, 1)]


def test_a_log_has_the_tiles_that_its_size_fills() -> None:
    assert all(tile.within(70_000) for tile in tiles_of(70_000))
    assert Tile(0, 273, 5).within(70_000)
    assert not Tile(0, 273, 113).within(70_000)
    assert not Tile(0, 273).within(70_000)
    assert not Tile(2, 0, 2).within(70_000)
    assert not Tile(40, 0, 1).within(70_000)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 65_535, 65_536, 65_537, 70_000])
def test_everything_is_proved_from_tiles(size: int) -> None:
    nodes = nodes_of(read, size)
    root = tree_root(nodes, size)
    frontier = Frontier()
    for leaf in LEAVES[:size]:
        frontier.append(leaf)
    assert frontier.root() == root
    for index in {0, size // 3, size - 1, size - size % 256 - 1} & set(range(size)):
        check_inclusion(LEAVES[index], index, size, inclusion_proof(nodes, index, size), root)
    for old in {1, size // 2, size - 1, size} - {0}:
        old_root = tree_root(nodes_of(read, old), old)
        check_consistency(old, size, old_root, root, consistency_proof(nodes, old, size))


@pytest.mark.parametrize(("size", "more"), [(0, 0), (0, 1), (255, 1), (256, 300), (65_300, 300), (65_536, 4_464)])
def test_a_log_grows_from_its_right_edge(size: int, more: int) -> None:
    edge = Edge(size, [read(tile) if tile else b"" for tile in edge_tiles(size)])
    for leaf in LEAVES[size : size + more]:
        edge.append(leaf)
    assert edge.root() == tree_root(nodes_of(read, size + more), size + more)
    before = {tile for tile in tiles_of(size) if tile.width == WIDTH}
    now = set(tiles_of(size + more))
    assert set(edge.full) == {tile for tile in now - before if tile.width == WIDTH}
    assert set(edge.partial()) == {tile for tile in now if tile.width < WIDTH}
    assert all(hashes == read(tile) for tile, hashes in {**edge.full, **edge.partial()}.items())


@given(st.lists(st.binary(max_size=300), max_size=256))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    assert unbundle(bundle(entries), len(entries)) == entries


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x01", b"\x00\x02a", b"\x00\x01ab", b"\x00\x01a\x00\x01b"])
def test_a_bundle_cut_short_or_too_long_is_refused(data: bytes) -> None:
    with pytest.raises(DomainError, match="bundle-malformed"):
        unbundle(data, 1)


def test_an_entry_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="65535"):
        bundle([bytes(65_536)])
