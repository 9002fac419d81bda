"""Who reads reports, or keeps names, only since their keys were last sealed: shown before anything is sealed to them.

Whoever runs the server can open an account, give it a role and publish a key by commands, alone. The act stands in the
ledger, but an officer who seals keys anew opens every report to that account: so the officer sees the name first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Min

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account, Event, RoleGrant
from adaldyq.kernel.roles import Role
from adaldyq.kernel.separation import subject_of
from adaldyq.measures.reports.adapters.rewraps import Wrapped
from adaldyq.measures.reports.models import Identity, KeyWrap, OfficerKey, Report
from adaldyq.measures.reports.models.keys import REPORTS
from adaldyq.measures.reports.queries.publication import published
from adaldyq.measures.reports.queries.queue import wrap_of
from adaldyq.measures.reports.queries.resealing import new_readers

GRANT = "kernel.role.grant"
TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody to whom keys are to be sealed and were not before.

    Attributes:
        recipient: their public key.
        made_date: when the key was made.
        since_date: since when they have the role.
        is_alone: whether the role was given by a command on the server, for which one person is enough.
        is_official: whether the key stands in the ledger among those that are official.
    """

    name: str
    recipient: str
    made_date: date
    since_date: date
    is_alone: bool
    is_official: bool


def of_report(report: Report, day: date) -> list[Newcomer]:
    """Who reads a report since its key was last sealed."""
    recipients = new_readers(report, day)
    return listed(recipients, wrap_of(report).made_date, day) if recipients else []


def of_waiting(by: Actor, waiting: Iterable[Wrapped], day: date) -> list[Newcomer]:
    """Who reads some reports, or keeps some names, since the first of them was last sealed.

    Args:
        by: an officer for reports, a custodian for names.
    """
    recipients: set[str] = set()
    since = day
    rows = Identity.objects.all() if by.may(Role.CUSTODIAN) else KeyWrap.objects.filter(is_current=True)
    coming = iter(waiting)
    while some := list(islice(coming, TOGETHER)):
        recipients.update(*(one.recipients for one in some))
        first = rows.filter(report__in=[one.report for one in some]).aggregate(first=Min("made_date"))["first"]
        since = min(since, first or since)
    return listed(recipients, since, day)


def listed(recipients: Collection[str], since: date, day: date) -> list[Newcomer]:
    """Of those who have some public keys, who made the key or got the role since a day, that day counted; the newest first."""
    keys = OfficerKey.objects.filter(recipient__in=recipients).select_related("account", "unit")
    official = published()
    known = {one["recipient"] for one in official.keys} if official else set()
    found = []
    for key in keys:
        grant = grant_of(key, day)
        made = day_of(key.made_at)
        if made >= since or grant.valid_from >= since:
            alone = is_given_alone(key.account)
            newcomer = Newcomer(key.account.name, key.recipient, made, grant.valid_from, alone, key.recipient in known)
            found.append(newcomer)
    return sorted(found, key=lambda one: (one.made_date, one.name), reverse=True)


def grant_of(key: OfficerKey, day: date) -> RoleGrant:
    """The grant of the role for which somebody has a key, the newest one."""
    role = Role.RECEIVING_OFFICER if key.purpose == REPORTS else Role.CUSTODIAN
    grants = RoleGrant.objects.on(day).filter(account=key.account_id, role=role, body=key.unit.body_id)
    return grants.order_by("-valid_from", "-pk")[0]


def is_given_alone(account: Account) -> bool:
    """Whether a command on the server gave an account a role; on pages two administrators give roles of this kind."""
    actors = Event.objects.filter(name=GRANT, subject=subject_of(account)).values_list("actor", flat=True)
    return len(set(actors)) > Account.objects.filter(pk__in=set(actors)).count()
