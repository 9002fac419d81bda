"""The commands, gathered."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _

from adaldyq import __version__
from adaldyq.project import env
from adaldyq.project.cli.accounts import account
from adaldyq.project.cli.backing_up import backup
from adaldyq.project.cli.country import country
from adaldyq.project.cli.demo import demo
from adaldyq.project.cli.doctor import doctor
from adaldyq.project.cli.exporting import export
from adaldyq.project.cli.files import files
from adaldyq.project.cli.identity import idp
from adaldyq.project.cli.ledger import ledger
from adaldyq.project.cli.migrating import migrate
from adaldyq.project.cli.registry_importing import importing
from adaldyq.project.cli.restoring import restore_one
from adaldyq.project.cli.running import run, serve, worker
from adaldyq.project.cli.searching import search
from adaldyq.project.cli.tokens import token
from adaldyq.project.cli.verifying import verify
from adaldyq.project.cli.witness import witness


def variables() -> str:
    """The variables of the environment, a line each."""
    return "\n".join(f"  {name:<20} {_(meaning)}" for name, meaning in env.VARIABLES)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help=_(
        "Adaldyq: declarations of officials, and readable rules that hold them against other registers.\n\n"
        "Start with `adaldyq run`: it prepares a sample country, verifies it, and opens the pages."
    ),
    epilog="\b\n" + _("Environment:") + "\n" + variables(),
)
@click.version_option(__version__, "-V", "--version", prog_name="adaldyq")
def root() -> None:
    """Hold the commands together."""


for command in (
    run,
    migrate,
    demo,
    ledger,
    importing,
    export,
    verify,
    country,
    worker,
    serve,
    idp,
    account,
    token,
    witness,
    doctor,
    search,
    backup,
    restore_one,
    files,
):
    root.add_command(command)
