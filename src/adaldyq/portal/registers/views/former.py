"""What a record held before, as a table."""

from __future__ import annotations

from django.utils.translation import gettext as _

from adaldyq.kernel.queries import history
from adaldyq.kernel.registry import REGISTERS
from adaldyq.portal.registers import words
from adaldyq.ui.tables import Column, Table


def former_table(register: str, record_id: str) -> Table | None:
    """Former values of a record, newest first; none when nothing has changed."""
    rows = list(history.former_values(register, record_id))
    if not rows:
        return None
    titles = REGISTERS[register].correctable
    columns = [
        Column("field", _("Fact"), value=lambda row: titles.get(row.field, row.field)),
        Column("value", _("What it was"), value=lambda row: words.value(row.field, row.value, register)),
        Column("valid_to", _("Last day"), kind="day"),
        Column("source", _("Source"), value=lambda row: words.source(row.source)),
        Column("as_of", _("As the source said on"), kind="day"),
    ]
    return Table(_("What the register held before"), columns, rows, hide_caption=True)
