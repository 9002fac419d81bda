"""What a backup says about itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self

from adaldyq.base.errors import DomainError
from adaldyq.verification import snapshot_keys

FORMAT = "adaldyq-backup/1"
SQLITE, POSTGRESQL = "sqlite", "postgresql"
DATABASE_PARTS: Mapping[str, str] = {SQLITE: "database.sqlite3.gz", POSTGRESQL: "database.dump"}
"""Name of the part that is the database, by engine."""
FILES_KEY, SECRET_KEY, LEDGER_KEY, FILES, DEMO = "files-key", "secret-key", "ledger-key", "files/", "demo/"
SNAPSHOTS_KEY = snapshot_keys.FILE
SUMS, MANIFEST = "SHA256SUMS", "manifest.json"


@dataclass(frozen=True, slots=True)
class Tree:
    """The ledger's newest checkpoint in the database of a backup.

    Attributes:
        size: how many lines.
        root: Merkle tree hash of them, in hexadecimal.
    """

    size: int
    root: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself.

    Attributes:
        version: of the program that made it.
        country: code of the country pack.
        made_at: the moment of the database, UTC, ISO 8601.
        engine: `sqlite` or `postgresql`.
        migrations: names of those applied, by app.
        tree: of the ledger; None when nothing has been signed.
        waiting: lines of the ledger that had no place yet.
        files: how many files people handed in.
        files_keys: public halves of the age keys that open those, the one that seals first.
        files_key_inside: whether their private halves are a part; otherwise the operator's secret store has them.
        secret_key: tells the key that seals second factors from others, without telling it.
        secret_key_inside: whether it is a part.
        ledger_key_inside: whether the private keys that sign the ledger are a part.
        parts: how many lines `SHA256SUMS` has.
        sums: SHA-256 of `SHA256SUMS`, in hexadecimal.
        datasets: names of the imported collections that are in it.
        snapshots: how many snapshots of the country's registers are in it.
        pack_inside: whether the country pack is, as one that did not come with the product.
    """

    version: str
    country: str
    made_at: str
    engine: str
    migrations: Mapping[str, Sequence[str]]
    tree: Tree | None
    waiting: int
    files: int
    files_keys: Sequence[str]
    files_key_inside: bool
    secret_key: str
    secret_key_inside: bool
    ledger_key_inside: bool
    parts: int
    sums: str
    datasets: Sequence[str] = ()
    snapshots: int = 0
    pack_inside: bool = False

    def __post_init__(self) -> None:
        """Hold what was read to be of the form.

        Raises:
            TypeError: it is not.
        """
        texts: tuple[object, ...] = (self.version, self.country, self.made_at, self.engine, self.secret_key, self.sums)
        texts += tuple(self.datasets)
        numbers = (self.waiting, self.files, self.parts, self.snapshots)
        if not all(isinstance(one, str) for one in texts) or not all(isinstance(one, int) for one in numbers):
            raise TypeError

    def text(self) -> str:
        """The manifest as JSON."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def parse(cls, text: bytes, place: str) -> Self:
        """Read a manifest.

        Raises:
            DomainError: `backup-foreign`: it is none; `backup-newer`: of a form that only a newer program knows.
        """
        try:
            said = json.loads(text)
            form = said.pop("format")
            if form != FORMAT and str(form).startswith(FORMAT.partition("/")[0] + "/"):
                raise DomainError("backup-newer", file=place, version=str(said.get("version", form)))
            tree = said.pop("tree")
            made = cls(tree=Tree(**tree) if tree else None, **said)
            datetime.fromisoformat(made.made_at)
            known = form == FORMAT and made.engine in DATABASE_PARTS
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            known = False
        if not known:
            raise DomainError("backup-foreign", file=place)
        return made
