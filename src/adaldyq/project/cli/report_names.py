"""`adaldyq reports open-name`: opens the name of a reporter on a custodian's own computer."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _

from adaldyq.project.cli.output import harmless
from adaldyq.project.cli.passphrases import asked_once


@click.command(
    "open-name",
    help=_(
        "Open FILE, the envelope of a reporter's name, with the key in KEY. A custodian takes it from the page of the name, "
        "after saying why."
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--key", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), help=_("File with your key.")
)
def open_name(file: Path, key: Path) -> None:
    """Open a name.

    Raises:
        DomainError: `identity-malformed`, `envelope-not-opened`, `passphrase-wrong` or `key-invalid`.
    """
    from adaldyq.measures.reports.adapters.identities import open_file  # noqa: PLC0415  # a command reads in what it needs only
    from adaldyq.sealing import lockers  # noqa: PLC0415  # as above

    secret = lockers.unlock(key.read_text(encoding="utf-8"), asked_once())
    click.echo(harmless(open_file(file.read_text(encoding="utf-8", errors="replace"), secret)))
