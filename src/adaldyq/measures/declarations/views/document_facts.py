"""Documents of an entry as facts, on every page that shows the entry to its person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from adaldyq.measures.declarations.queries import attachments
from adaldyq.measures.declarations.queries.attachments import Attachment, DocumentFact
from adaldyq.measures.declarations.queries.drafts import Draft, FilledRow
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.formats.values import size


def place_of(draft: Draft, one: FilledRow) -> str:
    """The page of the documents of an entry."""
    return reverse("declarations-draft-documents", args=[draft.pk, one.row.section, one.row.pk])


def facts_of(documents: Sequence[DocumentFact], there: Sequence[Attachment]) -> list[Fact]:
    """Documents of an entry as facts: each file as a link, or the reason why there is none, and what is missing."""
    titles = {one.name: attachments.title_of(one) for one in documents}
    known = attachments.titles() | titles
    facts = [fact_of(one, known.get(one.document, one.document)) for one in there]
    facts += [
        Fact(str(problem.parameters["document"]), None, hint=_("Not added yet."))
        for problem in attachments.missing(documents, there)
    ]
    return facts


def fact_of(one: Attachment, title: str) -> Fact:
    """One document."""
    if one.upload is None:
        return Fact(title, _("There is none: %(reason)s") % {"reason": one.reason})
    link = Link(one.upload.name, reverse("desk-file", args=[one.upload.pk]))
    return Fact(title, link, hint=f"{size(one.upload.size)}, SHA-256 {one.sha256}")


def entry_of(one: Attachment, sections: Mapping[str, str]) -> str:
    """Which document of which entry of a paper one is.

    Args:
        sections: titles of sections by name.
    """
    entry = _("Entry %(number)s") % {"number": one.row_id}
    title = attachments.titles().get(one.document, one.document)
    return f"{sections.get(one.section, one.section)}, {entry}: {title}"


def written(there: Sequence[Attachment]) -> list[tuple[str, str]]:
    """Documents of an entry on a paper: each file by its name and digest, or why there is none."""
    known = attachments.titles()
    return [
        (
            known.get(one.document, one.document),
            f"{one.upload.name}, SHA-256 {one.sha256}"
            if one.upload
            else _("There is none: %(reason)s") % {"reason": one.reason},
        )
        for one in there
    ]


def filed_facts(listed: Sequence[Attachment]) -> list[Fact]:
    """Documents that were filed with an entry, as facts."""
    return facts_of((), listed)
