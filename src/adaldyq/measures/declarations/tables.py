"""Tables that declarations publish for verification and open data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from adaldyq.base.tables import Column, ColumnType, Privacy, Table
from adaldyq.kernel import naming
from adaldyq.kernel.published import Published, publish
from adaldyq.measures.declarations.domain.redaction import FREE_TEXT
from adaldyq.measures.declarations.domain.sections import BY_NAME, Section
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Obligation, ReceivedPaper, ReviewInquiry
from adaldyq.measures.declarations.states import IN_HAND

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

REVIEW_INQUIRY = Table(
    "review_inquiry",
    "That an analyst asked questions about a filed declaration.",
    (
        Column("id", ColumnType.TEXT, "Opaque id.", required=True),
        Column(
            "declaration_id", ColumnType.TEXT, "The declaration, in the version that was asked about.", required=True
        ),
        Column("asked_date", ColumnType.DATE, "Day of the questions, by the country's clock.", required=True),
        Column("asked_at", ColumnType.TIMESTAMP, "Instant of the questions; empty when a source tells only the day."),
    ),
    key="id",
)


PAPER_IN_HAND = Table(
    "paper_in_hand",
    "A declaration that came on paper and is still to be keyed in; it counts as filed on the day on which it came.",
    (
        Column("id", ColumnType.TEXT, "Opaque id.", required=True),
        Column("person_id", ColumnType.TEXT, "Whose it is.", required=True),
        Column("year", ColumnType.INTEGER, "Year declared.", required=True),
        Column("form", ColumnType.TEXT, "assets or income.", required=True),
        Column("received_date", ColumnType.DATE, "Day on which it came.", required=True),
    ),
    key="id",
)


def inquiries() -> Iterator[Mapping[str, object]]:
    """What analysts asked about, without the questions."""
    asked = ReviewInquiry.objects.order_by("pk").values_list("pk", "review__declaration_id", "asked_at")
    for key, declaration, at in asked.iterator():
        yield {"id": key, "declaration_id": declaration, "asked_date": naming.pack().day_of(at), "asked_at": at}


def in_hand() -> Iterator[Mapping[str, object]]:
    """First declarations that are in hand on paper."""
    found = ReceivedPaper.objects.filter(state__in=IN_HAND, is_amendment=False).order_by("pk")
    yield from found.values("id", "person_id", "year", "form", "received_date").iterator()


def with_texts_closed(section: Section) -> Table:
    """The table of a section without its free texts among the open columns.

    What of a text is closed is told by the other rows of its declaration, which no row of a snapshot has beside it.
    """
    texts = FREE_TEXT[section.name]
    columns = (replace(one, privacy=Privacy.RESTRICTED) if one.name in texts else one for one in section.table.columns)
    return replace(section.table, columns=tuple(columns))


PUBLISHED: tuple[Published, ...] = (
    publish(
        Obligation,
        "obligation",
        "That a person must file a form for a year.",
        leave_out=("filed_date", "group", "as_spouse", "law", "phase_since", "opens_date"),
    ),
    publish(
        Declaration,
        "declaration",
        "A filed declaration of income or assets.",
        leave_out=("post_titles", "search_text", "name_order", "way", "opened_at"),
    ),
    *(Published(with_texts_closed(section), model=SECTION_MODELS[name]) for name, section in BY_NAME.items()),
    Published(REVIEW_INQUIRY, rows=inquiries),
    Published(PAPER_IN_HAND, rows=in_hand),
    Published(SOURCE_NOTE),
    Published(WITHHELD_VALUE),
)
