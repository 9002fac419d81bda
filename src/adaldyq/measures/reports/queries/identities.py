"""Names that are kept apart: which ones a custodian keeps, and what is said of their opening."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models import Bar, Identity, IdentityOpening, OfficerKey, ReceivingUnit, Report
from adaldyq.measures.reports.models.keys import IDENTITIES
from adaldyq.measures.reports.queries.barring import kept_from, reaching
from adaldyq.measures.reports.queries.routing import keys_in_use, officers_of


def kept(by: Actor, day: date) -> QuerySet[Identity]:
    """Names that the viewer keeps as a custodian, without those of reports that may be about the viewer or the unit."""
    bodies = [one.body_id for one in by.held if one.role is Role.CUSTODIAN and one.body_id]
    allowed = Report.objects.filter(reaching(by.id, day)).values("pk")
    named = Bar.objects.filter(report=OuterRef("report"), unit=OuterRef("unit"))
    found = Identity.objects.filter(~Exists(named), unit__body__in=bodies, report__in=allowed)
    return found.select_related("report", "unit__body").prefetch_related("openings__by")


def one_kept(by: Actor, report_id: str, day: date) -> Identity | None:
    """The name of a report, if the viewer keeps it."""
    return kept(by, day).filter(report=report_id).first()


def of_report(report: Report) -> Identity | None:
    """The name that came with a report."""
    return Identity.objects.filter(report=report).select_related("unit__body").prefetch_related("openings__by").first()


def is_kept(identity: Identity) -> bool:
    """Whether a name still opens: it is destroyed when the report turns out to be about the unit that keeps it."""
    return bool(identity.wrapped) and not Bar.objects.filter(report=identity.report_id, unit=identity.unit_id).exists()


def kept_from_name(identity: Identity, account: str, day: date) -> frozenset[str]:
    """The account, when it must not open a name: the report may be about it, or about the unit that kept the name."""
    return kept_from(identity.report, [account], day) if is_kept(identity) else frozenset({account})


def keepers_of(identity: Identity, day: date) -> list[OfficerKey]:
    """Active keys of the custodians who may keep a name, in the order of the keys."""
    return keepers_for(identity.report, identity.unit, day)


def keepers_for(report: Report, unit: ReceivingUnit, day: date) -> list[OfficerKey]:
    """Active keys of the custodians of a unit whom a report does not concern, in the order of the keys."""
    custodians = officers_of(unit, day, Role.CUSTODIAN)
    return keys_in_use(unit, IDENTITIES, custodians - kept_from(report, custodians, day))


def to_give(report: Report, day: date) -> tuple[str, ...]:
    """Public keys to which the reporter may still seal a name; none when it is given and kept, or nobody keeps names."""
    known = of_report(report)
    if known is not None and is_kept(known):
        return ()
    return tuple(one.recipient for one in keepers_for(report, report.unit, day))


def handed_out(identity: Identity, by: Actor, day: date) -> bool:
    """Whether the viewer has opened the name today, and so has its envelope until the day ends."""
    return IdentityOpening.objects.filter(identity=identity, by=by.id, made_date=day).exists()
