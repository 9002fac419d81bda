"""What a receiving officer sees: reports of the unit, what is due, and the envelopes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Account, Deadline
from adaldyq.kernel.models.deadlines import MISSED
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.models import KeyWrap, OfficerKey, ReceivingUnit, Report
from adaldyq.measures.reports.models.keys import REPORTS
from adaldyq.measures.reports.policies import in_force, units_of
from adaldyq.measures.reports.queries.barring import kept_from, reaching
from adaldyq.measures.reports.queries.reviewing import bound_to_leave
from adaldyq.measures.reports.queries.routing import officers_of
from adaldyq.measures.reports.states import ACTIVE, CLOSED, ERASED, SET_ASIDE

__all__ = ["Report"]  # pages name it by the queries that give it


def visible(by: Actor, day: date) -> QuerySet[Report]:
    """Reports of the viewer's units, without those that name the viewer or a body in which the viewer or the family works."""
    found = Report.objects.filter(units_of(by)).filter(reaching(by.id, day)).exclude(state=ERASED)
    return found.select_related("unit__body", "about_body", "assigned_to")


def chosen(by: Actor, day: date, *, state: str, mine: bool, unread: bool) -> QuerySet[Report]:
    """Reports of a choice; without one, those that are neither closed nor set aside, and closed ones that are not done with.

    These are those whose protection file is not closed, and those of which the reporter wrote last.
    """
    found = visible(by, day)
    done = Q(state=CLOSED, needs_attention=False) & (Q(protection=None) | Q(protection__state=CLOSED))
    found = found.filter(state=state) if state else found.exclude(done).exclude(state=SET_ASIDE)
    if mine:
        found = found.filter(assigned_to=by.id)
    return found.filter(needs_attention=True) if unread else found


def next_days(reports: Iterable[Report]) -> dict[str, date]:
    """The last day of the next term that runs, by report."""
    listed = [one.pk for one in reports]
    running = Deadline.objects.filter(subject_kind=Report._meta.label, subject_id__in=listed, closed_at=None)
    return dict(running.order_by("-due_date").values_list("subject_id", "due_date"))


def overdue_since(reports: Iterable[Report]) -> dict[str, date]:
    """The last day of the oldest term that has passed and is not met, by report."""
    listed = [one.pk for one in reports]
    missed = Deadline.objects.filter(subject_kind=Report._meta.label, subject_id__in=listed, state=MISSED)
    return dict(missed.order_by("-due_date").values_list("subject_id", "due_date"))


def officers_for(report: Report, day: date) -> list[tuple[str, str]]:
    """Officers of the unit who may be given a report: account and name."""
    officers = officers_of(report.unit, day)
    allowed = officers - kept_from(report, officers, day) - bound_to_leave(report, day)
    return [(one.pk, one.name) for one in Account.objects.filter(pk__in=allowed).order_by("name")]


def custodians_for(report: Report, day: date) -> list[tuple[str, str]]:
    """Custodians of the unit whom a report may reach, who would open its reporter's name and decide on a reward: account and name."""
    custodians = officers_of(report.unit, day, Role.CUSTODIAN)
    allowed = custodians - kept_from(report, custodians, day)
    return [(one.pk, one.name) for one in Account.objects.filter(pk__in=allowed).order_by("name")]


def officer(account_id: str) -> Account:
    """An account that was chosen from `officers_for` or `custodians_for`."""
    return Account.objects.get(pk=account_id)


def units_of_officer(by: Actor, day: date) -> list[ReceivingUnit]:
    """Units that the viewer receives for."""
    return units_of_role(by, Role.RECEIVING_OFFICER, day)


def units_with_keys(by: Actor, day: date) -> list[ReceivingUnit]:
    """Units for which the viewer publishes a key: as a receiving officer or as a custodian."""
    return [*units_of_officer(by, day), *units_of_role(by, Role.CUSTODIAN, day)]


def units_of_role(by: Actor, role: Role, day: date) -> list[ReceivingUnit]:
    """Units for whose bodies the viewer has a role."""
    bodies = [one.body_id for one in by.held if one.role is role and one.body_id]
    return list(ReceivingUnit.objects.filter(in_force(day), body__in=bodies).select_related("body"))


def one_report(by: Actor, report_id: str, day: date) -> Report | None:
    """A report that the viewer may see."""
    return visible(by, day).filter(pk=report_id).first()


def wrap_of(report: Report) -> KeyWrap:
    """The current wrap of a report's key."""
    return report.wraps.get(is_current=True)


def keys_of(by: Actor) -> list[OfficerKey]:
    """The viewer's own keys, the active ones first."""
    return list(OfficerKey.objects.filter(account=by.id).select_related("unit__body").order_by("state", "-made_at"))


def own_key(by: Actor, key_id: str) -> OfficerKey | None:
    """One of the viewer's own keys."""
    return OfficerKey.objects.filter(account=by.id, pk=key_id).first()


def lockers_of(by: Actor) -> list[str]:
    """The viewer's own secret keys, locked with passphrases, those in use first."""
    return [bytes(one.locked).decode() for one in keys_of(by) if one.locked]


def units_without_key(by: Actor, day: date) -> list[ReceivingUnit]:
    """Units that the viewer receives for without an active key: reports are not sealed to them."""
    own = OfficerKey.objects.filter(account=by.id, purpose=REPORTS, state=ACTIVE)
    with_key = set(own.values_list("unit_id", flat=True))
    return [one for one in units_of_officer(by, day) if one.pk not in with_key]


def key_of(public: str) -> OfficerKey | None:
    """The key with a public half."""
    return OfficerKey.objects.filter(recipient=public).first()
