"""Values of published tables as people read them: codes as words, records by their names."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from adaldyq.base.tables import Column, ColumnType
from adaldyq.kernel.country_names import country_name
from adaldyq.kernel.naming import code_titles, place_name
from adaldyq.ui.formats.values import Kind, show
from adaldyq.verification import queries
from adaldyq.verification.codes import code_word
from adaldyq.verification.evidence import EvidenceTable
from adaldyq.verification.models import COUNTRY

KINDS: Mapping[ColumnType, Kind] = {
    ColumnType.NUMBER: "number",
    ColumnType.DATE: "day",
    ColumnType.TIMESTAMP: "moment",
}


def names_in(evidence: EvidenceTable, dataset: str) -> dict[str, str]:
    """Names of the bodies, companies and people of the country that rows point at, by id."""
    if dataset != COUNTRY:
        return {}
    pointing = [column.name for column in evidence.columns if points_at_a_record(column)]
    return queries.names_of_records({str(row[name]) for row in evidence.rows for name in pointing if row.get(name)})


def points_at_a_record(column: Column) -> bool:
    """Whether a column holds the id of a record here; columns with a title of their own hold what was declared."""
    return column.name.endswith("_id") and not column.title and column.type is ColumnType.TEXT


def written(column: Column, row: Mapping[str, object], names: Mapping[str, str]) -> str:
    """A value of a published table as people read it.

    Args:
        row: column by column.
        names: of records that columns point at, by id.
    """
    value = row.get(column.name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, str):
        return text_written(column, value, names) if value else show(None)
    if column.type is ColumnType.MONEY:
        return show(value, "money", str(row.get(column.unit or "currency") or ""))
    if column.unit == "percent":
        return show(value, "percent")
    unit = _("m²") if column.unit == "square metres" and value is not None else ""
    return f"{show(value, KINDS.get(column.type, 'text'))} {unit}".strip()


def text_written(column: Column, value: str, names: Mapping[str, str]) -> str:
    """A text: the word for a code, the name of a country, a place or a record, else as it stands."""
    if column.name == "country":
        return country_name(value)
    if column.name == "territory_id":
        return place_name(value)
    if column.name == "source":
        return _(value)
    if column.name == "service":
        return code_titles("street_service").get(value, value)
    if points_at_a_record(column):
        return names.get(value, value)
    return code_word(column.name, value)
