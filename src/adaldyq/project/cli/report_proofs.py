"""`adaldyq reports proof`: checks the proof that a reporter took, on any computer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from django.utils.translation import gettext as _

from adaldyq.ledger.notes import VerifierKey
from adaldyq.ledger.receipts import Receipt, check_text
from adaldyq.project.cli.ledger import (
    default_state,
    key_option,
    known_keys,
    least_option,
    told,
    watch_of,
    witness_option,
)
from adaldyq.project.cli.output import console, harmless
from adaldyq.project.cli.passphrases import asked_for_phrase

REFUTED = 4


@click.command(
    "proof",
    help=_(
        "Check FILE, the proof that a reporter took: that its lines stand in the ledger, and that they name its envelopes.\n\n"
        "Keys and witnesses are as in `adaldyq ledger verify`, and so are the exit codes. With --phrase the phrase of the "
        "receipt is asked for, and what is in the envelopes is shown."
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--phrase", is_flag=True, help=_("Ask for the phrase of the receipt, and show what was reported."))
@key_option
@witness_option
@least_option
def proof(file: Path, given: Sequence[str], seen_by: Sequence[str], least: int, *, phrase: bool) -> int:
    """Check a proof.

    Raises:
        DomainError: `proof-malformed`, `key-malformed`; with a phrase as `phrases.read`, and `mailbox-damaged`.
    """
    from adaldyq.ledger.audit import Seen  # noqa: PLC0415  # a command reads in what it needs only
    from adaldyq.measures.reports.adapters.proofs import unpacked  # noqa: PLC0415  # as above

    locked, acts = unpacked(file)
    secret = mailbox_key(locked) if phrase else ""
    codes = [1 if not acts else 0]
    for one in acts:
        trusted = [VerifierKey.parse(key) for key in given] or known_keys(one.receipt, Seen.load(default_state()))
        codes.append(told(check_text(one.receipt, trusted, watch_of(seen_by, least))))
        if one.names_it():
            console.print(_("The line names this envelope, which came on %(day)s.") % {"day": day_of(one.receipt)})
        else:
            console.print(_("The line names another envelope than the one in the file."))
            codes.append(REFUTED)
        if secret:
            show(one.envelope, secret)
    return max(codes)


def day_of(receipt: str) -> str:
    """Day on which an act came, as its line says."""
    import json  # noqa: PLC0415  # as above

    return str(json.loads(Receipt.parse(receipt).payload or "{}").get("day", ""))


def mailbox_key(locked: bytes) -> str:
    """The key of the mailbox, by the phrase that is asked for."""
    from adaldyq.sealing import phrases, receipts  # noqa: PLC0415  # as above

    return receipts.unlock(phrases.read(asked_for_phrase()), locked)


def show(envelope: bytes, secret: str) -> None:
    """Say what is in an envelope."""
    from adaldyq.measures.reports.adapters.letters import open_letter  # noqa: PLC0415  # as above

    click.echo(f"\n{harmless(open_letter(envelope, secret).text)}\n")
