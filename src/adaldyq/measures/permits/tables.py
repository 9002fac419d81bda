"""The tables that rules read and everybody may have: the catalogue, and what became of its entries."""

from __future__ import annotations

from collections.abc import Iterator

from adaldyq.kernel.open_tables import OpenTables, Rows
from adaldyq.kernel.published import Published, publish
from adaldyq.measures.permits.models import PermitEntry, PermitEvent

BATCH = 2000

ENTRY: Published = publish(
    PermitEntry,
    "permit_entry",
    "A licence, permit or notification of the catalogue.",
    leave_out=("names", "words"),
)
EVENT: Published = publish(
    PermitEvent,
    "permit_event",
    "What happened to an entry of the catalogue on a day, by which act.",
)
PUBLISHED = (ENTRY, EVENT)


def open_rows() -> Iterator[tuple[str, Rows]]:
    """Everything, for everybody."""
    for one, model in ((ENTRY, PermitEntry), (EVENT, PermitEvent)):
        names = [column.name for column in one.table.columns]
        yield one.table.name, list(model._default_manager.order_by("pk").values(*names).iterator(BATCH))


OPEN_TABLES = OpenTables(tuple(one.table.name for one in PUBLISHED), open_rows)
