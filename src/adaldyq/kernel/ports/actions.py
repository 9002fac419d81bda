"""Asking through a port, taking back what was asked, and answering."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Model

from adaldyq.base.errors import Conflict
from adaldyq.kernel import events
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.measure import line_name
from adaldyq.kernel.models import PortAnswer, PortRequest
from adaldyq.kernel.models.ports import WAITING, WITHDRAWING
from adaldyq.kernel.ports import PORTS, Answer, Port
from adaldyq.kernel.separation import subject_of
from adaldyq.kernel.states import advance
from adaldyq.ledger.leaves import Payload

TELL, ANSWER = "kernel.port.tell", "kernel.port.answer"


def ask(*, port: Port, about: Model, facts: Payload, person: str | None = None, by: Actor, at: datetime) -> PortRequest:
    """Ask through a port about a record, as part of the act that calls this; it is no act of its own.

    Raises:
        TransactionManagementError: called outside the act's transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("a request belongs to the transaction of its act")
    given = {"facts": facts, "person_id": person, "asked_at": at}
    key = {"port": port.name, "subject_kind": about._meta.label, "subject_id": about.pk}
    request, is_new = PortRequest.objects.get_or_create(**key, defaults=given)
    if is_new:
        announce(request, by, at)
    return request


def announce(request: PortRequest, by: Actor, at: datetime) -> None:
    """Append the event by which whoever fills the port is told."""
    events.append(name=TELL, payload={"request": request.pk}, at=at, by=by, subject=subject_of(request))


def withdraw(*, port: Port, about: Model, by: Actor, at: datetime, untold: bool = False) -> None:
    """Take back what was asked about a record, as part of an act; whoever was told of it is told of that too.

    Args:
        untold: only what nobody was told of, as when an answer has come by another way.
    """
    asked = PortRequest.objects.select_for_update()
    request = asked.filter(port=port.name, subject_kind=about._meta.label, subject_id=about.pk).first()
    if request is None or request.withdrawn_at or (untold and request.state != WAITING):
        return
    if advance(request, "withdraw", by=by, at=at, withdrawn_at=at).state == WITHDRAWING:
        announce(request, by, at)


def answered(answer: PortAnswer) -> Recorded:
    """The ledger line of an answer: to what, which state and number; its event leads to it."""
    request = answer.request
    facts: dict[str, object] = {
        "request": request.pk,
        "about": request.subject_id,
        "state": answer.state,
        "number": answer.number,
        "day": answer.day.isoformat(),
    }
    return Recorded([facts], {"answer": answer.pk, "kind": request.subject_kind})


def line_of(answer: PortAnswer) -> str:
    """What the public line of an answer is called, where it would tell of single people that one came."""
    return line_name(answer.request.subject_kind)


@act(ANSWER, records=answered, told_as=line_of)
def answer(*, request: PortRequest, given: Answer, by: Actor, at: datetime) -> PortAnswer:
    """Answer a request, as the app that fills its port.

    Raises:
        NotAllowed: `by` is a person.
        ValueError: the port has no such answer.
        Conflict: nobody was told of the request.
    """
    require(by.system, ANSWER)
    if given.state not in PORTS[request.port].answers:
        raise ValueError(f"the port {request.port} has no answer {given.state}")
    if request.told_at is None:
        raise Conflict(ANSWER, request.state)
    return PortAnswer.objects.create(
        request=request,
        state=given.state,
        day=given.day,
        number=given.number,
        amount=given.amount.amount if given.amount else None,
        currency=given.amount.currency if given.amount else "",
        reference=given.reference,
        at=at,
    )


def answer_once(*, request: PortRequest, given: Answer, by: Actor, at: datetime) -> bool:
    """The same, unless it was answered so before; return whether it was new. For programs that answer at least once."""
    if request.answers.filter(state=given.state, reference=given.reference).exists():
        return False
    answer(request=request, given=given, by=by, at=at)
    return True
