"""A request through a port waits for whoever answers, is told once, and its answer comes to whoever asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import transaction

from adaldyq.base.errors import Conflict, NotAllowed
from adaldyq.kernel import events
from adaldyq.kernel.actor import Actor, system
from adaldyq.kernel.models import Body, EventDelivery, PortAnswer, PortRequest
from adaldyq.kernel.ports import CASE, Answer, casefile
from adaldyq.kernel.ports.actions import answer, answer_once, withdraw
from adaldyq.kernel.ports.telling import take_up, tell, told_about
from adaldyq.ledger.leaves import Payload
from adaldyq.ledger.models import Leaf
from tests import factories
from tests.factories import BY

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
PEER = system("a register of cases")
HERE = __name__
taken: list[tuple[str, str]] = []
heard: list[Payload] = []
faults: list[BaseException] = []


def takes(request: PortRequest, at: datetime) -> None:
    """Fill the port: write down what is asked, and what was withdrawn."""
    factories.body(name=f"{request.state} {len(taken)}")  # something of its own, in the same transaction
    if faults:
        raise faults.pop()
    taken.append((casefile.grounds_of(request).records[0], request.state))


def hears(payload: Payload, at: datetime) -> None:
    heard.append(payload)


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    for kept in (taken, heard, faults):
        kept.clear()
    monkeypatch.setattr(apps.get_app_config("street"), "handlers", {"kernel.port.answer": f"{HERE}.hears"})


@pytest.fixture
def asked() -> Body:
    """A record about which a case is asked for."""
    about = factories.body(name="asked about")
    ask(about)
    return about


def ask(about: Body) -> PortRequest:
    grounds = casefile.Grounds("office", (about.pk,), ("bribery",), ("KZ-75",), ("R1",))
    with transaction.atomic():
        return casefile.open_from(grounds, about=about, by=BY, at=AT)


def install(monkeypatch: pytest.MonkeyPatch) -> None:
    """An app comes that fills the port."""
    monkeypatch.setattr(apps.get_app_config("street"), "ports", {"case": f"{HERE}.takes"}, raising=False)


def work(hours: int = 1) -> None:
    """What a worker does: it takes up what waits as it starts, and delivers events."""
    at = AT + timedelta(hours=hours)
    take_up(at=at)
    events.deliver_waiting(at=at)


def test_what_nobody_answers_waits_and_is_told_once_to_the_app_that_comes(
    asked: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    work()
    request = PortRequest.objects.get()
    assert (taken, request.state, request.told_at) == ([], "waiting", None)
    assert ask(asked).pk == request.pk  # asking again about one record asks once
    install(monkeypatch)
    work(2)
    assert taken == [("R1", "told")]
    work(3)  # another start of the worker
    tell({"request": request.pk}, AT)  # an event that comes twice
    assert taken == [("R1", "told")]
    assert list(told_about(CASE, "kernel.Body")) == [asked.pk]


def test_a_worker_that_is_killed_half_way_or_fails_tells_again_and_whole(
    asked: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(monkeypatch)
    faults.extend([RuntimeError("not today"), SystemExit("killed")])
    bodies = Body.objects.count()
    with pytest.raises(SystemExit):
        work()
    work()
    assert (PortRequest.objects.get().state, Body.objects.count(), taken) == ("waiting", bodies, [])
    assert EventDelivery.objects.get(delivered_at=None).error == "RuntimeError: not today"
    assert take_up(at=AT) == 0  # it is under way by its own event
    work(3)
    assert (Body.objects.count(), taken) == (bodies + 1, [("R1", "told")])


def test_what_is_withdrawn_is_told_only_to_those_who_were_told_of_it(
    asked: Body, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = factories.body(name="withdrawn before")
    ask(other)
    with transaction.atomic():
        withdraw(port=CASE, about=other, by=BY, at=AT)
    install(monkeypatch)
    work()
    with transaction.atomic():
        withdraw(port=CASE, about=asked, by=BY, at=AT, untold=True)  # it was told: this leaves it
        withdraw(port=CASE, about=asked, by=BY, at=AT)
        withdraw(port=CASE, about=asked, by=BY, at=AT)
    work(2)
    assert taken == [("R1", "told"), ("R1", "withdrawn")]
    assert set(PortRequest.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_an_answer_is_given_once_by_no_person_and_heard(asked: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    request, opened = PortRequest.objects.get(), Answer("opened", AT.date(), number="2026-1")
    with pytest.raises(Conflict):
        answer(request=request, given=opened, by=PEER, at=AT)
    install(monkeypatch)
    work()
    request.refresh_from_db()
    with pytest.raises(NotAllowed):
        answer(request=request, given=opened, by=Actor(id="someone", roles=frozenset()), at=AT)
    with pytest.raises(ValueError, match="no answer flown"):
        answer(request=request, given=Answer("flown", AT.date()), by=PEER, at=AT)
    assert answer_once(request=request, given=opened, by=PEER, at=AT)
    assert not answer_once(request=request, given=opened, by=PEER, at=AT)
    work(2)
    assert heard == [{"answer": PortAnswer.objects.get().pk, "kind": "kernel.Body"}]
    assert Leaf.objects.filter(act="kernel.port.answer").count() == 1
