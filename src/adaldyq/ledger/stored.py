"""This installation's own log as an auditor reads it: straight from the database, without the pages."""

from __future__ import annotations

from adaldyq.base.errors import DomainError
from adaldyq.ledger import keys, store
from adaldyq.ledger.tiles import Tile


class Stored:
    """The log of the database; see `sources.Source`."""

    name = "database"

    def read(self, path: str) -> bytes | None:
        """Bytes of a file of the log; None when there is none."""
        if path == "checkpoint":
            newest = store.newest_checkpoint()
            return str(newest.cosigned()).encode() if newest else None
        if path == "keys":
            return "".join(f"{key}\n" for key in keys.public_keys()).encode()
        try:
            tile = Tile.parse(path)
            return store.read_bundle(tile) if tile.level is None else store.read_tile(tile)
        except (DomainError, store.TileMissing):
            return None
