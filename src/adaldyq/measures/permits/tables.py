"""The tables that rules read: the catalogue and the register of licences, which everybody may have, and applications."""

from __future__ import annotations

from collections.abc import Iterator

from adaldyq.base.tables import Privacy
from adaldyq.kernel.open_tables import OpenTables, Rows
from adaldyq.kernel.published import Published, publish
from adaldyq.measures.permits.models import (
    PermitApplication,
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
        *("step", "outcome", "invoice_number", "assigned_at", "renews_id", "appeal_decided_at"),
    ),
)
LICENCE: Published = publish(
    PermitLicence,
    "permit_licence",
    "A licence, permit or noted notification of the register.",
    leave_out=("subtypes", "conditions", "words", "version_id", "issued_at"),
)
LICENCE_EVENT: Published = publish(
    PermitLicenceEvent, "permit_licence_event", "What happened to a licence on a day, by which act."
)
PUBLISHED = (ENTRY, EVENT, APPLICATION, LICENCE, LICENCE_EVENT)
OPEN = ((ENTRY, PermitEntry), (EVENT, PermitEvent), (LICENCE, PermitLicence), (LICENCE_EVENT, PermitLicenceEvent))
"""What everybody may have; applications are between the applicant and the body."""


def open_rows() -> Iterator[tuple[str, Rows]]:
    """Everything, for everybody."""
    for one, model in OPEN:
        names = [column.name for column in one.table.columns if column.privacy is Privacy.PUBLIC]
        yield one.table.name, list(model._default_manager.order_by("pk").values(*names).iterator(BATCH))


OPEN_TABLES = OpenTables(tuple(one.table.name for one, _model in OPEN), open_rows)
