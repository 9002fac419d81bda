"""The tables that rules read: the catalogue and the register of licences, which everybody may have, and applications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from adaldyq.base.tables import Column, ColumnType, Privacy, Table
from adaldyq.kernel import naming
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.open_tables import OpenTables, Rows
from adaldyq.kernel.published import Published, publish
from adaldyq.measures.permits.models import (
    PermitApplication,
    PermitApplicationEvent,
    PermitEntry,
    PermitEvent,
    PermitLicence,
    PermitLicenceEvent,
)

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
APPLICATION: Published = publish(
    PermitApplication,
    "permit_application",
    "An application for a permit: whose it is, how far, who verified and who decided.",
    leave_out=(
        *("answers", "held", "grounds", "defects", "reasons", "appeal_words", "appeal_reasons"),
        *("version_id", "procedure_id", "owner_id", "draw_id", "clock_from", "clock_days", "created_at", "sent_at"),
        *("step", "outcome", "assigned_at", "renews_id", "appeal_decided_at", "lent_to_id", "nobody_at"),
    ),
)
LICENCE: Published = publish(
    PermitLicence,
    "permit_licence",
    "A licence, permit or noted notification of the register.",
    leave_out=("subtypes", "conditions", "words", "version_id", "issued_at"),
)
LICENCE_EVENT: Published = publish(
    PermitLicenceEvent,
    "permit_licence_event",
    "What happened to a licence on a day, by which act.",
    leave_out=("company_id",),
)
APPLICATION_EVENT = Table(
    "permit_application_event",
    "What happened to an application, on which day and at which hour of the country's clock.",
    (
        Column("id", ColumnType.TEXT, "Opaque id.", required=True),
        Column("application_id", ColumnType.TEXT, "Which application.", required=True),
        Column("happened", ColumnType.TEXT, "What happened.", required=True),
        Column("step", ColumnType.TEXT, "Step of the procedure."),
        Column("answer", ColumnType.TEXT, "How the step was answered."),
        Column("account_id", ColumnType.TEXT, "Who did it; empty for the clock."),
        Column("day", ColumnType.DATE, "On which day.", required=True),
        Column("hour", ColumnType.INTEGER, "Hour of the day, from 0 to 23.", required=True),
        Column("working", ColumnType.BOOLEAN, "Whether it was a working day.", required=True),
    ),
    key="id",
)


def application_events() -> Iterator[Mapping[str, object]]:
    """What happened to all applications; words stay inside."""
    pack = naming.pack()
    columns = ("id", "application_id", "happened", "step", "answer", "account_id", "at")
    for one in PermitApplicationEvent.objects.order_by("pk").values(*columns).iterator(BATCH):
        at: datetime = one.pop("at")
        day = day_of(at)
        yield one | {"day": day, "hour": at.astimezone(pack.zone).hour, "working": pack.calendar.is_working(day)}


PUBLISHED = (ENTRY, EVENT, APPLICATION, Published(APPLICATION_EVENT, rows=application_events), LICENCE, LICENCE_EVENT)
OPEN = ((ENTRY, PermitEntry), (EVENT, PermitEvent), (LICENCE, PermitLicence), (LICENCE_EVENT, PermitLicenceEvent))
"""What everybody may have; applications are between the applicant and the body."""


def open_rows() -> Iterator[tuple[str, Rows]]:
    """Everything, for everybody."""
    for one, model in OPEN:
        names = [column.name for column in one.table.columns if column.privacy is Privacy.PUBLIC]
        yield one.table.name, list(model._default_manager.order_by("pk").values(*names).iterator(BATCH))


OPEN_TABLES = OpenTables(tuple(one.table.name for one, _model in OPEN), open_rows)
