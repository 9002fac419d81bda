"""`adaldyq import`: takes real declarations in as a dataset of their own."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Self

import click
import pyarrow as pa
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.base.errors import DomainError
from adaldyq.base.locks import held_alone
from adaldyq.countries import tables as pack_tables
from adaldyq.countries.loader import load
from adaldyq.measures.declarations.adapters import SOURCES
from adaldyq.measures.declarations.adapters.collection import NOTES, Collection, Reject
from adaldyq.measures.declarations.adapters.rows import KINDS
from adaldyq.project.cli import ROWS_REFUSED
from adaldyq.project.cli.output import Told, called, console, number, progress
from adaldyq.verification.contracts import contracts
from adaldyq.verification.runs import LOCK
from adaldyq.verification.snapshots import Loss, Origin, SnapshotWriter, read_snapshot, writing

ROWS_AT_ONCE, ROWS_BETWEEN_NEWS = 20_000, 500
REFUSED = "-refused"
"""What the list of a source that was refused ends with, beside the list of the dataset that stands."""
RESERVED = "country"


class BelowGroup(click.Context):
    """A call that its group has passed on without a word of its own, for which Click would leave a gap in the usage."""

    @property
    def command_path(self) -> str:
        """How the command is called."""
        return super().command_path.rstrip()


class Import(click.Command):
    """A command that stands for its group."""

    context_class = BelowGroup


@click.command(
    "import",
    cls=Import,
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
def import_collection(source: str, path: Path, name: str | None, *, partial: bool) -> int:
    """Import a collection and say what became of it; the exit code."""
    collection = SOURCES[source](path)
    dataset = checked_name(name or collection.name)
    place = settings.DATA_DIR / "datasets" / dataset
    with ExitStack() as stack:
        stack.enter_context(held_alone(settings.DATA_DIR / LOCK, "run-under-way"))  # a run reads what is replaced here
        told, writer = (
            stack.enter_context(progress({"rows": _("Rows")})),
            stack.enter_context(writing(place, contracts())),
        )
        before = declarations_in(place)
        slips = stack.enter_context(Slips(reports() / f"{dataset}-slips.csv"))
        written = write(collection, writer, slips, told)
        if not partial:
            refuse_damage(collection.rejects, dataset)
        if not written.get("declaration"):
            refuse_emptiness(path, collection.rejects, dataset)
        origin = Origin(
            dataset=dataset,
            title=collection.title,
            source=collection.source,
            licence=collection.licence,
            country=collection.country,
        )
        losses = [Loss(what=one.what, count=one.count, example=one.example) for one in collection.losses]
        writer.finish(origin, losses, timezone.now())
        slips.keep()
        rejects = keep_rejects(dataset, collection.rejects)
        keep_rejects(f"{dataset}{REFUSED}", [])
    tell(dataset, collection, written, rejects)
    slips.tell()
    said = _("Verify it with `%(adaldyq)s verify --dataset %(name)s`.")
    console.print(said % {"adaldyq": called(), "name": dataset}, soft_wrap=True, markup=False)
    if before is not None:
        facts = {"before": number(before), "now": number(written["declaration"])}
        console.print(_("The dataset was there before. Declarations then: %(before)s, now: %(now)s.") % facts)
    return ROWS_REFUSED if collection.rejects else 0


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


def refuse_damage(rejects: Sequence[Reject], dataset: str) -> None:
    """Refuse a source of which more is missing than can be counted; the lists of the dataset that stands stay.

    Raises:
        DomainError: `source-damaged`, naming the first damaged file.
    """
    damage = [one for one in rejects if one.is_damage]
    if damage:
        first, count, file = damage[0], number(len(rejects)), keep_rejects(f"{dataset}{REFUSED}", rejects)
        raise DomainError("source-damaged", place=first.place, problem=first.problem, count=count, file=str(file))


def refuse_emptiness(path: Path, rejects: Sequence[Reject], dataset: str) -> None:
    """Refuse a source of which no declaration is left; the lists of the dataset that stands stay.

    Raises:
        DomainError: `nothing-readable`, naming the first of what could not be read, or `nothing-imported` when the
            source holds none at all.
    """
    if not rejects:
        raise DomainError("nothing-imported", file=str(path))
    first, count, file = rejects[0], number(len(rejects)), keep_rejects(f"{dataset}{REFUSED}", rejects)
    raise DomainError("nothing-readable", place=first.place, problem=first.problem, count=count, file=str(file))


class Slips:
    """What looks like a slip of the pen or of a reading program: imported, marked, and listed for whoever can mend it.

    The list takes the place of an earlier one when it is kept, and is gone when it was not.

    Args:
        file: the list, a line each: place in the source, what is suspected, the text, table and row.
    """

    def __init__(self, file: Path) -> None:
        self.file, self.new = file, file.with_suffix(".new")
        self.rows: list[dict[str, object]] = []
        self.counts: Counter[str] = Counter()
        self.new.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_how: object) -> None:
        self.new.unlink(missing_ok=True)

    def keep(self) -> None:
        """Let the list stand; where there are no slips, none stands."""
        if self.counts:
            self.new.replace(self.file)
        else:
            self.file.unlink(missing_ok=True)

    def add(self, row: Mapping[str, object]) -> None:
        """Keep one until there are enough to write."""
        self.counts[str(row["kind"])] += 1
        self.rows.append({**row, "meaning": _(KINDS[str(row["kind"])])})
        if len(self.rows) >= ROWS_AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write those that wait."""
        if not self.rows:
            return
        is_new = not self.new.exists()
        with self.new.open("a", encoding="utf-8", errors="backslashreplace", newline="") as stream:
            columns = ("place", "kind", "meaning", "detail", "table_name", "row_id")
            rows = csv.DictWriter(stream, columns, extrasaction="ignore")
            if is_new:
                rows.writeheader()
            rows.writerows(self.rows)
        self.rows.clear()

    def tell(self) -> None:
        """Say how many there are of each kind, where they are listed, and what to do."""
        if not self.counts:
            return
        facts = {"count": number(self.counts.total()), "file": self.file}
        said = ngettext(
            "%(count)s value looks like a slip. It was imported and marked, apart from findings; "
            "see %(file)s for its line. Mend the source and import again, or weigh it as an analyst.",
            "%(count)s values look like slips. They were imported and marked, apart from findings; "
            "see %(file)s for the line of each. Mend the source and import again, or weigh them as an analyst.",
            self.counts.total(),
        )
        console.print(said % facts, style="bold", soft_wrap=True)
        for kind, count in sorted(self.counts.items()):
            console.print(f"  {number(count):>8} × {kind}: {_(KINDS[kind])}", soft_wrap=True, markup=False)


def reports() -> Path:
    """The folder for lists of what could not be read, and of what looks like a slip."""
    folder: Path = settings.DATA_DIR / "rejects"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def write(collection: Collection, writer: SnapshotWriter, slips: Slips, told: Told) -> dict[str, int]:
    """Write all rows of a collection, and the pack's dated rates beside them; rows by table."""
    for table, columns in collection.tables.items():
        writer.open_table(table, columns)
    waiting: dict[str, list[dict[str, object]]] = {}
    written: dict[str, int] = dict.fromkeys(collection.tables, 0)
    done = 0
    for table, row in collection.rows():
        waiting.setdefault(table, []).append(row)
        if table == NOTES:
            slips.add(row)
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
    slips.write()
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
    console.print(_("Dataset %(name)s: %(title)s") % {"name": dataset, "title": _(collection.title)}, style="bold")
    for table, rows in sorted(written.items()):
        console.print(f"  {table:<26}{number(rows):>10}")
    if collection.losses:
        console.print(_("Without a place in the tables:"))
        for one in collection.losses:
            console.print(f"  {number(one.count):>8} × {one.what}", soft_wrap=True, markup=False)
    if collection.rejects:
        facts = {"count": number(len(collection.rejects)), "file": rejects}
        said = ngettext(
            "%(count)s record could not be read; see %(file)s",
            "%(count)s records could not be read; see %(file)s",
            len(collection.rejects),
        )
        console.print(said % facts, style="bold", soft_wrap=True)


def keep_rejects(dataset: str, rejects: Sequence[Reject]) -> Path:
    """Write what could not be read, a line each: place, field, problem; no file when all could."""
    file = reports() / f"{dataset}.csv"
    if not rejects:
        file.unlink(missing_ok=True)
        return file
    with file.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(("place", "field", "problem"))
        rows.writerows((one.place, one.field, str(one.problem)) for one in rejects)
    return file
