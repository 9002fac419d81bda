"""What the worker does for reports by night."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from decimal import Decimal

from adaldyq.base.errors import Conflict
from adaldyq.kernel import naming
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import PortAnswer
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.reports.actions.casefile import take_answer
from adaldyq.measures.reports.actions.counting import count_reports
from adaldyq.measures.reports.actions.doors import tidy
from adaldyq.measures.reports.actions.drawing import draw_all
from adaldyq.measures.reports.actions.paces import forget_hours
from adaldyq.measures.reports.actions.publishing import publish_official
from adaldyq.measures.reports.actions.releasing import release_leaves
from adaldyq.measures.reports.actions.retention import erase_due
from adaldyq.measures.reports.actions.rewards import lapse_due
from adaldyq.measures.reports.adapters.casefile import Answer
from adaldyq.measures.reports.forms.kits import digests_of_kits
from adaldyq.measures.reports.models import CaseRequest
from adaldyq.measures.reports.queries.named import is_of_receiver
from adaldyq.measures.reports.queries.words import BY_SMS

BY = system("clock")
CASES = system("register of cases")


def publish(_payload: Payload, at: datetime) -> None:
    """Put into the ledger which keys and scripts are official, when they are others than at the last time."""
    with suppress(Conflict):
        publish_official(kits=digests_of_kits(naming.pack().day_of(at)), by=BY, at=at)


def publish_of_receivers(payload: Payload, at: datetime) -> None:
    """The same when somebody begins or ends to receive reports: the form as a file has hashes of their names with it."""
    if "grant" not in payload or is_of_receiver(str(payload["grant"])):
        publish(payload, at)


def begin_night(payload: Payload, at: datetime) -> None:
    """Bring the lines of reporters into the ledger, count, draw who answers for what, let go what is past its term.

    A night that is done again does nothing twice.
    """
    with suppress(Conflict):  # this day's lines were released before
        release_leaves(by=BY, at=at)
    publish({}, at)
    count_reports(by=BY, at=at)
    tidy(channel=BY_SMS, by=BY, at=at)
    forget_hours(by=BY, at=at)
    draw_all(by=BY, at=at)
    lapse_due(by=BY, at=at)
    erase_due(by=BY, at=at)


def take_port_answer(payload: Payload, at: datetime) -> None:
    """Take in what the register of cases of this house answered; what was taken in before stays as it is.

    Raises:
        DomainError: as `take_answer`; the worker tries again, for an answer may come before the one that it needs.
    """
    told = PortAnswer.objects.select_related("request").filter(pk=payload["answer"]).first()
    if told is None or told.request.subject_kind != CaseRequest._meta.label:
        return
    amount = (told.amount or Decimal(0), told.currency)
    read = Answer(0, told.request.subject_id, told.state, told.day, told.number, told.reference, *amount)
    take_answer(read, by=CASES, at=at)
