"""Receipts: all that is needed to check, far from the system, that an act stands in the ledger.

A receipt is JSON: the line, its place, the proof that leads from it to a root, and the checkpoint in which the log
signed that root and witnesses cosigned it. The holder's own copy also has the salt and the payload, which open the
line's commitment; the public copy never has them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Self, TypeVar

from adaldyq.base.errors import DomainError
from adaldyq.ledger.checkpoints import Checkpoint
from adaldyq.ledger.leaves import HOUR, NAMES, is_canonical, opens
from adaldyq.ledger.merkle import check_inclusion, leaf_hash
from adaldyq.ledger.notes import Note, VerifierKey, decoded, encoded
from adaldyq.ledger.verdicts import Step, Verdict, Watch, cosigned, refuted

FORMAT = "adaldyq-receipt/1"
MOST_CHARACTERS = 1_000_000
MOST_STEPS = 64
LONGEST_WORD = 200
PARTS = {"format", "reference", "entry", "index", "proof", "checkpoint", "keys"}
OWN = {"payload", "salt"}
NOBODY = Watch()

Kind = TypeVar("Kind")


class Receipt(NamedTuple):
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
    index: int  # type: ignore[assignment]  # nobody searches a receipt as a tuple
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
            found = json.loads(text, object_pairs_hook=each_once) if len(text) <= MOST_CHARACTERS else None
            return cls(**parts_of(found))
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
        # The line must be in its one form: one that tells a name twice tells one reader this, another that.
        if not isinstance(said, dict) or said.keys() != NAMES or not is_canonical(said, self.entry.decode()):
            raise DomainError("receipt-malformed")
        if not all(is_word(said[name]) for name in ("act", "at", "commitment")) or not HOUR.fullmatch(said["at"]):
            raise DomainError("receipt-malformed")
        return said


def parts_of(found: Any) -> dict[str, Any]:
    """Parts of a receipt, each of the kind that it has to be.

    Raises:
        DomainError: `receipt-malformed`, `key-malformed`.
        ValueError: a text holds what UTF-8 cannot.
    """
    if not isinstance(found, dict) or found.get("format") != FORMAT or found.keys() - {"own"} != PARTS:
        raise DomainError("receipt-malformed")
    own = found.get("own", {})
    steps = part(found, "proof", list)
    if len(steps) > MOST_STEPS or not isinstance(own, dict) or ("own" in found and own.keys() != OWN):
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


def each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON in which no name is told twice.

    Raises:
        DomainError: `receipt-malformed`: one is, so that two readers could read two things.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DomainError("receipt-malformed")
    return found


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


def check_text(text: str, keys: Iterable[VerifierKey], watch: Watch = NOBODY) -> Verdict:
    """Check a receipt as a file has it; never raises."""
    try:
        receipt = Receipt.parse(text)
        return check(receipt, keys, watch)
    except DomainError as error:
        return Verdict((refuted(error),))


def check(receipt: Receipt, keys: Iterable[VerifierKey], watch: Watch = NOBODY) -> Verdict:
    """Check a receipt, each step whatever came of the others.

    Args:
        keys: of the log, which the checker trusts. Without any, what the receipt claims is looked at, and nothing
            more than that it agrees with itself is said.
        watch: the witnesses that the checker trusts, and how many of them are asked for.

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
    steps.append(signed(receipt, note, checkpoint.origin, list(keys)))
    steps += cosigned(note, watch)
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


def signed(receipt: Receipt, note: Note, origin: str, trusted: Sequence[VerifierKey]) -> Step:
    """Whether the log has signed the root, with a key of its own name."""
    try:
        found = note.checked(trusted or receipt.keys)
    except DomainError as error:
        return refuted(error)
    if not found:
        return refuted(DomainError("not-signed", keys=", ".join(str(key) for key in trusted or receipt.keys)))
    strangers = [key.name for key in found if key.name != origin]
    if len(strangers) == len(found):
        return refuted(DomainError("checkpoint-of-another-log", origin=origin, expected=strangers[0]))
    named = ", ".join(f"{key.name}+{key.id.hex()}" for key in found)
    code, holds = ("step-signed", True) if trusted else ("step-key-unknown", None)
    return Step(code, holds=holds, facts={"keys": named})
