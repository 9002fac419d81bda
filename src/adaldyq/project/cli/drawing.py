"""`adaldyq draw`: repeats a verifiable draw from its file."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from adaldyq.base import beacons
from adaldyq.base.draw import differences
from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.ledger.checkpoints import open_checkpoint
from adaldyq.ledger.cosignatures import CosignerKey
from adaldyq.ledger.notes import Note, VerifierKey
from adaldyq.ledger.receipts import Receipt, check
from adaldyq.ledger.verdicts import Verdict
from adaldyq.measures.permits.queries.draws import FIX, GIVE_UP, MAKE
from adaldyq.project.cli import REFUSED
from adaldyq.project.cli.output import console, harmless

BETWEEN = re.compile("\\n\\n(?!\N{EM DASH} )")
Told = tuple[str, bool | None]
"""A check in words, and whether it holds; None when it could not be done."""


@click.group(help=_("Repeat verifiable draws, as permits and inspections make them."))
def draw() -> None:
    """Hold the commands together."""


@draw.command(
    help=_(
        "Do the draw in the file BUNDLE anew, from its frame and its beacon, without a network and without a database, and "
        "say which checks were done: the result, the secrets of offices or the signatures of witnesses against what the ledger "
        "named before, and the lines of the ledger about the frame and the seed. --key names a public key of the ledger that "
        "you trust, --witness one of a witness. Ends with 1 when something does not hold."
    )
)
@click.argument("bundle", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", "given", multiple=True, metavar="KEY", help=_("A public key of the ledger that you trust."))
@click.option("--witness", "seen_by", multiple=True, metavar="KEY", help=_("A public key of a witness that you trust."))
@click.pass_context
def verify(context: click.Context, bundle: Path, given: Sequence[str], seen_by: Sequence[str]) -> None:
    """Repeat a draw and say what holds."""
    try:
        keys = [VerifierKey.parse(one) for one in given]
        told = json.loads(bundle.read_text(encoding="utf-8"))
        checks = list(checked(told, keys, [CosignerKey.parse(one) for one in seen_by]))
    except DomainError as refused:
        console.print(harmless(sentence(refused)), markup=False, soft_wrap=True)
        context.exit(REFUSED)
    except (ValueError, RecursionError):
        console.print(_("This is no file of a draw."))
        context.exit(REFUSED)
    marks = {True: _("holds"), False: _("does not hold"), None: _("not checked")}
    for words, holds in checks:
        console.print(f"{marks[holds]}: {harmless(words)}", markup=False, soft_wrap=True)
    if any(holds is False for _words, holds in checks):
        context.exit(REFUSED)


def checked(told: Any, keys: Sequence[VerifierKey], seen_by: Sequence[CosignerKey] = ()) -> Iterator[Told]:
    """Every check of a bundle.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(told, dict):
        raise ValueError("no bundle of a draw")  # noqa: TRY004  # a file is wrong, not an argument
    wrong = differences(told)
    yield _("The result follows from frame and beacon."), not wrong
    for name in wrong:
        yield _("Not as the draw says it: %(name)s") % {"name": name}, False
    yield from secrets_of(told)
    if told.get("beacon_kind") == "drand":
        yield round_of(told)
    yield from line_of(told, keys, seen_by)


def secrets_of(told: Mapping[str, Any]) -> Iterator[Told]:
    """Whether the secrets of offices are those whose hashes were handed in, and make the beacon."""
    listed = told.get("secrets") or []
    revealed = [one for one in listed if not one.get("withheld")]
    if not revealed:
        return
    hashes = all(hashlib.sha256(str(one["secret"]).encode()).hexdigest() == one["digest"] for one in revealed)
    yield _("The secrets of the offices are those whose hashes were handed in."), hashes
    if told.get("beacon_kind") == "offices":
        yield (
            _("The beacon is made of these secrets."),
            told["beacon"] == "\n".join(str(one["secret"]) for one in listed),
        )


def round_of(told: Mapping[str, Any]) -> Told:
    """Whether the beacon is a round that the public chain signed, and the one that the draw waited for."""
    try:
        found = beacons.read(str(told.get("beacon")))
        is_signed: bool | None = found.number == told.get("round") and beacons.holds(found)
    except ValueError:
        is_signed = False
    except ModuleNotFoundError:
        is_signed = None
    return _("The beacon is the round that was named before, signed by drand’s public chain."), is_signed


def line_of(told: Mapping[str, Any], keys: Sequence[VerifierKey], seen_by: Sequence[CosignerKey]) -> Iterator[Told]:
    """Whether frame, secrets, beacon and seed are those of the ledger's lines, by the receipts that the bundle carries."""
    fixed = Line.of(told, "receipt", FIX, keys)
    if fixed is None:
        yield _("The root of the frame stands in the ledger: the file has no receipt of it."), None
    else:
        said = fixed.said
        yield (
            _("The line of the ledger commits to this root."),
            fixed.is_about(told) and said.get("root") == told.get("root"),
        )
        if told.get("beacon_kind") == "drand":
            yield _("The line of the ledger names the round of the beacon."), said.get("round") == told.get("round")
        yield _("The secrets are those whose hashes the line of the ledger names, in its order."), listed(told, said)
        yield fixed.signature()
    given_up = Line.of(told, "given_up_receipt", GIVE_UP, keys)
    yield _("The beacon is of the kind that the ledger names."), kind_holds(told, fixed, given_up)
    if told.get("beacon_kind") == "witnesses":
        yield from witnessed(told, given_up or fixed, keys, seen_by)
    drawn = Line.of(told, "seed_receipt", MAKE, keys)
    words = _("The line of the ledger about the result names this seed.")
    yield (
        words,
        drawn.holds_of(told) and bool(drawn.said.get("seed") == told.get("seed")) if drawn is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the ledger that a bundle carries the receipt of: what it says, and how its check went."""

    receipt: Receipt
    act: str
    verdict: Verdict

    @classmethod
    def of(cls, told: Mapping[str, Any], name: str, act: str, keys: Sequence[VerifierKey]) -> Line | None:
        """The line of a name in the bundle; None where the bundle has none.

        Raises:
            DomainError: `receipt-malformed`.
        """
        if not told.get(name):
            return None
        receipt = Receipt.parse(json.dumps(told[name]))
        return cls(receipt, act, check(receipt, keys))

    @property
    def said(self) -> Mapping[str, Any]:
        """What the line says."""
        found = json.loads(self.receipt.payload or "{}")
        return found if isinstance(found, dict) else {}

    def is_about(self, told: Mapping[str, Any]) -> bool:
        """Whether it is a line of that act about the draw of a bundle."""
        return self.receipt.facts()["act"] == self.act and self.said.get("draw") == told.get("draw")

    def holds_of(self, told: Mapping[str, Any]) -> bool:
        """Whether nothing is wrong with it, and it is about the draw of a bundle."""
        return not self.verdict.refuted and self.is_about(told)

    def signature(self) -> Told:
        """Whether the ledger signed it."""
        holds = False if self.verdict.refuted else self.verdict.holds or None
        return _("The receipt of the ledger is signed by a key that you trust."), holds


def listed(told: Mapping[str, Any], said: Mapping[str, Any]) -> bool:
    """Whether the secrets of a bundle are those that a line names; older lines do not tell their order."""
    digests = [one.get("digest") for one in told.get("secrets") or []]
    return bool(digests == said["order"] if "order" in said else sorted(map(str, digests)) == said.get("secrets", []))


def kind_holds(told: Mapping[str, Any], fixed: Line | None, given_up: Line | None) -> bool | None:
    """Whether the beacon is of the kind that was named before; only what offices keep back lets the witnesses decide instead."""
    if fixed is None:
        return None
    if told.get("beacon_kind") == fixed.said.get("beacon"):
        return given_up is None
    late = any(one.get("withheld") for one in told.get("secrets") or [])
    named = given_up is not None and given_up.holds_of(told) and given_up.said.get("beacon") == told.get("beacon_kind")
    return fixed.said.get("beacon") == "offices" and late and named


def witnessed(
    told: Mapping[str, Any], line: Line | None, keys: Sequence[VerifierKey], seen_by: Sequence[CosignerKey]
) -> Iterator[Told]:
    """Whether the beacon is checkpoints of the log that hold the line, each signed by the log and by one of the named witnesses."""
    names = sorted(set(map(str, told.get("witnesses") or [])))
    if line is not None:
        yield _("The line of the ledger names the witnesses."), line.said.get("witnesses") == told.get("witnesses")
    try:
        notes = [Note.parse(f"{one}\n" if not one.endswith("\n") else one) for one in parts_of(str(told.get("beacon")))]
        trusted = keys or (line.receipt.keys if line is not None else ())
        checkpoints = [open_checkpoint(str(one), trusted) for one in notes] if trusted else []
        index = line.receipt.index if line is not None else -1
        is_signed = len(notes) == max(1, len(names)) and all(one.size > index for one in checkpoints)
        cosigned = all(
            any(sign.name == name for sign in note.signatures) for note, name in zip(notes, names, strict=False)
        )
        by_witness = [
            bool(one.checked([key for key in seen_by if key.name == name]))
            for one, name in zip(notes, names, strict=False)
        ]
    except DomainError:
        is_signed, cosigned, by_witness = False, False, []
    words = _("The beacon is signed tree heads of the ledger that hold the line, one of each witness.")
    yield words, (is_signed and cosigned) and (bool(keys) or None)
    if names and is_signed and cosigned:
        known = {key.name for key in seen_by}
        yield _("The witnesses signed them, by keys that you trust."), all(by_witness) if known >= set(names) else None


def parts_of(beacon: str) -> list[str]:
    """The notes of which a beacon is made: signatures of one, and after an empty line the text of the next."""
    return BETWEEN.split(beacon)
