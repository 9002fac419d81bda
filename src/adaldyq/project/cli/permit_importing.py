"""`adaldyq permits import`: takes licences of a former register over, or those of another country in as a dataset of its own."""

from __future__ import annotations

from datetime import datetime
from itertools import islice
from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.base.locks import held_alone
from adaldyq.kernel.actions.plans import Source
from adaldyq.kernel.actor import system
from adaldyq.measures.permits.actions.taking_over import TOGETHER, take_over
from adaldyq.measures.permits.adapters import chicago
from adaldyq.measures.permits.adapters.licence_files import COLUMNS, lines_of
from adaldyq.project.cli import ROWS_REFUSED
from adaldyq.project.cli.importing import checked_name, put, rates
from adaldyq.project.cli.output import called, console, number, progress
from adaldyq.project.cli.registry_importing import Report, read_batch, tell
from adaldyq.project.cli.registry_importing import checked_name as source_name
from adaldyq.verification.contracts import contracts
from adaldyq.verification.runs import LOCK
from adaldyq.verification.snapshots import Loss, Origin, SnapshotWriter, writing

AT_ONCE = 20_000
SHOWN = 5


@click.command(
    "import",
    help=_(
        "Take over licences that another register of the country holds from FILE: CSV with a header, or by its ending (.jsonl) an "
        "object of JSON a line.\n\n"
        "Columns: number, permit (of the catalogue), holder (number of a company or person), holder_name, issued, valid_from, "
        "valid_until, state (valid, suspended, revoked or expired), state_since, ground, act_number, address, region, conditions. "
        "They are licences of the register from then on, and their pages say from where they were taken over.\n\n"
        "A licence is found again by its number and source: a file that was broken off, or comes again, goes on where it was. Rows "
        "that cannot be taken go to a reject file with line, field and reason, and the rest is taken.\n\n"
        "With --format chicago licences of the City of Chicago come in from FILE, its compressed CSV file of licences at "
        "inspections, as a dataset beside the country's register: Parquet with a manifest in the data folder, which `adaldyq "
        "verify --dataset NAME` verifies."
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--format",
    "layout",
    type=click.Choice(["licences", chicago.NAME]),
    default="licences",
    show_default=True,
    help=_("What the file holds."),
)
@click.option(
    "--source", metavar="NAME", default="", help=_("Short name of the register from which they are taken over.")
)
@click.option("--title", metavar="TEXT", help=_("What pages call that register; without it, its short name."))
@click.option(
    "--as-of", type=click.DateTime(formats=["%Y-%m-%d"]), help=_("Day on which it said so; without it, today.")
)
@click.option("--name", metavar="NAME", default=chicago.NAME, show_default=True, help=_("Name of the dataset."))
def import_licences(file: Path, layout: str, source: str, title: str | None, as_of: datetime | None, name: str) -> int:
    """Import licences and say what became of them; the exit code."""
    if layout == chicago.NAME:
        return import_dataset(file, name)
    if not source:
        raise click.UsageError(_("Say with --source from which register they are taken over."))
    day = as_of.date() if as_of else timezone.localdate()
    return take_register_over(file, Source(source_name(source), title or source, day))


def take_register_over(file: Path, source: Source) -> int:
    """Take licences of a file over, some hundreds in a transaction; the exit code."""
    report = Report.at(settings.DATA_DIR / "rejects" / f"licences-{source.name}.csv")
    lines, by = lines_of(file), system("import")
    try:
        with progress({"rows": _("Rows")}) as told:
            while batch := list(islice(lines, TOGETHER)):
                rows, refused = read_batch(batch, COLUMNS)
                report.refuse(file, refused)
                if rows:
                    report.count(file, take_over(rows=rows, source=source, by=by, at=timezone.now()))
                told("rows", report.rows, report.rows + TOGETHER)
            told("rows", report.rows, report.rows)
    finally:
        report.rejects.close()
        report.matches.close()
    tell(report)
    return ROWS_REFUSED if report.refused else 0


def import_dataset(file: Path, name: str) -> int:
    """Take licences of Chicago in as a dataset of its own, and say what became of them; the exit code."""
    dataset, reading = checked_name(name), chicago.Reading(file)
    with (
        held_alone(settings.DATA_DIR / LOCK, "run-under-way"),
        writing(settings.DATA_DIR / "datasets" / dataset, contracts()) as writer,
    ):
        written = write(reading, writer)
        if not written["permit_licence"]:
            raise DomainError("nothing-imported", file=str(file))
        losses = [
            Loss(what=what, count=count, example=reading.examples[what]) for what, count in reading.losses.items()
        ]
        origin = Origin(
            dataset=dataset,
            title=chicago.TITLE,
            source=chicago.SOURCE,
            licence=chicago.LICENCE,
            country=chicago.COUNTRY,
        )
        writer.finish(origin, losses, timezone.now())
    for table, rows in written.items():
        console.print(f"  {table:<26}{number(rows):>10}")
    for what, count in sorted(reading.losses.items()):
        console.print(f"  {number(count):>8} × {what}", soft_wrap=True, markup=False)
    for line, problem in reading.rejects[:SHOWN]:
        console.print(f"{file.name}:{line}: {problem}", soft_wrap=True, markup=False)
    console.print(_("Lines that could not be read: %(count)s") % {"count": number(len(reading.rejects))})
    said = _("Verify it with `%(adaldyq)s verify --dataset %(name)s`.")
    console.print(said % {"adaldyq": called(), "name": dataset}, soft_wrap=True, markup=False)
    return ROWS_REFUSED if reading.rejects else 0


def write(reading: chicago.Reading, writer: SnapshotWriter) -> dict[str, int]:
    """Write all rows, and the pack's rates beside them; rows by table."""
    for table, columns in chicago.TABLES.items():
        writer.open_table(table, columns)
    waiting: dict[str, list[dict[str, object]]] = {table: [] for table in chicago.TABLES}
    written = dict.fromkeys(chicago.TABLES, 0)
    for table, row in reading.rows():
        waiting[table].append(row)
        written[table] += 1
        if len(waiting[table]) >= AT_ONCE:
            put(writer, table, waiting[table])
            waiting[table] = []
    for table, rows in waiting.items():
        put(writer, table, rows)
    for table, values in rates():
        writer.write(table, values)
    return written
