"""`adaldyq import registry`: takes files of base registries into the country's database."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TextIO

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actions.importing import take_rows
from adaldyq.kernel.actions.plans import Matched, Refused, Row, Source
from adaldyq.kernel.actor import Actor, system
from adaldyq.kernel.adapters.columns import FILES, FileColumn, columns_of, read_row
from adaldyq.kernel.adapters.files import FileLine, lines_of
from adaldyq.kernel.problems import sentence
from adaldyq.project.cli import ROWS_REFUSED
from adaldyq.project.cli.importing import import_collection
from adaldyq.project.cli.output import console, number, progress

ROWS_TOGETHER = 2000


class Importing(click.Group):
    """Registries by their subcommand; whatever else is named is a source of declarations, as it always was."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The subcommand, or the import of declarations."""
        if args and args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return None, import_collection, args

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Help of the import of declarations, then the subcommands."""
        import_collection.format_help(ctx, formatter)
        self.format_commands(ctx, formatter)


@click.group(
    "import",
    cls=Importing,
    context_settings={"ignore_unknown_options": True},
    short_help=_("Import declarations of another register, or files of a base registry."),
)
def importing() -> None:
    """Hold the imports together."""


class Outcome(Protocol):
    """What became of a batch."""

    changed: int
    unchanged: int
    refused: list[Refused]
    matched: list[Matched]

    @property
    def new(self) -> int:
        """How many records were not there before."""


@dataclass
class Report:
    """What became of the rows of a file; what was refused goes to a file as it comes."""

    rejects: RowFile
    matches: RowFile
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: int = 0
    matched: int = 0

    @classmethod
    def at(cls, place: Path) -> Report:
        """A report whose refused rows go to a file, and whose matched ones go beside it."""
        matched = place.with_stem(f"{place.stem}-matched")
        return cls(
            RowFile(place, ("file", "line", "field", "reason")), RowFile(matched, ("file", "line", "key", "record"))
        )

    def count(self, file: Path, plan: Outcome) -> None:
        """Add what became of a batch."""
        self.new += plan.new
        self.changed += plan.changed
        self.unchanged += plan.unchanged
        self.refuse(file, plan.refused)
        self.matched += len(plan.matched)
        for one in plan.matched:
            self.matches.write(file, one.line, one.key, one.record_id)

    def refuse(self, file: Path, refused: Iterable[Refused]) -> None:
        """Write down what cannot be taken."""
        for one in refused:
            self.refused += 1
            self.rejects.write(file, one.line, one.error.field or "", sentence(one.error))

    @property
    def rows(self) -> int:
        """Rows seen so far."""
        return self.new + self.changed + self.unchanged + self.refused


@dataclass
class RowFile:
    """Rows of which something is to be told, a line each; there is no file when there are none."""

    place: Path
    columns: tuple[str, ...]
    writer: Any = field(default=None, init=False)
    stream: TextIO | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.place.parent.mkdir(mode=0o700, exist_ok=True)
        self.place.unlink(missing_ok=True)

    def write(self, *values: object) -> None:
        """Write one row down."""
        if self.writer is None:
            self.stream = self.place.open("w", encoding="utf-8", errors="backslashreplace", newline="")
            self.writer = csv.writer(self.stream)
            self.writer.writerow(self.columns)
        self.writer.writerow(values)

    def close(self) -> None:
        """Finish the file, if there is one."""
        if self.stream is not None:
            self.stream.close()


@importing.command(
    "registry",
    help=_(
        "Import files of a base registry into the country's database.\n\n"
        "KIND says what the files hold: people, bodies, posts, appointments, companies, ownership, ties, residences, "
        "land, vehicles or territories. A file is CSV with a header, or by its ending (.json, .jsonl, .ftm) FollowTheMoney as lines, or BODS 0.4 as lines or an "
        "array. Files may be of any size.\n\n"
        "Rows are found again by the source's key or their number: importing a file twice changes nothing the second "
        "time, and a newer file ends what has changed and begins what is new. Rows that cannot be taken go to a "
        "reject file with line, field and reason, and the rest is taken."
    ),
)
@click.argument("kind", metavar="KIND", type=click.Choice(sorted(FILES)))
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--source", required=True, metavar="NAME", help=_("Short name of the source; its keys are kept under it.")
)
@click.option("--title", metavar="TEXT", help=_("What pages call the source; without it, its name."))
@click.option(
    "--as-of",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help=_("Day on which the source says so, for rows that name none; without it, today."),
)
def import_registry(kind: str, files: tuple[Path, ...], source: str, title: str | None, as_of: datetime | None) -> int:
    """Import files, say what became of their rows, and whether any were refused."""
    origin = Source(checked_name(source), title or source, as_of.date() if as_of else timezone.localdate())
    columns = columns_of(kind, naming.pack().languages)
    by = system("import")
    report = Report.at(settings.DATA_DIR / "rejects" / f"registry-{origin.name}-{kind}.csv")
    try:
        with progress({"rows": _("Rows")}) as told:
            for file in files:
                for _batch in import_file(kind, file, columns, origin, by, report):
                    told("rows", report.rows, report.rows + ROWS_TOGETHER)
            told("rows", report.rows, report.rows)
    finally:
        report.rejects.close()
        report.matches.close()
    tell(report)
    return ROWS_REFUSED if report.refused else 0


def checked_name(name: str) -> str:
    """A name under which keys can be kept.

    Raises:
        DomainError: `bad-source-name`.
    """
    if not name.isascii() or not name.replace("-", "").isalnum() or len(name) > 60:  # noqa: PLR2004  # the width of its column
        raise DomainError("bad-source-name", field="source", value=name)
    return name


def import_file(
    kind: str, file: Path, columns: dict[str, FileColumn], origin: Source, by: Actor, report: Report
) -> Iterator[None]:
    """Import one file, batch after batch; yields after each."""
    for batch in batches(lines_of(file, kind, frozenset(columns))):
        rows, refused = read_batch(batch, columns)
        report.refuse(file, refused)
        if rows:
            for plan in take_rows(kind=kind, rows=rows, source=origin, by=by, at=timezone.now()):
                report.count(file, plan)
        yield


def batches(lines: Iterable[FileLine]) -> Iterator[list[FileLine]]:
    """Rows to take together; one that says something later of a record of the batch begins another batch."""
    batch: list[FileLine] = []
    said: dict[str, str] = {}
    for line in lines:
        key, day = line.values.get("key", ""), line.values.get("as_of", "")
        if len(batch) == ROWS_TOGETHER or (key in said and said[key] != day):
            yield batch
            batch, said = [], {}
        batch.append(line)
        if key:
            said[key] = day
    if batch:
        yield batch


def read_batch(batch: Iterable[FileLine], columns: Mapping[str, FileColumn]) -> tuple[list[Row], list[Refused]]:
    """Rows of a batch that can be read, and the others with the reason."""
    rows: list[Row] = []
    refused: list[Refused] = []
    for one in batch:
        try:
            if one.error is not None:
                raise one.error
            rows.append(Row(one.number, read_row(columns, one.values)))
        except DomainError as error:
            refused.append(Refused(one.number, error))
    return rows, refused


def tell(report: Report) -> None:
    """Say what became of the rows."""
    facts = {
        "new": number(report.new),
        "changed": number(report.changed),
        "unchanged": number(report.unchanged),
    }
    console.print(_("New: %(new)s, changed: %(changed)s, unchanged: %(unchanged)s.") % facts)
    if report.matched:
        facts = {"count": number(report.matched), "file": str(report.matches.place)}
        sentence_of = _("%(count)s rows mean people whom another source has named before; they are in %(file)s") % facts
        console.print(sentence_of, soft_wrap=True, markup=False)
    if report.refused:
        facts = {"count": number(report.refused), "file": str(report.rejects.place)}
        said = ngettext(
            "%(count)s row could not be taken; its line, field and reason are in %(file)s",
            "%(count)s rows could not be taken; line, field and reason of each are in %(file)s",
            report.refused,
        )
        console.print(said % facts, style="bold", soft_wrap=True, markup=False)
