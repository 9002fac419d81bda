"""`adaldyq reports rewards`: orders for whoever pays rewards, and what was paid."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.project.cli.output import console
from adaldyq.project.cli.report_answers import taken_in


@click.group(
    "rewards",
    help=_(
        "Have rewards paid without learning to whom.\n\n"
        "`orders` writes what is to be paid, as CSV: order, amount, currency, and the SHA-256 of the code that the reporter has. "
        "Pay to whoever tells a code with that hash. `paid` takes FILE in, with the columns order and day."
    ),
)
def rewards() -> None:
    """Hold the commands together."""


@rewards.command("orders", help=_("Write the rewards that are to be paid."))
def orders() -> None:
    """Write the orders."""
    from adaldyq.measures.reports.adapters.casefile import written  # noqa: PLC0415  # a command reads in what it needs only
    from adaldyq.measures.reports.queries.rewards import to_pay  # noqa: PLC0415  # as above

    columns = ("order", "amount", "currency", "code_sha256", "until")
    rows = [
        {
            "order": one.pk,
            "amount": one.amount,
            "currency": one.currency,
            "code_sha256": one.code_sha256,
            "until": one.claim_until,
        }
        for one in to_pay()
    ]
    click.echo(written(rows, columns), nl=False)


@rewards.command("paid", help=_("Take in which rewards were paid."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def paid(file: Path) -> None:
    """Take payments in.

    Raises:
        DomainError: `answers-columns`, `answers-line`, `answers-request` or `answers-order`, with the line; what stood before
            it was taken in.
        UsageError: the file is no text.
    """
    from adaldyq.kernel.actor import system  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.actions.casefile import take_payment  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.adapters.casefile import read_payments  # noqa: PLC0415  # as above

    by = system("payments")
    taken = taken_in(file, read_payments, lambda one, at: take_payment(one, by=by, at=at))
    console.print(ngettext("%(count)s payment taken in.", "%(count)s payments taken in.", taken) % {"count": taken})
