"""What files of the base registries bring for years that nobody can file for in time any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from adaldyq.kernel.models import Event
from adaldyq.kernel.registry import register_named
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.declarations.queries.concerned import concerned
from adaldyq.measures.declarations.queries.entered import BEGINS, COMPANY, Entry, entry_of
from adaldyq.measures.declarations.queries.plans import open_years

IMPORT = "kernel.register.import"


def imported(payload: Payload, on: date) -> Iterator[tuple[Entry, set[str]]]:
    """What a batch of a file says was entered of years that are over, each with the people whom it concerns.

    The first file of a source brings the whole of its history, which was known before and is nobody's late entry; what a
    newer file adds is. What concerns open years only is left to the night.

    Args:
        payload: of the act that took the batch.
    """
    register = str(payload.get("register") or "")
    if register not in BEGINS or is_first(payload):
        return
    first_open, found = open_years(on)[0], dict[Entry, set[str]]()
    for record, fields in records_of(payload):
        said: Payload = {"register": register, "record": record, "person": person_of(register, record)}
        entry = entry_of(said if fields is None else said | {"fields": fields}, on)
        if entry is not None and entry.since.year < first_open:
            found.setdefault(entry, set()).update(concerned(said))
    yield from found.items()


def records_of(payload: Payload) -> Iterator[tuple[str, list[str] | None]]:
    """Records of a batch: new ones, and companies whose facts were changed, with the names of the facts.

    A new head is a late entry like a new post; a post or share of which a file says more than before is none.
    """
    new, changed = payload.get("records"), payload.get("changes") if payload.get("register") == COMPANY else ()
    yield from ((str(one), None) for one in (new if isinstance(new, list) else ()))
    yield from ((str(one), fields) for one, fields in (changed if isinstance(changed, list) else ()))


def is_first(payload: Payload) -> bool:
    """Whether no older file of the source was taken into the register."""
    same = {"payload__register": payload.get("register"), "payload__source": payload.get("source")}
    return not Event.objects.filter(name=IMPORT, payload__as_of__lt=payload.get("as_of"), **same).exists()


def person_of(register: str, record: str) -> str:
    """The person whom a record names; empty when it is about none."""
    known = register_named(register)
    if not known.person:
        return ""
    return str(known.records._default_manager.filter(pk=record).values_list(known.person, flat=True).first() or "")
