"""Rewards as officers, custodians and whoever pays see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.domain.rewards import digest_of, new_code
from adaldyq.measures.reports.models import Report, Reward
from adaldyq.measures.reports.models.rewards import LONGEST_GROUND
from adaldyq.measures.reports.queries import cases
from adaldyq.measures.reports.queries.barring import reaching
from adaldyq.measures.reports.states import ENDED, ERASED, GRANTED, LAPSED, PAID, RETURNED

__all__ = ["LONGEST_GROUND", "Reward", "digest_of", "new_code"]  # pages name them by the queries that give them


def of_report(report: Report) -> Reward | None:
    """The reward for a report."""
    return Reward.objects.filter(report=report).first()


def may_be_proposed(report: Report) -> bool:
    """Whether a reward may be proposed for a report now."""
    request, reward = cases.of_report(report), of_report(report)
    return request is not None and request.state == ENDED and (reward is None or reward.state == RETURNED)


def kept(by: Actor, day: date) -> QuerySet[Reward]:
    """Rewards that the viewer may look at as a custodian, without those for reports that may be about the viewer, or of which that is not known any more."""
    bodies = [one.body_id for one in by.held if one.role is Role.CUSTODIAN and one.body_id]
    allowed = Report.objects.filter(reaching(by.id, day)).exclude(state=ERASED).values("pk")
    found = Reward.objects.filter(report__unit__body__in=bodies, report__in=allowed)
    return found.select_related("report__unit__body", "request", "proposed_by", "decided_by")


def one_kept(by: Actor, report_id: str, day: date) -> Reward | None:
    """The reward for a report, if the viewer may look at it."""
    return kept(by, day).filter(report=report_id).first()


def to_pay() -> Sequence[Reward]:
    """Rewards that were granted and not paid yet, the first one first."""
    return list(Reward.objects.filter(state=GRANTED).order_by("decided_date", "pk"))


def last_day(day: date) -> date:
    """The last day on which a reward that is granted on a day is paid to whoever tells its code."""
    return naming.pack().due("reward_claim", day)


def unclaimed(day: date) -> Sequence[Reward]:
    """Rewards that nobody fetched although their term has passed on a day."""
    return list(Reward.objects.filter(state=GRANTED, claim_until__lt=day).order_by("claim_until", "pk"))


def reward(key: str) -> Reward | None:
    """A reward by its id."""
    return Reward.objects.filter(pk=key).first()


def rewards_of(reports: Sequence[str], as_of: date) -> Mapping[str, Decimal]:
    """Of some reports those for which a reward had been granted by the end of a day, and how much."""
    found = Reward.objects.filter(report__in=reports, state__in=(GRANTED, PAID, LAPSED), decided_date__lte=as_of)
    return {str(one.report_id): one.amount or Decimal(0) for one in found.only("report", "amount")}
