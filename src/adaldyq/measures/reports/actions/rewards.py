"""Rewards by law. An officer proposes, a custodian who reads no report decides, and it is paid to whoever tells a code.

The code is sealed to the reporter's mailbox and to nobody else; of it only a hash stands in the open. So whoever pays need
not ask who comes, and nobody in the office can fetch the money. The port of payment: orders wait as rows, go out as a file, and
what was paid comes in by an act that no person may take.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from adaldyq.base.errors import DomainError
from adaldyq.base.money import Money
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.models import Account
from adaldyq.kernel.notifications.actions import notify
from adaldyq.kernel.roles import Role
from adaldyq.kernel.states import advance
from adaldyq.measures.reports import policies
from adaldyq.measures.reports.actions.cases import come
from adaldyq.measures.reports.actions.handling import Sealed, require_officer, speak
from adaldyq.measures.reports.actions.holding import held
from adaldyq.measures.reports.domain.rewards import reward_of
from adaldyq.measures.reports.models import CaseRequest, Report, Reward
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.models.rewards import LONGEST_GROUND
from adaldyq.measures.reports.queries import cases, rewards
from adaldyq.measures.reports.queries.barring import kept_from
from adaldyq.measures.reports.queries.routing import officers_of
from adaldyq.measures.reports.states import ENDED, RETURNED

PROPOSE, GRANT, REFUSE = "reports.reward.propose", "reports.reward.grant", "reports.reward.refuse"
RETURN, PAY = "reports.reward.return", "reports.reward.pay"
LAPSE = "reports.reward.lapse"
PROPOSED_TO = "reward-proposed"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an officer proposes.

    Attributes:
        offence: class of the offence, a code of the pack's `reward_class`.
        refusal: why none is given, a code of the pack's `reward_refusal`; empty when one is.
        ground: on what it rests, such as the number of the judgment; never what was reported.
    """

    offence: str
    ground: str
    refusal: str = ""


def stepped(reward: Reward) -> Recorded:
    """The ledger line of a step: for which report, how it stands, how much by which rule, and the hash of the code."""
    facts: dict[str, object] = {
        "reward": reward.pk,
        "report": reward.report_id,
        "state": reward.state,
        "refusal": reward.refusal,
        "amount": str(reward.amount),
        "currency": reward.currency,
        "code": reward.code_sha256,
    }
    return Recorded([facts], {"report": reward.report_id, "state": reward.state})


@act(PROPOSE, records=stepped, told_as=HANDLED)
def propose_reward(*, report: Report, proposal: Proposal, by: Actor, at: datetime) -> Reward:
    """Propose the reward that the law gives for a report, or that none is given; custodians are told.

    It is worked out from the money that came back by the case, by the rules of the day, and shared equally by the reports that
    led to the case.

    Raises:
        NotAllowed: `by` may not handle it.
        DomainError: `closed-by-you`; `reward-case-runs`: no judgment or decision of its case is in force; `reward-proposed-already`;
            `declared-not-offered` for an unknown class or refusal; `reason-missing`, `reason-too-long` for the ground;
            `no-such-value` when the pack gives no reward.
    """
    report = held(report)  # a colleague may propose at the same time
    require_officer(by, PROPOSE, report, at)
    pack, day = naming.pack(), naming.pack().day_of(at)
    check(proposal)
    request = cases.of_report(report)
    if request is None or request.state != ENDED:
        raise DomainError("reward-case-runs")
    facts = worked_out(request, proposal, day) | {
        "ground": proposal.ground.strip(),
        "proposed_by_id": by.id,
        "proposed_date": pack.day_of(at),
    }
    known = Reward.objects.filter(report=report).first()
    if known is None:
        reward = Reward.objects.create(report=report, **facts)
    elif known.state == RETURNED:
        reward = advance(known, "propose", by=by, at=at, **facts)
    else:
        raise DomainError("reward-proposed-already")
    tell_custodians(reward, at)
    return reward


def check(proposal: Proposal) -> None:
    """Refuse a proposal that names what no list of the pack has, or rests on nothing.

    Raises:
        DomainError: as `propose_reward`.
    """
    codes = naming.pack().codes
    if proposal.offence not in codes["reward_class"]:
        raise DomainError("declared-not-offered", field="offence", value=proposal.offence)
    if proposal.refusal and proposal.refusal not in codes["reward_refusal"]:
        raise DomainError("declared-not-offered", field="refusal", value=proposal.refusal)
    if not proposal.ground.strip():
        raise DomainError("reason-missing", field="ground")
    if len(proposal.ground.strip()) > LONGEST_GROUND:
        length = len(proposal.ground.strip())
        raise DomainError("reason-too-long", field="ground", length=length, limit=LONGEST_GROUND)


def worked_out(request: CaseRequest, proposal: Proposal, day: date) -> dict[str, object]:
    """The columns that say how much a reward is, and why."""
    pack = naming.pack()
    back, shared_by = cases.money_back(request), request.linked.count()
    due = reward_of(pack, day, proposal.offence, Money(back, pack.currency), shared_by)
    return {
        "request": request,
        "offence": proposal.offence,
        "refusal": proposal.refusal,
        "back": back,
        "shared_by": shared_by,
        "amount": 0 if proposal.refusal else due.amount.amount,
        "currency": due.amount.currency,
        "law": due.law,
    }


def tell_custodians(reward: Reward, at: datetime) -> None:
    """Tell the custodians of the unit that a proposal waits; none of those whom the report may be about."""
    day, report = naming.pack().day_of(at), reward.report
    custodians = officers_of(report.unit, day, Role.CUSTODIAN)
    for account in Account.objects.filter(pk__in=custodians - kept_from(report, custodians, day)).order_by("pk"):
        key, href = f"{PROPOSED_TO}:{reward.pk}:{at.isoformat()}", "reports/rewards/"
        notify(account=account, message=PROPOSED_TO, parameters={}, key=key, href=href, at=at)


def require_decider(by: Actor, act_name: str, reward: Reward, at: datetime) -> None:
    """Stop whoever is no custodian of the unit, proposed it, or is one whom the report may be about.

    Raises:
        NotAllowed: as it says.
    """
    excluded = kept_from(reward.report, [by.id], naming.pack().day_of(at))
    may = policies.may_decide_reward(by, reward.report.unit, reward.proposed_by_id, excluded)
    require(may, act_name)


@act(GRANT, records=stepped, told_as=HANDLED)
def grant_reward(*, reward: Reward, code_sha256: str, message: Sealed, by: Actor, at: datetime) -> Reward:
    """Grant what was proposed; the reporter gets the code against which it is paid, until the pack's term has passed.

    Args:
        code_sha256: as `domain.rewards.digest_of` makes it.
        message: the code, sealed to the reporter's mailbox.

    Raises:
        NotAllowed: `by` may not decide it.
        Conflict: it was decided.
        DomainError: `reward-refusal-proposed`: it is the refusal that was proposed; as `check_message`.
    """
    require_decider(by, GRANT, reward, at)
    if reward.refusal:
        raise DomainError("reward-refusal-proposed")
    last = rewards.last_day(naming.pack().day_of(at))
    return decided(reward, "grant", message, by, at, code_sha256=code_sha256, claim_until=last)


@act(REFUSE, records=stepped, told_as=HANDLED)
def refuse_reward(*, reward: Reward, message: Sealed, by: Actor, at: datetime) -> Reward:
    """Refuse a reward as was proposed, and tell the reporter why.

    Raises:
        NotAllowed: `by` may not decide it.
        Conflict: it was decided.
        DomainError: `reward-grant-proposed`: a reward was proposed, and no refusal; as `check_message`.
    """
    require_decider(by, REFUSE, reward, at)
    if not reward.refusal:
        raise DomainError("reward-grant-proposed")
    return decided(reward, "refuse", message, by, at)


def decided(reward: Reward, step: str, message: Sealed, by: Actor, at: datetime, **changes: object) -> Reward:
    """Take the step of a decision, and write to the reporter."""
    day = naming.pack().day_of(at)
    made = advance(reward, step, by=by, at=at, decided_by_id=by.id, decided_date=day, **changes)
    speak(made.report, message, by, at)
    return made


@act(RETURN, records=stepped, told_as=HANDLED)
def return_reward(*, reward: Reward, by: Actor, at: datetime) -> Reward:
    """Give a proposal back to the officers, who propose anew.

    Raises:
        NotAllowed: `by` may not decide it.
        Conflict: it was decided.
    """
    require_decider(by, RETURN, reward, at)
    return advance(reward, "return", by=by, at=at)


@act(PAY, records=stepped, told_as=HANDLED)
def pay_reward(*, reward: Reward, day: date, by: Actor, at: datetime) -> Reward:
    """Take in that a reward was paid to whoever told its code; that it was paid in time may be told when it has lapsed.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: it was not granted, or was paid.
        DomainError: `day-to-come`; `reward-lapsed`: that day is after the last one.
    """
    require(policies.may_answer(by), PAY)
    if reward.claim_until is not None and day > reward.claim_until:
        raise DomainError("reward-lapsed", value=reward.pk, day=reward.claim_until.isoformat())
    return advance(reward, "pay", by=by, at=at, paid_date=come(day, at))


@act(LAPSE, records=stepped, told_as=HANDLED)
def lapse_reward(*, reward: Reward, by: Actor, at: datetime) -> Reward:
    """Let a reward lapse that nobody fetched in time; it goes out with no order any more.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: it was paid, or has lapsed.
        DomainError: `reward-term-runs`.
    """
    require(policies.may_answer(by), LAPSE)
    if reward.claim_until is None or naming.pack().day_of(at) <= reward.claim_until:
        raise DomainError("reward-term-runs")
    return advance(reward, "lapse", by=by, at=at)


def lapse_due(*, by: Actor, at: datetime) -> None:
    """Let all lapse whose term has passed, each in an act of its own."""
    for one in rewards.unclaimed(naming.pack().day_of(at)):
        lapse_reward(reward=one, by=by, at=at)


def empty_reward(report: Report) -> None:
    """Leave of the reward for a report that is erased what counts and payment need, within that act."""
    Reward.objects.filter(report=report).update(ground="")
