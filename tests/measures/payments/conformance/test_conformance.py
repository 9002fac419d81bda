"""What every adapter of a provider must do. A new adapter is one more peer in `PEERS`, and passes all of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.measures.payments.domain.providing import BackWanted, Begun, Said, Wanted
from adaldyq.measures.payments.domain.statements.reading import read_statements
from tests.measures.payments.conformance.peers import SECONDS_OF_PATIENCE, Peer, sample_peer
from tests.measures.payments.conformance.stripe_peer import stripe_peer

PEERS: dict[str, Callable[[Path], AbstractContextManager[Peer]]] = {"test": sample_peer}
if find_spec("stripe"):  # `make test` installs it
    PEERS["stripe"] = stripe_peer
AMOUNT = 250_000


@pytest.fixture(scope="module", params=PEERS)
def peer(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Peer]:
    with PEERS[request.param](tmp_path_factory.mktemp("peer")) as found:
        yield found


def wanted(peer: Peer) -> Wanted:
    key = secrets.token_hex(6).upper()
    return Wanted(
        key=key,
        reference="RF18539007547034",
        purpose="Лицензия",
        amount=AMOUNT,
        currency="KZT",
        method=peer.provider.methods[0],
        return_address="http://localhost:8000/en/",
        webhook_address=peer.inbox.address,
        language="en",
    )


def begun(peer: Peer) -> tuple[Wanted, Begun]:
    asked = wanted(peer)
    return asked, peer.provider.create_payment(asked)


def back(asked: Wanted, payment: Begun, amount: int) -> BackWanted:
    return BackWanted(secrets.token_hex(6).upper(), payment.reference, asked.key, amount, "KZT")


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value.code


def tells(peer: Peer, said: Said) -> bool:
    """Whether a webhook tells what asking found; waits for it."""
    until = time.monotonic() + SECONDS_OF_PATIENCE
    while time.monotonic() < until:
        if any(peer.provider.read_webhook(one.headers, one.body, at=timezone.now()) == said for one in peer.inbox.came):
            return True
        time.sleep(0.02)
    return False


def test_the_same_key_is_the_same_payment_and_has_a_page(peer: Peer) -> None:
    asked, first = begun(peer)
    again = peer.provider.create_payment(asked)
    assert first.reference == again.reference
    assert first.page.startswith("http")
    assert refusal(lambda: peer.provider.create_payment(replace(asked, amount=AMOUNT + 1))) == "provider-refused"


def test_a_webhook_tells_of_money_and_asking_finds_the_same_event(peer: Peer) -> None:
    asked, payment = begun(peer)
    peer.pay(payment)
    found = {one.said.kind: one.said for one in peer.provider.events_of(payment.reference, attempt_key=asked.key)}
    said = found["succeeded"]
    assert (said.attempt_key, said.amount, said.currency) == (asked.key, AMOUNT, "KZT")
    assert tells(peer, said)
    assert said.said_at is not None
    assert said.said_at.tzinfo is not None


def test_a_refusal_of_the_payers_bank_is_told(peer: Peer) -> None:
    asked, payment = begun(peer)
    peer.decline(payment)
    kinds = {one.said.kind for one in peer.provider.events_of(payment.reference, attempt_key=asked.key)}
    assert "declined" in kinds
    assert "succeeded" not in kinds


def test_a_webhook_that_was_changed_or_is_old_is_refused(peer: Peer) -> None:
    asked, payment = begun(peer)
    peer.pay(payment)
    came = peer.inbox.where(has=asked.key)
    changed = came.body.replace(b"250000", b"250001")
    assert changed != came.body
    now, read = timezone.now(), peer.provider.read_webhook
    assert refusal(lambda: read(came.headers, changed, at=now)) == "webhook-signature"
    assert refusal(lambda: read({}, came.body, at=now)) == "webhook-unsigned"
    assert refusal(lambda: read(came.headers, came.body, at=now + timedelta(minutes=6))) == "webhook-stale"


def test_money_goes_back_once_for_a_key_and_never_more_than_came(peer: Peer) -> None:
    asked, payment = begun(peer)
    assert refusal(lambda: peer.provider.refund(back(asked, payment, 1))) == "provider-refused"
    peer.pay(payment)
    part = back(asked, payment, AMOUNT - 1000)
    assert peer.provider.refund(part) == peer.provider.refund(part)
    assert refusal(lambda: peer.provider.refund(back(asked, payment, 1001))) == "provider-refused"
    heard = peer.provider.events_of(payment.reference, attempt_key=asked.key)
    [said] = [one.said for one in heard if one.said.kind == "refund_done"]
    assert (said.refund_key, said.attempt_key, said.amount) == (part.key, asked.key, AMOUNT - 1000)
    assert tells(peer, said)


def test_money_that_a_bank_takes_back_is_told(peer: Peer) -> None:
    asked, payment = begun(peer)
    peer.pay(payment)
    peer.charge_back(payment)
    kinds = [one.said.kind for one in peer.provider.events_of(payment.reference, attempt_key=asked.key)]
    assert kinds[-2:] == ["dispute_opened", "charged_back"]


def test_what_cannot_be_is_refused_and_what_may_pass_is_told_apart(peer: Peer) -> None:
    asked = wanted(peer)
    assert refusal(lambda: peer.provider.create_payment(replace(asked, amount=0))) == "provider-refused"
    assert refusal(lambda: peer.provider.events_of("no-such", attempt_key=asked.key)) == "provider-refused"
    assert refusal(lambda: peer.broken.create_payment(asked)) == "provider-away"


def test_a_statement_can_be_read_where_there_is_one(peer: Peer) -> None:
    asked, payment = begun(peer)
    peer.pay(payment)
    content = peer.provider.statement(timezone.localdate(), "KZT")
    if content is None:
        return
    _kind, (statement,) = read_statements(content)
    found = {one.end_to_end: one for one in statement.entries}
    assert (found[asked.key].amount, found[asked.key].reference) == (AMOUNT, asked.reference)
    assert statement.day <= datetime.now(UTC).date() + timedelta(1)
