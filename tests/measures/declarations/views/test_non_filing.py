"""Who has not filed is told by the clock; offence, fine and appeal are decided by people who are not the same."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from adaldyq.base.states import Transition
from adaldyq.kernel.actor import system
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import Account, Notification, Person, PortRequest, Read
from adaldyq.kernel.naming import pack
from adaldyq.kernel.ports import Answer, fees
from adaldyq.kernel.ports.actions import answer_once
from adaldyq.kernel.ports.telling import take_up
from adaldyq.kernel.roles import Registry, Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations import jobs
from adaldyq.measures.declarations.actions.non_filing import TOGETHER, give_all_notices
from adaldyq.measures.declarations.actions.retention import erase_rows
from adaldyq.measures.declarations.models import FineInvoice, NonFiling, Obligation
from adaldyq.measures.declarations.states import NON_FILING
from tests import factories

pytestmark = pytest.mark.django_db

QUEUE, INVOICES = "/en/declarations/non-filing/", "/en/declarations/non-filing/invoices/"
TODAY = timezone.localdate()
CLOCK = system("clock")


@pytest.fixture
def late() -> Person:
    """Somebody who by the law had to file until yesterday and has not, with an account."""
    who = factories.person()
    factories.obligation(who, 2024, due_date=TODAY - timedelta(1), group="official", law="a law", body=factories.body())
    Account.objects.filter(pk=factories.account("late", Role.CITIZEN).pk).update(person=who)
    return who


@pytest.fixture
def matter(late: Person) -> NonFiling:
    give_all_notices(by=CLOCK, at=timezone.now())
    return NonFiling.objects.get()


def signed_in(name: str) -> Client:
    """A browser of an officer, opened on first use."""
    account = Account.objects.filter(username=name).first()
    if account is None:
        account = factories.account(name)
        if name == "reviewer":
            factories.grant(account, Role.REVIEWER)
        else:
            factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    client = Client()
    client.force_login(account)
    return client


def take(who: str, matter: NonFiling, step: str, text: str = "Reminded twice, did not answer.") -> tuple[int, str]:
    answer = signed_in(who).post(f"{QUEUE}{matter.pk}/", {"step": step, "text": text})
    matter.refresh_from_db()
    return answer.status_code, answer.content.decode()


def fined(matter: NonFiling) -> NonFiling:
    assert take("first", matter, "establish")[0] == 302
    assert take("second", matter, "fine", "")[0] == 302
    return matter


def test_the_clock_gives_notice_once_to_those_whom_the_law_obliged(late: Person) -> None:
    factories.obligation(factories.person(["Кейін Адам"]), due_date=TODAY, group="official")
    factories.obligation(factories.person(["Дереккөз Адам"]), due_date=TODAY - timedelta(1))
    filed = factories.person(["Тапсырған Адам"])
    factories.obligation(filed, due_date=TODAY - timedelta(1), group="official")
    factories.declaration(filed)
    for _night in range(2):
        jobs.determine_everybody({}, timezone.now())
    assert list(NonFiling.objects.values_list("person", flat=True)) == [late.pk]
    told = Notification.objects.get(message="non-filing-notice", account__person=late)
    assert signed_in("late").get(f"/en/{told.href}").status_code == 200
    assert Leaf.objects.filter(act="declarations.non_filing.notice").count() == 1
    assert TOGETHER > 1


def test_a_registrar_gives_notice_of_what_only_a_source_states(late: Person) -> None:
    stated = factories.obligation(late, 2023, due_date=TODAY - timedelta(1), body=factories.body())
    by_law = Obligation.objects.exclude(group="").get()
    pages = {one.pk: f"/en/declarations/obligations/{one.pk}/" for one in (stated, by_law)}
    keeper = signed_in("first")
    shown = {key: "Give notice</button>" in keeper.get(page).content.decode() for key, page in pages.items()}
    assert shown == {stated.pk: True, by_law.pk: False}
    answer = keeper.post(pages[stated.pk], {"step": "notice"})
    made = NonFiling.objects.get()
    assert (answer.status_code, made.obligation_id, made.state) == (302, stated.pk, "noticed")
    assert Notification.objects.filter(message="non-filing-notice", account__person=late).count() == 1
    again = keeper.post(pages[stated.pk], {"step": "notice"})
    assert again.status_code == 422
    assert "nothing to give notice of" in again.content.decode()


def test_offence_and_fine_take_two_registrars_and_the_fine_is_the_packs(matter: NonFiling) -> None:
    assert take("first", matter, "establish", " ")[0] == 422
    assert take("first", matter, "establish")[0] == 302
    status, page = take("first", matter, "fine")
    assert (status, matter.state) == (422, "offence")
    assert "Fine</button>" not in page
    assert take("second", matter, "fine", "No ground to lower it.")[0] == 302
    for reader in ("second", "late"):
        assert "No ground to lower it." in signed_in(reader).get(f"{QUEUE}{matter.pk}/").content.decode()
    assert matter.fine_amount == pack().threshold_amount("non_filing_fine", TODAY).amount
    invoice = FineInvoice.objects.get()
    assert (invoice.amount, invoice.state) == (matter.fine_amount, "waiting")
    assert Leaf.objects.filter(act="declarations.non_filing.fine", subject=matter.pk).count() == 1
    assert take("second", matter, "fine")[0] == 409
    assert factories.NAMES[2] in signed_in("second").get(INVOICES).content.decode()


def test_a_registrar_lets_nothing_follow_with_a_ground_that_the_person_reads(matter: NonFiling, late: Person) -> None:
    assert take("first", matter, "drop", "Was in hospital.")[0] == 302
    assert (matter.state, FineInvoice.objects.count()) == ("dropped", 0)
    assert "Was in hospital." in signed_in("late").get(f"{QUEUE}{matter.pk}/").content.decode()


def test_what_others_punished_nobody_exempts_from_alone(matter: NonFiling) -> None:
    page = f"/en/declarations/obligations/{matter.obligation_id}/"
    fined(matter)
    answer = signed_in("first").post(page, {"step": "exempt", "ground": "On a mission abroad."})
    assert answer.status_code == 422
    assert "established as an offence" in answer.content.decode()
    assert "On a mission abroad." in answer.content.decode()
    assert (NonFiling.objects.count(), FineInvoice.objects.get().state) == (1, "waiting")
    assert take("late", matter, "appeal")[0] == 302
    assert take("reviewer", matter, "overturn")[0] == 302
    assert signed_in("first").post(page, {"step": "exempt", "ground": "On a mission abroad."}).status_code == 302


def test_nothing_is_held_against_the_dead(late: Person) -> None:
    Person.objects.filter(pk=late.pk).update(death_date=TODAY)
    jobs.determine_everybody({}, timezone.now())
    assert not NonFiling.objects.exists()
    Person.objects.filter(pk=late.pk).update(death_date=None)
    give_all_notices(by=CLOCK, at=timezone.now())
    matter = NonFiling.objects.get()
    for step, who in (("establish", "first"), ("fine", "second")):
        Person.objects.filter(pk=late.pk).update(death_date=TODAY)
        status, told = take(who, matter, step)
        assert (status, "The person died on" in told) == (422, True)
        Person.objects.filter(pk=late.pk).update(death_date=None)
        assert take(who, matter, step)[0] == 302


def test_an_exemption_keeps_what_followed_before_it_and_says_so_there(matter: NonFiling) -> None:
    owed = f"/en/declarations/obligations/{matter.obligation_id}/"
    fined(matter)
    assert take("late", matter, "appeal")[0] == 302
    assert take("reviewer", matter, "overturn")[0] == 302
    assert signed_in("first").post(owed, {"step": "exempt", "ground": "Article 5: in hospital."}).status_code == 302
    matter.refresh_from_db()
    assert (matter.state, matter.obligation_id, FineInvoice.objects.get().state) == ("overturned", None, "cancelled")
    for who in ("late", "first"):
        page = signed_in(who).get(f"{QUEUE}{matter.pk}/")
        assert page.status_code == 200
        assert "The person was exempted" in page.content.decode()
        assert "Article 5: in hospital." in page.content.decode()
        assert "File it now" not in page.content.decode()
    assert f"{QUEUE}{matter.pk}/" in signed_in("first").get(QUEUE).content.decode()
    assert f"{QUEUE}{matter.pk}/" in signed_in("late").get("/en/declarations/mine/obligations/").content.decode()
    told = Notification.objects.filter(account__username="late")
    assert {signed_in("late").get(f"/en/{one.href}").status_code for one in told} == {200}


def test_an_exemption_ends_a_notice_about_which_nobody_has_decided(matter: NonFiling) -> None:
    owed = f"/en/declarations/obligations/{matter.obligation_id}/"
    assert signed_in("first").post(owed, {"step": "exempt", "ground": "Article 5."}).status_code == 302
    matter.refresh_from_db()
    assert (matter.state, matter.drop_ground) == ("dropped", "Article 5.")


def test_a_fine_of_the_dead_lapses_by_night_with_its_invoice(matter: NonFiling, late: Person) -> None:
    fined(matter)
    assert take("late", matter, "appeal")[0] == 302
    Person.objects.filter(pk=late.pk).update(death_date=TODAY)
    before = Leaf.objects.count()
    jobs.determine_everybody({}, timezone.now())
    matter.refresh_from_db()
    assert (matter.state, FineInvoice.objects.get().state, PortRequest.objects.get().state) == (
        "taken_back",
        "cancelled",
        "withdrawn",
    )
    assert Leaf.objects.count() > before
    page = signed_in("first").get(f"{QUEUE}{matter.pk}/").content.decode()
    assert "The person has died." in page
    jobs.determine_everybody({}, timezone.now())
    assert NonFiling.objects.get().state == "taken_back"


def test_a_notice_of_the_dead_lapses_and_whoever_died_before_the_last_day_never_owed(
    matter: NonFiling, late: Person
) -> None:
    Person.objects.filter(pk=late.pk).update(death_date=TODAY - timedelta(20))
    jobs.determine_everybody({}, timezone.now())
    matter.refresh_from_db()
    assert (matter.state, Obligation.objects.count(), matter.owed.pk) == ("dropped", 0, matter.former_id)
    assert "the person has died" in signed_in("first").get(f"{QUEUE}{matter.pk}/").content.decode()


def test_a_paid_fine_of_the_dead_stays(matter: NonFiling, late: Person) -> None:
    fined(matter)
    assert take("first", matter, "pay", "Payment 7.")[0] == 302
    Person.objects.filter(pk=late.pk).update(death_date=TODAY)
    jobs.determine_everybody({}, timezone.now())
    matter.refresh_from_db()
    assert (matter.state, FineInvoice.objects.get().state) == ("fined", "paid")


def test_a_wrong_fine_is_taken_back_by_two_registrars(matter: NonFiling) -> None:
    fined(matter)
    assert take("first", matter, "take_back")[0] == 409, "nobody has proposed it"
    assert take("first", matter, "ask_back", "Another person of the same name.")[0] == 302
    assert matter.state == "fined"
    assert take("first", matter, "take_back")[0] == 422, "one registrar alone"
    assert take("third", matter, "ask_back", "Nonsense.")[0] == 409
    page = signed_in("third").get(f"{QUEUE}{matter.pk}/").content.decode()
    assert "Another person of the same name." in page
    assert take("third", matter, "take_back")[0] == 302
    assert (matter.state, FineInvoice.objects.get().state) == ("taken_back", "cancelled")
    assert "Another person of the same name." in signed_in("late").get(f"{QUEUE}{matter.pk}/").content.decode()
    assert Notification.objects.filter(message="non-filing-taken-back").count() == 1


def test_after_its_term_nobody_establishes_or_fines_but_lets_nothing_follow(matter: NonFiling) -> None:
    yesterday = TODAY - timedelta(1)
    NonFiling.objects.update(decision_due_date=yesterday)
    status, told = take("first", matter, "establish")
    assert (status, "The last day to decide was" in told) == (422, True)
    assert "Establish the offence" not in signed_in("first").get(f"{QUEUE}{matter.pk}/").content.decode()
    NonFiling.objects.update(decision_due_date=TODAY)
    assert take("first", matter, "establish")[0] == 302
    NonFiling.objects.update(decision_due_date=yesterday)
    assert take("second", matter, "fine", "")[0] == 422
    assert take("second", matter, "drop")[0] == 302


def test_what_was_paid_to_the_treasury_is_noted_once_and_the_person_reads_how_to_pay(matter: NonFiling) -> None:
    page = f"{QUEUE}{fined(matter).pk}/"
    own = signed_in("late").get(page).content.decode()
    assert f"name the number {matter.pk}" in own
    assert "File it now" in own
    assert take("late", matter, "pay")[0] == 403
    assert take("first", matter, "pay", " ")[0] == 422
    assert take("first", matter, "pay", "Payment 4711 of 3 March")[0] == 302
    invoice = FineInvoice.objects.get()
    assert (invoice.state, invoice.payment) == ("paid", "Payment 4711 of 3 March")
    assert Leaf.objects.filter(act="declarations.non_filing.pay").count() == 1
    assert take("first", matter, "pay")[0] == 409
    assert "Payment 4711 of 3 March" in signed_in("late").get(page).content.decode()
    assert take("late", matter, "appeal")[0] == 302
    assert take("reviewer", matter, "overturn")[0] == 302
    assert "what was paid is given back" in signed_in("late").get(page).content.decode()


@pytest.mark.parametrize(
    ("step", "state", "invoice"), [("uphold", "upheld", "waiting"), ("overturn", "overturned", "cancelled")]
)
def test_the_person_appeals_and_a_reviewer_decides(matter: NonFiling, step: str, state: str, invoice: str) -> None:
    fined(matter)
    status, page = take("late", matter, "appeal", " ")
    assert (status, "Write why the decision should fall" in page, "what you looked at" in page) == (422, True, False)
    assert "The appeal does not move this day" not in page
    assert take("late", matter, "appeal", "I was abroad.")[0] == 302
    assert "The appeal does not move this day" in signed_in("late").get(f"{QUEUE}{matter.pk}/").content.decode()
    assert take("first", matter, step)[0] == 403
    assert take("reviewer", matter, step, "The ticket shows it.")[0] == 302
    assert (matter.state, FineInvoice.objects.get().state) == (state, invoice)
    page = signed_in("late").get(f"{QUEUE}{matter.pk}/").content.decode()
    assert "The ticket shows it." in page
    assert ("nothing is to be paid" in page) == (step == "overturn")
    assert "Why the fine should fall" not in page


def test_after_its_term_an_appeal_is_too_late(matter: NonFiling) -> None:
    fined(matter)
    NonFiling.objects.update(appeal_due_date=TODAY - timedelta(1))
    status, page = take("late", matter, "appeal")
    assert (status, "The last day to appeal was" in page, matter.state) == (422, True, "fined")


def test_others_do_not_find_it_and_nobody_decides_about_themselves(matter: NonFiling, late: Person) -> None:
    other = Client()
    other.force_login(factories.account("somebody", Role.CITIZEN))
    assert other.get(f"{QUEUE}{matter.pk}/").status_code == 404
    signed_in("first")
    Account.objects.filter(username="late").update(person=None)
    Account.objects.filter(username="first").update(person=late)
    status, page = take("first", matter, "establish")
    assert (status, "decided by somebody else" in page) == (422, True)


def test_the_queue_narrows_by_state_and_its_reading_is_noted(matter: NonFiling, late: Person) -> None:
    page = signed_in("first").get(QUEUE, {"state": "noticed"}).content.decode()
    assert f"{QUEUE}{matter.pk}/" in page
    assert f"{QUEUE}{matter.pk}/" not in signed_in("first").get(QUEUE, {"state": "fined"}).content.decode()
    assert Read.objects.filter(kind="non_filing", person_id=late.pk).count() == 1


def test_the_person_s_list_leads_there_too_and_the_appeal_asks_for_their_own_words(matter: NonFiling) -> None:
    mine = signed_in("late").get("/en/declarations/mine/").content.decode()
    assert f'{QUEUE}{matter.pk}/">Notice given</a>' in mine
    fined(matter)
    Obligation.objects.update(filed_date=timezone.localdate())
    mine = signed_in("late").get("/en/declarations/mine/").content.decode()
    assert f"{QUEUE}{matter.pk}/" in mine, "whoever files after the fine still finds it"
    assert "Why the fine should fall" in signed_in("late").get(f"{QUEUE}{matter.pk}/").content.decode()


def test_the_page_of_the_obligation_leads_to_what_follows(matter: NonFiling) -> None:
    assert f"{QUEUE}{matter.pk}/" in signed_in("late").get("/en/declarations/mine/obligations/").content.decode()
    assert Obligation.objects.get().due_date < date.max


@pytest.mark.parametrize("step", list(NON_FILING), ids=lambda one: f"{one.source} {one.act}")
def test_every_step_of_the_table_belongs_to_somebody(step: Transition) -> None:
    assert step.role in {"registrar", "reviewer"} or step.act in {"appeal", "lapse"}
    assert NON_FILING.deadlines <= set(pack().terms(TODAY))


asked_of_payments: list[tuple[str, fees.Invoice]] = []


def payments(request: PortRequest, at: datetime) -> None:
    """A measure of payments: it issues an invoice for what is asked, and notes what is withdrawn."""
    asked_of_payments.append((request.state, fees.invoice_of(request)))
    if request.state == "told":
        answer_once(request=request, given=Answer("issued", at.date(), number="INV-7"), by=system("payments"), at=at)


def test_a_fine_is_asked_of_payments_which_tell_its_number_and_that_it_was_paid(
    matter: NonFiling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(apps.get_app_config("payments"), "ports", {})  # nobody answers yet
    at, own = timezone.now() + timedelta(minutes=1), f"{QUEUE}{fined(matter).pk}/"
    deliver_waiting(at=at)
    assert "Waits for payments" in signed_in("late").get(own).content.decode()
    asked_of_payments.clear()
    monkeypatch.setattr(apps.get_app_config("payments"), "ports", {"invoice": f"{__name__}.payments"})
    take_up(at=at)
    for _round in range(3):
        deliver_waiting(at=at)
    invoice = FineInvoice.objects.get()
    ((state, wanted),) = asked_of_payments
    assert (state, wanted.payer, wanted.amount.amount) == ("told", matter.person_id, matter.fine_amount)
    assert (wanted.due_date, wanted.reference) == (invoice.due_date, matter.pk)
    assert "штраф" in wanted.purpose["ru"].lower()
    shown = signed_in("late").get(own).content.decode()
    assert "INV-7" in shown
    assert "Note that it was paid" not in signed_in("second").get(own).content.decode()  # payments tell it
    paid = Answer("paid", TODAY, number="INV-7", reference="P-1")
    answer_once(request=PortRequest.objects.get(), given=paid, by=system("payments"), at=at)
    deliver_waiting(at=at)
    assert f"P-1, {TODAY.isoformat()}" in signed_in("late").get(own).content.decode()
    told = Notification.objects.filter(account__username="late", message__in=("non-filing-issued", "non-filing-paid"))
    assert told.count() == 2
    take("late", matter, "appeal")
    assert take("reviewer", matter, "overturn")[0] == 302
    deliver_waiting(at=at + timedelta(minutes=1))
    assert [state for state, _wanted in asked_of_payments] == ["told", "withdrawn"]
    assert "what was paid is given back" in signed_in("late").get(own).content.decode()


def test_a_fine_that_fell_or_was_paid_outside_is_not_asked_of_payments_that_come_later(
    matter: NonFiling, monkeypatch: pytest.MonkeyPatch
) -> None:
    fined(matter)
    assert take("second", matter, "pay", "Receipt 5 of the treasury")[0] == 302
    asked_of_payments.clear()
    monkeypatch.setattr(apps.get_app_config("payments"), "ports", {"invoice": f"{__name__}.payments"})
    assert take_up(at=timezone.now()) == 0
    deliver_waiting(at=timezone.now() + timedelta(minutes=1))
    assert asked_of_payments == []
    erase_rows([NonFiling.objects.filter(pk=matter.pk)], timezone.now())
    assert not PortRequest.objects.exists()  # it goes with the record that it is about
