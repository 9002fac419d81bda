"""The table that rules read and everybody may have: counts with noise, of few nothing. It leads to no report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.base.tables import Column, ColumnType, Privacy, Table
from adaldyq.kernel import naming
from adaldyq.kernel.open_tables import OpenTables, Rows
from adaldyq.kernel.published import Published
from adaldyq.measures.street.models import StreetCell, StreetEdition


def column(
    name: str, kind: ColumnType, meaning: str, *, required: bool = True, unit: str = "", title: str = ""
) -> Column:
    """A column that everybody may see."""
    return Column(name, kind, meaning, Privacy.PUBLIC, unit, required, title)


STREET_CELL = Table(
    "street_cell",
    "How people say they were met at a service in a region in a year, by the newest edition of the numbers.",
    (
        column("id", ColumnType.TEXT, "Year, service and region."),
        column("year", ColumnType.INTEGER, "Year in which it happened."),
        column(
            "service", ColumnType.TEXT, "Code of the service; empty for all together.", required=False, title="Service"
        ),
        column("territory_id", ColumnType.TEXT, "The region; empty for all together.", required=False),
        column("paid", ColumnType.INTEGER, "A bribe was asked for and paid, with noise.", title="Asked and paid"),
        column(
            "refused", ColumnType.INTEGER, "A bribe was asked for and refused, with noise.", title="Asked and refused"
        ),
        column("honest", ColumnType.INTEGER, "The official was honest, with noise.", title="Honest official"),
        column(
            "price_median",
            ColumnType.MONEY,
            "Half of the sums named are so much or more: a step of 1, 2, 5, 10, 20 and so on.",
            required=False,
            unit="currency",
            title="Typical sum",
        ),
        column(
            "fee",
            ColumnType.MONEY,
            "Largest official fee of the service in that year, by the country's pack.",
            required=False,
            unit="currency",
            title="Official fee",
        ),
        column("currency", ColumnType.TEXT, "Currency, ISO 4217.", required=False),
        column("as_of", ColumnType.DATE, "Last day on which what was told is counted."),
    ),
    key="id",
)


FEE = "street_fee_"


def fee_of(service: str, year: int) -> Decimal | None:
    """The largest official fee of a service at the end of a year: 0 for a free one, None where the pack does not say."""
    try:
        return naming.pack().threshold_amount(f"{FEE}{service}", date(year, 12, 31)).amount if service else None
    except DomainError:
        return None


def cells() -> Iterator[Mapping[str, object]]:
    """Cells of the newest edition."""
    newest = StreetEdition.objects.order_by("-as_of_date").first()
    if newest is None:
        return
    for one in (
        StreetCell.objects.filter(edition=newest, body_kind="").order_by("year", "service", "region_id").iterator()
    ):
        yield {
            "id": f"{one.year}:{one.service or '*'}:{one.region_id or '*'}",
            "year": one.year,
            "service": one.service or None,
            "territory_id": one.region_id,
            "paid": one.paid,
            "refused": one.refused,
            "honest": one.honest,
            "price_median": one.prices.median if one.prices else None,
            "fee": fee_of(one.service, one.year),
            "currency": one.currency or None,
            "as_of": newest.as_of_date,
        }


def open_rows() -> Iterator[tuple[str, Rows]]:
    """The same for everybody."""
    yield STREET_CELL.name, list(cells())


PUBLISHED = (Published(STREET_CELL, rows=cells),)
OPEN_TABLES = OpenTables((STREET_CELL.name,), open_rows)
