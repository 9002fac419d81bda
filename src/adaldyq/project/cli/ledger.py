"""`adaldyq ledger`: sequences the ledger, keeps its keys, and checks receipts and whole logs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.markup import escape

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import IN_FORCE
from adaldyq.ledger import keys as ledger_keys
from adaldyq.ledger.audit import Audit, Seen, audit
from adaldyq.ledger.checkpoints import Checkpoint
from adaldyq.ledger.cosignatures import CosignerKey
from adaldyq.ledger.guard import Guard, cosign_guarded, sequence_guarded, why_held
from adaldyq.ledger.guard import accept as accept_tree
from adaldyq.ledger.notes import Note, VerifierKey
from adaldyq.ledger.offline import exit_code, lines_of, printable, read_text
from adaldyq.ledger.receipts import Receipt, check_text
from adaldyq.ledger.sources import Kept, Source, source_of
from adaldyq.ledger.verdicts import Verdict, Watch
from adaldyq.ledger.witnessing import Rounds
from adaldyq.project.cli.output import console, number, progress, show_table
from adaldyq.project.cli.witness import witness_keys

SEEN = "ledger-seen.json"


@click.group(
    help=_(
        "Work with the ledger, in which every official act leaves a line.\n\n"
        "`verify` and `audit` need no database and trust no server. Where only Python and its package `cryptography` "
        "are, `python -m adaldyq.ledger.offline` does the same."
    )
)
def ledger() -> None:
    """Hold the commands of the ledger together."""


key_option = click.option(
    "--key", "given", multiple=True, metavar="KEY", help=_("A public key of the ledger that you trust.")
)
witness_option = click.option(
    "--witness", "seen_by", multiple=True, metavar="KEY", help=_("A public key of a witness that you trust.")
)
least_option = click.option(
    "--least",
    default=0,
    show_default=True,
    type=click.IntRange(0, 999),
    metavar="NUMBER",
    help=_("How many of the witnesses must have cosigned; with fewer nothing is proven."),
)
state_option = click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("File that remembers what was seen of ledgers; without it, one in the data folder."),
)


@ledger.command(
    help=_(
        "Give waiting lines their places and sign the tree. The worker does it by itself; two at once do no harm.\n\n"
        "Stops with the reason when the ledger must not be signed; its lines wait safely."
    )
)
def sequence() -> None:
    """Sequence what waits; when nothing does, say all the same why nothing would be signed.

    Raises:
        DomainError: of the guard, or of `sequencer.sequence`.
    """
    guard = Guard.of_settings()
    count = sequence_guarded(guard, at=timezone.now())
    if not count and (held := why_held()):
        raise held
    cosign_guarded(guard, Rounds(guard.witnesses))
    said = ngettext("%(count)s line got its place.", "%(count)s lines got their places.", count)
    console.print(said % {"count": number(count)}, markup=False)


@ledger.command(
    help=_(
        "Check the receipt in a file (`-` for the standard input), step by step.\n\n"
        "Keys are those given with --key, those of earlier audits, and this installation's own. Witnesses are those "
        "given with --witness, or this installation's own. Exit code 0: it holds; 1: it could not be judged; 4: it does "
        "not hold."
    )
)
@click.argument("receipt", metavar="RECEIPT")
@key_option
@witness_option
@least_option
@state_option
def verify(receipt: str, given: Sequence[str], seen_by: Sequence[str], least: int, state: Path | None) -> int:
    """Check a receipt and say what holds.

    Raises:
        DomainError: `source-missing`, `source-unreachable`, `key-malformed`, `state-malformed`.
    """
    try:
        text = read_text(receipt)
    except FileNotFoundError:
        raise DomainError("source-missing", file=receipt) from None
    except OSError as error:
        raise DomainError("source-unreachable", address=receipt, problem=error.strerror) from None
    trusted = [VerifierKey.parse(key) for key in given] or known_keys(text, Seen.load(state or default_state()))
    return told(check_text(text, trusted, watch_of(seen_by, least)))


@ledger.command(
    "audit",
    help=_(
        "Check a whole ledger at its address, such as https://example.kz/ledger, or in a folder.\n\n"
        "Fetches and hashes every line, compares every tile, checks the signatures, and proves that the ledger "
        "continues what the last audit saw. Exit code 0: it holds; 1: it could not be judged; 4: it does not hold, and "
        "where it signed two histories both are kept as evidence."
    ),
)
@click.argument("source", metavar="ADDRESS|DIR")
@key_option
@witness_option
@least_option
@state_option
@click.option(
    "--save",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Keep everything that is fetched in this folder; it can be audited again without the network."),
)
def audit_log(
    source: str, given: Sequence[str], seen_by: Sequence[str], least: int, state: Path | None, save: Path | None
) -> int:
    """Check a whole log and say what holds.

    Raises:
        DomainError: `source-unreachable`, `keys-missing`, `key-malformed`, `state-malformed`.
    """
    place: Source = source_of(source)
    if save:
        place = Kept(place, save)
    trusted, watch = [VerifierKey.parse(key) for key in given], watch_of(seen_by, least)
    with progress({"lines": _("Lines hashed")}) as shown:
        found = audit(
            place,
            Seen.load(state or default_state()),
            keys=trusted,
            watch=watch,
            told=lambda done, total: shown("lines", done, total),
        )
    show_acts(found)
    return told(found.verdict)


@ledger.command(
    help=_(
        "Show the public keys of the ledger, to be published where people trust it, and change those that sign.\n\n"
        "To replace a key: --add another, publish it, let both sign for some months, then --retire the old one. "
        "Receipts that it signed stay valid."
    )
)
@click.option("--add", is_flag=True, help=_("Make another key that signs beside those that do."))
@click.option("--retire", metavar="ID", help=_("Let the key with these eight digits sign no more."))
def key(*, add: bool, retire: str | None) -> None:
    """Show keys, make one or take one away.

    Raises:
        DomainError: `ledger-key-…`.
    """
    if add and retire:
        raise click.UsageError(_("Give only one of --add and --retire."))
    if add:
        ledger_keys.add_key()
    if retire:
        ledger_keys.retire_key(retire)
    signing = [one.verifier for one in ledger_keys.signing_keys()]
    known = [one for one in ledger_keys.public_keys() if one not in signing]
    for words, found in ((_("signs"), signing), (_("retired"), known)):
        for one in found:
            console.print(f"{words}  {one}", markup=False, soft_wrap=True, highlight=False)


@ledger.command(
    help=_(
        "Say that this database is the newest, when neither a witness nor the file outside the backups can tell.\n\n"
        "Do so only when you are certain: an old database, once signed, forks the ledger, and witnesses and auditors "
        "will prove it. No witness that can be reached is overruled."
    )
)
@click.confirmation_option(prompt=_("Is this the newest database of the ledger?"))
def accept() -> None:
    """Take the present tree for the newest.

    Raises:
        DomainError: a witness or the file knows better.
    """
    newest = accept_tree()
    size = newest.size if newest else 0
    said = ngettext("The ledger goes on from %(count)s line.", "The ledger goes on from %(count)s lines.", size)
    console.print(said % {"count": number(size)})


def default_state() -> Path:
    """Where audits of this installation remember what they saw."""
    return Path(settings.DATA_DIR) / SEEN


def watch_of(given: Sequence[str], least: int) -> Watch:
    """The witnesses to trust: those given, or this installation's own.

    Raises:
        DomainError: `key-malformed`, `witness-address-malformed`.
    """
    keys = [CosignerKey.parse(key) for key in given] or witness_keys()
    return Watch(tuple(keys), least, timezone.now())


def known_keys(text: str, seen: Seen) -> list[VerifierKey]:
    """Keys to trust for a receipt: of earlier audits of its log, and of this installation when it is its log."""
    try:
        origin = Checkpoint.parse(Note.parse(Receipt.parse(text).note).text).origin
    except DomainError:
        return []
    file = ledger_keys.file()
    own = ledger_keys.signing_keys() if settings.LEDGER_KEY or file.exists() else []
    return [*seen.keys(origin), *(one.verifier for one in own if one.verifier.name == origin)]


def told(verdict: Verdict) -> int:
    """Say what a check found, and give the exit code."""
    for line in lines_of(verdict, IN_FORCE):
        console.print(line, markup=False, soft_wrap=True, highlight=False)
    return exit_code(verdict)


def show_acts(found: Audit) -> None:
    """Print how many lines each act has."""
    if found.acts:
        # An act's name is whatever the audited log says: no colours, links or turned signs of its making are shown.
        rows = [
            [escape(printable(act)) or _("unknown form"), number(count)] for act, count in sorted(found.acts.items())
        ]
        show_table(
            f"{escape(printable(found.origin))}: {number(found.size)}",
            [(_("act"), "left"), (_("lines"), "right")],
            rows,
        )
