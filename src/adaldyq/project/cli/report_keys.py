"""`adaldyq reports rewrap` and `retire-key`: who reads reports changes, and their keys are sealed anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.base.private_files import write_private
from adaldyq.project.cli.output import console
from adaldyq.project.cli.passphrases import asked_once


@click.command(
    "rewrap",
    help=_(
        "Seal the keys of reports anew, as ORDER says, with your own key. ORDER comes from the page “Keys to be sealed anew”, "
        "or from that of a referral; what is written goes back there.\n\n"
        "The public keys that it is sealed to are printed: compare them with `adaldyq reports keys` or with the ledger."
    ),
)
@click.argument("order", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--key", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), help=_("File with your key.")
)
@click.option(
    "--to", "target", required=True, type=click.Path(path_type=Path, dir_okay=False), help=_("File to be written.")
)
def rewrap(order: Path, key: Path, target: Path) -> None:
    """Seal keys anew.

    Raises:
        DomainError: `rewrap-malformed`, `passphrase-wrong`, `key-invalid`.
        UsageError: the file is there already.
    """
    from adaldyq.measures.reports.adapters import rewraps  # noqa: PLC0415  # a command reads in what it needs only
    from adaldyq.sealing import lockers  # noqa: PLC0415  # as above

    if target.exists():
        raise click.UsageError(_("%(file)s is there already. Choose another name.") % {"file": target})
    wanted = rewraps.read(rewraps.ORDER, order.read_text(encoding="utf-8", errors="replace"))
    made = rewraps.rewrapped(wanted, lockers.unlock(key.read_text(encoding="utf-8"), asked_once()))
    write_private(target, rewraps.written(rewraps.ANSWER, made), fresh=True)
    for public in sorted({public for one in made for public in one.recipients}):
        click.echo(public)
    said = ngettext("%(count)s key sealed anew.", "%(count)s keys sealed anew.", len(made))
    console.print(said % {"count": len(made)})
    if left := len(wanted) - len(made):
        said = ngettext(
            "%(count)s report does not open with your key; another officer must do it.",
            "%(count)s reports do not open with your key; another officer must do it.",
            left,
        )
        console.print(said % {"count": left})


@click.command(
    "retire-key",
    help=_(
        "Seal no more reports to the public key PUBLIC, because its officer leaves or it was lost. "
        "Then an officer who stays seals the keys of reports anew."
    ),
)
@click.argument("public")
def retire(public: str) -> None:
    """Retire a key.

    Raises:
        UsageError: there is no such key.
        Conflict: it is retired already.
    """
    from adaldyq.kernel.actor import system  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.actions.keys import retire_key  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.queries.queue import key_of  # noqa: PLC0415  # as above

    found = key_of(public)
    if found is None:
        raise click.UsageError(_("No officer has published the key “%(key)s”.") % {"key": public[:80]})
    retire_key(key=found, by=system("command line"), at=datetime.now(UTC))
    console.print(_("No more reports are sealed to this key."))
