"""`adaldyq declarations`: who must file, and what has been kept for its term."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.draw import commitment
from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import system
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.naming import pack
from adaldyq.measures.declarations.actions.distributions import count_distributions
from adaldyq.measures.declarations.actions.obliging import Determined, determine_year
from adaldyq.measures.declarations.actions.retention import retain
from adaldyq.measures.declarations.domain.selection import draw as draw_from
from adaldyq.measures.declarations.domain.selection import frame_text, read_frame, taken_lines
from adaldyq.measures.declarations.queries.plans import open_years
from adaldyq.measures.declarations.queries.retention import Line, outlook
from adaldyq.measures.declarations.queries.spans import everybody
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
        "Do a draw for review again, from its frame and seed, without the database.\n\n"
        "FRAME is the file of the frame that the page of the selection offers. The seed is given itself, or as the file of "
        "what it was made of, whose first line must be the hash of the frame. Everything taken is written a line each, id "
        "and part. With --taken: tell whether it is what the ledger says, and end with 1 when it is not."
    )
)
@click.argument("frame", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seed", help=_("The seed, in hexadecimal."))
@click.option(
    "--seed-text",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("File of what the seed was made of."),
)
@click.option("--risk", required=True, type=click.IntRange(0), help=_("How many are taken by risk."))
@click.option("--lot", required=True, type=click.IntRange(0), help=_("How many are taken by lot."))
@click.option("--taken", help=_("SHA-256 of what was taken, by the ledger."))
def draw(frame: Path, seed: str | None, seed_text: Path | None, risk: int, lot: int, taken: str | None) -> None:
    """Do a draw again, and say whether it takes the same."""
    found = drawn_from(frame.read_bytes(), seed_of_files(frame, seed, seed_text), risk, lot)
    for line in found:
        click.echo(line)
    said = digest(found)
    click.echo(_("SHA-256 of what was taken: %(digest)s") % {"digest": said}, err=True)
    if taken is not None and said != taken.strip().lower():
        raise DomainError("draw-takes-another")


def drawn_from(frame: bytes, seed: str, risk: int, lot: int) -> list[str]:
    """What a draw takes, a line each.

    Raises:
        DomainError: `draw-frame-unreadable`.
    """
    try:
        same = frame_text(read_frame(frame)) == frame
    except ValueError:
        same = False
    if not same:
        raise DomainError("draw-frame-unreadable")
    return taken_lines(draw_from(frame, seed, risk=risk, random=lot))


def seed_of_files(frame: Path, seed: str | None, text: Path | None) -> str:
    """The seed that is given, or that the text of a file makes.

    Raises:
        DomainError: `draw-seed-missing`, or `draw-seed-of-another` when the text is not about this frame.
    """
    if (seed is None) == (text is None):
        raise DomainError("draw-seed-missing")
    if text is None:
        return str(seed).strip().lower()
    made = text.read_bytes()
    if made.partition(b"\n")[0].decode("ascii", "replace") != commitment(frame.read_bytes()):
        raise DomainError("draw-seed-of-another")
    return sha256(made).hexdigest()


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
