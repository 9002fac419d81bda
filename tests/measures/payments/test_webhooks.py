"""What providers send is taken once it is signed, kept as it came, and applied once, in whatever order it comes."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from adaldyq.measures.payments import jobs
from adaldyq.measures.payments.actions import hearing
from adaldyq.measures.payments.domain.webhooks import HEADER, signature
from adaldyq.measures.payments.models import PaymentAttempt, ProviderEvent
from tests.measures.payments import making
from tests.measures.payments.test_attempts import check_books

pytestmark = pytest.mark.django_db
SECRET = "a secret of a test"
ADDRESS = "/payments/webhooks/test/"


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> None:
    settings.PROVIDER = {"address": "http://127.0.0.1:9", "key": "k", "secret": SECRET}
    hearing.away_until.clear()
    hearing.apply_again.clear()
    hearing.look_again.clear()


def event(of: PaymentAttempt, kind: str, number: int = 1, **facts: object) -> dict[str, Any]:
    """An event as the test provider writes it."""
    known = {"amount": of.amount, "currency": of.currency, "merchant_key": of.pk, "payment": of.provider_reference}
    at = timezone.now().isoformat()
    return {
        "id": f"evt_{of.pk}_{number}",
        "kind": kind,
        "reference": "",
        "sequence": number,
        "at": at,
        **known,
        **facts,
    }


def send(said: object, *, secret: str = SECRET, ago: int = 0, body: bytes | None = None) -> Any:
    raw = json.dumps(said).encode()
    signed = signature(secret, int(timezone.now().timestamp()) - ago, raw)
    headers = {HEADER: signed}
    return Client(enforce_csrf_checks=True).post(
        ADDRESS, raw if body is None else body, content_type="application/json", headers=headers
    )


def begun() -> PaymentAttempt:
    made = making.attempt(making.invoice(at=timezone.now()), at=timezone.now())
    PaymentAttempt.objects.filter(pk=made.pk).update(provider_reference=f"pay_{made.pk}")
    made.refresh_from_db()
    return made


def test_webhooks_in_any_order_and_twice_come_to_one_end() -> None:
    attempt = begun()
    told = [event(attempt, f"payment.{kind}", at) for at, kind in enumerate(("started", "submitted", "success"))]
    told = [told[2], told[0], *told, told[1]]
    for one in told:
        assert send(one).status_code == 200
    assert attempt.state == "created"
    jobs.go_round(timezone.now())
    attempt.refresh_from_db()
    assert attempt.state == "success"
    assert ProviderEvent.objects.filter(attempt=attempt).count() == 3
    assert {bytes(one.raw) for one in ProviderEvent.objects.all()} == {json.dumps(one).encode() for one in told}
    check_books(attempt.invoice)


def test_on_sqlite_a_rush_is_taken_in_before_it_is_applied_but_nothing_waits_for_ever() -> None:
    if connection.vendor == "postgresql":
        pytest.skip("there many write at a time")
    now, stored = timezone.now(), ProviderEvent.objects.filter(state="stored")
    for number in range(hearing.RUSH + 1):
        making.told(begun(), "started", f"k{number}", at=now)
    jobs.go_round(now)
    assert stored.count() == hearing.RUSH + 1
    for seconds in (2, 3):
        jobs.go_round(now + timedelta(seconds=seconds))
    assert not stored.exists()
    early = making.told(begun(), "started", "early", at=now - hearing.PATIENCE - timedelta(seconds=1))
    for number in range(hearing.RUSH + 1):
        making.told(begun(), "started", f"again{number}", at=now)
    jobs.go_round(now)
    early.refresh_from_db()
    assert early.state == "applied"


def test_what_nobody_signed_or_was_signed_long_ago_leaves_nothing_but_a_line_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    attempt = begun()
    said = event(attempt, "payment.success")
    answers = {
        "webhook-signature": send(said, secret="another secret"),
        "webhook-stale": send(said, ago=600),
        "webhook-unreadable": send(["no event"]),
    }
    changed = send(said, body=json.dumps({**said, "amount": 1}).encode())
    unsigned = Client().post(ADDRESS, b"{}", content_type="application/json")
    unknown = Client().post("/payments/webhooks/nobody/", b"{}", content_type="application/json")
    large = Client().post(ADDRESS, b" " * 200_000, content_type="application/json")
    for code, answer in answers.items():
        assert (answer.json()["type"], answer.headers["Content-Type"]) == (
            f"about:blank#{code}",
            "application/problem+json",
        )
    statuses = [changed.status_code, unsigned.status_code, unknown.status_code, large.status_code]
    assert statuses == [401, 401, 404, 413]
    jobs.go_round(timezone.now())
    attempt.refresh_from_db()
    assert attempt.state == "created"
    assert not ProviderEvent.objects.exists()
    assert caplog.text.count("a webhook was refused") == 6


def test_what_does_not_fit_its_payment_is_kept_refused_and_moves_nothing() -> None:
    attempt, other = begun(), begun()
    making.told(other, "succeeded")
    wrong = {
        "amount": event(attempt, "payment.success", 1, amount=attempt.amount + 1),
        "currency": event(attempt, "payment.success", 2, currency="USD"),
        "unknown": event(attempt, "payment.success", 3, merchant_key="NOBODYSATTEMPT"),
    }
    for one in wrong.values():
        assert send(one).status_code == 200
    jobs.go_round(timezone.now())
    found = {
        one.event_key[-1]: (one.state, one.problem) for one in ProviderEvent.objects.filter(event_key__startswith="evt")
    }
    assert found == {
        "1": ("refused", "provider-event-sum"),
        "2": ("refused", "provider-event-sum"),
        "3": ("waiting", ""),
    }
    assert send(event(attempt, "payment.success", 1)).status_code == 409  # another story under the same key
    for of in (attempt, other):
        of.refresh_from_db()
        check_books(of.invoice)
    assert (attempt.state, other.state) == ("created", "success")


def test_what_cannot_be_kept_is_refused_whatever_was_signed() -> None:
    attempt = begun()
    wrong: list[dict[str, object]] = [
        {"amount": attempt.amount + 0.9},
        {"amount": float("inf")},
        {"amount": str(attempt.amount)},
        {"amount": 10**30},
        {"merchant_key": "\ud800"},
        {"id": "evt\x00"},
        {"id": "e" * 121},
        {"payment": "p" * 121},
        {"currency": "KZTKZT"},
        {"at": "2026-03-02T10:00:00"},
        {"at": "0001-01-01T00:00:00+23:59"},
        {"at": "9999-12-31T23:59:59-23:59"},
    ]
    for number, facts in enumerate(wrong):
        answer = send(event(attempt, "payment.success", number, **facts))
        assert (answer.status_code, answer.json()["type"]) == (422, "about:blank#webhook-unreadable"), facts
    assert not ProviderEvent.objects.exists()
