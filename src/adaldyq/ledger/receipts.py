"""Receipts: all that is needed to check, far from the system, that an act stands in the ledger.

A receipt is JSON: the line, its place, the proof that leads from it to a root, and the checkpoint in which the log
signed that root and witnesses cosigned it. The holder's own copy also has the salt and the payload, which open the
line's commitment; the public copy never has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from adaldyq.base.errors import DomainError
from adaldyq.ledger.checkpoints import Checkpoint
from adaldyq.ledger.cosignatures import CosignerKey, cosignatures
from adaldyq.ledger.leaves import opens
from adaldyq.ledger.merkle import check_inclusion, leaf_hash
from adaldyq.ledger.notes import Note, VerifierKey, decoded, encoded

FORMAT = "adaldyq-receipt/1"
MOST_CHARACTERS = 1_000_000
MOST_STEPS = 64
LONGEST_WORD = 200

Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says, nothing of it checked.

    Attributes:
        reference: its opaque name.
        entry: the line.
        index: its place in the tree, from 0.
        proof: hashes from the line's neighbour up.
        note: checkpoint with its signatures.
        keys: of the log, as the receipt itself claims.
        salt: opens the line, with the payload; None in the public copy.
    """

    reference: str
    entry: bytes
    index: int
    proof: tuple[bytes, ...]
    note: str
    keys: tuple[VerifierKey, ...]
    salt: bytes | None = None
    payload: str | None = None

    def document(self) -> dict[str, object]:
        """The receipt as what JSON can say."""
        own = {} if self.salt is None else {"own": {"payload": self.payload, "salt": encoded(self.salt)}}
        return {
            "format": FORMAT,
            "reference": self.reference,
            "entry": self.entry.decode(),
            "index": self.index,
            "proof": [encoded(step) for step in self.proof],
            "checkpoint": self.note,
            "keys": [str(key) for key in self.keys],
            **own,
        }

    def text(self) -> str:
        """The receipt as a file."""
        return json.dumps(self.document(), ensure_ascii=False, indent=2) + "\n"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a receipt.

        Raises:
            DomainError: `receipt-malformed`.
        """
        try:
            return cls(**parts_of(json.loads(text) if len(text) <= MOST_CHARACTERS else None))
        except (ValueError, RecursionError, DomainError):
            raise DomainError("receipt-malformed") from None

    def facts(self) -> dict[str, object]:
        """What the line says: act, hour, commitment.

        Raises:
            DomainError: `receipt-malformed`: it is no line of this kind of ledger.
        """
        try:
            said = json.loads(self.entry)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict) or not all(is_word(said.get(name)) for name in ("act", "at", "commitment")):
            raise DomainError("receipt-malformed")
        return said


def parts_of(found: Any) -> dict[str, Any]:
    """Parts of a receipt, each of the kind that it has to be.

    Raises:
        DomainError: `receipt-malformed`, `key-malformed`.
        ValueError: a text holds what UTF-8 cannot.
    """
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise DomainError("receipt-malformed")
    own = found.get("own", {})
    steps = part(found, "proof", list)
    if len(steps) > MOST_STEPS or not isinstance(own, dict):
        raise DomainError("receipt-malformed")
    return {
        "reference": part(found, "reference", str),
        "entry": part(found, "entry", str).encode(),
        "index": part(found, "index", int),
        "proof": tuple(raw(step) for step in steps),
        "note": part(found, "checkpoint", str),
        "keys": tuple(VerifierKey.parse(str(key)) for key in part(found, "keys", list)[:MOST_STEPS]),
        "salt": raw(own["salt"]) if "salt" in own else None,
        "payload": part(own, "payload", str).encode().decode() if "salt" in own else None,
    }


def is_word(value: object) -> bool:
    """Whether a value is a short text that can be shown as it is."""
    return isinstance(value, str) and len(value) <= LONGEST_WORD and value.isprintable()


def part(found: dict[str, Any], name: str, kind: type[Kind]) -> Kind:
    """A part of a receipt.

    Raises:
        DomainError: `receipt-malformed`: it is not there, or something else.
    """
    value = found.get(name)
    if not isinstance(value, kind) or isinstance(value, bool):
        raise DomainError("receipt-malformed")
    return value


def raw(text: object) -> bytes:
    """Bytes of base 64.

    Raises:
        DomainError: `receipt-malformed`.
    """
    found = decoded(text) if isinstance(text, str) else None
    if found is None:
        raise DomainError("receipt-malformed")
    return found


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a check.

    Attributes:
        code: names its sentence in `wording`.
        holds: None when it could not be judged.
        facts: values for the sentence.
    """

    code: str
    holds: bool | None
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found, step by step."""

    steps: tuple[Step, ...]

    @property
    def holds(self) -> bool:
        """Whether everything that was looked at holds, and a trusted key has signed it."""
        return all(step.holds is not False for step in self.steps) and any(
            step.code == "step-signed" for step in self.steps
        )

    @property
    def refuted(self) -> bool:
        """Whether something is wrong; a check that could not be finished does neither hold nor refute."""
        return any(step.holds is False for step in self.steps)


def refuted(error: DomainError) -> Step:
    """The step at which a check ended."""
    return Step(error.code, holds=False, facts=dict(error.parameters))


def check_text(text: str, keys: Iterable[VerifierKey], witnesses: Iterable[CosignerKey] = ()) -> Verdict:
    """Check a receipt as a file has it; never raises."""
    try:
        receipt = Receipt.parse(text)
        return check(receipt, keys, witnesses)
    except DomainError as error:
        return Verdict((refuted(error),))


def check(receipt: Receipt, keys: Iterable[VerifierKey], witnesses: Iterable[CosignerKey] = ()) -> Verdict:
    """Check a receipt, each step whatever came of the others.

    Args:
        keys: of the log, which the checker trusts. Without any, what the receipt claims is looked at, and nothing
            more than that it agrees with itself is said.
        witnesses: keys of witnesses that the checker trusts.

    Raises:
        DomainError: `receipt-malformed`: the line cannot be read.
    """
    said = receipt.facts()
    steps = [Step("step-read", holds=True, facts={"act": said["act"], "hour": said["at"]}), opened(receipt)]
    try:
        note = Note.parse(receipt.note)
        checkpoint = Checkpoint.parse(note.text)
    except DomainError as error:
        return Verdict((*steps, refuted(error)))
    steps.append(included(receipt, checkpoint))
    steps.append(signed(receipt, note, list(keys)))
    steps += cosigned(note, list(witnesses))
    return Verdict(tuple(steps))


def opened(receipt: Receipt) -> Step:
    """Whether salt and payload are what the line commits to."""
    if receipt.salt is None or receipt.payload is None:
        return Step("step-closed", holds=None, facts={})
    if opens(receipt.entry, receipt.salt, receipt.payload):
        return Step("step-opens", holds=True, facts={})
    return Step("payload-wrong", holds=False, facts={})


def included(receipt: Receipt, checkpoint: Checkpoint) -> Step:
    """Whether the proof leads from the line to the root."""
    try:
        check_inclusion(leaf_hash(receipt.entry), receipt.index, checkpoint.size, receipt.proof, checkpoint.root)
    except DomainError as error:
        return refuted(error)
    return Step("step-included", holds=True, facts={"index": receipt.index, "size": checkpoint.size})


def signed(receipt: Receipt, note: Note, trusted: Sequence[VerifierKey]) -> Step:
    """Whether the log has signed the root."""
    try:
        found = note.checked(trusted or receipt.keys)
    except DomainError as error:
        return refuted(error)
    if found:
        named = ", ".join(f"{key.name}+{key.id.hex()}" for key in found)
        code, holds = ("step-signed", True) if trusted else ("step-key-unknown", None)
        return Step(code, holds=holds, facts={"keys": named})
    return refuted(DomainError("not-signed", keys=", ".join(str(key) for key in trusted or receipt.keys)))


def cosigned(note: Note, witnesses: Sequence[CosignerKey]) -> list[Step]:
    """Which trusted witnesses cosigned; one step each."""
    try:
        found = cosignatures(note, witnesses)
    except DomainError as error:
        return [refuted(error)]
    if not found:
        return [Step("step-not-cosigned", holds=None, facts={})]
    return [
        Step(
            "step-cosigned", holds=True, facts={"witness": one.key.name, "at": one.at.strftime("%Y-%m-%d %H:%M:%S UTC")}
        )
        for one in found
    ]
