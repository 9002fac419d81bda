"""What keeps a paper from being filed, in words, by the numbers that stand on it."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.measures.declarations.domain.paper_form import paper_sections
from adaldyq.measures.declarations.domain.schemas import DOCUMENTS
from adaldyq.measures.declarations.domain.sent import Wrong
from adaldyq.measures.declarations.queries.received import ReceivedPaper

OF_PAPERS = {"file-filed-already": "paper-filed-meanwhile", "file-nothing-owed": "paper-nothing-owed"}
"""Errors of files whose sentences speak to whoever sends one, by those that speak of a paper."""


def lines_of(paper: ReceivedPaper, wrong: Iterable[Wrong]) -> list[str]:
    """Each problem with the number of its box and its entry."""
    parts = {part.name: part for part in paper_sections(paper.form)}
    lines = []
    for one in wrong:
        part = parts.get(one.section)
        if part is None:
            if (named := str(one.error.field or "").split("."))[0] == DOCUMENTS and len(named) > 1:
                document = _("Document %(number)s") % {"number": named[1]}
                lines.append(f"{document}: {sentence(one.error)}")
                continue
            code = OF_PAPERS.get(one.error.code)
            lines.append(sentence(DomainError(code, year=paper.year) if code else one.error))
            continue
        boxes = {box.column.name: f"{box.number} {_(box.column.title)}" for box in part.boxes}
        box = boxes.get(str(one.error.field), _(part.section.title))
        entry = _("Entry %(number)s") % {"number": one.row}
        lines.append(f"{box}, {entry}: {sentence(one.error)}" if one.row else f"{box}: {sentence(one.error)}")
    return lines
