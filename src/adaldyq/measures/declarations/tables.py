"""Tables that declarations publish for verification and open data."""

from __future__ import annotations

from adaldyq.base.tables import Column, ColumnType, Table
from adaldyq.kernel.published import Published, publish
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Obligation

SOURCE_NOTE = Table(
    "source_note",
    "What a reader of a source suspected to be a typing or reading error; never the declarant's fault.",
    (
        Column("id", ColumnType.TEXT, "Opaque id.", required=True),
        Column("declaration_id", ColumnType.TEXT, "The declaration it is about."),
        Column("table_name", ColumnType.TEXT, "Table of the suspect row."),
        Column("row_id", ColumnType.TEXT, "Key of the suspect row."),
        Column("kind", ColumnType.TEXT, "What is suspected: see the reference of the dataset."),
        Column("detail", ColumnType.TEXT, "The suspect text."),
        Column("place", ColumnType.TEXT, "File of the source, and the line or record in it."),
    ),
    key="id",
)

WITHHELD_VALUE = Table(
    "withheld_value",
    "A value that stands empty because a member of the family gave no information, as the source says.",
    (
        Column("id", ColumnType.TEXT, "Opaque id.", required=True),
        Column("declaration_id", ColumnType.TEXT, "The declaration it is about."),
        Column("table_name", ColumnType.TEXT, "Table of the row that lacks it."),
        Column("row_id", ColumnType.TEXT, "Key of that row."),
        Column("detail", ColumnType.TEXT, "The source's own name of the field."),
    ),
    key="id",
)

PUBLISHED: tuple[Published, ...] = (
    publish(
        Obligation,
        "obligation",
        "That a person must file a form for a year.",
        leave_out=("filed_date", "group", "as_spouse", "law", "phase_since"),
    ),
    publish(
        Declaration,
        "declaration",
        "A filed declaration of income or assets.",
        leave_out=("post_titles", "search_text", "name_order", "way"),
    ),
    *(Published(section.table, model=SECTION_MODELS[name]) for name, section in BY_NAME.items()),
    Published(SOURCE_NOTE),
    Published(WITHHELD_VALUE),
)
