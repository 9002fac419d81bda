"""Reports whose key must be sealed anew, and the orders for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.adapters.rewraps import Wrapped, digest, ordered
from adaldyq.measures.reports.models import OfficerKey, ReceivingUnit, Referral, Report
from adaldyq.measures.reports.models.keys import REPORTS
from adaldyq.measures.reports.queries.barring import other_units, readers_given, readers_of
from adaldyq.measures.reports.queries.houses import homes
from adaldyq.measures.reports.queries.identities import keepers_of, kept
from adaldyq.measures.reports.queries.queue import visible, wrap_of
from adaldyq.measures.reports.queries.routing import officers_of
from adaldyq.measures.reports.states import ACTIVE

CHUNK = 200


def order_for(report: Report, unit: ReceivingUnit, day: date) -> Wrapped:
    """What an officer needs to seal a report's key to the officers of a unit."""
    readers = [one.recipient for one in readers_given(report, unit, day)]
    return ordered(report.pk, bytes(wrap_of(report).wrapped), readers)


def readers_without(report: Report, account: str, day: date) -> list[str]:
    """Public keys of those who read a report once an officer is kept out."""
    return [one.recipient for one in readers_of(report, report.unit, day) if one.account_id != account]


def new_readers(report: Report, day: date) -> list[str]:
    """Public keys of those who read a report now, when its key is sealed to others; none when it is sealed to them."""
    recipients = [one.recipient for one in readers_of(report, report.unit, day)]
    return recipients if wrap_of(report).readers != digest(recipients) else []


def is_to_be_sealed(report_id: str, day: date) -> bool:
    """Whether the key of a report is sealed to others than those who read it now."""
    report = Report.objects.filter(pk=report_id).select_related("unit", "about_body").first()
    return report is not None and bool(new_readers(report, day))


def stale(by: Actor, day: date, *, after: str = "") -> Iterator[Wrapped]:
    """Orders for the reports that the viewer sees whose readers are no longer those that their key is sealed to.

    So it is when an officer came, left or changed the key. One whose officers have no key left is not listed.

    Args:
        after: id of a report; only those behind it, so that many are done in portions.
    """
    units: dict[str, Readers] = {}
    found = visible(by, day).filter(pk__gt=after).prefetch_related("bars__unit", "wraps").order_by("pk")
    for report in found.iterator(chunk_size=CHUNK):
        if report.unit_id not in units:
            units[report.unit_id] = Readers.of_unit(report.unit, day)
        recipients = units[report.unit_id].of(report)
        current = next(one for one in report.wraps.all() if one.is_current)
        if recipients and current.readers != digest(recipients):
            yield ordered(report.pk, bytes(current.wrapped), recipients)


@dataclass(frozen=True, slots=True)
class Readers:
    """Who reads the reports of a unit, asked once for all of them.

    Attributes:
        keys: public key by officer.
        homes: of each officer the bodies that a report must not be about.
    """

    keys: Mapping[str, str]
    homes: Mapping[str, Collection[str]]

    @classmethod
    def of_unit(cls, unit: ReceivingUnit, day: date) -> Readers:
        """The officers of a unit who have a key."""
        officers = officers_of(unit, day)
        keys = OfficerKey.objects.filter(unit=unit, purpose=REPORTS, state=ACTIVE, account__in=officers)
        return cls(dict(keys.values_list("account_id", "recipient")), homes(officers, day))

    def of(self, report: Report) -> tuple[str, ...]:
        """The public keys of those whom a report may reach, in their order."""
        bars = report.bars.all()
        barred = {str(one.body_id) for one in bars if one.body_id} | {str(report.about_body_id or "")}
        barred |= {str(one.unit.body_id) for one in bars if one.unit}
        named = {one.account_id for one in bars}
        allowed = (key for one, key in self.keys.items() if one not in named and barred.isdisjoint(self.homes[one]))
        return tuple(sorted(allowed))


def stale_names(by: Actor, day: date, *, after: str = "") -> Iterator[Wrapped]:
    """The same for a custodian: orders for names that are sealed to others than who keeps them now."""
    found = kept(by, day).filter(report__gt=after).order_by("report")
    for identity in found.iterator(chunk_size=CHUNK):
        recipients = tuple(one.recipient for one in keepers_of(identity, day))
        if recipients and identity.readers != digest(recipients):
            yield ordered(identity.report_id, bytes(identity.wrapped), recipients)


def waiting(by: Actor, day: date, *, after: str = "") -> Iterator[Wrapped]:
    """What the viewer can seal anew: reports as an officer, names as a custodian. Nobody is both."""
    return stale_names(by, day, after=after) if by.may(Role.CUSTODIAN) else stale(by, day, after=after)


def referral_targets(report: Report, day: date) -> list[ReceivingUnit]:
    """Units that a report may be given to, with officers who have keys."""
    return [one for one in other_units(report, day) if readers_of(report, one, day)]


def has_referred(by: Actor, report_id: str) -> bool:
    """Whether it was the viewer who gave a report to another unit."""
    return Referral.objects.filter(report=report_id, by=by.id).exists()
