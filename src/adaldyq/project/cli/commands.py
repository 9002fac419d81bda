"""The commands, gathered; a command is read in when it is asked for, since most of them read large libraries."""

from __future__ import annotations

from importlib import import_module

import click
from django.utils.translation import gettext as _

from adaldyq import __version__
from adaldyq.project import env

COMMANDS = {
    "account": "accounts:account",
    "backup": "backing_up:backup",
    "country": "country:country",
    "declarations": "declaring:declarations",
    "demo": "demo:demo",
    "doctor": "doctor:doctor",
    "draw": "drawing:draw",
    "export": "exporting:export",
    "files": "files:files",
    "idp": "identity:idp",
    "import": "registry_importing:importing",
    "ledger": "ledger:ledger",
    "migrate": "migrating:migrate",
    "payments": "payments:payments",
    "permits": "permits:permits",
    "person": "people:person",
    "provider": "paying:provider",
    "reports": "reporting:reports",
    "restore": "restoring:restore_one",
    "run": "running:run",
    "search": "searching:search",
    "serve": "serving:serve",
    "snapshots": "snapshots:snapshots",
    "token": "tokens:token",
    "verify": "verifying:verify",
    "witness": "witness:witness",
    "worker": "serving:worker",
}
"""Where each command stands: module of this folder and name in it."""


class Commands(click.Group):
    """A group whose commands are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Give the names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name, if there is one."""
        return named(cmd_name) if cmd_name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the words name, or say which one may have been meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as mistyped:
            raise click.exceptions.NoSuchCommand(mistyped.command_name, possibilities=COMMANDS, ctx=ctx) from None


def named(name: str) -> click.Command:
    """Import a command."""
    module, _colon, attribute = COMMANDS[name].partition(":")
    command: click.Command = getattr(import_module(f"adaldyq.project.cli.{module}"), attribute)
    return command


def variables() -> str:
    """The variables of the environment, a line each."""
    width = max(len(name) for name, _meaning in env.VARIABLES)
    return "\n".join(f"  {name:<{width}}  {_(meaning)}" for name, meaning in env.VARIABLES)


@click.group(
    cls=Commands,
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
