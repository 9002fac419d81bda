"""A deadline is a row: it is reminded of, paused, extended, met or missed, and what follows happens once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.actions.accounts import grant_role
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.deadlines import queries
from adaldyq.kernel.deadlines.actions import (
    cancel_deadline,
    extend_deadline,
    fall,
    meet_deadline,
    pause_deadline,
    resume_deadline,
    start_deadline,
)
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.terms import Bound, Due
from adaldyq.kernel.models import Deadline, Notification, Person
from adaldyq.kernel.models.deadlines import CANCELLED, MET, MET_LATE, MISSED, RUNNING
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from tests import factories

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 6, 1, 7, tzinfo=UTC)  # noon in Almaty is at seven, no holiday until July
FRIDAY_NIGHT = datetime(2026, 6, 5, 19, tzinfo=UTC)  # midnight after Friday the fifth
SOMEBODY = Actor(id="", roles=frozenset())
OPENED: list[str] = []


def started(bound: Bound | None = None, **facts: Any) -> Deadline:
    due = Due(**{"name": "answer", "title": "Answer to a correction", "last_day": date(2026, 6, 5), **facts})
    return start_deadline(subject=factories.person(), due=due, bound=bound or Bound(), by=factories.BY, at=MONDAY)


def opens(*, subject: Person, by: Actor, at: datetime) -> None:
    OPENED.append(subject.pk)


def fails(*, subject: Person, by: Actor, at: datetime) -> None:
    raise RuntimeError("not today")


def refuses(*, subject: Person, by: Actor, at: datetime) -> None:
    raise Conflict("grant", "granted")


@pytest.fixture(autouse=True)
def nothing_opened() -> None:
    OPENED.clear()


def test_the_last_day_counts_whole_by_the_countrys_clock() -> None:
    deadline = started()
    assert deadline.due_at == FRIDAY_NIGHT
    assert tick(at=FRIDAY_NIGHT - timedelta(seconds=1)) == 0
    assert tick(at=FRIDAY_NIGHT) == 1
    deadline.refresh_from_db()
    assert (deadline.state, deadline.closed_at) == (MISSED, FRIDAY_NIGHT)


def test_what_follows_happens_once_however_often_the_clock_looks() -> None:
    deadline = started(action=f"{__name__}.opens")
    assert [tick(at=FRIDAY_NIGHT + timedelta(days=number)) for number in range(3)] == [1, 0, 0]
    assert [deadline.subject_id] == OPENED
    assert Leaf.objects.filter(act="kernel.deadline.fall").count() == 1


def test_what_was_met_in_time_does_not_fall() -> None:
    deadline = meet_deadline(deadline=started(action=f"{__name__}.opens"), by=SOMEBODY, at=MONDAY)
    assert deadline.state == MET
    assert tick(at=FRIDAY_NIGHT) == 0
    assert OPENED == []


def test_what_is_done_after_the_day_is_late_also_before_the_clock_has_looked() -> None:
    first = meet_deadline(deadline=started(), by=SOMEBODY, at=FRIDAY_NIGHT)
    second = started()
    tick(at=FRIDAY_NIGHT)
    second.refresh_from_db()
    second = meet_deadline(deadline=second, by=SOMEBODY, at=FRIDAY_NIGHT)
    assert [first.state, second.state] == [MET_LATE, MET_LATE]


def test_nobody_but_the_clock_lets_a_deadline_fall() -> None:
    with pytest.raises(NotAllowed):
        fall(deadline=started(), by=Actor(id="A", roles=frozenset(Role)), at=FRIDAY_NIGHT)


def test_an_effect_that_fails_undoes_everything_is_kept_and_tried_again() -> None:
    deadline = started(action=f"{__name__}.fails")
    other = started(action=f"{__name__}.opens")
    assert tick(at=FRIDAY_NIGHT) == 1
    deadline.refresh_from_db()
    assert (deadline.state, deadline.attempts, deadline.error) == (RUNNING, 1, "RuntimeError: not today")
    assert [other.subject_id] == OPENED
    Deadline.objects.filter(pk=deadline.pk).update(action=f"{__name__}.opens")
    assert tick(at=FRIDAY_NIGHT + timedelta(seconds=9)) == 0
    assert tick(at=FRIDAY_NIGHT + timedelta(seconds=10)) == 1


def test_a_subject_that_has_moved_on_ends_its_deadline() -> None:
    deadline = started(action=f"{__name__}.refuses")
    assert tick(at=FRIDAY_NIGHT) == 0
    deadline.refresh_from_db()
    assert deadline.state == CANCELLED
    assert deadline.changes.get().reason == "The subject had moved on before the day came."


def test_a_pause_keeps_the_working_days_that_are_left() -> None:
    deadline = started()
    pause_deadline(deadline=deadline, reason="Waiting for the applicant.", by=SOMEBODY, at=MONDAY + timedelta(days=1))
    assert tick(at=FRIDAY_NIGHT + timedelta(days=30)) == 0
    deadline.refresh_from_db()
    resume_deadline(deadline=deadline, by=SOMEBODY, at=MONDAY + timedelta(days=10))
    deadline.refresh_from_db()
    assert deadline.due_date == date(2026, 6, 16)  # Thursday the 11th and three working days
    assert [one.act for one in deadline.changes.order_by("pk")] == ["pause", "resume"]


def test_an_extension_adds_working_days_and_keeps_its_reason() -> None:
    deadline = started()
    change = extend_deadline(deadline=deadline, more=2, reason="An expert is ill.", by=SOMEBODY, at=MONDAY)
    deadline.refresh_from_db()
    assert (change.due_before, change.due_after) == (date(2026, 6, 5), date(2026, 6, 9))
    assert tick(at=FRIDAY_NIGHT) == 0
    assert tick(at=deadline.due_at) == 1


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_pause_and_an_extension_need_a_reason(reason: str) -> None:
    deadline = started()
    with pytest.raises(DomainError, match="reason-missing"):
        pause_deadline(deadline=deadline, reason=reason, by=SOMEBODY, at=MONDAY)
    with pytest.raises(DomainError, match="reason-missing"):
        extend_deadline(deadline=deadline, more=1, reason=reason, by=SOMEBODY, at=MONDAY)
    with pytest.raises(DomainError, match="extension-empty"):
        extend_deadline(deadline=deadline, more=0, reason="why", by=SOMEBODY, at=MONDAY)


def test_one_deadline_of_a_name_runs_about_a_subject() -> None:
    subject = factories.person()
    due = Due("answer", "Answer", date(2026, 6, 5))
    first = start_deadline(subject=subject, due=due, bound=Bound(), by=SOMEBODY, at=MONDAY)
    with pytest.raises(DomainError, match="deadline-runs"):
        start_deadline(subject=subject, due=due, bound=Bound(), by=SOMEBODY, at=MONDAY)
    meet_deadline(deadline=first, by=SOMEBODY, at=MONDAY)
    start_deadline(subject=subject, due=due, bound=Bound(), by=SOMEBODY, at=MONDAY)


def test_reminders_go_out_in_the_morning_so_many_working_days_before() -> None:
    holder = factories.account("aigerim")
    started(bound=Bound(account=holder), reminders=(1, 3, 30))
    tick(at=datetime(2026, 6, 2, 3, tzinfo=UTC))
    assert Notification.objects.count() == 0
    tick(at=datetime(2026, 6, 2, 4, tzinfo=UTC))
    tick(at=datetime(2026, 6, 3, 4, tzinfo=UTC))
    told = Notification.objects.get()
    assert (told.account, told.message, told.key.split(":", 2)[2]) == (
        holder,
        "deadline-reminder",
        "reminder:3:2026-06-05",
    )
    tick(at=datetime(2026, 6, 4, 4, tzinfo=UTC))
    assert Notification.objects.count() == 2


def test_of_reminders_that_piled_up_one_is_told_and_none_once_the_day_has_passed() -> None:
    holder = factories.account("aigerim")
    started(bound=Bound(account=holder), reminders=(1, 3))
    tick(at=datetime(2026, 6, 4, 4, tzinfo=UTC))
    assert Notification.objects.get().key.split(":", 2)[2] == "reminder:1:2026-06-05"
    started(bound=Bound(account=holder), reminders=(1, 3))
    tick(at=FRIDAY_NIGHT + timedelta(days=1))
    assert [one.message for one in Notification.objects.order_by("pk")].count("deadline-reminder") == 1


def test_reminders_move_with_an_extension_and_stop_when_it_is_met() -> None:
    deadline = started(bound=Bound(account=factories.account("aigerim")), reminders=(1,))
    tick(at=datetime(2026, 6, 4, 4, tzinfo=UTC))
    extend_deadline(deadline=deadline, more=1, reason="why", by=SOMEBODY, at=datetime(2026, 6, 4, 5, tzinfo=UTC))
    tick(at=datetime(2026, 6, 5, 4, tzinfo=UTC))
    keys = Notification.objects.order_by("created_at").values_list("key", flat=True)
    assert [key.rpartition(":")[2] for key in keys] == ["2026-06-05", "2026-06-08"]
    deadline.refresh_from_db()
    extend_deadline(deadline=deadline, more=5, reason="why", by=SOMEBODY, at=datetime(2026, 6, 5, 5, tzinfo=UTC))
    deadline.refresh_from_db()
    meet_deadline(deadline=deadline, by=SOMEBODY, at=datetime(2026, 6, 5, 6, tzinfo=UTC))
    tick(at=datetime(2026, 6, 30, 4, tzinfo=UTC))
    assert Notification.objects.count() == 2


def test_what_was_missed_is_told_at_once_and_then_to_those_above() -> None:
    body, head, clerk = factories.body(), factories.account("head"), factories.account("clerk")
    grant_role(account=head, role=Role.HEAD, body=body, by=system("test"), at=factories.AT)
    started(bound=Bound(account=clerk, body=body), escalations=(2,))
    tick(at=FRIDAY_NIGHT)
    assert set(Notification.objects.values_list("account__username", "message")) == {
        ("head", "deadline-missed"),
        ("clerk", "deadline-missed"),
    }
    tick(at=datetime(2026, 6, 9, 4, tzinfo=UTC))
    tick(at=datetime(2026, 6, 10, 4, tzinfo=UTC))
    escalated = Notification.objects.filter(message="deadline-escalated")
    assert [one.account.username for one in escalated] == ["head"]


def test_a_deadline_is_shown_to_whom_it_binds_and_to_nobody_else() -> None:
    body, head, clerk = factories.body(), factories.account("head"), factories.account("clerk")
    grant_role(account=head, role=Role.HEAD, body=body, by=system("test"), at=factories.AT)
    deadline = started(bound=Bound(body=body))
    day = date(2026, 6, 2)
    assert list(queries.binding(actor_of(head), day)) == [deadline]
    assert not queries.binding(actor_of(clerk), day).exists()
    assert not queries.binding(Actor(id="", roles=frozenset({Role.PUBLIC})), day).exists()
    assert not queries.binding(system("clock"), day).exists()


def test_how_many_were_met_and_missed_is_counted() -> None:
    meet_deadline(deadline=started(), by=SOMEBODY, at=MONDAY)
    cancel_deadline(deadline=started(), reason="Withdrawn.", by=SOMEBODY, at=MONDAY)
    started(last_day=date(2026, 6, 30))
    for _ in range(2):
        started()
    tick(at=FRIDAY_NIGHT)
    counted = next(queries.counts())
    assert (counted.met, counted.missed, counted.running, counted.met_late) == (1, 2, 1, 0)
    assert counted.share_met == pytest.approx(100 / 3)
