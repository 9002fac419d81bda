"""`adaldyq payments`: statements of banks."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.kernel.actor import system
from adaldyq.measures.payments.actions.importing import keep_statements, read_file
from adaldyq.measures.payments.actions.matching import match_statement
from adaldyq.project.cli.output import console, number

BY = system("statements")


@click.group(help=_("Payments of public services: statements of banks."))
def payments() -> None:
    """Hold the commands together."""


@payments.command(
    help=_(
        "Take in statements of our accounts from FILE, in camt.053 or MT940, and match their entries with payments and "
        "invoices.\n\n"
        "A file is taken whole or refused with the line that is wrong. The same file again, or the same day in the other "
        "format, writes nothing twice. What cannot be matched waits for a cashier. Accounts are named in "
        "ADALDYQ_BANK_ACCOUNTS."
    )
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def statement(file: Path) -> None:
    """Take in a file of statements.

    Raises:
        DomainError: as `read_file` and `keep_statements`.
    """
    now = timezone.now()
    taken = keep_statements(file=read_file(file.read_bytes()), by=BY, at=now)
    facts = {"new": number(taken.new), "known": number(taken.known)}
    console.print(_("New entries: %(new)s; known before: %(known)s") % facts)
    for one in taken.statements:
        outcome = match_statement(statement=one, at=now)
        words = {"day": one.day.isoformat(), "account": one.account, "matched": number(outcome.matched)}
        line = _("%(account)s, %(day)s: matched %(matched)s, for a cashier %(queued)s")
        console.print(line % {**words, "queued": number(outcome.queued)}, markup=False, soft_wrap=True)
