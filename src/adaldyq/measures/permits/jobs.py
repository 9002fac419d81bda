"""What the worker does for permits: draws by the hour, days put off after a start, and what payments answered."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import PortAnswer
from adaldyq.ledger.leaves import Payload
from adaldyq.measures.permits.actions.catalogue import begin_versions
from adaldyq.measures.permits.actions.deeming import put_off_all
from adaldyq.measures.permits.actions.drawing import draw_all
from adaldyq.measures.permits.actions.fees import take_answer
from adaldyq.measures.permits.models import PermitApplication

BY, PAYMENTS = system("clock"), system("payments")


def begin_hour(payload: Payload, at: datetime) -> None:
    """Show what the catalogue says since this day, draw what has its beacon, and fix the frames of this hour."""
    begin_versions(by=BY, at=at)
    draw_all(by=BY, at=at)


def count_anew(payload: Payload, at: datetime) -> None:
    """Put off what a holiday moves that was declared meanwhile: a new pack comes with a start."""
    put_off_all(by=BY, at=at)


def take_port_answer(payload: Payload, at: datetime) -> None:
    """Take in what payments answered about the fee of an application. What was taken in before stays as it is."""
    answer = PortAnswer.objects.select_related("request").filter(pk=payload["answer"]).first()
    if answer is None or answer.request.subject_kind != PermitApplication._meta.label:
        return
    one = PermitApplication.objects.filter(pk=answer.request.subject_id).first()
    if one is not None:
        with suppress(Conflict):
            take_answer(application=one, answer=answer, by=PAYMENTS, at=at)
