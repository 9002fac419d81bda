"""The audit of a whole log: every line is fetched and hashed, and nothing the log says is taken on trust.

What was seen is kept in a file: the next audit proves that the log has only grown since.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from adaldyq.base.errors import DomainError
from adaldyq.ledger.checkpoints import Checkpoint, named_keys, open_checkpoint
from adaldyq.ledger.leaves import canonical
from adaldyq.ledger.merkle import HASH_BYTES, leaf_hash
from adaldyq.ledger.notes import Note, VerifierKey
from adaldyq.ledger.sources import Source
from adaldyq.ledger.tiles import WIDTH, Edge, Tile, bundles_of, unbundle
from adaldyq.ledger.verdicts import Step, Verdict, Watch, cosigned, refuted

NOBODY = Watch()
UNJUDGED = {"keys-missing", "state-malformed", "source-unreachable"}

Told = Callable[[int, int], None]
"""Told how many lines were hashed, and of how many."""


@dataclass(slots=True)
class Seen:
    """What earlier audits saw of logs, kept in a file.

    Attributes:
        logs: by origin: the trusted keys in text form, and the newest checkpoint as a note.
    """

    file: Path
    logs: dict[str, dict[str, object]] = field(default_factory=dict)

    @classmethod
    def load(cls, file: Path) -> Seen:
        """Read the file; nothing was seen when there is none.

        Raises:
            DomainError: `state-malformed`.
        """
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return cls(file)
        except (ValueError, RecursionError, OSError):
            raise DomainError("state-malformed", file=str(file)) from None
        if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
            raise DomainError("state-malformed", file=str(file))
        return cls(file, found)

    def keys(self, origin: str) -> list[VerifierKey]:
        """Keys that were trusted for a log."""
        listed = self.logs.get(origin, {}).get("keys", [])
        try:
            return [VerifierKey.parse(str(key)) for key in listed] if isinstance(listed, list) else []
        except DomainError:
            raise DomainError("state-malformed", file=str(self.file)) from None

    def checkpoint(self, origin: str) -> str:
        """The newest checkpoint seen of a log; empty when none was."""
        return str(self.logs.get(origin, {}).get("checkpoint", ""))

    def keep(self, origin: str, note: str, keys: Iterable[VerifierKey]) -> None:
        """Remember what was seen, whole or not at all."""
        self.logs[origin] = {"keys": [str(key) for key in keys], "checkpoint": note}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        new = self.file.with_name(self.file.name + ".new")
        with new.open("w", encoding="utf-8") as text:
            json.dump(self.logs, text, ensure_ascii=False, indent=2)
            text.flush()
            os.fsync(text.fileno())
        new.replace(self.file)


@dataclass(slots=True)
class Hashed:
    """What came of hashing all lines.

    Attributes:
        edge: of the whole tree.
        old_root: root at the size that was seen before; None when that size was not reached.
        tiles: how many tiles were compared.
        unread: lines whose form is not known.
        acts: lines by act.
    """

    edge: Edge = field(default_factory=Edge)
    old_root: bytes | None = None
    tiles: int = 0
    unread: int = 0
    acts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit found.

    Attributes:
        acts: lines by act, of those whose form is known.
    """

    verdict: Verdict
    origin: str
    size: int
    acts: dict[str, int]


@dataclass(slots=True)
class Work:
    """An audit under way: what is read, and what was found so far."""

    source: Source
    seen: Seen
    note: str
    steps: list[Step] = field(default_factory=list)
    hashed: Hashed = field(default_factory=Hashed)
    origin: str = ""
    size: int = 0


def no_progress(_done: int, _total: int) -> None:
    """Tell nobody."""


def audit(
    source: Source,
    seen: Seen,
    *,
    keys: Iterable[VerifierKey] = (),
    watch: Watch = NOBODY,
    told: Told = no_progress,
) -> Audit:
    """Check a whole log against itself, its keys, and what was seen of it before.

    The file of what was seen is written only when everything holds.

    Args:
        keys: of the log, which the auditor trusts. Without any: those of the earlier audit, and at the first
            time those that the log publishes, which the verdict then says.
        watch: the witnesses that the auditor trusts, and how many of them are asked for.

    Raises:
        DomainError: `source-unreachable`, `state-malformed`, `keys-missing`; whatever else is wrong stands in the
            verdict.
    """
    note = source.read("checkpoint")
    if note is None:
        raise DomainError("source-unreachable", address=f"{source.name}/checkpoint", problem="404")
    work = Work(source, seen, note.decode("utf-8", errors="replace"))
    try:
        look(work, list(keys), watch, told)
    except DomainError as error:
        if error.code in UNJUDGED:
            raise
        work.steps.append(refuted(error))
    return Audit(Verdict(tuple(work.steps)), work.origin, work.size, dict(work.hashed.acts))


def look(work: Work, given: list[VerifierKey], watch: Watch, told: Told) -> None:
    """Do the audit, step after step, until the first that fails.

    Raises:
        DomainError: what failed.
    """
    signed = Note.parse(work.note)
    work.origin = Checkpoint.parse(signed.text).origin
    trusted = trusted_keys(work, given)
    checkpoint = open_checkpoint(work.note, trusted, work.origin)
    work.size = checkpoint.size
    work.steps += [
        Step("audit-read", holds=True, facts={"origin": checkpoint.origin, "size": checkpoint.size}),
        Step("step-signed", holds=True, facts={"keys": names(signed.checked(trusted))}),
    ]
    before = earlier(work.seen, work.origin, trusted)
    if before and before.size > checkpoint.size:
        raise forked("log-shorter", work, before.size)
    hash_lines(work.source, checkpoint, before.size if before else 0, work.hashed, told)
    compare(work, checkpoint, before)
    work.steps += cosigned(signed, watch)
    if Verdict(tuple(work.steps)).holds:
        work.seen.keep(work.origin, work.note, with_new_keys(work, checkpoint, trusted))


def trusted_keys(work: Work, given: list[VerifierKey]) -> list[VerifierKey]:
    """Keys to trust: those given and those seen before; at the first time those that the log publishes.

    Raises:
        DomainError: `keys-missing`.
    """
    known = [*given, *(key for key in work.seen.keys(work.origin) if key not in given)]
    if known:
        return known
    taken = published_keys(work.source)
    if not taken:
        raise DomainError("keys-missing", address=f"{work.source.name}/keys")
    work.steps.append(Step("audit-key-taken", holds=None, facts={"keys": names(taken)}))
    return taken


def published_keys(source: Source) -> list[VerifierKey]:
    """Keys that a log publishes, a line each; lines that are no key are passed over."""
    found = []
    for line in (source.read("keys") or b"").decode("utf-8", errors="replace").splitlines():
        try:
            found.append(VerifierKey.parse(line))
        except DomainError:
            continue
    return found


def with_new_keys(work: Work, checkpoint: Checkpoint, trusted: list[VerifierKey]) -> list[VerifierKey]:
    """Trusted keys, and those that the text which they signed names as their successors: so a key is replaced.

    A signature alone makes no key trusted, for anybody can add a line of his own to a note.
    """
    added = [key for key in named_keys(checkpoint) if key not in trusted]
    if added:
        work.steps.append(Step("audit-key-added", holds=True, facts={"keys": names(added)}))
    return [*trusted, *added]


def earlier(seen: Seen, origin: str, trusted: list[VerifierKey]) -> Checkpoint | None:
    """The checkpoint that was seen before.

    Raises:
        DomainError: `state-malformed`.
    """
    note = seen.checkpoint(origin)
    if not note:
        return None
    try:
        return open_checkpoint(note, [*seen.keys(origin), *trusted], origin)
    except DomainError:
        raise DomainError("state-malformed", file=str(seen.file)) from None


def hash_lines(source: Source, checkpoint: Checkpoint, old: int, hashed: Hashed, told: Told) -> None:
    """Fetch and hash every line, and compare the tiles of the log with what comes out.

    Raises:
        DomainError: `bundle-malformed`, `tile-wrong`, `source-unreachable`.
    """
    edge = hashed.edge
    for tile in bundles_of(checkpoint.size):
        for entry in unbundle(fetched(source, tile, entries=True), tile.width):
            edge.append(leaf_hash(entry))
            if edge.size == old:
                hashed.old_root = edge.root()
            count(entry, hashed)
        check_tiles(source, hashed)
        told(edge.size, checkpoint.size)
    edge.full.update(edge.partial())
    check_tiles(source, hashed)


def check_tiles(source: Source, hashed: Hashed) -> None:
    """Compare the tiles that were filled with those that the log serves.

    Raises:
        DomainError: `tile-wrong`, `source-unreachable`.
    """
    for tile, hashes in hashed.edge.full.items():
        if fetched(source, tile) != hashes:
            raise DomainError("tile-wrong", tile=tile.path())
        hashed.tiles += 1
    hashed.edge.full.clear()


def fetched(source: Source, tile: Tile, *, entries: bool = False) -> bytes:
    """A tile or bundle; where a log no longer has a partial one, the beginning of the whole.

    Raises:
        DomainError: `tile-wrong`: neither is there; `source-unreachable`, `bundle-malformed`.
    """
    found = source.read(tile.path())
    if found is not None:
        return found
    whole = source.read(Tile(tile.level, tile.index).path())
    if whole is None:
        raise DomainError("tile-wrong", tile=tile.path())
    if not entries:
        return whole[: tile.width * HASH_BYTES]
    parts = unbundle(whole, WIDTH)[: tile.width]
    return b"".join(len(entry).to_bytes(2) + entry for entry in parts)


def count(entry: bytes, hashed: Hashed) -> None:
    """Count a line under its act."""
    try:
        said = json.loads(entry)
        known = canonical(said).encode() == entry and set(said) == {"act", "at", "commitment", "version"}
        hashed.acts[str(said["act"]) if known else ""] += 1
    except (ValueError, TypeError, KeyError, RecursionError):
        known = False
    hashed.unread += not known


def compare(work: Work, checkpoint: Checkpoint, before: Checkpoint | None) -> None:
    """Hold what was hashed against what was signed, now and before.

    Raises:
        DomainError: `root-wrong`, `log-forked`.
    """
    hashed, size = work.hashed, checkpoint.size
    if hashed.edge.root() != checkpoint.root:
        raise DomainError("root-wrong", size=size)
    work.steps += [
        Step("audit-lines", holds=True, facts={"size": size}),
        Step("audit-tiles", holds=True, facts={"count": hashed.tiles}),
    ]
    if before is None:
        work.steps.append(Step("audit-first", holds=None, facts={"file": str(work.seen.file)}))
    elif before.size and before.root != hashed.old_root:
        raise forked("log-forked", work, before.size)
    else:
        work.steps.append(Step("audit-continued", holds=True, facts={"seen": before.size}))
    if hashed.unread:
        work.steps.append(Step("audit-unread", holds=None, facts={"count": hashed.unread}))


def forked(code: str, work: Work, before: int) -> DomainError:
    """The finding that a log contradicts itself, with both signed statements kept as evidence."""
    file = work.seen.file
    evidence = file.with_name(f"{file.stem}-fork-{before}-{work.size}.txt")
    evidence.write_text(f"{work.seen.checkpoint(work.origin)}\n{work.note}", encoding="utf-8")
    return DomainError(code, size=work.size, seen=before, file=str(evidence))


def names(keys: Iterable[VerifierKey]) -> str:
    """Keys as a person compares them."""
    return ", ".join(f"{key.name}+{key.id.hex()}" for key in keys)
