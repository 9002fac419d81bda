"""Reports whose key must be sealed anew, and the orders for it."""

from __future__ import annotations

from datetime import date

from adaldyq.kernel.actor import Actor
from adaldyq.measures.reports.adapters.rewraps import Wrapped, digest
from adaldyq.measures.reports.models import OfficerKey, ReceivingUnit, Report
from adaldyq.measures.reports.models.keys import REPORTS
from adaldyq.measures.reports.queries.barring import bodies_barred, other_units, readers_of
from adaldyq.measures.reports.queries.queue import visible, wrap_of
from adaldyq.measures.reports.queries.routing import houses, officers_of
from adaldyq.measures.reports.states import ACTIVE


def order_for(report: Report, unit: ReceivingUnit, day: date) -> Wrapped:
    """What an officer needs to seal a report's key to the officers of a unit."""
    recipients = tuple(one.recipient for one in readers_of(report, unit, day))
    return Wrapped(report.pk, bytes(wrap_of(report).wrapped), recipients)


def stale(by: Actor, day: date) -> list[Wrapped]:
    """Orders for all reports that the viewer sees whose readers are no longer those that their key is sealed to.

    So it is when an officer came, left or changed the key. One whose officers have no key left is not listed.
    """
    found: list[Wrapped] = []
    for unit in {one.unit_id: one.unit for one in visible(by, day).select_related("unit__body")}.values():
        found += stale_of(unit, by, day)
    return found


def stale_of(unit: ReceivingUnit, by: Actor, day: date) -> list[Wrapped]:
    """The same for the reports of one unit; who works where is asked once for all of them."""
    officers = officers_of(unit, day)
    homes = houses(officers, day)
    keys = dict(
        OfficerKey.objects.filter(unit=unit, purpose=REPORTS, state=ACTIVE).values_list("account_id", "recipient")
    )
    found = []
    for report in visible(by, day).filter(unit=unit).prefetch_related("bars", "wraps").order_by("pk"):
        barred = {one.pk for one in bodies_barred(report)}
        named = {one.account_id for one in report.bars.all()}
        allowed = [one for one in officers - named if not homes[one] & barred and one in keys]
        recipients = tuple(sorted(keys[one] for one in allowed))
        current = next(one for one in report.wraps.all() if one.is_current)
        if recipients and current.readers != digest(recipients):
            found.append(Wrapped(report.pk, bytes(current.wrapped), recipients))
    return found


def referral_targets(report: Report, day: date) -> list[ReceivingUnit]:
    """Units that a report may be given to, with officers who have keys."""
    return [one for one in other_units(report, day) if readers_of(report, one, day)]
