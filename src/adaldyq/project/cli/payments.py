"""`adaldyq payments`: fees of public services, the books, and statements of banks."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.kernel.actor import system
from adaldyq.measures.payments.actions.importing import take_file
from adaldyq.measures.payments.actions.loading import load_fees
from adaldyq.measures.payments.actions.matching import match_statement
from adaldyq.measures.payments.domain.amounts import money
from adaldyq.measures.payments.queries.books import bank_apart, misfits, trial_balance
from adaldyq.measures.payments.queries.words import account_title
from adaldyq.project.cli import REFUSED
from adaldyq.project.cli.output import console, number
from adaldyq.ui.formats.values import money as in_words

BY, STATEMENTS = system("payments"), system("statements")


@click.group(help=_("Fees of public services, the books of what was paid, and statements of banks."))
def payments() -> None:
    """Hold the commands together."""


@payments.command(
    help=_(
        "Publish the fees that the country pack states in fees.yaml and that are not there yet.\n\n"
        "Fees that are there stay as they are. The bodies whose fees they are must stand in the register of bodies."
    )
)
def load() -> None:
    """Publish the pack's fees."""
    count = load_fees(by=BY, at=timezone.now())
    console.print(_("Fees published: %(count)s") % {"count": number(count)})


@payments.command(
    help=_(
        "Print the trial balance, and check the books against every invoice and payment.\n\n"
        "Ends with 1 when balances do not add up to zero, when the books say of an invoice what does not follow from it, or "
        "when they have other money at the bank than the statements of our accounts."
    )
)
@click.pass_context
def balance(context: click.Context) -> None:
    """Print and check the books."""
    total: dict[str, int] = {}
    for one in trial_balance():
        total[one.currency] = total.get(one.currency, 0) + one.closing
        sum_ = in_words(money(one.closing, one.currency))
        console.print(f"{account_title(one.account)}: {sum_}", markup=False, soft_wrap=True)
    wrong = misfits()
    for invoice in wrong:
        words = _("The books say otherwise of the invoice %(number)s than how it stands.") % {"number": invoice}
        console.print(words, markup=False, soft_wrap=True)
    apart = bank_apart()
    for currency, amount in apart.items():
        words = _("What the books have at the bank differs from the statements by %(sum)s.")
        console.print(words % {"sum": in_words(money(amount, currency))}, markup=False, soft_wrap=True)
    if any(total.values()) or wrong or apart:
        console.print(_("The books do not balance."))
        context.exit(REFUSED)
    console.print(_("The books balance."))


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
        DomainError: as `take_file`.
    """
    now = timezone.now()
    taken = take_file(content=file.read_bytes(), by=STATEMENTS, at=now)
    facts = {"new": number(taken.new), "known": number(taken.known)}
    console.print(_("New entries: %(new)s; known before: %(known)s") % facts)
    for one in taken.statements:
        outcome = match_statement(statement=one, at=now)
        words = {"day": one.day.isoformat(), "account": one.account, "matched": number(outcome.matched)}
        line = _("%(account)s, %(day)s: matched %(matched)s, for a cashier %(queued)s")
        console.print(line % {**words, "queued": number(outcome.queued)}, markup=False, soft_wrap=True)
