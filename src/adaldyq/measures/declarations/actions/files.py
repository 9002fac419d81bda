"""Takes a file of declarations that somebody sends in the browser, and keeps what became of each."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.base.letters import as_told
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.measures.declarations.actions.sending import TOGETHER, Became, file_sent
from adaldyq.measures.declarations.adapters.sent_archives import LARGEST_FILE, MEGABYTE, is_archive, opened
from adaldyq.measures.declarations.adapters.sent_files import Found, declarations_in
from adaldyq.measures.declarations.models import SentFile
from adaldyq.measures.declarations.policies import FILE, may_send


def send_file(*, content: bytes, called: str, by: Actor, at: datetime) -> SentFile:
    """File the declarations of a file, or of a ZIP that holds one with its documents, a hundred in a transaction, and keep what became of each.

    The same file sent again files nothing twice and tries again what was refused; so it is also gone on with after it
    was broken off.

    Args:
        called: name of the file, for sentences about it.

    Raises:
        NotAllowed: `by` files for nobody else.
        DomainError: as `declarations_in` and `opened`, `file-too-large`, or `request-under-way`.
    """
    require(may_send(by), FILE)
    archive = opened(content, called) if is_archive(content) else None
    if archive is None and len(content) > LARGEST_FILE:
        raise DomainError("file-too-large", name=called, largest=LARGEST_FILE // MEGABYTE)
    found = declarations_in(content if archive is None else archive.declarations)
    carried: Mapping[str, bytes] = {} if archive is None else archive
    name = hashlib.sha256(content).hexdigest()
    results = [
        told(start + place, found[start + place], one)
        for start in range(0, len(found), TOGETHER)
        for place, one in enumerate(filed_part(found, start, name, carried, by, at))
    ]
    return keep_results(sha256=name, results=results, by=by, at=at)


def filed_part(
    found: list[Found], start: int, name: str, carried: Mapping[str, bytes], by: Actor, at: datetime
) -> list[Became]:
    """File some of the declarations, from a place on, with their documents."""
    some = [one.value for one in found[start : start + TOGETHER]]
    return file_sent(values=some, key=f"{name}:{start}", by=by, at=at, carried=carried)


def told(place: int, found: Found, became: Became) -> dict[str, Any]:
    """What is kept of what became of one; its line only where a mistake is to be found by it."""
    return {
        "number": place + 1,
        "line": found.line if became.wrong else 0,
        "reference": became.reference,
        "declaration": became.declaration,
        "receipt": became.receipt,
        "again": became.again,
        "wrong": list(mistakes(became)),
    }


def mistakes(became: Became) -> Iterator[Mapping[str, Any]]:
    """What is wrong, in a form from which the sentence is made in any language."""
    for one in became.wrong:
        yield {
            "section": one.section,
            "row": one.row,
            "field": as_told(one.error.field or ""),
            "code": one.error.code,
            "parameters": {name: plain(value) for name, value in one.error.parameters.items()},
            "days": sorted(name for name, value in one.error.parameters.items() if isinstance(value, date)),
        }


def plain(value: object) -> object:
    """A parameter of a sentence as JSON holds it, and as every database keeps it."""
    return value if isinstance(value, int) else as_told(value)


def about(sent: SentFile) -> Recorded:
    """The event of a file; each declaration in it has the ledger line of its own filing."""
    return Recorded([], {"file": sent.pk})


@act("declarations.sent_file.keep", leaves=Leaves.NONE, records=about)
def keep_results(*, sha256: str, results: list[dict[str, Any]], by: Actor, at: datetime) -> SentFile:
    """Keep what became of the declarations of a file; of one that was sent before, in the place of that.

    Raises:
        NotAllowed: `by` files for nobody else.
    """
    require(may_send(by), FILE)
    kept, _new = SentFile.objects.update_or_create(
        sent_by=by.id, sha256=sha256, defaults={"sent_at": at, "results": results}
    )
    return kept
