"""A witness: sees that logs only grow, and signs that it saw it (C2SP tlog-witness).

It remembers the newest checkpoint of each log that it watches, in one small file. What it is shown it signs only
when a proof leads there from what it remembers, and only after it has remembered it durably. It needs no database
and nothing of the system but this folder, `adaldyq.base` and `cryptography`, so that an institution that does not
trust the one that runs the log can run it.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Self

from adaldyq.base.errors import DomainError
from adaldyq.base.private_files import write_private
from adaldyq.ledger.checkpoints import Checkpoint, whole_number
from adaldyq.ledger.cosignatures import CosignerKey, cosign, cosignatures, cosigner
from adaldyq.ledger.merkle import EMPTY_ROOT, HASH_BYTES, check_consistency
from adaldyq.ledger.notes import Note, SignerKey, VerifierKey, decoded, encoded

KEY, SEEN, LOCK, MARK = "witness-key", "witness-seen.json", "witness-lock", "witness-seen.sha256"
MOST_BYTES = 64 * 1024
MOST_STEPS = 63
OLD = "old "
GOOD, BAD, FORBIDDEN, UNKNOWN, CONFLICT, UNPROVED = 200, 400, 403, 404, 409, 422
STATUS = {
    "witness-request-malformed": BAD,
    "note-malformed": BAD,
    "checkpoint-malformed": BAD,
    "witness-old-size-larger": BAD,
    "witness-log-unknown": UNKNOWN,
    "not-signed": FORBIDDEN,
    "signature-wrong": FORBIDDEN,
    "witness-size-differs": CONFLICT,
    "witness-root-differs": CONFLICT,
    "consistency-wrong": UNPROVED,
}
"""What each refusal is in HTTP, as the specification says."""


@dataclass(frozen=True, slots=True)
class Submission:
    """What a log asks a witness to sign.

    Attributes:
        old: size from which the proof leads.
        proof: consistency proof of RFC 6962.
        note: the checkpoint with its signatures.
    """

    old: int
    proof: tuple[bytes, ...]
    note: str

    def text(self) -> str:
        """The submission as the body of a request."""
        return "".join(f"{line}\n" for line in (f"{OLD}{self.old}", *map(encoded, self.proof), "")) + self.note

    @classmethod
    def parse(cls, body: bytes) -> Self:
        """Read the body of a request.

        Raises:
            DomainError: `witness-request-malformed`.
        """
        try:
            head, gap, note = body.decode().partition("\n\n")
        except UnicodeDecodeError:
            raise DomainError("witness-request-malformed") from None
        first, *steps = head.split("\n")
        old = whole_number(first.removeprefix(OLD)) if first.startswith(OLD) and first != OLD else None
        proof = [decoded(step) for step in steps]
        if old is None or not gap or len(proof) > MOST_STEPS or len(body) > MOST_BYTES:
            raise DomainError("witness-request-malformed")
        found = tuple(step for step in proof if step is not None and len(step) == HASH_BYTES)
        if len(found) != len(proof):
            raise DomainError("witness-request-malformed")
        return cls(old, found, note)


@dataclass(frozen=True, slots=True)
class Witness:
    """A witness with its key, its folder, and the logs that it watches.

    Attributes:
        folder: holds key, memory and lock; it must never be restored from a backup.
        logs: trusted keys of each log, by origin.
    """

    folder: Path
    signer: SignerKey
    logs: Mapping[str, tuple[VerifierKey, ...]]

    @classmethod
    def open(cls, folder: Path, name: str, keys: Iterable[VerifierKey]) -> Self:
        """Open the witness of a folder; at the first time its key and its empty memory are made.

        Args:
            name: of a new witness; by custom an address without scheme.
            keys: of the logs to watch; the name of a key is the origin of its log.

        Raises:
            DomainError: `witness-memory-lost`: the key is there and the memory is not, so it might sign a fork;
                `witness-memory-old`, `witness-memory-damaged`, `key-malformed`.
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        known = list(keys)
        logs = {key.name: tuple(one for one in known if one.name == key.name) for key in known}
        with alone(folder):
            if not (folder / KEY).exists():
                if not (folder / SEEN).exists():
                    write_private(folder / SEEN, "{}")
                write_private(folder / KEY, cosigner(name).text() + "\n")
            signer = SignerKey.parse((folder / KEY).read_text(encoding="ascii"), CosignerKey)
            found = cls(folder, signer, logs)
            found.memory()
            write_private(folder / MARK, digest((folder / SEEN).read_text(encoding="utf-8")))
        return found

    @property
    def key(self) -> CosignerKey:
        """The public key, to be given to whoever trusts this witness."""
        return CosignerKey(self.signer.verifier.name, self.signer.verifier.public)

    def add_checkpoint(self, body: bytes, *, at: datetime) -> str:
        """Sign a checkpoint that continues what was seen, and give the signature line.

        The memory is on the disk before this returns. Two requests at once come one after the other, in whatever
        process they are.

        Raises:
            DomainError: a code of `STATUS`, or one of `memory`.
            OSError: what is to be remembered could not be written; nothing was signed.
        """
        asked = Submission.parse(body)
        note = Note.parse(asked.note)
        checkpoint = Checkpoint.parse(note.text)
        keys = self.logs.get(checkpoint.origin)
        if keys is None:
            raise DomainError("witness-log-unknown", origin=checkpoint.origin)
        trusted = note.checked(keys)
        if not trusted:
            raise DomainError("not-signed", keys=", ".join(key.name for key in keys))
        with alone(self.folder):
            memory = self.memory()
            before = memory.get(checkpoint.origin)
            check_growth(asked, checkpoint, Checkpoint.parse(before.text) if before else None)
            # A clock that stepped back must not make a larger tree look older than a smaller one.
            stated = [at, *(one.at for one in (cosignatures(before, [self.key]) if before else []))]
            line = cosign(note.text, self.signer, at=max(stated))
            memory[checkpoint.origin] = Note(note.text, (*trusted.values(), line))
            self.remember(memory)
        return str(line)

    def newest(self, origin_hash: str) -> str | None:
        """The newest checkpoint that this witness signed of a log, for monitors; None when it signed none.

        Args:
            origin_hash: SHA-256 of the log's origin, in small hexadecimal digits.

        Raises:
            DomainError: those of `memory`.
        """
        with alone(self.folder):
            memory = self.memory()
        for origin, note in memory.items():
            if sha256(origin.encode()).hexdigest() == origin_hash:
                return str(note)
        return None

    def memory(self) -> dict[str, Note]:
        """What this witness signed last, by origin. To be asked for while the lock is held.

        Raises:
            DomainError: `witness-memory-lost`; `witness-memory-damaged`: it is not what this witness has written;
                `witness-memory-old`: it wrote another later.
        """
        file, mark = self.folder / SEEN, self.folder / MARK
        try:
            text = file.read_text(encoding="utf-8")
            found = json.loads(text)
            memory = {origin: Note.parse(str(note)) for origin, note in found.items()}
            whole = all(
                Checkpoint.parse(note.text).origin == origin and cosignatures(note, [self.key])
                for origin, note in memory.items()
            )
        except FileNotFoundError:
            raise DomainError("witness-memory-lost", file=str(file)) from None
        except (ValueError, AttributeError, RecursionError, DomainError):
            raise DomainError("witness-memory-damaged", file=str(file)) from None
        if not whole:
            raise DomainError("witness-memory-damaged", file=str(file))
        if mark.exists() and digest(text) not in mark.read_text(encoding="utf-8"):
            raise DomainError("witness-memory-old", file=str(file))
        return memory

    def remember(self, memory: Mapping[str, Note]) -> None:
        """Keep what was signed, whole or not at all, and the hash of it, by which an older file put back is known.

        Raises:
            OSError: it could not be written.
        """
        text = json.dumps({origin: str(note) for origin, note in memory.items()}, indent=2)
        before = (self.folder / SEEN).read_text(encoding="utf-8")
        # Between the two writes a process may die; until the memory is written the one before is the newest.
        write_private(self.folder / MARK, digest(before) + digest(text))
        write_private(self.folder / SEEN, text)
        write_private(self.folder / MARK, digest(text))


def public_key(folder: Path) -> CosignerKey | None:
    """The public key of the witness in a folder of this machine; None when there is none that may be read.

    Raises:
        DomainError: `key-malformed`.
    """
    try:
        signer = SignerKey.parse((folder / KEY).read_text(encoding="ascii"), CosignerKey)
    except (OSError, UnicodeDecodeError):
        return None
    return CosignerKey(signer.verifier.name, signer.verifier.public)


def digest(text: str) -> str:
    """Line with the hash of a memory."""
    return sha256(text.encode()).hexdigest() + "\n"


def check_growth(asked: Submission, new: Checkpoint, before: Checkpoint | None) -> None:
    """Check that a log has only grown since it was seen last.

    Raises:
        DomainError: `witness-old-size-larger`, `witness-size-differs`, `witness-root-differs`, or
            `consistency-wrong`.
    """
    size, root = (before.size, before.root) if before else (0, EMPTY_ROOT)
    if asked.old > new.size:
        raise DomainError("witness-old-size-larger", old=asked.old, size=new.size)
    if asked.old != size:
        raise DomainError("witness-size-differs", size=size)
    if new.size == size and new.root != root:
        raise DomainError("witness-root-differs", size=size)
    if size in {0, new.size}:
        if asked.proof:
            raise DomainError("consistency-wrong")
        return
    check_consistency(size, new.size, root, new.root, asked.proof)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Wait for the lock of a folder, and hold it; it goes by itself when the process dies."""
    with (folder / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
