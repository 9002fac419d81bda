"""What only Stripe's adapter has to know: inquiries of banks, and refunds that fail after they were done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from adaldyq.measures.payments.adapters.providers.checkout import Held
from tests.measures.payments.conformance.stripe_peer import StripePeer, stripe_peer
from tests.measures.payments.conformance.test_conformance import AMOUNT, back, begun


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StripePeer]:
    with stripe_peer(tmp_path_factory.mktemp("peer")) as found:
        yield found


def test_a_bank_that_only_asks_contests_nothing_until_it_disputes(peer: StripePeer) -> None:
    asked, payment = begun(peer)
    peer.pay(payment)
    inquiry = peer.account.dispute(payment.reference)
    kinds = {}
    for status in ("warning_needs_response", "warning_closed", "needs_response", "won"):
        inquiry["status"] = status
        heard = peer.provider.events_of(payment.reference, attempt_key=asked.key)
        kinds[status] = [one.said.kind for one in heard if "dispute" in one.said.kind]
    assert kinds == {
        "warning_needs_response": [],
        "warning_closed": [],
        "needs_response": ["dispute_opened"],
        "won": ["dispute_opened", "dispute_won"],
    }
    told = {}
    for kind, status in (
        ("created", "warning_needs_response"),
        ("closed", "warning_closed"),
        ("funds_withdrawn", "needs_response"),
    ):
        inquiry["status"] = status
        said = peer.provider.read(f"charge.dispute.{kind}", Held(inquiry))
        told[kind] = said.kind if said else None
    assert told == {"created": None, "closed": None, "funds_withdrawn": "dispute_opened"}


def test_a_late_webhook_of_a_refund_that_failed_since_tells_that_it_failed(peer: StripePeer) -> None:
    asked, payment = begun(peer)
    peer.pay(payment)
    peer.provider.refund(back(asked, payment, AMOUNT))
    made = peer.account.refunds[-1]
    late = Held(dict(made))
    assert late.status == "succeeded"
    made["status"] = "failed"
    said = peer.provider.read("refund.updated", late)
    assert said is not None
    assert (said.kind, said.amount) == ("refund_failed", AMOUNT)
