"""The table that rules read and everybody may have: what came of reports by region, as the public numbers tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from adaldyq.base.tables import Column, ColumnType, Privacy, Table
from adaldyq.kernel import naming
from adaldyq.kernel.open_tables import OpenTables, Rows
from adaldyq.kernel.published import Published
from adaldyq.measures.reports.models import ReportEdition
from adaldyq.measures.reports.models.numbers import ALL, LED_TO_CASE, REGION, SET_ASIDE
from adaldyq.measures.reports.models.telling import OTHERS, Counts, counts_of, told


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
        column("received", ColumnType.INTEGER, "Reports received.", title="Reports received"),
        column(
            "led_to_case",
            ColumnType.INTEGER,
            "Because of so many a case was opened; empty where it would tell of few.",
            required=False,
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
    least = int(naming.pack().threshold("suppressed_below", newest.as_of_date).amount)
    years = [counts_of(one, str(one.year)) for one in newest.counts.filter(by=ALL, received__gt=0).order_by("year")]
    for whole, untold in told(years, least):
        if whole.key == OTHERS:
            continue
        rows = newest.counts.filter(by=REGION, year=int(whole.key)).order_by("key")
        regions = told([counts_of(one, one.key) for one in rows], least, untold - {SET_ASIDE})
        named = [(one, hidden) for one, hidden in regions if one.key not in {"", OTHERS}]
        for one, hidden in [(whole, untold), *named]:
            region = None if one is whole else one.key
            yield {**row_of(one, hidden, int(whole.key), region), "as_of": newest.as_of_date}


def row_of(one: Counts, hidden: frozenset[str], year: int, region: str | None) -> dict[str, object]:
    """A row."""
    return {
        "id": f"{year}:{region or '*'}",
        "year": year,
        "territory_id": region,
        "received": one["received"],
        "led_to_case": None if LED_TO_CASE in hidden else one[LED_TO_CASE],
    }


def open_rows() -> Iterator[tuple[str, Rows]]:
    """The same for everybody."""
    yield REPORT_NUMBER.name, list(numbers())


PUBLISHED = (Published(REPORT_NUMBER, rows=numbers),)
OPEN_TABLES = OpenTables((REPORT_NUMBER.name,), open_rows)
