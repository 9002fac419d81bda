"""Whoever keeps declarations puts off or exempts many people by one act, and sees of whom it is not decided and why."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.models import Account, Body, Person, PersonIdentifier
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.sessions import BEGAN, SEEN
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.models import FormerObligation, NonFiling, Obligation, ObligationExtension
from adaldyq.measures.declarations.states import OFFENCE
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/en/declarations/obligations/list/"
YEAR = timezone.localdate().year
LAST = date(YEAR + 1, 9, 15)
DAY = LAST + timedelta(20)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
def office(db: None) -> Body:
    return factories.body()


@pytest.fixture
def keeper(client: Client) -> Client:
    return keeping(client)


def keeping(client: Client, **bounds: Any) -> Client:
    account = factories.account("keeper")
    factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS, **bounds)
    client.force_login(account)
    return client


def owing(number: str = "", **facts: Any) -> Obligation:
    who = factories.person()
    if number:
        known = PersonIdentifier(person=who, scheme="IIN", country="KZ", value=number)
        factories.loaded("person_identifier", known)
    return factories.obligation(who, YEAR, **facts)


def asked(what: str = "extend", day: date = DAY, **given: object) -> dict[str, object]:
    due = {"due_day": day.day, "due_month": day.month, "due_year": day.year} if what == "extend" else {}
    return {"step": "look", "what": what, "year": YEAR, "words": "The river flooded the town.", **due, **given}


def looked(client: Client, **given: Any) -> str:
    return client.post(PAGE, asked(**given)).content.decode()


def decided(client: Client, page: str) -> str:
    """The page that is shown when the button under what was looked at is pressed."""
    sent = dict(HIDDEN.findall(page.rpartition('<form method="post"')[2]))
    return client.post(PAGE, {**sent, "step": "decide"}).content.decode()


def test_a_body_is_put_off_by_one_act_and_each_person_has_a_line(keeper: Client, office: Body) -> None:
    late, other = owing(body=office), owing(body=office)
    filed = owing(body=office)
    Obligation.objects.filter(pk=filed.pk).update(filed_date=date(YEAR + 1, 3, 1))
    spouse, elsewhere = owing(body=office, as_spouse=True), owing()
    page = looked(keeper, body=office.pk)
    assert "2 of 2 can be decided." in page
    assert not ObligationExtension.objects.exists(), "looking decides nothing"
    assert "Decided about 2 people." in decided(keeper, page)
    assert {one.due_date for one in Obligation.objects.filter(pk__in=[late.pk, other.pk])} == {DAY}
    assert {one.due_date for one in Obligation.objects.filter(pk__in=[filed.pk, spouse.pk, elsewhere.pk])} == {LAST}
    assert Leaf.objects.filter(act="declarations.obligation.extend").count() == 2
    assert Leaf.objects.filter(act="declarations.obligation.relieve_together").count() == 1


def test_of_a_list_each_line_says_what_stands_in_its_way_and_the_others_are_decided(keeper: Client) -> None:
    good, twice, filed, extended = (owing(number) for number in ("111", "222", "333", "444"))
    Obligation.objects.filter(pk=filed.pk).update(filed_date=date(YEAR + 1, 3, 1))
    ObligationExtension.objects.create(
        obligation=extended,
        due_before=LAST,
        due_after=LAST,
        reason="r",
        by_id=Account.objects.get().pk,
        at=factories.AT,
    )
    nothing = factories.person()
    people = f"111\n222, 222;333 444\n999 {nothing.pk} {twice.person_id}"
    page = looked(keeper, people=people)
    for words in (
        "“999” is the number or id of nobody",
        "stands in the list already",
        "A declaration has been filed for this",
        "put off once already",
        f"need not file for {YEAR}",
        "2 of 8 can be decided.",
    ):
        assert words in page
    told = decided(keeper, page)
    assert "Decided about 2 people." in told
    assert "“999” is the number or id of nobody" in told
    assert set(Obligation.objects.filter(due_date=DAY).values_list("pk", flat=True)) == {good.pk, twice.pk}


def test_exempting_ends_the_obligations_with_the_ground(keeper: Client) -> None:
    one, two = owing("111"), owing("222")
    page = looked(keeper, what="exempt", people="111 222")
    assert "Decided about 2 people." in decided(keeper, page)
    assert not Obligation.objects.exists()
    ended = FormerObligation.objects.filter(person__in=[one.person_id, two.person_id])
    assert {found.ground for found in ended} == {"The river flooded the town."}


def test_pressed_twice_it_is_decided_once(keeper: Client) -> None:
    owing("111")
    page = looked(keeper, people="111")
    assert "Decided about 1 person." in decided(keeper, page)
    assert "Decided about 1 person." in decided(keeper, page)
    assert ObligationExtension.objects.count() == 1


def test_who_joined_since_is_not_decided_about_unseen(keeper: Client, office: Body) -> None:
    owing(body=office)
    page = looked(keeper, body=office.pk)
    owing(body=office)
    assert "others are meant than before" in decided(keeper, page)
    assert not ObligationExtension.objects.exists()


def test_whoever_keeps_one_body_decides_about_no_other(client: Client, office: Body) -> None:
    keeper = keeping(client, body=office)
    owing("111", body=office)
    owing("222", body=factories.body())
    page = looked(keeper, people="111 222")
    assert "1 of 2 can be decided." in page
    assert "a body whose declarations you do not keep" in page
    assert "Decided about 1 person." in decided(keeper, page)


def test_nobody_decides_about_themselves(keeper: Client) -> None:
    own = owing("111")
    Account.objects.filter(username="keeper").update(person=Person.objects.get(pk=own.person_id))
    owing("222")
    page = looked(keeper, people="111 222")
    assert "decided by somebody else" in page
    decided(keeper, page)
    assert ObligationExtension.objects.get().obligation_id != own.pk


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Nobody is meant"),
        ({"people": "111", "what": "pardon"}, "Select a valid choice"),
        ({"people": "111", "words": " "}, "Write the reason"),
        ({"people": "111", "words": "x" * 2001}, "2001|2,001"),
        ({"people": "111", "due_day": "", "due_month": "", "due_year": ""}, "Write the new last day"),
        ({"people": "111", "due_day": "31", "due_month": "2"}, "There is no such day"),
        ({"people": " ".join(map(str, range(501)))}, "at most are decided together"),
        ({"people": "x" * 20_001}, "20000|20,000"),
        ({"people": "\u202e\u200b😀 111"}, "1 of 2 can be decided"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_still_there(
    keeper: Client, given: dict[str, str], said: str
) -> None:
    owing("111")
    answer = keeper.post(PAGE, {**asked(), **given})
    page = answer.content.decode()
    assert re.search(said, page)
    assert answer.status_code == (200 if "can be decided" in said else 422)
    assert given.get("people", "")[:50] in page.replace("&#x27;", "'")


def test_the_last_year_that_is_over_is_offered_first(keeper: Client) -> None:
    owing()
    factories.obligation(factories.person(), YEAR - 1)
    page = keeper.get(PAGE).content.decode()
    assert re.search(rf'<option value="{YEAR - 1}" selected', page)


def test_others_have_no_such_page(client: Client) -> None:
    client.force_login(factories.account("officer", Role.INTEGRITY_OFFICER))
    assert client.get(PAGE).status_code == 403


def test_of_whom_an_offence_is_established_is_not_exempted_with_the_others(keeper: Client) -> None:
    one, two = owing("111"), owing("222")
    NonFiling.objects.create(
        obligation=two, person=two.person, state=OFFENCE, noticed_at=factories.AT, decision_due_date=LAST
    )
    page = looked(keeper, what="exempt", people="111 222")
    assert "established as an offence" in page
    assert "Decided about 1 person." in decided(keeper, page)
    assert [kept.pk for kept in Obligation.objects.all()] == [two.pk]
    assert FormerObligation.objects.get().pk == one.pk


def test_what_was_typed_when_the_sign_in_ended_comes_back_with_the_next(keeper: Client) -> None:
    owing("111")
    session = keeper.session
    session[BEGAN] = session[SEEN] = 1
    session.save()
    assert "sign-in" in keeper.post(PAGE, asked(people="111 222")).headers["Location"]
    keeper.force_login(Account.objects.get(username="keeper"))
    page = keeper.get(PAGE).content.decode()
    assert all(one in page for one in ("is not saved yet", "The river flooded the town.", "111 222", str(DAY.year)))


@pytest.mark.django_db(transaction=True)
def test_a_list_of_exemptions_is_looked_at_outside_any_transaction(keeper: Client) -> None:
    owing("111")
    answer = keeper.post(PAGE, asked(what="exempt", people="111"))
    assert (answer.status_code, "1 of 1 can be decided." in answer.content.decode()) == (200, True)
