"""The table that rules read and everybody may have: what came of reports by region, as the public numbers tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adaldyq.base.tables import Column, ColumnType, Privacy, Table
from adaldyq.kernel.open_tables import OpenTables, Rows
from adaldyq.kernel.published import Published
from adaldyq.measures.reports.models import ReportEdition
from adaldyq.measures.reports.models.numbers import ALL, REGION


def column(name: str, kind: ColumnType, meaning: str, *, required: bool = True, title: str = "") -> Column:
    """A column that everybody may see."""
    return Column(name, kind, meaning, Privacy.PUBLIC, "", required, title)


REPORT_NUMBER = Table(
    "report_number",
    "How many reports of a region and year were received and led to a case, by the newest edition of the numbers.",
    (
        column("id", ColumnType.TEXT, "Year and region."),
        column("year", ColumnType.INTEGER, "Year in which they were received."),
        column("territory_id", ColumnType.TEXT, "The region; empty for all together.", required=False),
        column("received", ColumnType.INTEGER, "Reports received, at least.", title="Reports received"),
        column(
            "led_to_case",
            ColumnType.INTEGER,
            "Because of at least so many a case was opened; 0 where they are too few to be told.",
            title="Led to a case",
        ),
        column("as_of", ColumnType.DATE, "Last day that is counted."),
    ),
    key="id",
)


def numbers() -> Iterator[Mapping[str, object]]:
    """Rows of the newest edition: of each year that is told, and of the regions that are told of it."""
    newest = ReportEdition.objects.order_by("-as_of_date").first()
    if newest is None:
        return
    told = newest.counts.filter(by=ALL) | newest.counts.filter(by=REGION).exclude(key="")
    for one in told.order_by("year", "by", "key"):
        yield {
            "id": f"{one.year}:{one.key or '*'}",
            "year": one.year,
            "territory_id": one.key or None,
            "received": one.received,
            "led_to_case": one.led_to_case,
            "as_of": newest.as_of_date,
        }


def open_rows() -> Iterator[tuple[str, Rows]]:
    """The same for everybody."""
    yield REPORT_NUMBER.name, list(numbers())


PUBLISHED = (Published(REPORT_NUMBER, rows=numbers),)
OPEN_TABLES = OpenTables((REPORT_NUMBER.name,), open_rows)
