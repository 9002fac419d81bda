"""`adaldyq permits import`: takes licences of another register in as a dataset of its own."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.base.locks import held_alone
from adaldyq.measures.permits.adapters import chicago
from adaldyq.project.cli import ROWS_REFUSED
from adaldyq.project.cli.importing import checked_name, put, rates
from adaldyq.project.cli.output import called, console, number
from adaldyq.verification.contracts import contracts
from adaldyq.verification.runs import LOCK
from adaldyq.verification.snapshots import Loss, Origin, SnapshotWriter, writing

AT_ONCE = 20_000
SHOWN = 5


@click.command(
    "import",
    help=_(
        "Import licences of the City of Chicago from FILE, its compressed CSV file of licences at inspections, as a dataset.\n\n"
        "The dataset is Parquet with a manifest in the data folder, never a part of the country's own register; "
        "`adaldyq verify --dataset NAME` verifies it. What has no place in the tables is counted and named, lines that cannot be "
        "read are listed. Importing again takes the place of the dataset as a whole."
    ),
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--name", metavar="NAME", default=chicago.NAME, show_default=True, help=_("Name of the dataset."))
def import_licences(file: Path, name: str) -> int:
    """Import licences and say what became of them; the exit code."""
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
