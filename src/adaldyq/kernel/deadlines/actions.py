"""Starting, pausing, extending and meeting deadlines, and what follows when nobody acted.

Those that measures call stand within an act of the measure, which has checked the right.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Case, Model, Q, QuerySet, Value, When
from django.utils.module_loading import import_string

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines import days, queries
from adaldyq.kernel.deadlines.notices import plan, plan_many, tell
from adaldyq.kernel.deadlines.terms import Bound, Due, kind_of
from adaldyq.kernel.inserting import insert_together
from adaldyq.kernel.measure import line_name
from adaldyq.kernel.models import Account, Body, Deadline, DeadlineChange
from adaldyq.kernel.models.deadlines import MET, MET_LATE, MISSED, OPEN, PAUSED, RUNNING
from adaldyq.kernel.states import advance


def told(deadline: Deadline) -> Recorded:
    """The ledger line of a step: which deadline of which subject, its state and last day."""
    facts: dict[str, object] = {
        "deadline": deadline.pk,
        "name": deadline.name,
        "subject": deadline.subject_id,
        "state": deadline.state,
        "due": deadline.due_date.isoformat(),
    }
    return Recorded([facts], {"deadline": deadline.pk, "name": deadline.name, "subject": deadline.subject_id})


def line_of(deadline: Deadline) -> str:
    """What the public line of a step is called, where not as the step itself."""
    return line_name(deadline.subject_kind)


@act("kernel.deadline.start", records=told, told_as=line_of)
def start_deadline(*, subject: Model, due: Due, bound: Bound, by: Actor, at: datetime) -> Deadline:
    """Start a deadline about a subject. One of a name runs at a time.

    Raises:
        DomainError: `no-such-value` when the last day is to come from the pack, which states no such deadline;
            `deadline-runs` when one of this name runs about the subject.
    """
    last_day = due.last_day or days.pack_due(due.name, days.day_of(at))
    if queries.of_subject(subject).filter(name=due.name, state__in=OPEN).exists():
        raise DomainError("deadline-runs", value=due.name)
    ends = days.end_of(last_day)
    deadline = Deadline.objects.create(
        name=due.name,
        title=due.title,
        subject_kind=kind_of(subject),
        subject_id=subject.pk,
        href=due.href,
        body=bound.body,
        account=bound.account,
        person=bound.person,
        escalates_to=bound.escalates_to,
        working=due.working,
        started_at=at,
        due_date=last_day,
        due_at=ends,
        look_at=ends,
        step=due.step,
        action=due.action,
    )
    plan(deadline, due.reminders, due.escalations, at)
    return deadline


@dataclass(frozen=True, slots=True)
class DueOf:
    """A subject of which the same is due as of others, the person whom it binds, and the last day."""

    subject: Model
    person: str
    last_day: date


def many_told(started: Sequence[Deadline]) -> Recorded:
    """The ledger line of a batch: what is due, of how many, and a digest of the deadlines."""
    digest = hashlib.sha256("\n".join(one.pk for one in started).encode()).hexdigest()
    names = sorted({one.name for one in started})
    return Recorded([{"names": names, "rows": len(started), "digest": digest}], {"rows": len(started)})


@act("kernel.deadline.start_many", leaves=Leaves.PER_BATCH, records=many_told)
def start_deadlines(*, due: Due, of: Sequence[DueOf], by: Actor, at: datetime) -> Sequence[Deadline]:
    """Start the same deadline about many subjects, each with its own last day, in a few statements.

    Raises:
        IntegrityError: one of this name runs about one of the subjects.
    """
    return begin_deadlines(due=due, of=of, bound=Bound(), at=at)


def begin_deadlines(*, due: Due, of: Sequence[DueOf], bound: Bound, at: datetime) -> Sequence[Deadline]:
    """Note that something is due about many subjects, within the act that makes it so; it is no act of its own.

    Args:
        bound: whom it binds besides the person of each subject.

    Raises:
        IntegrityError: one of this name runs about one of the subjects.
    """
    started = [
        Deadline(
            name=due.name,
            title=due.title,
            subject_kind=kind_of(one.subject),
            subject_id=one.subject.pk,
            href=due.href,
            person_id=one.person or None,
            body=bound.body,
            account=bound.account,
            escalates_to=bound.escalates_to,
            working=due.working,
            started_at=at,
            step=due.step,
            action=due.action,
            due_date=one.last_day,
            due_at=days.end_of(one.last_day),
            look_at=days.end_of(one.last_day),
        )
        for one in of
    ]
    insert_together(started)
    plan_many(started, due.reminders, due.escalations, at)
    return started


def meet_deadlines(*, kind: str, subjects: Any, name: str, at: datetime) -> None:
    """Note that what was due of many subjects was done, within the act that did it; it is no act of its own.

    Args:
        kind: model of the subjects, as app.Model.
        subjects: their ids, or a query of them.
    """
    deadlines, changes = meeting(kind, subjects, name, at)
    deadlines.update(**changes)


def meeting(kind: str, subjects: Any, name: str, at: datetime) -> tuple[QuerySet[Deadline], dict[str, object]]:
    """What `meet_deadlines` writes, and into which deadlines, for an act that compiles it.

    One that fell by a clock that ran ahead is met in time when it is met before its instant.
    """
    about = Deadline.objects.filter(subject_kind=kind, subject_id__in=subjects, name=name)
    in_time = Q(state=PAUSED) | Q(state__in=(RUNNING, MISSED), due_at__gt=at)
    met = Case(When(in_time, then=Value(MET)), default=Value(MET_LATE))
    return about.filter(state__in=(PAUSED, RUNNING, MISSED)), {"state": met, "closed_at": at}


def rebind_deadlines(*, kind: str, subjects: Any, account: Account | None, body: Body | None = None) -> None:
    """Let what runs about many subjects bind another account or none, within the act that gives or takes it.

    Args:
        kind: model of the subjects, as app.Model.
        subjects: their ids, or a query of them.
        body: whom it binds from now on; the same as before if none is given.
    """
    changes = {"account": account} | ({"body": body} if body else {})
    Deadline.objects.filter(subject_kind=kind, subject_id__in=subjects, state__in=OPEN).update(**changes)


def changed(change: DeadlineChange) -> Recorded:
    """The ledger line of a change: what, from which day to which, and the hash of the reason."""
    recorded = told(change.deadline)
    more: dict[str, object] = {
        "change": change.act,
        "before": change.due_before.isoformat(),
        "reason": hashlib.sha256(change.reason.encode()).hexdigest(),
    }
    return Recorded([{**recorded.payloads[0], **more}], {**recorded.event, "change": change.act})


def line_of_change(change: DeadlineChange) -> str:
    """The same of a change."""
    return line_name(change.deadline.subject_kind)


@act("kernel.deadline.pause", records=changed, told_as=line_of_change)
def pause_deadline(*, deadline: Deadline, reason: str, by: Actor, at: datetime) -> DeadlineChange:
    """Stop the days from counting, for a stated reason. What is left runs on when it is resumed.

    Raises:
        Conflict: it does not run.
        DomainError: `reason-missing`.
    """
    check_reason(reason)
    left = days.days_between(days.day_of(at), deadline.due_date, working=deadline.working)
    before = deadline.due_date
    paused = advance(deadline, "pause", by=by, at=at, days_left=left)
    return change(paused, "pause", reason, by, at, before, None)


@act("kernel.deadline.resume", records=changed, told_as=line_of_change)
def resume_deadline(*, deadline: Deadline, by: Actor, at: datetime) -> DeadlineChange:
    """Let the days count on: so many are left as were left when it was paused.

    Raises:
        Conflict: it is not paused.
    """
    before = deadline.due_date
    last_day = days.later(days.day_of(at), deadline.days_left or 0, working=deadline.working)
    running = advance(deadline, "resume", by=by, at=at, days_left=None, **ending(last_day))
    return change(running, "resume", "", by, at, before, last_day)


@act("kernel.deadline.extend", records=changed, told_as=line_of_change)
def extend_deadline(*, deadline: Deadline, more: int, reason: str, by: Actor, at: datetime) -> DeadlineChange:
    """Give so many more days, for a stated reason.

    Raises:
        Conflict: it does not run.
        DomainError: `reason-missing`, or `extension-empty` when no day is added.
    """
    check_reason(reason)
    if more < 1:
        raise DomainError("extension-empty", field="more")
    before = deadline.due_date
    last_day = days.later(before, more, working=deadline.working)
    extended = advance(deadline, "extend", by=by, at=at, **ending(last_day))
    return change(extended, "extend", reason, by, at, before, last_day)


@act("kernel.deadline.cancel", records=changed, told_as=line_of_change)
def cancel_deadline(*, deadline: Deadline, reason: str, by: Actor, at: datetime) -> DeadlineChange:
    """End a deadline because what was due is no longer; it counts neither as met nor as missed.

    Raises:
        Conflict: it was met.
        DomainError: `reason-missing`.
    """
    check_reason(reason)
    ended = advance(deadline, "cancel", by=by, at=at, closed_at=at)
    return change(ended, "cancel", reason, by, at, ended.due_date, None)


@act("kernel.deadline.meet", records=told, told_as=line_of)
def meet_deadline(*, deadline: Deadline, by: Actor, at: datetime) -> Deadline:
    """Note that what was due was done: in time, or late when its last day has passed.

    Raises:
        Conflict: it was met or cancelled before.
    """
    in_time = deadline.state == PAUSED or (deadline.state != MISSED and at < deadline.due_at)
    return advance(deadline, "meet" if in_time else "meet-late", by=by, at=at, closed_at=at)


@act("kernel.deadline.fall", records=told, told_as=line_of)
def fall(*, deadline: Deadline, by: Actor, at: datetime) -> Deadline:
    """Let what the law says follow from a deadline that nobody met. It happens once, whoever tries.

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: the deadline is no longer running, or the subject's state does not permit what follows.
    """
    require(by.system, "kernel.deadline.fall")
    hold_subject(deadline)
    missed = advance(deadline, "fall", by=by, at=at, closed_at=at, error="")
    if missed.action or missed.step:
        subject = subject_of(missed)
        if missed.action:
            import_string(missed.action)(subject=subject, by=by, at=at)
        else:
            advance(subject, missed.step, by=by, at=at)
    tell(missed, "deadline-missed", queries.bound_accounts(missed, days.day_of(at)), "missed", at)
    return missed


def subject_of(deadline: Deadline) -> Model:
    """The record that a deadline is about."""
    found: Model = apps.get_model(deadline.subject_kind)._default_manager.get(pk=deadline.subject_id)
    return found


def hold_subject(deadline: Deadline) -> None:
    """Hold what a deadline with consequences is about, where its measure says how, so that the clock and acts do not wait for each other."""
    holds = getattr(apps.get_app_config(deadline.subject_kind.partition(".")[0]), "subjects_held", "")
    if holds and (deadline.action or deadline.step):
        import_string(holds)(subject_of(deadline))


def change(
    deadline: Deadline, name: str, reason: str, by: Actor, at: datetime, before: date, after: date | None
) -> DeadlineChange:
    """Keep a change with its reason, and set the reminders anew."""
    plan(deadline, None, None, at)
    return DeadlineChange.objects.create(
        deadline=deadline,
        act=name,
        reason=reason,
        by_id=None if by.system else by.id or None,
        at=at,
        due_before=before,
        due_after=after,
    )


def ending(last_day: date) -> dict[str, object]:
    """Columns of a deadline that say when it ends."""
    ends = days.end_of(last_day)
    return {"due_date": last_day, "due_at": ends, "look_at": ends}


def check_reason(reason: str) -> None:
    """Hold a change to state its reason.

    Raises:
        DomainError: `reason-missing`.
    """
    if not reason.strip():
        raise DomainError("reason-missing", field="reason")
