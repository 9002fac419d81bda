"""Shows the log's checkpoints to the witnesses, and keeps what they sign."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog
from django.conf import settings
from django.db import transaction

from adaldyq.base.errors import DomainError
from adaldyq.ledger.cosignatures import CosignerKey, cosignatures
from adaldyq.ledger.merkle import consistency_proof
from adaldyq.ledger.models import StoredCheckpoint, StoredCosignature
from adaldyq.ledger.notes import Note
from adaldyq.ledger.store import newest_checkpoint, nodes
from adaldyq.ledger.witness import Submission
from adaldyq.ledger.witness_client import Knows, WitnessAddress, WitnessAway, WitnessRefused

log = structlog.stdlib.get_logger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
TRIES = 5

Seconds = Callable[[], float]


def configured() -> list[WitnessAddress]:
    """The witnesses of the settings.

    Raises:
        DomainError: `witness-address-malformed`, `key-malformed`.
    """
    return [WitnessAddress.parse(one) for one in str(settings.LEDGER_WITNESSES).split(",") if one.strip()]


def known_keys() -> tuple[CosignerKey, ...]:
    """Keys of the witnesses of the settings, for whoever checks; none when the settings cannot be read.

    The worker refuses to start with such settings and says why; a page has no better answer than that it knows nobody.
    """
    try:
        return tuple(one.key for one in configured())
    except DomainError as wrong:
        log.warning("no witness is known, because the settings cannot be read", code=wrong.code)
        return ()


def cosign_newest(witness: WitnessAddress) -> bool:
    """Get the newest checkpoint cosigned by a witness; false when it had cosigned it before.

    Raises:
        WitnessAway: it did not answer.
        DomainError: `ledger-behind` or `ledger-refused`: it saw another history.
    """
    newest = newest_checkpoint()
    old = last_cosigned(witness.key.name)
    if newest is None or old == newest.size:
        return False
    for _try in range(TRIES):
        try:
            answer = witness.cosignature(submission(newest, old))
        except WitnessRefused as refusal:
            raise DomainError("ledger-refused", place=witness.url, problem=str(refusal)) from refusal
        if isinstance(answer, Note):
            keep(newest, answer, witness)
            return True
        old, newest = known_size(answer, witness, newest)
    raise WitnessAway(f"{witness.key.name}: it names another size each time")


def known_size(answer: Knows, witness: WitnessAddress, shown: StoredCheckpoint) -> tuple[int, StoredCheckpoint]:
    """From where the next proof has to lead, and to which checkpoint.

    Raises:
        DomainError: `ledger-behind`.
    """
    # Another process may have signed, and shown to the witness, a larger tree in between.
    newest = newest_checkpoint() or shown
    if answer.size > newest.size:
        raise DomainError("ledger-behind", place=witness.url, seen=answer.size, size=newest.size)
    if answer.size < last_cosigned(witness.key.name):
        log.warning("a witness forgot what it signed", witness=witness.key.name)
    return answer.size, newest


def submission(checkpoint: StoredCheckpoint, old: int) -> Submission:
    """What a witness is asked, with the proof from the size that it knows."""
    proof = consistency_proof(nodes(checkpoint.size), old, checkpoint.size) if 0 < old < checkpoint.size else []
    return Submission(old, tuple(proof), checkpoint.note)


def last_cosigned(name: str) -> int:
    """The largest size that a witness has cosigned, as far as the log knows."""
    found = StoredCosignature.objects.filter(witness=name).order_by("-checkpoint_id").first()
    return found.checkpoint_id if found else 0


def keep(checkpoint: StoredCheckpoint, answer: Note, witness: WitnessAddress) -> None:
    """Keep a cosignature, which the answer's reader has checked."""
    [line] = answer.signatures
    [found] = cosignatures(answer, [witness.key])
    with transaction.atomic():
        StoredCosignature.objects.get_or_create(
            checkpoint=checkpoint, witness=witness.key.name, defaults={"line": str(line), "stated_at": found.at}
        )


@dataclass(slots=True)
class Patience:
    """How long to leave a witness that does not answer alone: twice as long each time."""

    until: float = 0.0
    pause: float = FIRST_PAUSE

    def failed(self, now: float) -> None:
        """Wait, and longer the next time."""
        self.until, self.pause = now + self.pause, min(self.pause * 2, LONGEST_PAUSE)

    def answered(self) -> None:
        """Begin anew."""
        self.until, self.pause = 0.0, FIRST_PAUSE


@dataclass(slots=True)
class Rounds:
    """Goes from witness to witness, and leaves those that are away alone for a while."""

    witnesses: Sequence[WitnessAddress]
    seconds: Seconds = time.monotonic
    patience: dict[str, Patience] = field(default_factory=dict)

    def go(self) -> int:
        """Show every witness the newest checkpoint, and return how many cosigned it now.

        Raises:
            DomainError: a witness saw another history, told after all have been asked.
        """
        count, refusal, now = 0, None, self.seconds()
        for witness in self.witnesses:
            waiting = self.patience.setdefault(witness.url, Patience())
            if now < waiting.until:
                continue
            try:
                count += cosign_newest(witness)
                waiting.answered()
            except WitnessAway as away:
                waiting.failed(now)
                said = str(away)
                log.warning(
                    "a witness did not cosign, the ledger goes on without it", witness=witness.key.name, said=said
                )
            except DomainError as error:
                waiting.failed(now)
                refusal = error
        if refusal:
            raise refusal
        return count
