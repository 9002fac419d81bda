"""`adaldyq reports cases`: the queue between reports and a register of cases that is not part of this house."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.project.cli.output import console
from adaldyq.project.cli.report_answers import taken_in


@click.group(
    "cases",
    help=_(
        "Hand requests for cases over to the register of cases, and take its answers in.\n\n"
        "`queue` writes the requests that wait, as CSV: office, body, topics and regions; never what was reported. `answers` "
        "takes FILE in: request, step (opened, declined, money, ended), day, case, reference, amount, currency. What was taken "
        "in before is left as it is, so that a file may be sent again."
    ),
)
def cases() -> None:
    """Hold the commands together."""


@cases.command("queue", help=_("Write the requests that wait for the register of cases."))
def queue() -> None:
    """Write the requests that wait."""
    from adaldyq.measures.reports.adapters.casefile import written  # noqa: PLC0415  # a command reads in what it needs only
    from adaldyq.measures.reports.queries.cases import waiting  # noqa: PLC0415  # as above

    rows = []
    for one in waiting():
        reports = [link.report for link in one.linked.all()]
        about = {each.about_body.name for each in reports if each.about_body}
        rows.append(
            {
                "request": one.pk,
                "asked": one.asked_date.isoformat(),
                "office": one.unit.body.name,
                "about": "; ".join(sorted(about)),
                "topics": "; ".join(sorted({each.topic for each in reports})),
                "regions": "; ".join(sorted({each.territory_id or "" for each in reports} - {""})),
                "reports": " ".join(sorted(each.pk for each in reports)),
            }
        )
    click.echo(written(rows), nl=False)


@cases.command("answers", help=_("Take in what the register of cases answers."))
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def answers(file: Path) -> None:
    """Take answers in.

    Raises:
        DomainError: `answers-columns`, `answers-line`, `answers-request` or `answers-order`, with the line; what stood before
            it was taken in.
        UsageError: the file is no text.
    """
    from adaldyq.kernel.actor import system  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.actions.casefile import take_answer  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.adapters.casefile import read  # noqa: PLC0415  # as above

    by = system("register of cases")
    taken = taken_in(file, read, lambda one, at: take_answer(one, by=by, at=at))
    console.print(ngettext("%(count)s answer taken in.", "%(count)s answers taken in.", taken) % {"count": taken})
