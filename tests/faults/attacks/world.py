"""What is attacked: a log of 700 lines, its keys, two witnesses, and a receipt that holds."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from adaldyq.ledger.checkpoints import Checkpoint
from adaldyq.ledger.cosignatures import CosignerKey, cosign, cosigner
from adaldyq.ledger.leaves import Commitment, commit
from adaldyq.ledger.merkle import inclusion_proof, leaf_hash
from adaldyq.ledger.notes import Note, SignerKey
from adaldyq.ledger.receipts import Receipt
from adaldyq.ledger.tiles import Edge, nodes_of
from adaldyq.ledger.witness import STATUS
from adaldyq.ledger.wording import SENTENCES, STEPS

TABLE = Path(__file__).parent / "attacks.csv"
ORIGIN = "example.kz/ledger"
AT = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC)
AGES_HENCE = AT + timedelta(days=365 * 200)
LOG, SECOND, STRANGER = SignerKey.generate(ORIGIN), SignerKey.generate("example.kz/second"), SignerKey.generate(ORIGIN)
WITNESSES = cosigner("witness.example/1"), cosigner("witness.example/2")
IMPOSTOR = cosigner("witness.example/1")
SIZE, PLACE = 700, 5
LINES = [commit("room.record.make", {"amount": 1, "name": "Й", "record": f"R{number}"}, AT) for number in range(SIZE)]

STATUS_OF = {code: status for code, status in STATUS.items() if code != "witness-request-malformed"}

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Attack:
    """A row of the table.

    Attributes:
        name: the function that does it, its words joined by underscores.
        against: who has to refuse it.
        attacker: what is done.
        refused: code of the sentence with which it has to be refused.
    """

    name: str
    against: str
    attacker: str
    refused: str

    @property
    def function(self) -> str:
        """Name of the function that does it."""
        return self.name.replace(" ", "_").replace("'", "_")

    def of(self, module: ModuleType) -> Callable[..., Any]:
        """What does it."""
        found: Callable[..., Any] = getattr(module, self.function)
        return found


def attacks(against: str = "") -> list[Attack]:
    """The rows of the table, all or those against somebody."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [Attack(**row) for row in csv.DictReader(file)]
    return [row for row in rows if against in {"", row.against}]


def says(code: str, text: str) -> bool:
    """Whether a text holds the sentence of a code, whatever its parameters are."""
    known = SENTENCES.get(code) or STEPS[code]
    for sentence in [known] if isinstance(known, str) else [known.one, known.many]:
        words = re.escape(re.sub(r"%\(\w+\)s", "\0", sentence)).replace("\0", ".*").replace("\\\0", ".*")
        if re.search(words, text):
            return True
    return False


@dataclass
class Tree:
    """A tree over lines, with what it takes to prove a place in it."""

    lines: Sequence[Commitment]
    edge: Edge = field(default_factory=Edge)

    def __post_init__(self) -> None:
        for line in self.lines:
            self.edge.append(leaf_hash(line.entry))

    def note(self, *signers: SignerKey, origin: str = ORIGIN) -> Note:
        """Its checkpoint, signed by the log or others, and cosigned by both witnesses."""
        note = Checkpoint(origin, self.edge.size, self.edge.root()).signed(*(signers or (LOG,)))
        return note.with_lines("".join(str(cosign(note.text, one, at=AT)) for one in WITNESSES))

    def receipt(self, place: int = PLACE) -> Receipt:
        """The holder's copy of the receipt of a line."""
        held = {**self.edge.full, **self.edge.partial()}
        proof = inclusion_proof(nodes_of(held.__getitem__, self.edge.size), place, self.edge.size)
        line = self.lines[place]
        return Receipt(
            "ABC", line.entry, place, tuple(proof), str(self.note()), (LOG.verifier,), line.salt, line.payload
        )


TREE, SEEN_TREE = Tree(LINES), Tree(LINES[:500])
HONEST, OTHER = TREE.receipt().document(), TREE.receipt(PLACE + 1).document()


def honest() -> Document:
    """A receipt that holds, to be forged."""
    found: Document = json.loads(json.dumps(HONEST))
    return found


def text_of(document: Document) -> str:
    """A receipt as a file."""
    return json.dumps(document)


def resigned(text: str, *signers: SignerKey) -> str:
    """A note over a text that no honest log would sign, with cosignatures."""
    lines = [one.line(text) for one in signers or (LOG,)] + [str(cosign(text, one, at=AT)) for one in WITNESSES]
    return f"{text}\n{''.join(lines)}"


def flipped(data: bytes, at: int = -1) -> bytes:
    """Bytes with one bit turned."""
    changed = bytearray(data)
    changed[at] ^= 1
    return bytes(changed)


def witness_key(number: int) -> CosignerKey:
    """The public key of a witness."""
    return CosignerKey(WITNESSES[number].verifier.name, WITNESSES[number].verifier.public)
