"""`adaldyq reports`: keys of receiving officers, and opening what was sealed to them, on their own computers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from django.utils.translation import gettext as _

from adaldyq.base.private_files import write_private
from adaldyq.project.cli.output import console, harmless
from adaldyq.project.cli.passphrases import asked_once, asked_twice
from adaldyq.project.cli.report_cases import cases
from adaldyq.project.cli.report_clean import clean
from adaldyq.project.cli.report_keys import retire, rewrap
from adaldyq.project.cli.report_likeness import alike
from adaldyq.project.cli.report_mail import fetch_mail, mail
from adaldyq.project.cli.report_names import open_name
from adaldyq.project.cli.report_official import keys
from adaldyq.project.cli.report_proofs import proof
from adaldyq.project.cli.report_retention import retention
from adaldyq.project.cli.report_rewards import rewards


@click.group(
    help=_(
        "Receive reports that are sealed to your key.\n\n"
        "`new-key` makes a pair of keys on your own computer; publish the public half on the page “Your keys”. "
        "`open` opens a report that you took from its page. `keys` lists all public keys to which reports are sealed."
    )
)
def reports() -> None:
    """Hold the commands together."""


@reports.command(
    "new-key",
    help=_(
        "Make a pair of keys. The secret half is written into FILE, locked with a passphrase; the public half is printed.\n\n"
        "Keep FILE where only you can read it, and a copy of it in a safe: what is sealed to the key opens with nothing else."
    ),
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def new_key(file: Path) -> None:
    """Make a pair of keys.

    Raises:
        UsageError: the file is there already.
    """
    from adaldyq.sealing import envelopes, lockers  # noqa: PLC0415  # a command reads in what it needs only

    if file.exists():
        raise click.UsageError(_("%(file)s is there already. Choose another name.") % {"file": file})
    passphrase = asked_twice()
    secret, public = envelopes.new_identity()
    write_private(file, lockers.lock(secret, passphrase), fresh=True)
    console.print(_("Secret half, locked: %(file)s") % {"file": file})
    click.echo(public)


@reports.command(
    "open",
    help=_(
        "Open BUNDLE, which you took from the page of a report, with the key in KEY. Its files are written into FOLDER.\n\n"
        "Do it on a computer of your own that is not connected to anything, if the report is dangerous to its reporter."
    ),
)
@click.argument("bundle", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--key", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), help=_("File with your key.")
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help=_("Folder for the files; here, if none."),
)
def open_report(bundle: Path, key: Path, folder: Path) -> None:
    """Open a report.

    Raises:
        DomainError: `envelope-not-opened`, `envelope-damaged` or `passphrase-wrong`.
    """
    from adaldyq.measures.reports.adapters.bundles import open_bundle  # noqa: PLC0415  # as above
    from adaldyq.sealing import lockers  # noqa: PLC0415  # as above

    secret = lockers.unlock(key.read_text(encoding="utf-8"), asked_once())
    folder.mkdir(parents=True, exist_ok=True)
    for one in open_bundle(bundle, secret, folder):
        title = _("The reporter, %(day)s") if one.side == "reporter" else _("The office, %(day)s")
        text = (
            one.letter.text
            if one.letter
            else _("This message cannot be opened: it was sealed to other keys or damaged.")
        )
        click.echo(f"== {title % {'day': one.date}}\n\n{harmless(text)}\n")
        for name, answer in one.letter.answers.items() if one.letter else ():
            click.echo(f"{harmless(question(name))}: {harmless(answer)}")
        for file in one.files:
            click.echo(_("File: %(file)s") % {"file": file})
        for name in one.lost:
            click.echo(_("This file is not there or cannot be opened: %(file)s") % {"file": harmless(name)})
        click.echo()


def question(name: str) -> str:
    """A question of the form, as it is asked."""
    asked = {
        "about": _("Which state body?"),
        "when": _("When?"),
        "who": _("Who took part?"),
        "amount": _("How much money, or what else?"),
    }
    return asked.get(name, name)


@reports.command(
    "unit",
    help=_(
        "Let BODY, by its id or number, receive reports: as the agency, or as the prosecutor, who receives those about the agency."
    ),
)
@click.argument("body")
@click.option(
    "--as", "kind", required=True, type=click.Choice(["agency", "prosecutor"]), help=_("As what it receives.")
)
def unit(body: str, kind: str) -> None:
    """Open a unit.

    Raises:
        UsageError: there is no such body.
        DomainError: `unit-open-already`.
    """
    from adaldyq.kernel.actor import system  # noqa: PLC0415  # as above
    from adaldyq.kernel.queries import lookup  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.actions.keys import open_unit  # noqa: PLC0415  # as above

    found = lookup.body(body)
    if found is None:
        raise click.UsageError(_("No body has the id or number “%(body)s”.") % {"body": body})
    open_unit(body=found, kind=kind, by=system("command line"), at=datetime.now(UTC))
    console.print(_("%(body)s receives reports now.") % {"body": found.name})


reports.add_command(alike)
reports.add_command(cases)
reports.add_command(fetch_mail)
reports.add_command(mail)
reports.add_command(clean)
reports.add_command(keys)
reports.add_command(open_name)
reports.add_command(proof)
reports.add_command(retention)
reports.add_command(rewards)
reports.add_command(rewrap)
reports.add_command(retire)
