"""`adaldyq search`: fills the public search from what the registers hold."""

from __future__ import annotations

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.kernel import indexing
from adaldyq.project.cli.output import console, number, progress


@click.group(help=_("The public search."))
def search() -> None:
    """Hold the commands together."""


@search.command(
    "rebuild",
    help=_(
        "Fill the public search anew from the registers.\n\n"
        "Needed once for a database that was filled before there was a search; `adaldyq migrate` and "
        "`adaldyq doctor` say so. The pages stay open. A rebuild that is stopped goes on where it was."
    ),
)
def rebuild() -> None:
    """Fill the search, kind after kind."""
    found = indexing.searchables()
    total = 0
    with progress({one.kind: str(one.title) for one in found}) as told:
        for one in found:
            count, done = one.count(), 0
            for done in indexing.rebuild(one, at=timezone.now()):
                told(one.kind, min(done, count), count)
            total += done
    said = ngettext("The search finds %(count)s thing.", "The search finds %(count)s things.", total)
    console.print(said % {"count": number(total)})


def tell_what_is_lacking() -> None:
    """Say that the search lacks something, and what to do."""
    if lacking := indexing.lacking():
        facts = {"kinds": ", ".join(str(one.title) for one in lacking)}
        console.print(
            _("The search lacks some of: %(kinds)s. Fill it, while the pages are open: adaldyq search rebuild") % facts,
            style="bold",
            soft_wrap=True,
        )
