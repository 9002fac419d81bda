"""An event is delivered at least once to each of its handlers, whatever happens to the worker."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps

from adaldyq.kernel import events, worker
from adaldyq.kernel.models import EventDelivery
from adaldyq.ledger.leaves import Payload

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE = __name__
taken: list[Payload] = []


def takes(payload: Payload, at: datetime) -> None:
    taken.append(payload)


def fails(payload: Payload, at: datetime) -> None:
    raise RuntimeError("not today")


@pytest.fixture
def handlers(monkeypatch: pytest.MonkeyPatch) -> None:
    taken.clear()
    monkeypatch.setattr(
        apps.get_app_config("verification"), "handlers", {"thing.happened.now": f"{HERE}.takes"}, raising=False
    )
    monkeypatch.setattr(
        apps.get_app_config("declarations"), "handlers", {"thing.happened.now": f"{HERE}.fails"}, raising=False
    )


@pytest.mark.django_db
def test_a_handler_that_fails_stops_no_other_and_is_tried_again(handlers: None) -> None:
    events.append(name="thing.happened.now", payload={"thing": "T1"}, at=AT)
    assert events.deliver_waiting(at=AT) == 2
    assert taken == [{"thing": "T1"}]
    failed = EventDelivery.objects.get(delivered_at=None)
    assert (failed.attempts, failed.error) == (1, "RuntimeError: not today")
    assert events.deliver_waiting(at=AT) == 0
    assert events.deliver_waiting(at=AT + timedelta(hours=1)) == 1
    failed.refresh_from_db()
    assert failed.attempts == 2
    assert taken == [{"thing": "T1"}]


@pytest.mark.django_db(transaction=True)
def test_the_worker_delivers_until_it_is_told_to_stop(handlers: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "SECONDS_BETWEEN_LOOKS", 0.01)
    events.append(name="thing.happened.now", payload={"thing": "T2"}, at=AT)
    stop = threading.Event()

    def clock() -> datetime:
        if taken:
            stop.set()
        return AT + timedelta(hours=2)

    worker.work(stop=stop, clock=clock)
    assert taken == [{"thing": "T2"}]
