"""`adaldyq draw`: repeats a verifiable draw from its file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from django.utils.translation import gettext as _

from adaldyq.base import beacons
from adaldyq.base.draw import differences
from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.ledger.notes import VerifierKey
from adaldyq.ledger.receipts import Receipt, check_text
from adaldyq.project.cli import REFUSED
from adaldyq.project.cli.output import console, harmless

Told = tuple[str, bool | None]
"""A check in words, and whether it holds; None when it could not be done."""


@click.group(help=_("Repeat verifiable draws, as permits and inspections make them."))
def draw() -> None:
    """Hold the commands together."""


@draw.command(
    help=_(
        "Do the draw in the file BUNDLE anew, from its frame and its beacon, without a network and without a database, and "
        "say which checks were done: the result, the secrets of offices against their hashes, and the line of the ledger in "
        "which the frame was committed. --key names a public key of the ledger that you trust. Ends with 1 when something "
        "does not hold."
    )
)
@click.argument("bundle", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--key", "given", multiple=True, metavar="KEY", help=_("A public key of the ledger that you trust."))
@click.pass_context
def verify(context: click.Context, bundle: Path, given: Sequence[str]) -> None:
    """Repeat a draw and say what holds."""
    try:
        keys = [VerifierKey.parse(one) for one in given]
        told = json.loads(bundle.read_text(encoding="utf-8"))
        checks = list(checked(told, keys))
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


def checked(told: Any, keys: Sequence[VerifierKey]) -> Iterator[Told]:
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
    yield from line_of(told, keys)


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


def line_of(told: Mapping[str, Any], keys: Sequence[VerifierKey]) -> Iterator[Told]:
    """Whether the frame's root stands in the ledger, by the receipt that the bundle carries."""
    if not told.get("receipt"):
        yield _("The root of the frame stands in the ledger: the file has no receipt of it."), None
        return
    text = json.dumps(told["receipt"])
    verdict = check_text(text, keys)
    said = json.loads(Receipt.parse(text).payload or "{}")
    yield _("The line of the ledger commits to this root."), said.get("root") == told.get("root")
    if told.get("beacon_kind") == "drand":
        yield _("The line of the ledger names the round of the beacon."), said.get("round") == told.get("round")
    words = _("The receipt of the ledger is signed by a key that you trust.")
    yield words, False if verdict.refuted else verdict.holds or None
