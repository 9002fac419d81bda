"""Nothing is granted beside a suspended licence of the same holder for the same: not by an officer, on appeal, nor by silence."""

from __future__ import annotations

import html

import pytest
from django.utils import timezone

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.deadlines.days import end_of
from adaldyq.kernel.models import Account, Notification
from adaldyq.measures.payments.models import Refund
from adaldyq.measures.permits.actions.appealing import appeal, decide_appeal
from adaldyq.measures.permits.actions.licensing import Order, restore_licence, suspend_licence
from adaldyq.measures.permits.models import PermitApplication, PermitEntry, PermitLicence
from tests.measures.permits import reviewing
from tests.measures.permits.applying import (
    AT,
    DAY,
    GROUND,
    applicant,
    decider,
    drawn,
    fresh,
    granted,
    officers,
    opened,
    sent,
    step,
    verified,
)
from tests.measures.permits.test_fees import deliver, invoice_of, pay
from tests.measures.permits.views.test_applying import browser

pytestmark = pytest.mark.django_db

LATER = AT + 300 * DAY
ORDER = Order("People were poisoned", "9")


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: LATER)


@pytest.fixture
def who() -> Account:
    """Somebody who holds a licence and heads the company that does."""
    return applicant()


@pytest.fixture
def licence(who: Account) -> PermitLicence:
    """That licence; silence is consent for its entry."""
    of = opened()
    officers(of.body, "a", "b")
    return PermitLicence.objects.get(application=granted(of, who))


def suspended(licence: PermitLicence) -> PermitLicence:
    """A licence that its body suspends."""
    [by] = officers(licence.body, "c")
    return suspend_licence(licence=licence, order=ORDER, by=by, at=LATER)


def second(licence: PermitLicence, who: Account) -> PermitApplication:
    """An application for another, verified before the licence is suspended."""
    return verified(drawn(sent(licence.entry, who, LATER), LATER), LATER)


def test_an_officer_grants_no_other_until_the_licence_is_valid_again(licence: PermitLicence, who: Account) -> None:
    one = second(licence, who)
    suspended(licence)
    assert one.decider is not None
    answer = browser(one.decider).post(f"/en/permits/applications/{one.pk}/do/step/", {"answer": "grant"})
    page = html.unescape(answer.content.decode())
    assert (answer.status_code, f"has the licence {licence.number} for the same" in page) == (422, True)
    with pytest.raises(DomainError) as refused:
        step(one, "grant", decider(one), LATER)
    assert (refused.value.code, fresh(one).state) == ("permit-suspended-grant", "under_way")
    restore_licence(licence=PermitLicence.objects.get(), order=ORDER, by=officers(licence.body, "d")[0], at=LATER)
    assert step(one, "grant", decider(one), LATER).state == "granted"


def test_it_may_be_refused_and_is_not_granted_on_appeal(licence: PermitLicence, who: Account) -> None:
    one = second(licence, who)
    suspended(licence)
    one = step(one, "refuse", decider(one), LATER, grounds=GROUND)
    taken = appeal(application=one, words="There is one", by=actor_of(who), at=LATER)
    by = reviewing.reviewer()
    with pytest.raises(DomainError) as refused:
        decide_appeal(application=taken, overturned=True, words="There is", by=by, at=LATER)
    assert (refused.value.code, fresh(one).state) == ("permit-suspended-grant", "appealed")
    assert decide_appeal(application=taken, overturned=False, words="No", by=by, at=LATER).state == "upheld"


def test_silence_grants_nothing_and_the_applicant_and_the_officers_are_told_why(
    licence: PermitLicence, who: Account
) -> None:
    one = second(licence, who)
    suspended(licence)
    assert one.due_date is not None
    tick(at=end_of(one.due_date))
    assert (fresh(one).state, fresh(one).deemed, PermitLicence.objects.count()) == ("closed", False, 1)
    page = html.unescape(browser(who).get(f"/en/permits/applications/{one.pk}/").content.decode())
    assert "silence gives no licence beside a suspended one" in page
    told = Notification.objects.filter(message__startswith="permit-closed-suspended")
    pairs = sorted(told.values_list("message", "account__username"))
    assert pairs == [
        ("permit-closed-suspended", "entrepreneur"),
        *(("permit-closed-suspended-officer", name) for name in ("a", "b")),
    ]


def test_a_fee_that_was_paid_for_what_silence_does_not_give_is_proposed_to_be_given_back(who: Account) -> None:
    of: PermitEntry = opened(fee=10)
    officers(of.body, "a", "b")
    first = granted(of, who)
    deliver(AT)
    pay(invoice_of(fresh(first)), "key", AT + DAY)
    licence = PermitLicence.objects.get(application=first)
    one = sent(of, who, LATER)
    deliver(LATER)
    made = pay(invoice_of(fresh(one)), "second", LATER)
    suspended(licence)
    assert fresh(one).due_date is not None
    tick(at=end_of(fresh(one).due_date or LATER.date()))
    deliver(LATER + 90 * DAY)
    refund = Refund.objects.get()
    assert (fresh(one).state, refund.attempt, refund.state) == ("closed", made, "requested")
