"""What nobody needs any more is not decided, not granted by silence, and costs nothing."""

from __future__ import annotations

import html

import pytest
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.days import end_of
from adaldyq.kernel.models import Account, Notification, PortRequest
from adaldyq.measures.payments.actions.refunds import approve_refund
from adaldyq.measures.payments.models import Refund
from adaldyq.measures.payments.queries.books import misfits
from adaldyq.measures.permits.actions.appealing import appeal
from adaldyq.measures.permits.actions.deciding import decide
from adaldyq.measures.permits.models import PermitApplication, PermitEntry, PermitLicence
from adaldyq.measures.permits.states import CLOSED, REFUSED
from tests.measures.payments import making
from tests.measures.permits import reviewing
from tests.measures.permits.applying import (
    AT,
    DAY,
    GROUND,
    applicant,
    decider,
    drawn,
    fresh,
    officers,
    opened,
    sent,
    step,
    verified,
    verifier,
)
from tests.measures.permits.test_fees import deliver, invoice_of, pay
from tests.measures.permits.views.test_applying import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: reviewing.LATER)


def abolish(of: PermitEntry, by: Actor) -> None:
    """Abolish an entry after its review."""
    reviewing.opened(by, [of])
    defends = actor_of(reviewing.officer(of.body))
    review = reviewing.assessed(reviewing.justified(of, defends), by)
    decide(review=review, decision=reviewing.decision("abolish"), by=by, at=reviewing.LATER)


def test_what_is_under_way_when_its_permit_is_abolished_is_closed_and_its_invoice_withdrawn() -> None:
    of, who = opened(fee=10, days=40), applicant()
    officers(of.body)
    one = sent(of, who)
    waits = step_granted(of, who)
    abolish(of, reviewing.reviewer())
    for each in (one, waits):
        assert fresh(each).state == CLOSED
        assert PortRequest.objects.get(subject_id=each.pk).withdrawn_at is not None
        assert Notification.objects.filter(
            account=who, message="permit-closed-abolished", key__contains=each.pk
        ).exists()
    assert one.due_date is not None
    tick(at=end_of(one.due_date))
    assert (fresh(one).state, PermitLicence.objects.count()) == (CLOSED, 0)
    page = html.unescape(browser(who).get(f"/en/permits/applications/{one.pk}/").content.decode())
    assert "Closed: the permit was abolished" in page


def step_granted(of: PermitEntry, who: Account) -> PermitApplication:
    """An application that was granted, whose fee is still to be paid."""
    one = verified(drawn(sent(of, who)))
    return step(one, "grant", decider(one))


def test_what_falls_since_nobody_justified_it_closes_what_is_under_way() -> None:
    of, who = opened(fee=10, days=40), applicant()
    reviewing.opened(reviewing.reviewer(), [of])
    one = sent(of, who)
    tick(at=end_of(reviewing.UNTIL))
    assert fresh(one).state == CLOSED


def test_nobody_appeals_about_what_is_needed_no_longer() -> None:
    of, who = opened(), applicant()
    officers(of.body)
    one = verified(drawn(sent(of, who)))
    one = step(one, "refuse", decider(one), grounds=GROUND)
    abolish(of, reviewing.reviewer())
    with pytest.raises(DomainError) as refused:
        appeal(application=one, words="There is one", by=actor_of(who), at=AT)
    assert (refused.value.code, fresh(one).state) == ("permit-abolished", REFUSED)


def test_a_fee_that_was_paid_is_proposed_to_be_given_back_when_the_permit_is_abolished() -> None:
    of, who = opened(fee=10, days=40), applicant()
    officers(of.body)
    one = sent(of, who)
    deliver(AT)
    made = pay(invoice_of(fresh(one)), "key", AT + DAY)
    assert (fresh(one).state, fresh(one).fee_state) == ("under_way", "paid")
    abolish(of, reviewing.reviewer())
    deliver(reviewing.LATER)
    refund = Refund.objects.get()
    assert (refund.attempt, refund.amount, refund.state) == (made, made.amount, "requested")
    assert refund.requested_by is None
    told = Notification.objects.get(account=who, message__startswith="permit-closed")
    assert told.message == "permit-closed-fee-back"
    page = html.unescape(browser(who).get(f"/en/permits/applications/{one.pk}/").content.decode())
    assert "It was proposed that the fee is given back" in page
    done = approve_refund(refund=refund, words="The permit fell", by=making.cashier(), at=reviewing.LATER)
    assert (done.state, misfits()) == ("approved", [])


def test_a_fee_of_a_permit_that_was_given_stays() -> None:
    of, who = opened(fee=10, days=40), applicant()
    officers(of.body)
    one = step_granted(of, who)
    deliver(AT)
    pay(invoice_of(fresh(one)), "key", AT + DAY)
    abolish(of, reviewing.reviewer())
    deliver(reviewing.LATER)
    assert (fresh(one).state, Refund.objects.count()) == ("granted", 0)


def test_a_fee_that_was_paid_for_what_was_returned_is_proposed_to_be_given_back_when_the_permit_is_abolished() -> None:
    of, who = opened(fee=10, days=40), applicant()
    officers(of.body)
    one = drawn(sent(of, who))
    deliver(AT)
    made = pay(invoice_of(fresh(one)), "key", AT + DAY)
    one = step(one, "incomplete", verifier(one), defects=GROUND)
    assert (one.state, one.fee_state) == ("returned", "paid")
    abolish(of, reviewing.reviewer())
    deliver(reviewing.LATER)
    refund = Refund.objects.get()
    assert (refund.attempt, refund.amount, refund.state) == (made, made.amount, "requested")
    assert Notification.objects.filter(account=who, message="permit-returned-fee-back").count() == 1
    page = html.unescape(browser(who).get(f"/en/permits/applications/{one.pk}/").content.decode())
    assert (fresh(one).state, "It was proposed that the fee is given back" in page) == ("returned", True)


def test_a_fee_that_what_was_sent_instead_has_taken_over_goes_back_once() -> None:
    of, who = opened(fee=10, days=40), applicant()
    officers(of.body)
    one = drawn(sent(of, who))
    deliver(AT)
    pay(invoice_of(fresh(one)), "key", AT + DAY)
    one = step(one, "incomplete", verifier(one), defects=GROUND)
    instead = sent(of, who, previous=one)
    abolish(of, reviewing.reviewer())
    deliver(reviewing.LATER)
    assert (fresh(one).state, fresh(instead).state, Refund.objects.count()) == ("returned", "closed", 1)
    told = Notification.objects.filter(account=who, message__endswith="-fee-back").values_list("message", flat=True)
    assert list(told) == ["permit-closed-fee-back"]


def test_an_unpaid_invoice_of_what_was_returned_is_withdrawn_and_nobody_is_asked_to_send_it_again() -> None:
    of, who = opened(fee=10, days=40), applicant()
    officers(of.body)
    one = drawn(sent(of, who))
    deliver(AT)
    one = step(one, "incomplete", verifier(one), defects=GROUND)
    assert (one.state, fresh(one).fee_state) == ("returned", "issued")
    page = browser(who).get(f"/en/permits/applications/{one.pk}/").content.decode()
    assert ("Send it again" in page, "/do/appeal/" in page) == (True, True)
    abolish(of, reviewing.reviewer())
    deliver(reviewing.LATER)
    assert (fresh(one).state, invoice_of(fresh(one)).state) == ("returned", "cancelled")
    told = Notification.objects.filter(account=who, message__startswith="permit-returned-").values_list("message")
    assert list(told) == [("permit-returned-abolished",)]
    page = html.unescape(browser(who).get(f"/en/permits/applications/{one.pk}/").content.decode())
    assert ("Send it again" in page, "/do/appeal/" in page) == (False, False)
    for text in ("it need not be sent again", "there is nothing to send again", "the invoice was withdrawn"):
        assert text in page
