"""Taking in what a register of cases answers and what was paid, each line an act of its own; what was taken in before stays as it is."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.base.money import Money
from adaldyq.kernel.actor import Actor
from adaldyq.measures.reports.actions.cases import decline_case, end_case, note_money, open_case
from adaldyq.measures.reports.actions.rewards import pay_reward
from adaldyq.measures.reports.adapters.casefile import DECLINED, ENDED, MONEY, OPENED, Answer, Payment
from adaldyq.measures.reports.models import CaseRequest
from adaldyq.measures.reports.queries import cases, rewards
from adaldyq.measures.reports.states import DECLINED as IS_DECLINED
from adaldyq.measures.reports.states import ENDED as IS_ENDED
from adaldyq.measures.reports.states import PAID, WAITING


def take_answer(answer: Answer, *, by: Actor, at: datetime) -> bool:
    """Take an answer in, and return whether it was new.

    Raises:
        DomainError: `answers-request`: there is no such request; `answers-order`: it stands otherwise than the answer has
            it; as the acts.
    """
    request = cases.request(answer.request)
    if request is None:
        raise DomainError("answers-request", line=answer.line, value=answer.request)
    if is_known(answer, request):
        return False
    try:
        take(answer, request, by, at)
    except Conflict:
        raise DomainError("answers-order", line=answer.line, value=answer.request) from None
    return True


def is_known(answer: Answer, request: CaseRequest) -> bool:
    """Whether an answer was taken in before."""
    match answer.step:
        case "opened":
            return request.state != WAITING and request.case == answer.case
        case "declined":
            return request.state == IS_DECLINED
        case "ended":
            return request.state == IS_ENDED
    return cases.is_told(answer.reference)


def take(answer: Answer, request: CaseRequest, by: Actor, at: datetime) -> None:
    """Take an answer in by its act."""
    if answer.step == OPENED:
        open_case(request=request, case=answer.case, day=answer.day, by=by, at=at)
    elif answer.step == DECLINED:
        decline_case(request=request, by=by, at=at)
    elif answer.step == ENDED:
        end_case(request=request, day=answer.day, by=by, at=at)
    elif answer.step == MONEY:
        amount = Money(answer.amount, answer.currency)
        note_money(request=request, reference=answer.reference, amount=amount, day=answer.day, by=by, at=at)


def take_payment(payment: Payment, *, by: Actor, at: datetime) -> bool:
    """Take in that a reward was paid, and return whether it was new.

    Raises:
        DomainError: `answers-request`: there is no such order; `answers-order`: it was not granted; `day-to-come`.
    """
    reward = rewards.reward(payment.order)
    if reward is None:
        raise DomainError("answers-request", line=payment.line, value=payment.order)
    if reward.state == PAID:
        return False
    try:
        pay_reward(reward=reward, day=payment.day, by=by, at=at)
    except Conflict:
        raise DomainError("answers-order", line=payment.line, value=payment.order) from None
    return True
