"""Whom a report must not reach, whatever becomes of it: the body that it is about, and whoever else it names.

What stands here is asked wherever somebody may come to see a report: by lists, assignment, referral and escalation.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from adaldyq.kernel.models import Body
from adaldyq.measures.reports.models import OfficerKey, ReceivingUnit, Report
from adaldyq.measures.reports.models.keys import AGENCY, PROSECUTOR, REPORTS
from adaldyq.measures.reports.policies import in_force
from adaldyq.measures.reports.queries.houses import concerned, homes, is_same_house
from adaldyq.measures.reports.queries.routing import keys_in_use, officers_of

WATCHED_BY = (PROSECUTOR, AGENCY)
"""In which order another body is told of a term that passed."""


def bodies_barred(report: Report) -> list[Body]:
    """Bodies that a report is about or names."""
    named = [one.body for one in report.bars.select_related("body__parent") if one.body is not None]
    return [*([report.about_body] if report.about_body else []), *named]


def bodies_concerned(report: Report) -> list[Body]:
    """Bodies whose people, and their families, must not see a report: with offices that are kept out of it."""
    kept = report.bars.filter(unit__isnull=False).select_related("unit__body__parent")
    return [*bodies_barred(report), *(one.unit.body for one in kept if one.unit is not None)]


def kept_from(
    report: Report, accounts: Collection[str], day: date, *, besides: Collection[Body] = ()
) -> frozenset[str]:
    """Of some accounts those that a report must not reach.

    Args:
        besides: bodies that are kept out with what is just done.
    """
    own = set(report.bars.filter(account__in=accounts).values_list("account_id", flat=True))
    return frozenset(str(one) for one in own) | concerned(accounts, [*bodies_concerned(report), *besides], day)


def may_receive(report: Report, unit: ReceivingUnit) -> bool:
    """Whether a unit may come to have a report: it is neither named in it nor of a house that is."""
    if report.bars.filter(unit=unit).exists():
        return False
    return not any(is_same_house(unit.body, one) for one in bodies_barred(report))


def other_units(report: Report, day: date) -> list[ReceivingUnit]:
    """Units other than its own that a report may go to."""
    units = ReceivingUnit.objects.filter(in_force(day)).exclude(pk=report.unit_id).select_related("body__parent")
    found = [one for one in units if may_receive(report, one)]
    return sorted(found, key=lambda one: (WATCHED_BY.index(one.kind), one.pk))


def readers_of(report: Report, unit: ReceivingUnit, day: date, *, besides: Collection[Body] = ()) -> list[OfficerKey]:
    """Active keys of the officers of a unit whom a report may reach, in the order of the keys; as `kept_from`."""
    officers = officers_of(unit, day)
    allowed = officers - kept_from(report, officers, day, besides=besides)
    return keys_in_use(unit, REPORTS, allowed)


def readers_given(report: Report, unit: ReceivingUnit, day: date) -> list[OfficerKey]:
    """Active keys of the officers to whom a report is sealed in a unit, its own or one that it is given to.

    In another unit nobody gets it at first whom its own being kept out would keep out too, whatever the reason: which one is given
    comes after the key is sealed. If that leaves nobody, all get it whom it may reach.
    """
    if unit == report.unit:
        return readers_of(report, unit, day)
    return readers_without_source(report, unit, day) or readers_of(report, unit, day)


def readers_without_source(report: Report, unit: ReceivingUnit, day: date) -> list[OfficerKey]:
    """Active keys of the officers of another unit once the report's own is kept out, and all who have to do with it."""
    return readers_of(report, unit, day, besides=[report.unit.body])


def reaching(account: str, day: date) -> Q:
    """Condition on reports: nothing keeps an account from them."""
    bodies = homes([account], day)[account] if account else set()
    named = Q(bars__account=account) | Q(bars__body__in=bodies) | Q(bars__unit__body__in=bodies)
    return ~Q(about_body__in=bodies) & ~Q(pk__in=Report.objects.filter(named).values("pk"))
