"""A worker does all of its work side by side, and ends as a whole."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction
from pytest_django import Settings

from adaldyq.kernel import events, worker
from adaldyq.kernel.models import EventDelivery
from adaldyq.kernel.nights import NIGHT
from adaldyq.ledger.actions import append
from adaldyq.ledger.guard import Guard, sequence_guarded
from adaldyq.ledger.leaves import Payload
from adaldyq.ledger.models import Leaf

ACT = "room.record.make"
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
SECONDS_OF_PATIENCE = 120.0
taken: list[Payload] = []
nights: list[Payload] = []


def until_no_line_waits(payload: Payload, at: datetime) -> None:
    """A handler that takes as long as the ledger does."""
    until = time.monotonic() + SECONDS_OF_PATIENCE
    while line_waits():
        if time.monotonic() > until:
            raise TimeoutError("the line waits for the event")
        time.sleep(0.01)
    taken.append(payload)


def line_waits() -> bool:
    try:
        return Leaf.objects.filter(position=None).exists()
    except DatabaseError:  # a database in memory is locked as a whole while another thread writes
        return True


@pytest.fixture
def guard(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Guard:
    """A log of its own, and a worker that looks often."""
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_LOOKS", 0.01)
    settings.DATA_DIR = tmp_path
    taken.clear()
    nights.clear()
    return Guard(tmp_path / "outside" / "seen", [])


def lines(count: int) -> None:
    with transaction.atomic():
        append(act=ACT, payloads=[{"record": f"R{number}"} for number in range(count)], at=AT)


def stopping(stop: threading.Event, when: Callable[[], bool]) -> Callable[[], datetime]:
    """A clock that tells a worker to stop."""

    def clock() -> datetime:
        if when():
            stop.set()
        return AT + timedelta(hours=2)

    return clock


@pytest.mark.django_db(transaction=True)
def test_no_line_waits_for_an_event_that_takes_long(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    handlers = {"thing.happened.now": f"{__name__}.until_no_line_waits"}
    monkeypatch.setattr(apps.get_app_config("declarations"), "handlers", handlers, raising=False)
    with transaction.atomic():
        events.append(name="thing.happened.now", payload={"thing": "T"}, at=AT)
    lines(3)
    stop = threading.Event()
    worker.run(stop=stop, clock=stopping(stop, lambda: bool(taken)), guard=guard)
    assert taken
    assert set(EventDelivery.objects.values_list("error", flat=True)) == {""}
    assert set(Leaf.objects.filter(act=ACT).values_list("position", flat=True)) == {0, 1, 2}


def until_the_day_has_gone_on(payload: Payload, at: datetime) -> None:
    """A handler of the night that takes until an event that came after it was taken."""
    until = time.monotonic() + SECONDS_OF_PATIENCE
    while not taken:
        if time.monotonic() > until:
            raise TimeoutError("the event of the day waits for the night")
        time.sleep(0.01)
    nights.append(payload)


def takes(payload: Payload, at: datetime) -> None:
    taken.append(payload)


@pytest.mark.django_db(transaction=True)
def test_no_event_of_the_day_waits_for_what_is_done_by_night(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    handlers = {NIGHT: f"{__name__}.until_the_day_has_gone_on", "thing.happened.now": f"{__name__}.takes"}
    for app in ("verification", "declarations"):
        monkeypatch.setattr(
            apps.get_app_config(app), "handlers", handlers if app == "declarations" else {}, raising=False
        )
    with transaction.atomic():
        events.append(name=NIGHT, payload={"day": "2026-03-01"}, at=AT)
        events.append(name="thing.happened.now", payload={"thing": "T"}, at=AT)
    stop = threading.Event()
    worker.run(stop=stop, clock=stopping(stop, lambda: bool(nights)), guard=guard)
    # An event is delivered at least once: where a database in memory was locked as it ended, it is taken again.
    assert taken[0] == {"thing": "T"}
    assert nights[0] == {"day": "2026-03-01"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("loop", ["keep_time", "keep_nights", "keep_ledger", "be_witnessed", "work"])
def test_a_loop_that_ends_by_a_fault_ends_the_worker(guard: Guard, monkeypatch: pytest.MonkeyPatch, loop: str) -> None:
    def ends(**_words: object) -> None:
        raise MemoryError("no more")

    monkeypatch.setattr(worker, loop, ends)
    stop = threading.Event()
    with pytest.raises(MemoryError, match="no more"):
        worker.run(stop=stop, clock=lambda: AT, guard=guard)
    assert stop.is_set()


@pytest.mark.django_db(transaction=True)
def test_a_ledger_that_must_not_be_signed_ends_nothing(guard: Guard, settings: Settings) -> None:
    lines(1)
    guard.file.parent.mkdir()
    guard.file.write_text("no checkpoint")
    stop, looks = threading.Event(), iter(range(100))
    worker.keep_ledger(stop=stop, clock=stopping(stop, lambda: next(looks) > 4), guard=guard)
    assert Leaf.objects.filter(position=None).count() == 1
    guard.file.unlink()
    stop, looks = threading.Event(), iter(range(100))
    worker.keep_ledger(stop=stop, clock=stopping(stop, lambda: next(looks) > 4), guard=guard)
    assert not Leaf.objects.filter(position=None).exists()


@pytest.mark.django_db(transaction=True)
def test_a_sequencer_that_is_told_to_stop_leaves_the_rest_for_the_next_time(guard: Guard) -> None:
    lines(1030)
    asked = iter([False, True])
    assert sequence_guarded(guard, at=AT, stopped=lambda: next(asked)) == 1024
    assert Leaf.objects.filter(position=None).count() == 6
    assert sequence_guarded(guard, at=AT) == 6
