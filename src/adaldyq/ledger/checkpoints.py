"""Checkpoints: what a log says its tree is, as a signed note (C2SP tlog-checkpoint)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, Self

from adaldyq.base.errors import DomainError
from adaldyq.ledger.merkle import HASH_BYTES
from adaldyq.ledger.notes import Note, SignerKey, VerifierKey, decoded, encoded, open_note, sign

LINES = 3
KEY = "key "
MOST_LEAVES = 1 << 63


class Checkpoint(NamedTuple):
    """Size and root of a log's tree.

    Attributes:
        origin: name of the log, by custom its address without scheme.
        size: number of leaves.
        root: Merkle tree hash of them.
        extensions: further lines, which mean something only to their maker.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text that is signed."""
        return "".join(f"{line}\n" for line in (self.origin, self.size, encoded(self.root), *self.extensions))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text of a note.

        Raises:
            DomainError: `checkpoint-malformed`.
        """
        lines = text.removesuffix("\n").split("\n")
        if not text.endswith("\n") or len(lines) < LINES or not all(lines):
            raise DomainError("checkpoint-malformed")
        size, root = whole_number(lines[1]), decoded(lines[2])
        if size is None or root is None or len(root) != HASH_BYTES:
            raise DomainError("checkpoint-malformed")
        return cls(lines[0], size, root, tuple(lines[LINES:]))

    def signed(self, *signers: SignerKey) -> Note:
        """The checkpoint as a note."""
        return sign(self.text(), *signers)


def open_checkpoint(note: str, keys: Iterable[VerifierKey], origin: str | None = None) -> Checkpoint:
    """Read a checkpoint that a trusted key of its log has signed.

    Args:
        origin: the log whose checkpoint it has to be, signed with a key of the same name; by default any.

    Raises:
        DomainError: `note-malformed`, `signature-wrong`, `not-signed`, `checkpoint-malformed`, or
            `checkpoint-of-another-log`.
    """
    trusted = list(keys)
    opened = open_note(note, trusted)
    found = Checkpoint.parse(opened.text)
    if origin is None:
        return found
    if found.origin != origin:
        raise DomainError("checkpoint-of-another-log", origin=found.origin, expected=origin)
    signers = [key.name for key in opened.checked(trusted)]
    if origin not in signers:
        raise DomainError("checkpoint-of-another-log", origin=origin, expected=signers[0])
    return found


def key_lines(keys: Iterable[VerifierKey]) -> tuple[str, ...]:
    """Extensions with which a log names all its keys while it replaces one."""
    return tuple(f"{KEY}{key}" for key in keys)


def named_keys(checkpoint: Checkpoint) -> list[VerifierKey]:
    """The keys that a log itself names in what it signs; lines that are something else are passed over."""
    found = []
    for line in checkpoint.extensions:
        try:
            key = VerifierKey.parse(line.removeprefix(KEY))
        except DomainError:
            continue
        if line == f"{KEY}{key}" and key.name == checkpoint.origin:
            found.append(key)
    return found


def whole_number(text: str) -> int | None:
    """A number written in ASCII digits without leading zeros; None for anything else."""
    if (
        not (text.isascii() and text.isdecimal())
        or (text[0] == "0" and text != "0")
        or len(text) > len(str(MOST_LEAVES))
    ):
        return None
    number = int(text)
    return number if number < MOST_LEAVES else None
