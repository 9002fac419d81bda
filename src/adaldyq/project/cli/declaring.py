"""`adaldyq declarations`: who must file, and what has been kept for its term."""

from __future__ import annotations

from functools import partial

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.kernel.actor import system
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.naming import pack
from adaldyq.measures.declarations.actions.distributions import count_distributions
from adaldyq.measures.declarations.actions.obliging import Determined, determine_year
from adaldyq.measures.declarations.actions.retention import retain
from adaldyq.measures.declarations.queries.grounds import everybody
from adaldyq.measures.declarations.queries.plans import open_years
from adaldyq.measures.declarations.queries.retention import Line, outlook
from adaldyq.measures.declarations.queries.words import kind_title, term
from adaldyq.project.cli.output import Told, console, number, progress, show_table

BY = system("oblige")


@click.group(help=_("Declarations of income and assets."))
def declarations() -> None:
    """Hold the commands together."""


@declarations.command(
    help=_(
        "State who must file a declaration, by the registers and the phases of the law in the country pack.\n\n"
        "The worker does this every night, and at once after an appointment, a dismissal, a marriage or divorce, a new "
        "company or share. The same facts state nothing new. What was filed or has fallen due stays as it is; an "
        "obligation without a ground that is still to fall due is withdrawn and kept with the reason.\n\n"
        "Without --year: every year whose last day to file is still to come. An earlier year is for a country that "
        "begins to use the system: whoever has not filed for it is late at once."
    )
)
@click.option("--year", "years", type=click.IntRange(1990, 2099), multiple=True, help=_("Year to declare about."))
def oblige(years: tuple[int, ...]) -> None:
    """Determine the obligations of a year, and say what became of them."""
    at = timezone.now()
    wanted = sorted(set(years)) or open_years(day_of(at))
    people = everybody()
    with progress({str(year): str(year) for year in wanted}) as told:
        done = [determine_year(year, by=BY, at=at, told=partial(tell, told, str(year), people)) for year in wanted]
    columns = [
        (_("year"), "left"),
        (_("last day to file"), "left"),
        (_("new"), "right"),
        (_("other ground"), "right"),
        (_("withdrawn"), "right"),
        (_("unchanged"), "right"),
    ]
    show_table(_("Obligations to declare"), columns, [line_of(one) for one in done])
    console.print(_("Looked at %(people)s people.") % {"people": number(people)})


@declarations.command(
    help=_(
        "Count medians and quartiles of what officials declare, which the statistics show.\n\n"
        "The worker does this every night."
    )
)
def count() -> None:
    """Count what officials declare, and say how many rows came of it."""
    rows = count_distributions(by=system("count"), at=timezone.now())
    console.print(_("Counted %(rows)s groups.") % {"rows": number(len(rows))})


@declarations.command(
    help=_(
        "Close declarations whose public years have passed, and erase what has passed its term, by the country pack.\n\n"
        "The worker does this every night. What an open procedure needs is held until it ends. With --dry-run: only "
        "count what would go."
    )
)
@click.option("--dry-run", is_flag=True, help=_("Count what would go, and let nothing go."))
def retention(*, dry_run: bool) -> None:
    """Say what has passed its term and what is held, and let the rest go unless it is only asked."""
    at = timezone.now()
    seen = outlook(at)
    columns = [
        (_("records"), "left"),
        (_("term"), "left"),
        (_("past it"), "right"),
        (_("held back"), "right"),
        (_("to go"), "right"),
    ]
    show_table(_("Terms of keeping"), columns, [term_line(one) for one in seen.lines])
    for hold, count in seen.held:
        if count:
            console.print(f"{hold.title}: {number(count)}")
    if dry_run:
        console.print(_("Nothing was touched."))
        return
    done = retain(by=system("retain"), at=at)
    console.print(
        _("Erased %(erased)s records, and closed %(closed)s to the public.")
        % {"erased": number(done.erased.total()), "closed": number(done.closed.total())}
    )


def term_line(one: Line) -> list[str]:
    """One kind of record with its term and counts."""
    return [str(kind_title(one.kind)), term(one.length, one.unit), *map(number, (one.passed, one.held, one.going))]


def tell(told: Told, year: str, people: int, done: int) -> None:
    """Tell how many of the people are done."""
    told(year, min(done, people), people)


def line_of(one: Determined) -> list[str]:
    """One year's line."""
    counts = (one.new, one.regrounded, one.withdrawn, one.unchanged)
    return [str(one.year), pack().filing_deadlines[one.year].isoformat(), *map(number, counts)]
