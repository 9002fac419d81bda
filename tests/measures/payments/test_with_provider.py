"""The whole way with the real test provider, whose webhooks are all lost: begun, asked about, given back, reconciled."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.utils import timezone
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.measures.payments import jobs
from adaldyq.measures.payments.actions import hearing
from adaldyq.measures.payments.actions.importing import keep_statements, read_file
from adaldyq.measures.payments.actions.matching import match_statement
from adaldyq.measures.payments.actions.paying import Way, begin_payment
from adaldyq.measures.payments.actions.refunds import NewRefund, approve_refund, request_refund
from adaldyq.measures.payments.domain.providing import Begun
from adaldyq.measures.payments.models import BankStatement, BookEntry, PaymentAttempt
from tests.measures.payments import making
from tests.measures.payments.conformance.peers import SamplePeer, post, sample_peer
from tests.measures.payments.making import BY
from tests.measures.payments.test_attempts import check_books

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SamplePeer]:
    with sample_peer(tmp_path_factory.mktemp("lossy"), "--lose", "1") as found:
        yield found


@pytest.fixture(autouse=True)
def provider(settings: Settings, peer: SamplePeer) -> None:
    one = peer.provider
    settings.PROVIDER = {"address": one.address, "key": one.key, "secret": one.secret}
    hearing.away_until.clear()
    hearing.look_again.clear()


def begin(peer: SamplePeer, key: str = "one") -> PaymentAttempt:
    now = timezone.now()
    way = Way("test", "card", key, "http://localhost:8000/", peer.inbox.address, "en", "Licence")
    return begin_payment(invoice=making.invoice(at=now), way=way, by=BY, at=now)


def later(minutes: int) -> None:
    jobs.go_round(timezone.now() + timedelta(minutes=minutes))


def test_money_whose_webhook_was_lost_is_found_by_asking_goes_back_and_is_reconciled(peer: SamplePeer) -> None:
    attempt = begin(peer)
    assert attempt.page.startswith(peer.provider.origin)
    peer.pay(Begun(attempt.provider_reference, attempt.page))
    later(0)
    attempt.refresh_from_db()
    assert attempt.state == "started"  # nobody told, and it is too early to ask
    later(2)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.captured) == ("success", attempt.amount)
    new = NewRefund(attempt, 30_000, "mistake", "asked twice", "back")
    refund = request_refund(new=new, by=making.cashier("first"), at=timezone.now())
    approve_refund(refund=refund, words="", by=making.cashier("second"), at=timezone.now())
    later(0)
    refund.refresh_from_db()
    assert (refund.state, refund.provider_reference[:4]) == ("sent", "ref_")
    later(20)
    refund.refresh_from_db()
    assert refund.state == "done"
    unheard = begin(peer, "two")
    peer.pay(Begun(unheard.provider_reference, unheard.page))
    post(f"{unheard.page.replace('by=card', 'by=transfer')}&again=1", amount="5", reference=unheard.invoice.reference)
    content = peer.provider.statement(timezone.localdate(), "KZT")
    assert content
    taken = keep_statements(file=read_file(content), by=BY, at=timezone.now())
    outcome = match_statement(statement=taken.statements[0], at=timezone.now())
    assert (outcome.matched, outcome.queued) == (3, 1)
    for one in (attempt, unheard):
        one.refresh_from_db()
        check_books(one.invoice)
    assert unheard.state == "success"
    bank = sum(BookEntry.objects.filter(debit="bank").values_list("amount", flat=True))
    bank -= sum(BookEntry.objects.filter(credit="bank").values_list("amount", flat=True))
    statement = BankStatement.objects.get()
    assert bank == statement.closing - statement.opening - 500
    again = keep_statements(file=read_file(content), by=BY, at=timezone.now())
    assert (again.new, again.known, again.changed) == (0, 4, [])


def test_a_dispute_whose_webhook_was_lost_is_found_by_asking_about_what_was_paid(peer: SamplePeer) -> None:
    attempt = begin(peer)
    peer.pay(Begun(attempt.provider_reference, attempt.page))
    later(2)
    desk = f"{peer.provider.origin}/payments/{attempt.provider_reference}/"
    post(desk, step="disputed")
    later(60)
    attempt.refresh_from_db()
    assert attempt.state == "success"  # of what was paid it asks once a day
    later(26 * 60)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.contested) == ("disputed", attempt.amount)


def test_a_provider_that_answers_nonsense_holds_nothing_up(peer: SamplePeer, settings: Settings) -> None:
    attempt, now = begin(peer), timezone.now()

    class Nonsense(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"events": [{"kind": "payment.success"}]}')

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so by its class
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Nonsense) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        settings.PROVIDER = {**settings.PROVIDER, "address": f"http://127.0.0.1:{server.server_port}"}
        jobs.go_round(now + timedelta(minutes=2))
    attempt.refresh_from_db()
    assert (attempt.state, attempt.polled_at) == ("started", now + timedelta(minutes=2))
    assert "test" in hearing.away_until


def test_a_provider_that_is_away_leaves_the_attempt_to_be_begun_again(peer: SamplePeer, settings: Settings) -> None:
    there = settings.PROVIDER
    settings.PROVIDER = {**there, "address": peer.broken.origin}
    now = timezone.now()
    way = Way("test", "card", "again", "http://localhost:8000/", peer.inbox.address, "en", "Licence")
    invoice = making.invoice(at=now)
    with pytest.raises(DomainError, match="provider-away"):
        begin_payment(invoice=invoice, way=way, by=BY, at=now)
    settings.PROVIDER = there
    attempt = begin_payment(invoice=invoice, way=way, by=BY, at=now)
    assert (invoice.attempts.count(), attempt.state) == (1, "started")
