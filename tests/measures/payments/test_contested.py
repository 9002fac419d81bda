"""What a payer's bank contests and takes back: as much as is told and is there, of the payment that is meant, and no other."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Document
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.payments import jobs
from adaldyq.measures.payments.actions import hearing
from adaldyq.measures.payments.actions.attempts import correct_attempt
from adaldyq.measures.payments.actions.charging_back import match_charge_back
from adaldyq.measures.payments.actions.closing import close_statement
from adaldyq.measures.payments.actions.refunds import NewRefund, approve_refund, request_refund, return_refund
from adaldyq.measures.payments.actions.taking_back import take_explanation_back
from adaldyq.measures.payments.models import BankStatement, PaymentAttempt, ProviderEvent, Refund
from adaldyq.measures.payments.queries.books import bank_apart, misfits, trial_balance
from tests import factories
from tests.measures.payments import making
from tests.measures.payments.making import AT, BY
from tests.measures.payments.test_attempts import check_books
from tests.measures.payments.test_reconciling import NEXT, entry, found, matched
from tests.measures.payments.test_webhooks import SECRET, begun, event, send
from tests.measures.payments.views.test_desk import cashier

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def provider(settings: Settings) -> None:
    settings.PROVIDER = {"address": "http://127.0.0.1:9", "key": "k", "secret": SECRET}
    settings.BANK_ACCOUNTS = ("ADALDYQTESTKZT",)
    for one in (hearing.away_until, hearing.apply_again, hearing.look_again, jobs.left_out):
        one.clear()


def paid() -> PaymentAttempt:
    """A payment of 1,000.00 that has come."""
    attempt = begun()
    tell(attempt, "success", 1)
    return attempt


def tell(attempt: PaymentAttempt, kind: str, number: int, **facts: object) -> ProviderEvent:
    """Send a webhook, let it be applied, and return it as it is then."""
    name = kind if "." in kind else f"payment.{kind}"
    assert send(event(attempt, name, number, **facts)).status_code == 200
    jobs.go_round(timezone.now())
    attempt.refresh_from_db()
    return ProviderEvent.objects.get(event_key=f"evt_{attempt.pk}_{number}")


def closing() -> dict[str, int]:
    """What stands in the accounts."""
    return {one.account: one.closing for one in trial_balance() if one.closing}


@pytest.mark.parametrize("kind", ["disputed", "charged_back"])
@pytest.mark.parametrize("amount", [5_000_000, 100_001, 0, -5])
def test_amounts_that_cannot_be_are_refused_and_move_nothing(kind: str, amount: int) -> None:
    attempt = paid()
    told = tell(attempt, kind, 2, amount=amount)
    assert (told.state, told.problem) == ("refused", "provider-event-sum")
    assert (attempt.state, attempt.contested, attempt.charged_back) == ("success", 0, 0)


def test_a_part_is_contested_and_a_part_of_it_is_lost() -> None:
    attempt = paid()
    tell(attempt, "disputed", 2, amount=30_000)
    assert (attempt.contested, closing()["contested"], closing()["clearing.test"]) == (30_000, 30_000, 70_000)
    tell(attempt, "charged_back", 3, amount=20_000)
    assert (attempt.state, attempt.contested, attempt.charged_back) == ("charged_back", 0, 20_000)
    check_books(attempt.invoice)
    assert (attempt.invoice.state, attempt.invoice.to_pay) == ("issued", 20_000)
    assert (closing().get("contested", 0), closing()["clearing.test"], misfits()) == (0, 80_000, [])
    lines = [one.payload for one in Leaf.objects.filter(act="payments.event.apply").order_by("pk")]
    assert [
        (f'"amount":{sum_}' in str(one).replace(" ", "").replace("'", '"'))
        for one, sum_ in zip(lines, (100_000, 30_000, 20_000), strict=True)
    ] == [True] * 3


def test_all_is_lost_of_what_was_contested_before_a_refund_came_back() -> None:
    attempt = paid()
    refund = approved(attempt)
    tell(attempt, "disputed", 2)
    return_refund(refund=refund, by=BY, at=AT)
    tell(attempt, "charged_back", 3)
    check_books(attempt.invoice)
    assert (attempt.charged_back, attempt.invoice.held) == (100_000, 0)
    assert (closing().get("clearing.test", 0), closing().get("contested", 0), misfits()) == (0, 0, [])


def test_the_statement_shows_the_rest_that_was_taken_back_after_a_refund() -> None:
    attempt = paid()
    refund = approved(attempt)
    tell(attempt, "refund.done", 2, key=refund.pk, refunded=40_000)
    tell(attempt, "charged_back", 3, amount=60_000)
    matched(
        entry(1, 100_000, attempt.invoice.reference, attempt.pk),
        entry(2, -40_000, "", refund.pk),
        entry(3, -60_000, "", attempt.pk),
    )
    assert [found(one).verdict for one in (1, 2, 3)] == ["settled", "given_back", "taken_back"]
    assert (closing().get("clearing.test", 0), closing().get("bank", 0), bank_apart()) == (0, 0, {})


def part_taken(attempt: PaymentAttempt) -> BankStatement:
    """The statement of a day on which the payment came and a part of it left with its key."""
    outcome = matched(entry(1, 100_000, attempt.invoice.reference, attempt.pk), entry(2, -25_000, "", attempt.pk))
    attempt.refresh_from_db()
    return outcome.statement


def say(what: str, number: int = 2) -> int:
    """Say as a cashier by the page what an entry is, and return the answer's status."""
    address = f"/en/payments/statements/entries/{found(number).pk}/"
    browser = cashier("first")
    assert what in browser.get(address).content.decode()
    return browser.post(address, {"verdict": what, "words": "The bank's letter says so."}).status_code


def test_a_part_that_left_with_the_key_of_a_payment_waits_for_a_person_who_says_what_it_is() -> None:
    attempt = paid()
    statement = part_taken(attempt)
    assert (attempt.state, attempt.charged_back, found(2).state) == ("success", 0, "queued")
    assert (attempt.invoice.state, misfits()) == ("paid", [])
    with pytest.raises(DomainError):
        close_statement(statement=statement, by=making.cashier("first"), at=NEXT)
    assert say(f"taken:{attempt.pk}") == 302
    attempt.refresh_from_db()
    assert (attempt.state, attempt.charged_back, found(2).verdict) == ("charged_back", 25_000, "taken_back")
    check_books(attempt.invoice)
    assert (attempt.invoice.state, attempt.invoice.to_pay) == ("issued", 25_000)
    assert (closing()["bank"], closing().get("clearing.test", 0), bank_apart(), misfits()) == (75_000, 0, {}, [])
    assert close_statement(statement=statement, by=making.cashier("first"), at=NEXT).state == "closed"


def test_the_same_part_may_be_a_charge_and_takes_nothing_of_the_payment() -> None:
    attempt = paid()
    statement = part_taken(attempt)
    assert say("costs") == 302
    attempt.refresh_from_db()
    check_books(attempt.invoice)
    assert (attempt.state, attempt.invoice.state, bank_apart(), misfits()) == ("success", "paid", {}, [])
    assert close_statement(statement=statement, by=making.cashier("first"), at=NEXT).state == "closed"


def test_a_part_that_the_provider_tells_of_later_is_taken_once() -> None:
    attempt = paid()
    part_taken(attempt)
    tell(attempt, "charged_back", 2, amount=25_000)
    assert say(f"taken:{attempt.pk}") == 302
    attempt.refresh_from_db()
    assert (attempt.charged_back, closing()["bank"], bank_apart(), misfits()) == (25_000, 75_000, {}, [])
    take_explanation_back(entry=found(2), words="It was a charge", by=making.cashier("second"), at=NEXT)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.charged_back, found(2).state, misfits()) == ("charged_back", 25_000, "queued", [])


def test_a_part_that_the_provider_tells_of_after_a_person_is_the_same_and_stays_when_the_entry_is_undone() -> None:
    attempt = paid()
    part_taken(attempt)
    assert say(f"taken:{attempt.pk}") == 302
    told = tell(attempt, "charged_back", 2, amount=25_000)
    assert (told.state, attempt.charged_back, closing()["bank"], misfits()) == ("applied", 25_000, 75_000, [])
    assert '"amount":0' in compact(Leaf.objects.filter(act="payments.event.apply").latest("pk"))
    for _time in range(2):
        take_explanation_back(entry=found(2), words="It was a charge", by=making.cashier("second"), at=NEXT)
        attempt.refresh_from_db()
        check_books(attempt.invoice)
        assert (attempt.state, attempt.charged_back, attempt.corrections.count()) == ("charged_back", 25_000, 0)
        assert say(f"taken:{attempt.pk}") == 302
    assert (closing()["bank"], closing().get("clearing.test", 0), bank_apart()) == (75_000, 0, {})


def test_another_sum_that_the_provider_tells_of_after_a_person_waits_and_counts_once_that_is_undone() -> None:
    attempt = paid()
    part_taken(attempt)
    assert say(f"taken:{attempt.pk}") == 302
    told = tell(attempt, "charged_back", 2, amount=100_000)
    assert (told.state, attempt.charged_back) == ("waiting", 25_000)
    assert "another sum was taken back" in cashier("first").get("/en/payments/events/").content.decode()
    take_explanation_back(entry=found(2), words="It was a charge", by=making.cashier("second"), at=NEXT)
    attempt.refresh_from_db()
    told.refresh_from_db()
    check_books(attempt.invoice)
    assert (told.state, attempt.state, attempt.charged_back, misfits()) == ("applied", "charged_back", 100_000, [])


def test_a_part_that_stood_again_by_a_correction_is_undone_once() -> None:
    attempt = paid()
    part_taken(attempt)
    assert say(f"taken:{attempt.pk}") == 302
    attempt.refresh_from_db()
    correct_attempt(attempt=attempt, kind="reversed_charge_back", words="The bank gave it back", by=BY, at=NEXT)
    take_explanation_back(entry=found(2), words="It was a charge", by=making.cashier("second"), at=NEXT)
    attempt.refresh_from_db()
    check_books(attempt.invoice)
    assert (attempt.state, attempt.charged_back, found(2).state, bank_apart()) == ("success", 0, "queued", {})


def compact(leaf: Leaf) -> str:
    """What a line of the ledger tells, without blanks."""
    return str(leaf.payload).replace(" ", "").replace("'", '"')


def test_a_part_that_was_wrongly_said_to_be_taken_stands_again_once_another_takes_that_back() -> None:
    attempt = paid()
    part_taken(attempt)
    assert say(f"taken:{attempt.pk}") == 302
    with pytest.raises(DomainError):
        take_explanation_back(entry=found(2), words="No", by=making.cashier("first"), at=NEXT)
    take_explanation_back(entry=found(2), words="It was a charge", by=making.cashier("second"), at=NEXT)
    attempt.refresh_from_db()
    check_books(attempt.invoice)
    assert (attempt.state, attempt.charged_back, attempt.invoice.state) == ("success", 0, "paid")
    assert (found(2).state, closing()["bank"], bank_apart(), misfits()) == ("queued", 100_000, {}, [])


def test_only_a_cashier_of_the_same_body_who_is_not_the_payer_takes_back_that_a_part_was_taken() -> None:
    attempt = paid()
    part_taken(attempt)
    assert say(f"taken:{attempt.pk}") == 302
    elsewhere, payer = factories.account("elsewhere"), factories.account("payer")
    factories.grant(elsewhere, Role.CASHIER, body=factories.body("Өзге орган"))
    factories.grant(payer, Role.CASHIER, body=attempt.invoice.body)
    Account.objects.filter(pk=payer.pk).update(person=attempt.invoice.person)
    with pytest.raises(NotAllowed):
        take_back(elsewhere)
    with pytest.raises(DomainError) as refused:
        take_back(payer)
    attempt.refresh_from_db()
    assert (refused.value.code, attempt.state, found(2).state) == ("invoice-own", "charged_back", "explained")


def take_back(who: Account) -> None:
    """Let somebody take back what the second entry was explained as."""
    by = actor_of(Account.objects.get(pk=who.pk))
    take_explanation_back(entry=found(2), words="It was a charge", by=by, at=NEXT)


def test_more_than_is_left_of_a_payment_is_not_offered_as_taken() -> None:
    attempt = paid()
    approved(attempt, 90_000)
    part_taken(attempt)
    assert f"taken:{attempt.pk}" not in cashier("first").get(f"/en/payments/statements/entries/{found(2).pk}/").content.decode()  # fmt: skip
    with pytest.raises(DomainError) as refused:
        match_charge_back(entry=found(2), attempt=attempt, words="So", by=making.cashier("first"), at=NEXT)
    assert refused.value.code == "statement-no-payment"


def test_what_is_told_of_one_payment_never_pays_another() -> None:
    one, other = begun(), begun()
    told = tell(one, "success", 1, merchant_key=other.pk)
    assert (told.state, told.problem) == ("refused", "provider-event-payment")
    for each in (one, other):
        each.refresh_from_db()
        check_books(each.invoice)
        assert each.state == "created"


def test_what_bears_our_key_pays_no_other_invoice_by_its_amount() -> None:
    attempt, meant = paid(), making.invoice(version=making.fee("rare", of=making.terms("970")))
    matched(entry(1, 97_000, "", attempt.pk))
    meant.refresh_from_db()
    assert (found(1).state, found(1).verdict, meant.state) == ("queued", "unmatched", "issued")


@pytest.mark.parametrize("how", ["charged_back", "refunded"])
def test_a_receipt_is_withdrawn_when_its_money_went(how: str) -> None:
    attempt = paid()
    address = f"/en/payments/invoices/{attempt.invoice_id}/receipt.pdf"
    assert Client().post(address).status_code == 200
    receipt = Document.objects.get()
    if how == "charged_back":
        tell(attempt, "charged_back", 2)
    else:
        approved(attempt, attempt.amount)
    receipt.refresh_from_db()
    assert (receipt.state, receipt.ground) == (
        "withdrawn",
        "The money went back, or the payer's bank took it: the invoice is not paid.",
    )
    assert Client().post(address).status_code == 409


def approved(attempt: PaymentAttempt, amount: int = 40_000) -> Refund:
    """An approved refund."""
    new = NewRefund(attempt, amount, "mistake", "Wrong", "one")
    refund = request_refund(new=new, by=making.cashier("first"), at=AT)
    return approve_refund(refund=refund, words="", by=making.cashier("second"), at=AT)
