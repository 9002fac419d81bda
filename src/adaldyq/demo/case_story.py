"""Cases that reports of the sample country led to, as its register of cases would answer, what came back, and the rewards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from adaldyq.base.money import Money
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, system
from adaldyq.measures.reports.actions.cases import ask_case, end_case, note_money, open_case
from adaldyq.measures.reports.actions.handling import Sealed
from adaldyq.measures.reports.actions.rewards import Proposal, grant_reward, pay_reward, propose_reward, refuse_reward
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.rewards import digest_of

REGISTER = PAYER = system("demo")
OPENED, BACK, IN_FORCE = 6, 30, 45
"""After how many days a case is opened, money comes back, and a judgment is in force."""

PROPOSED, DECIDED, PAID = 5, 9, 20
FETCHES, UNFETCHED = 7, 3
"""After how many days more a reward is proposed, decided and paid; of so many reporters one never fetches it."""


@dataclass(frozen=True, slots=True)
class Office:
    """Who acts: an officer, and the custodian, if there is one; what all letters hold."""

    by: Actor
    custodian: Actor | None
    sealed: bytes


def lead_to_case(report: Report, number: int, back: int, office: Office, closed: datetime, now: datetime) -> None:
    """Ask for a case, let the register answer, and reward the reporter, as far as that was before now; some still wait.

    Args:
        number: of the report, from which those of case and payment are made.
        back: how much came back, in the country's currency; 0 when nothing did.
    """
    request = ask_case(reports=[report], by=office.by, at=closed)
    opened, paid, ended = (closed + timedelta(days=days) for days in (OPENED, BACK, IN_FORCE))
    day, case = naming.pack().day_of, f"{closed.year}-{number:05d}"
    if opened < now:
        request = open_case(request=request, case=case, day=day(opened), by=REGISTER, at=opened)
    if back and paid < now:
        amount = Money(Decimal(back), naming.pack().currency)
        note_money(request=request, reference=f"{case}/1", amount=amount, day=day(paid), by=REGISTER, at=paid)
    if ended < now:
        end_case(request=request, day=day(ended), by=REGISTER, at=ended)
        reward(report, number, office, ended, now)


def reward(report: Report, number: int, office: Office, ended: datetime, now: datetime) -> None:
    """Propose what the law gives, decide and pay it; one of ten gets none."""
    proposed, decided, paid = (ended + timedelta(days=days) for days in (PROPOSED, DECIDED, PAID))
    if office.custodian is None or proposed >= now:
        return
    classes, refusals = (list(naming.pack().codes[name]) for name in ("reward_class", "reward_refusal"))
    proposal = Proposal(
        classes[number % len(classes)], f"№ {number}", refusals[number % len(refusals)] if number % 10 == 0 else ""
    )
    made, told = propose_reward(report=report, proposal=proposal, by=office.by, at=proposed), Sealed(office.sealed)
    if decided >= now:
        return
    if proposal.refusal:
        refuse_reward(reward=made, message=told, by=office.custodian, at=decided)
        return
    code = digest_of(f"sample reward {number}")
    made = grant_reward(reward=made, code_sha256=code, message=told, by=office.custodian, at=decided)
    if paid < now and number % FETCHES != UNFETCHED:
        pay_reward(reward=made, day=naming.pack().day_of(paid), by=PAYER, at=paid)
