"""Reminders before a deadline and escalation after it: at least once, each with a stable key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from adaldyq.kernel.deadlines import days, queries
from adaldyq.kernel.inserting import insert_together
from adaldyq.kernel.models import Account, Deadline, DeadlineNotice
from adaldyq.kernel.models.deadlines import MISSED, RUNNING
from adaldyq.kernel.notifications.actions import notify

REMINDER, ESCALATION = "reminder", "escalation"
MESSAGES = {REMINDER: "deadline-reminder", ESCALATION: "deadline-escalated"}


def plan(deadline: Deadline, reminders: Iterable[int] | None, escalations: Iterable[int] | None, at: datetime) -> None:
    """Set when reminders and escalations go out; without numbers, those that there are move with the last day.

    A reminder whose time had passed when the deadline began is left out.
    """
    if reminders is not None and escalations is not None:
        wanted = [(REMINDER, number) for number in reminders] + [(ESCALATION, number) for number in escalations]
        made = [
            DeadlineNotice(deadline=deadline, kind=kind, days=number, at=instant)
            for kind, number in dict.fromkeys(wanted)
            if (instant := instant_of(deadline, kind, number)) > at
        ]
        DeadlineNotice.objects.bulk_create(made)
        return
    for notice in deadline.notices.all():
        moved = instant_of(deadline, notice.kind, notice.days)
        if moved > at:
            DeadlineNotice.objects.filter(pk=notice.pk).update(at=moved, sent_at=None)


def plan_many(
    deadlines: Iterable[Deadline], reminders: Iterable[int], escalations: Iterable[int], at: datetime
) -> None:
    """Set when the notices of many new deadlines go out, each instant worked out once for a last day."""
    wanted = [(REMINDER, number) for number in sorted(set(reminders))]
    wanted += [(ESCALATION, number) for number in sorted(set(escalations))]
    instants: dict[tuple[date, bool, str, int], datetime] = {}
    made = []
    for deadline in deadlines:
        for kind, number in wanted:
            key = (deadline.due_date, deadline.working, kind, number)
            if key not in instants:
                instants[key] = instant_of(deadline, kind, number)
            if instants[key] > at:
                made.append(DeadlineNotice(deadline=deadline, kind=kind, days=number, at=instants[key]))
    insert_together(made)


def instant_of(deadline: Deadline, kind: str, number: int) -> datetime:
    """When a notice goes out."""
    if kind == REMINDER:
        return days.morning_of(days.earlier(deadline.due_date, number, working=deadline.working))
    return max(days.morning_of(days.later(deadline.due_date, number, working=deadline.working)), deadline.due_at)


def notices_due(at: datetime) -> QuerySet[DeadlineNotice]:
    """Notices whose time has come: reminders of what still runs, escalations of what was missed."""
    live = Q(kind=REMINDER, deadline__state=RUNNING) | Q(kind=ESCALATION, deadline__state=MISSED)
    return DeadlineNotice.objects.filter(live, sent_at=None, at__lte=at).select_related("deadline").order_by("at", "pk")


def send_notice(notice: DeadlineNotice, at: datetime) -> bool:
    """Send a notice, and return whether it was this call that did.

    Of reminders that piled up while nobody looked the last one is told, and none once the day has passed.
    """
    with transaction.atomic():
        if DeadlineNotice.objects.filter(pk=notice.pk, sent_at=None).update(sent_at=at) != 1:
            return False
        if notice.kind == REMINDER and is_passed_over(notice, at):
            return True
        day = days.day_of(at)
        find = queries.bound_accounts if notice.kind == REMINDER else queries.accounts_above
        key = f"{notice.kind}:{notice.days}:{notice.deadline.due_date.isoformat()}"
        tell(notice.deadline, MESSAGES[notice.kind], find(notice.deadline, day), key, at)
        return True


def is_passed_over(notice: DeadlineNotice, at: datetime) -> bool:
    """Whether a reminder would say what a later one says, or what it is too late for."""
    later = DeadlineNotice.objects.filter(
        deadline=notice.deadline_id, kind=REMINDER, days__lt=notice.days, at__lte=at, sent_at=None
    )
    return notice.deadline.due_at <= at or later.exists()


def tell(deadline: Deadline, message: str, accounts: Iterable[Account], key: str, at: datetime) -> None:
    """Tell accounts about a deadline; with its page only those who may see it."""
    parameters = {"due_date": deadline.due_date.isoformat(), "what_title": deadline.title}
    for account in accounts:
        notify(
            account=account,
            message=message,
            parameters=parameters,
            key=f"deadline:{deadline.pk}:{key}",
            href=deadline.href if queries.may_see(account, deadline, days.day_of(at)) else "",
            at=at,
        )
