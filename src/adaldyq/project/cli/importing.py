"""`adaldyq import`: takes real declarations in as a dataset of their own."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
import pyarrow as pa
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.countries import tables as pack_tables
from adaldyq.countries.loader import load
from adaldyq.measures.declarations.adapters import SOURCES
from adaldyq.measures.declarations.adapters.collection import Collection, Reject
from adaldyq.project.cli.output import Told, console, number, progress
from adaldyq.verification.contracts import contracts
from adaldyq.verification.snapshots import Loss, Origin, SnapshotWriter, read_snapshot, writing

ROWS_AT_ONCE, ROWS_BETWEEN_NEWS = 20_000, 500
RESERVED = "country"


@click.command(
    "import",
    help=_(
        "Import declarations of another register as a dataset.\n\n"
        "SOURCE names the register that PATH comes from: nacp (Ukraine, its own JSON), sejm (Poland, JSON lines) or "
        "kosovo (a CSV file a year). The dataset is Parquet with a manifest in the data folder, never a part of the "
        "country's database; `adaldyq verify --dataset NAME` verifies it.\n\n"
        "What cannot be read goes to a reject file with its place and the reason, what has no place in the tables is "
        "counted and named; the rest is imported. When a whole file cannot be read, or ends in the middle of a record, "
        "nothing is imported, unless --partial is given. Importing again takes the place of the dataset as a whole."
    ),
)
@click.argument("source", metavar="SOURCE", type=click.Choice(sorted(SOURCES)))
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", help=_("Name of the dataset, the name of the source when not said."))
@click.option("--partial", is_flag=True, help=_("Import what can be read, even when a file is damaged or cut off."))
def import_collection(source: str, path: Path, name: str | None, *, partial: bool) -> None:
    """Import a collection and say what became of it."""
    collection = SOURCES[source](path)
    dataset = checked_name(name or collection.name)
    place = settings.DATA_DIR / "datasets" / dataset
    before = declarations_in(place)
    with progress({"rows": _("Rows")}) as told, writing(place, contracts()) as writer:
        written = write(collection, writer, told)
        rejects = keep_rejects(dataset, collection.rejects)
        if not partial:
            refuse_damage(collection.rejects, rejects)
        if not written.get("declaration"):
            raise DomainError("nothing-imported", file=str(path), rejects=len(collection.rejects))
        origin = Origin(
            dataset=dataset,
            title=collection.title,
            source=collection.source,
            licence=collection.licence,
            country=collection.country,
        )
        losses = [Loss(what=one.what, count=one.count, example=one.example) for one in collection.losses]
        writer.finish(origin, losses, timezone.now())
    tell(dataset, collection, written, rejects)
    if before is not None:
        facts = {"before": number(before), "now": number(written["declaration"])}
        console.print(_("The dataset was there before: %(before)s declarations then, %(now)s now.") % facts)


def checked_name(name: str) -> str:
    """A name that can be a folder's.

    Raises:
        DomainError: `bad-dataset-name`; one of them is how reports call the country's own registers.
    """
    if name.casefold() == RESERVED or not name.isascii() or not name.replace("-", "").isalnum() or name.startswith("-"):
        raise DomainError("bad-dataset-name", field="name", value=name)
    return name


def declarations_in(place: Path) -> int | None:
    """How many declarations the dataset has that stands at a place; none when no readable one does."""
    try:
        entry = read_snapshot(place, contracts()).manifest.tables.get("declaration")
    except DomainError:
        return None
    return entry.rows if entry else 0


def refuse_damage(rejects: Sequence[Reject], file: Path) -> None:
    """Refuse a source of which more is missing than can be counted.

    Raises:
        DomainError: `source-damaged`, naming the first damaged file.
    """
    damage = [one for one in rejects if one.is_damage]
    if damage:
        first, count = damage[0], number(len(rejects))
        raise DomainError("source-damaged", place=first.place, problem=first.problem, count=count, file=str(file))


def write(collection: Collection, writer: SnapshotWriter, told: Told) -> dict[str, int]:
    """Write all rows of a collection, and the pack's dated rates beside them; rows by table."""
    for table, columns in collection.tables.items():
        writer.open_table(table, columns)
    waiting: dict[str, list[dict[str, object]]] = {}
    written: dict[str, int] = dict.fromkeys(collection.tables, 0)
    done = 0
    for table, row in collection.rows():
        waiting.setdefault(table, []).append(row)
        written[table] += 1
        done += 1
        if len(waiting[table]) >= ROWS_AT_ONCE:
            put(writer, table, waiting.pop(table))
        if done % ROWS_BETWEEN_NEWS == 0:
            told("rows", done, done + ROWS_BETWEEN_NEWS)
    for table, rows in waiting.items():
        put(writer, table, rows)
    for table, values in rates():
        writer.write(table, values)
    told("rows", done, done)
    return written


def put(writer: SnapshotWriter, table: str, rows: list[dict[str, object]]) -> None:
    """Write rows of one table.

    Raises:
        DomainError: `bad-row` when an adapter gives what the table cannot hold.
    """
    try:
        writer.write(table, rows)
    except (pa.ArrowInvalid, pa.ArrowTypeError) as error:
        raise DomainError("bad-row", table=table, problem=str(error).splitlines()[0]) from error


def rates() -> Iterator[tuple[str, list[dict[str, object]]]]:
    """Dated rates and index values of the country pack, by which amounts are compared."""
    pack = load(settings.COUNTRY)
    yield pack_tables.EXCHANGE_RATE.name, [dict(row) for row in pack_tables.exchange_rates(pack)]
    yield pack_tables.INDEX_VALUE.name, [dict(row) for row in pack_tables.index_values(pack)]


def tell(dataset: str, collection: Collection, written: Mapping[str, int], rejects: Path) -> None:
    """Say what was imported, lost and rejected."""
    console.print(_("Dataset %(name)s: %(title)s") % {"name": dataset, "title": collection.title}, style="bold")
    for table, rows in sorted(written.items()):
        console.print(f"  {table:<26}{number(rows):>10}")
    if collection.losses:
        console.print(_("Without a place in the tables:"))
        for one in collection.losses:
            console.print(f"  {number(one.count):>8} × {one.what}", soft_wrap=True, markup=False)
    if collection.rejects:
        facts = {"count": number(len(collection.rejects)), "file": rejects}
        console.print(_("%(count)s could not be read; see %(file)s") % facts, style="bold", soft_wrap=True)
    console.print(_("Verify it with `adaldyq verify --dataset %(name)s`.") % {"name": dataset})


def keep_rejects(dataset: str, rejects: Sequence[Reject]) -> Path:
    """Write what could not be read, a line each: place, field, problem; no file when all could."""
    file: Path = settings.DATA_DIR / "rejects" / f"{dataset}.csv"
    if not rejects:
        file.unlink(missing_ok=True)
        return file
    file.parent.mkdir(mode=0o700, exist_ok=True)
    with file.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("place", "field", "problem"))
        rows.writerows((one.place, one.field, str(one.problem)) for one in rejects)
    return file
