"""The port of the register of cases: a case because of what a measure has received or found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Model

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import PortRequest
from adaldyq.kernel.ports import CASE
from adaldyq.kernel.ports import actions as ports


@dataclass(frozen=True, slots=True)
class Grounds:
    """What stands in the open of what a case is asked for; the rest is asked of the office.

    Attributes:
        office: id of the body whose office asks; empty for the institution that runs this installation.
        about: ids of the bodies that it is about.
        topics, regions: codes of the pack, ids of territories.
        records: numbers of the records, as the office calls them.
    """

    office: str
    about: tuple[str, ...]
    topics: tuple[str, ...]
    regions: tuple[str, ...]
    records: tuple[str, ...]


def open_from(grounds: Grounds, *, about: Model, person: str | None = None, by: Actor, at: datetime) -> PortRequest:
    """Ask for a case, in the transaction of the caller's act; asking again about one record asks once.

    Args:
        person: id of the one whom it is about, where that is known.

    Raises:
        TransactionManagementError: called outside an act's transaction.
    """
    return ports.ask(port=CASE, about=about, facts=asdict(grounds), person=person, by=by, at=at)


def grounds_of(request: PortRequest) -> Grounds:
    """What a request says."""
    facts = request.facts
    lists = {name: tuple(facts[name]) for name in ("about", "topics", "regions", "records")}
    return Grounds(office=facts["office"], **lists)
