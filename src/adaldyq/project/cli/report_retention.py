"""`adaldyq reports retention`: which reports have passed their term of keeping, and letting them go."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from django.utils.translation import gettext as _

from adaldyq.project.cli.output import console
from adaldyq.ui.formats.values import number


@click.command(
    "retention",
    help=_(
        "Destroy the keys, messages and files of closed reports whose term of keeping has passed, as the worker does each "
        "night. One whose step is open, or to which something was added since, stays."
    ),
)
@click.option("--dry-run", is_flag=True, help=_("Only say what would go."))
def retention(*, dry_run: bool) -> None:
    """Say what has passed its term, and let it go unless it is only asked."""
    from adaldyq.kernel.actor import system  # noqa: PLC0415  # a command reads in what it needs only
    from adaldyq.measures.reports.actions.retention import erase_due  # noqa: PLC0415  # as above
    from adaldyq.measures.reports.queries.retention import outlook  # noqa: PLC0415  # as above

    at = datetime.now(UTC)
    seen = outlook(at)
    said = _("Past their term: %(past)s; kept longer: %(kept)s.")
    console.print(said % {"past": number(seen.past), "kept": number(seen.kept)})
    if dry_run:
        console.print(_("Nothing was touched."))
        return
    console.print(_("Erased: %(count)s.") % {"count": number(erase_due(by=system("command line"), at=at))})
