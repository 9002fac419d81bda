"""Keeps an old database from being signed as if it were the newest: that would fork the log.

Before anything is signed the tree is held against what the log is known to have signed: a file that is outside
the backups, and what the witnesses signed last. When the tree is behind, or differs, or neither can be read,
nothing is signed. Lines go on waiting, which harms nobody.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import structlog
from django.conf import settings

from adaldyq.base.errors import DomainError
from adaldyq.base.private_files import write_private
from adaldyq.ledger import keys
from adaldyq.ledger.checkpoints import Checkpoint, open_checkpoint
from adaldyq.ledger.merkle import tree_root
from adaldyq.ledger.models import LogKey, StoredCheckpoint
from adaldyq.ledger.notes import Note, VerifierKey
from adaldyq.ledger.sequencer import never, sequence
from adaldyq.ledger.store import TileMissing, newest_checkpoint, nodes
from adaldyq.ledger.witness_client import WitnessAddress, WitnessAway
from adaldyq.ledger.witnessing import Patience, Rounds, Seconds, configured, cosign_newest

log = structlog.stdlib.get_logger(__name__)


@dataclass(slots=True)
class Guard:
    """Asked by the sequencer before it signs; see `sequencer.Guard`.

    Attributes:
        file: outside the backups; holds the newest checkpoint that was signed here.
        asked: whether a witness has answered since this process began. A database is not replaced under a running
            process without the file telling.
        refusal: what a witness said while the log was running.
    """

    file: Path
    witnesses: Sequence[WitnessAddress]
    seconds: Seconds = time.monotonic
    asked: bool = False
    refusal: DomainError | None = None
    patience: Patience = field(default_factory=Patience)

    @classmethod
    def of_settings(cls) -> Guard:
        """The guard of this installation.

        Raises:
            DomainError: `witness-address-malformed`, `key-malformed`.
        """
        return cls(Path(settings.LEDGER_SEEN), configured())

    def __call__(self, newest: StoredCheckpoint | None) -> None:
        """Let the log be continued, or say why not.

        Raises:
            DomainError: `ledger-behind`, `ledger-differs`, `ledger-refused`, `ledger-last-unreadable`, or
                `ledger-unguarded`.
        """
        in_file = self.file.exists()
        if in_file:
            compare(read(self.file.read_text(encoding="utf-8"), str(self.file)), newest, str(self.file))
        if self.refusal:
            self.asked = False
        now = self.seconds()
        if not self.asked and (now >= self.patience.until or not in_file):
            self.asked = self.ask(newest, now)
            if self.asked:
                self.refusal = None
        if self.refusal:
            raise self.refusal
        if not in_file and not self.asked and not is_new(newest):
            raise DomainError("ledger-unguarded", place=str(self.file))

    def ask(self, newest: StoredCheckpoint | None, now: float) -> bool:
        """Whether a witness could be asked; all that can be agree with the tree.

        Raises:
            DomainError: as when the guard is called.
        """
        answered = False
        for witness in self.witnesses:
            try:
                agree(witness, newest)
                answered = True
            except WitnessAway:
                name = witness.key.name
                log.warning("a witness is away and could not be asked what the ledger signed last", witness=name)
        if answered:
            self.patience.answered()
        else:
            self.patience.failed(now)
        return answered

    def keep(self) -> None:
        """Write the newest checkpoint to the file; when that fails, the log goes on and the record says so."""
        newest, written = newest_checkpoint(), 0
        try:
            while newest and newest.size != written:  # another worker may have signed while this one wrote
                self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write_private(self.file, str(newest.cosigned()))
                written, newest = newest.size, newest_checkpoint()
        except OSError:
            log.exception("what the ledger signed last could not be written outside the backups")


def sequence_guarded(guard: Guard, *, at: datetime, stopped: Callable[[], bool] = never) -> int:
    """Sequence what waits if the guard permits it, and return how many lines it were.

    Args:
        stopped: whether to leave what still waits to the next time; asked between batches.

    Raises:
        DomainError: of the guard or of `sequencer.sequence`.
    """
    count = sequence(at=at, guard=guard, stopped=stopped)
    if count:
        guard.keep()
    return count


def cosign_guarded(guard: Guard, rounds: Rounds) -> int:
    """Show the witnesses the newest checkpoint; what one of them refuses, the guard refuses from then on.

    Raises:
        DomainError: `ledger-behind` or `ledger-refused`.
    """
    try:
        count = rounds.go()
    except DomainError as refusal:
        guard.refusal = refusal
        raise
    if count:
        guard.asked, guard.refusal = True, None
        guard.keep()
    return count


def why_held() -> DomainError | None:
    """Why the ledger would not be signed now; None when it would. Asks the witnesses, and signs nothing."""
    try:
        Guard.of_settings()(newest_checkpoint())
    except DomainError as refusal:
        return refusal
    return None


def accept() -> StoredCheckpoint | None:
    """Take the present tree for the newest, on the word of the operator; no witness is overruled by this.

    Raises:
        DomainError: a witness or the file knows better: `ledger-behind`, `ledger-differs`, `ledger-refused`, or
            `ledger-last-unreadable`.
    """
    guard, newest = Guard.of_settings(), newest_checkpoint()
    try:
        guard(newest)
    except DomainError as refusal:
        if refusal.code != "ledger-unguarded":
            raise
    guard.keep()
    return newest


def agree(witness: WitnessAddress, newest: StoredCheckpoint | None) -> None:
    """Hold the tree against what a witness signed last.

    Raises:
        WitnessAway: it did not answer.
        DomainError: it saw another history.
    """
    last = witness.last(origin())
    if last:
        compare(read(str(last), witness.url), newest, witness.url)
    elif newest:
        # A witness without that way to read it tells what it knows when it is asked to sign.
        cosign_newest(witness)


def compare(known: Checkpoint, newest: StoredCheckpoint | None, place: str) -> None:
    """Check that the tree begins with one that was signed.

    Raises:
        DomainError: `ledger-behind`, `ledger-differs`.
    """
    if known.size > (newest.size if newest else 0):
        newest = newest_checkpoint()  # another worker may have signed since; what it signed is here before it is told
    size = newest.size if newest else 0
    if known.size > size:
        raise DomainError("ledger-behind", place=place, seen=known.size, size=size)
    try:
        same = tree_root(nodes(size), known.size) == known.root
    except TileMissing:
        same = False
    if not same:
        raise DomainError("ledger-differs", place=place, seen=known.size)


def read(text: str, place: str) -> Checkpoint:
    """A checkpoint that this log has signed.

    Raises:
        DomainError: `ledger-last-unreadable`, or those of `keys.signing_keys`.
    """
    known, name = known_keys(), origin()
    try:
        return open_checkpoint(text, known, name)
    except DomainError as wrong:
        raise DomainError("ledger-last-unreadable", place=place) from wrong


def known_keys() -> list[VerifierKey]:
    """Keys that have signed this log, and those that would sign it now."""
    there = bool(settings.LEDGER_KEY) or keys.file().exists()
    return [*keys.public_keys(), *(one.verifier for one in (keys.signing_keys() if there else []))]


def origin() -> str:
    """Name of this log."""
    newest = newest_checkpoint()
    if newest:
        return Checkpoint.parse(Note.parse(newest.note).text).origin
    known = known_keys()
    return known[0].name if known else str(settings.LEDGER_ORIGIN)


def is_new(newest: StoredCheckpoint | None) -> bool:
    """Whether this log has never been signed: no checkpoint, and no key that could have signed one elsewhere."""
    return newest is None and not LogKey.objects.exists() and not keys.file().exists()
