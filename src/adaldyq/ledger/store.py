"""Tiles, entries and checkpoints as the database keeps them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection

from adaldyq.ledger.merkle import HASH_BYTES, Nodes
from adaldyq.ledger.models import Leaf, StoredCheckpoint, StoredTile
from adaldyq.ledger.tiles import WIDTH, Edge, Tile, bundle, edge_tiles, nodes_of


class TileMissing(Exception):
    """The database lacks a tile that its own checkpoint needs."""


def newest_checkpoint() -> StoredCheckpoint | None:
    """The largest checkpoint; None when the log is empty."""
    return StoredCheckpoint.objects.order_by("-size").first()


def read_tile(tile: Tile) -> bytes:
    """Hashes of a tile; of one that has grown, those of its width.

    Raises:
        TileMissing: it is not there, or not as wide.
    """
    with connection.cursor() as cursor:  # one of the few reads that has to be as fast as the database
        cursor.execute("SELECT hashes FROM ledger_storedtile WHERE id = %s", [key_of(tile)])
        row = cursor.fetchone()
    hashes = bytes(row[0])[: tile.width * HASH_BYTES] if row else b""
    if len(hashes) != tile.width * HASH_BYTES:
        raise TileMissing(tile.path())
    return hashes


def read_tiles(tiles: Iterable[Tile]) -> Mapping[Tile, bytes]:
    """Hashes of several tiles at once.

    Raises:
        TileMissing: one of them is not there, or not as wide.
    """
    wanted = {key_of(tile): tile for tile in tiles}
    rows = dict(StoredTile.objects.filter(pk__in=wanted).values_list("pk", "hashes"))
    found = {}
    for key, tile in wanted.items():
        hashes = bytes(rows.get(key, b""))[: tile.width * HASH_BYTES]
        if len(hashes) != tile.width * HASH_BYTES:
            raise TileMissing(tile.path())
        found[tile] = hashes
    return found


def key_of(tile: Tile) -> int:
    """Primary key of a tile of hashes."""
    return StoredTile.key(tile.level or 0, tile.index)


def write_tiles(tiles: Mapping[Tile, bytes]) -> None:
    """Keep tiles, in place of the narrower ones that they continue."""
    rows = [StoredTile(pk=key_of(tile), hashes=hashes) for tile, hashes in tiles.items()]
    StoredTile.objects.bulk_create(rows, update_conflicts=True, unique_fields=["id"], update_fields=["hashes"])


def read_bundle(tile: Tile) -> bytes:
    """Entries of a bundle.

    Raises:
        TileMissing: one of them is not there.
    """
    begin = tile.index * WIDTH
    rows = Leaf.objects.filter(position__gte=begin, position__lt=begin + tile.width).order_by("position")
    entries = [bytes(entry) for entry in rows.values_list("entry", flat=True)]
    if len(entries) != tile.width:
        raise TileMissing(tile.path())
    return bundle(entries)


def nodes(size: int) -> Nodes:
    """Perfect subtrees of the log at a size."""
    return nodes_of(read_tile, size)


def edge_of(size: int) -> Edge:
    """The right edge of the log at a size, ready to grow.

    Raises:
        TileMissing: one of its tiles is not there.
    """
    wanted = edge_tiles(size)
    found = read_tiles(tile for tile in wanted if tile)
    return Edge(size, [found[tile] if tile else b"" for tile in wanted])
