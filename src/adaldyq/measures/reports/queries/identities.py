"""Names that are kept apart: which ones a custodian keeps, and what is said of their opening."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models import Identity, IdentityOpening, OfficerKey, ReceivingUnit, Report
from adaldyq.measures.reports.models.keys import IDENTITIES
from adaldyq.measures.reports.queries.barring import kept_from, reaching
from adaldyq.measures.reports.queries.routing import keys_in_use, officers_of


def kept(by: Actor, day: date) -> QuerySet[Identity]:
    """Names that the viewer keeps as a custodian, without those of reports that may be about the viewer."""
    bodies = [one.body_id for one in by.held if one.role is Role.CUSTODIAN and one.body_id]
    allowed = Report.objects.filter(reaching(by.id, day)).values("pk")
    found = Identity.objects.filter(unit__body__in=bodies, report__in=allowed)
    return found.select_related("report", "unit__body").prefetch_related("openings__by")


def one_kept(by: Actor, report_id: str, day: date) -> Identity | None:
    """The name of a report, if the viewer keeps it."""
    return kept(by, day).filter(report=report_id).first()


def of_report(report: Report) -> Identity | None:
    """The name that came with a report."""
    return Identity.objects.filter(report=report).select_related("unit__body").prefetch_related("openings__by").first()


def keepers_of(identity: Identity, day: date) -> list[OfficerKey]:
    """Active keys of the custodians who may keep a name, in the order of the keys."""
    return keepers_for(identity.report, identity.unit, day)


def keepers_for(report: Report, unit: ReceivingUnit, day: date) -> list[OfficerKey]:
    """Active keys of the custodians of a unit whom a report does not concern, in the order of the keys."""
    custodians = officers_of(unit, day, Role.CUSTODIAN)
    return keys_in_use(unit, IDENTITIES, custodians - kept_from(report, custodians, day))


def to_give(report: Report, day: date) -> tuple[str, ...]:
    """Public keys to which the reporter may still seal a name; none when it is given, or nobody keeps names."""
    if of_report(report) is not None:
        return ()
    return tuple(one.recipient for one in keepers_for(report, report.unit, day))


def handed_out(identity: Identity, by: Actor, day: date) -> bool:
    """Whether the viewer has opened the name today, and so has its envelope until the day ends."""
    return IdentityOpening.objects.filter(identity=identity, by=by.id, made_date=day).exists()
