"""Declarations, the obligation to file them, and the rows of their sections."""

from __future__ import annotations

from typing import Any

from django.db import models

from adaldyq.base.tables import Privacy
from adaldyq.kernel.fields import currency_field, field_of, opaque_key
from adaldyq.measures.declarations.domain.sections import BY_NAME, Section
from adaldyq.measures.declarations.models.attachments import Attachment as Attachment
from adaldyq.measures.declarations.models.distributions import Distribution as Distribution
from adaldyq.measures.declarations.models.frozen import FrozenCount as FrozenCount
from adaldyq.measures.declarations.models.joint import JointFiling as JointFiling
from adaldyq.measures.declarations.models.non_filing import FineInvoice as FineInvoice
from adaldyq.measures.declarations.models.non_filing import NonFiling as NonFiling
from adaldyq.measures.declarations.models.obligations import EXEMPTED as EXEMPTED
from adaldyq.measures.declarations.models.obligations import WITHDRAWN as WITHDRAWN
from adaldyq.measures.declarations.models.obligations import FormerObligation as FormerObligation
from adaldyq.measures.declarations.models.obligations import Obligation as Obligation
from adaldyq.measures.declarations.models.obligations import ObligationExtension as ObligationExtension
from adaldyq.measures.declarations.models.received_papers import KeyedSection as KeyedSection
from adaldyq.measures.declarations.models.received_papers import Keying as Keying
from adaldyq.measures.declarations.models.received_papers import ReceivedPaper as ReceivedPaper
from adaldyq.measures.declarations.models.reviews import BreachReferral as BreachReferral
from adaldyq.measures.declarations.models.reviews import Review as Review
from adaldyq.measures.declarations.models.reviews import ReviewInquiry as ReviewInquiry
from adaldyq.measures.declarations.models.reviews import ReviewQuestion as ReviewQuestion
from adaldyq.measures.declarations.models.reviews import ReviewSelection as ReviewSelection
from adaldyq.measures.declarations.models.sent_files import SentFile as SentFile
from adaldyq.measures.declarations.states import DRAFT, OPEN

SEARCH_LIMIT = 600
"""Characters of `search_text`; an index entry of PostgreSQL must stay under 2,700 bytes."""

ELECTRONIC, BULK, PAPER = "electronic", "bulk", "paper"

IN_FORCE = models.Q(is_public=True, is_current=True)
"""Declarations of the public register."""

SEARCHED = ("search_text", "is_public", "is_current")


class Declaration(models.Model):
    """A filed declaration. An amendment is a new version; the old one stays."""

    class Privacy:
        """Public where `is_public`; the person behind it is reached by the register's own page."""

        public = (
            "id",
            "person_id",
            "form",
            "year",
            "version",
            "is_current",
            "filed_at",
            "filed_date",
            "due_date",
            "body_id",
            "post_title",
            "declarant_name",
            "country",
            "currency",
            "is_public",
        )
        restricted = ("post_titles", "search_text", "name_order", "way", "opened_at")

    id = opaque_key()
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="declarations", help_text="Whose it is.")
    form = models.CharField(max_length=10, help_text="assets or income.")
    year = models.IntegerField(help_text="Year that it is about.")
    version = models.IntegerField(default=1, help_text="1 for the first filing, one more for each amendment.")
    is_current = models.BooleanField(default=True, help_text="Whether no later version replaces it.")
    filed_at = models.DateTimeField(null=True, help_text="Instant of filing; empty when the source does not say.")
    filed_date = models.DateField(
        null=True,
        editable=False,
        help_text="Day of filing by the country's own clock; empty when the source does not say.",
    )
    due_date = models.DateField(null=True, help_text="Last day to file; empty when the source does not say.")
    body = models.ForeignKey("kernel.Body", models.PROTECT, null=True, help_text="Body the declarant works in.")
    post_title = models.CharField(max_length=300, blank=True, help_text="Post held, in the pack's first language.")
    post_titles = models.JSONField(default=dict, help_text="Titles of the post by language.")
    declarant_name = models.CharField(max_length=300, help_text="Name of the declarant as declared.")
    search_text = models.CharField(
        max_length=SEARCH_LIMIT, blank=True, editable=False, help_text="Folded names, post and body; set by the act."
    )
    name_order = models.CharField(
        max_length=80, blank=True, editable=False, help_text="Orders names by the alphabet; set by the act."
    )
    country = models.CharField(max_length=2, help_text="Country of the register, ISO 3166-1.")
    currency = currency_field(blank=False)
    is_public = models.BooleanField(default=False, help_text="Whether the law makes it public.")
    opened_at = models.DateTimeField(
        null=True,
        help_text="Instant at which it opened, where the person was known as an official only afterwards; empty for all others.",
    )
    way = models.CharField(
        max_length=10, blank=True, help_text="electronic, bulk or paper; empty when the source does not say."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "form", "year", "version"], name="declaration_version_is_unique"),
            models.UniqueConstraint(
                fields=["person", "form", "year"],
                condition=models.Q(is_current=True),
                name="declaration_has_one_current_version",
            ),
        ]
        indexes = [
            # The text of search stands in every order of the register, so that a search walks an index alone and
            # stops at the end of its page.
            models.Index(
                fields=["-year", "name_order", "id", *SEARCHED], condition=IN_FORCE, name="declaration_register"
            ),
            models.Index(fields=["name_order", "id", *SEARCHED], condition=IN_FORCE, name="declaration_by_name"),
            models.Index(fields=["-filed_at", "id", *SEARCHED], condition=IN_FORCE, name="declaration_by_day"),
            models.Index(
                fields=["-opened_at", "id"],
                condition=models.Q(opened_at__isnull=False, is_current=True, is_public=True),
                name="declaration_opened_late",
            ),
            # Holds all that the numbers by way read.
            models.Index(
                fields=["year", "way", "due_date", "filed_date", "version", "is_public"],
                condition=models.Q(is_public=True, version=1),
                name="declaration_way",
            ),
            models.Index(fields=["year"], name="declaration_of_year"),  # what has passed its term
        ]

    def __str__(self) -> str:
        return f"{self.declarant_name} {self.year}"


def section_model(section: Section) -> type[models.Model]:
    """Make the model whose table keeps the rows of a section, column by column."""
    fields: dict[str, Any] = {
        column.name: field_of(column)
        for column in section.table.columns
        if column.name not in {"row_id", "declaration_id"}
    }
    name = "Declared" + "".join(part.title() for part in section.name.split("_"))
    columns = section.table.columns
    note = {
        "__doc__": "Public columns follow the list of sections.",
        "public": tuple(column.name for column in columns if column.privacy is Privacy.PUBLIC),
        "restricted": tuple(column.name for column in columns if column.privacy is not Privacy.PUBLIC),
    }
    meta = {"db_table": f"declarations_{section.table.name}", "verbose_name": section.title}
    body = {
        "__module__": __name__,
        "__doc__": section.table.meaning,
        "__str__": lambda row: str(row.pk),
        "Privacy": type("Privacy", (), note),
        "Meta": type("Meta", (), meta),
        "row_id": opaque_key(),
        "declaration": models.ForeignKey(
            Declaration, models.CASCADE, related_name=section.name, help_text="The declaration it stands in."
        ),
        **fields,
    }
    return type(name, (models.Model,), body)


SECTION_MODELS: dict[str, type[models.Model]] = {name: section_model(section) for name, section in BY_NAME.items()}


class Draft(models.Model):
    """A declaration that a person fills in, until it is filed or set aside."""

    LIFE = DRAFT

    class Privacy:
        """Only the person whose it is, and who acts for them, sees that there is one."""

        public = ()
        restricted = (
            "id",
            "person_id",
            "form",
            "year",
            "obligation_id",
            "amends_id",
            "declaration_id",
            "state",
            "opened_by",
            "opened_at",
            "changed_at",
        )

    id = opaque_key()
    person = models.ForeignKey("kernel.Person", models.CASCADE, related_name="drafts", help_text="Whose it is.")
    form = models.CharField(max_length=10, help_text="assets or income.")
    year = models.IntegerField(help_text="Year that it is about.")
    obligation = models.ForeignKey(
        Obligation, models.SET_NULL, null=True, related_name="drafts", help_text="The obligation that it answers."
    )
    amends = models.ForeignKey(
        Declaration, models.SET_NULL, null=True, related_name="amendments", help_text="The version that it amends."
    )
    declaration = models.OneToOneField(
        Declaration, models.SET_NULL, null=True, related_name="draft", help_text="The declaration that it became."
    )
    state = models.CharField(max_length=10, default=OPEN, help_text="State of its life.")
    opened_by = models.CharField(max_length=20, help_text="Account that opened it.")
    opened_at = models.DateTimeField(help_text="When it was opened.")
    changed_at = models.DateTimeField(help_text="When something in it was last written.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "form", "year"], condition=models.Q(state=OPEN), name="draft_is_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.form} {self.year}"


class DraftSection(models.Model):
    """That a person has answered a section: with nothing to declare, or with rows that are all."""

    class Privacy:
        """As the draft."""

        public = ()
        restricted = ("id", "draft_id", "section", "answer")

    id = opaque_key()
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="answers", help_text="Of which draft.")
    section = models.CharField(max_length=30, help_text="Name of the section.")
    answer = models.CharField(max_length=10, help_text="nothing or complete.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "section"], name="draft_section_is_answered_once")]

    def __str__(self) -> str:
        return f"{self.section}: {self.answer}"


class DraftRow(models.Model):
    """A row of a section as it was typed, right or wrong, so that nothing typed is lost."""

    class Privacy:
        """As the draft."""

        public = ()
        restricted = (
            *("id", "draft_id", "section", "position", "typed", "sources", "origin", "origin_id", "news", "revision"),
        )

    id = opaque_key()
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="rows", help_text="Of which draft.")
    section = models.CharField(max_length=30, help_text="Name of the section.")
    position = models.IntegerField(help_text="Place among the rows of its section.")
    typed = models.JSONField(default=dict, help_text="What stands in the boxes of the page, text by name.")
    sources = models.JSONField(default=dict, help_text="By column, the register or year that filled it in.")
    origin = models.CharField(
        max_length=20, blank=True, help_text="Register that the row comes from, or last_year; empty for own hand."
    )
    origin_id = models.CharField(max_length=20, blank=True, help_text="Id of the record of that register.")
    news = models.JSONField(
        default=dict,
        help_text="What its register says since it was corrected: day, taken columns, text by box that differs, gone.",
    )
    revision = models.IntegerField(default=1, help_text="One more each time it is written; tells two tabs apart.")

    class Meta:
        indexes = [models.Index(fields=["draft", "section", "position"], name="draft_row_in_order")]

    def __str__(self) -> str:
        return f"{self.section} {self.position}"
