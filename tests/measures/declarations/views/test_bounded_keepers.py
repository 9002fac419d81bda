"""Who keeps declarations of one body or territory decides about its people, sees just those, and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.models import Account, Body, Person
from adaldyq.kernel.policies import RegisterNotKept
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.actions import non_filing
from adaldyq.measures.declarations.models import FormerObligation, NonFiling, Obligation, ObligationExtension
from adaldyq.measures.declarations.policies import may_decide, may_hear
from adaldyq.measures.declarations.queries.non_filing import decided_bodies
from tests import factories

pytestmark = pytest.mark.django_db

PAGES = "/en/declarations/"
TODAY = timezone.localdate()
LAST = date(TODAY.year + 1, 9, 15)


def keeper(name: str, role: Role = Role.REGISTRAR, **bounds: Any) -> tuple[Client, Actor]:
    """A browser of an officer of declarations, and the officer."""
    account = factories.account(name)
    if role == Role.REGISTRAR:
        bounds["registry"] = Registry.DECLARATIONS
    factories.grant(account, role, **bounds)
    browser = Client()
    browser.force_login(account)
    return browser, actor_of(Account.objects.get(pk=account.pk))


@pytest.fixture
def spouse() -> Person:
    """Somebody who works in no body."""
    return factories.person()


def owes(who: Person, due: date = LAST, **facts: Any) -> Obligation:
    return factories.obligation(who, due.year - 1, due_date=due, group="official", is_public=False, **facts)


STEPS = {
    "exempt": {"ground": "Law of a test, article 1"},
    "extend": {"reason": "Ill.", "due_day": "1", "due_month": "10", "due_year": str(LAST.year)},
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("bound", ["body", "territory"])
def test_whoever_works_in_no_body_is_decided_about_by_those_who_are_bound_to_none(
    step: str, bound: str, spouse: Person
) -> None:
    owed = owes(spouse, as_spouse=True)
    given = {"step": step} | STEPS[step]
    place = {"body": factories.body()} if bound == "body" else {"territory": factories.territory()}
    browser, _by = keeper("bounded", **place)
    page = browser.get(f"{PAGES}obligations/{owed.pk}/").content.decode()
    assert 'name="step"' not in page
    assert browser.post(f"{PAGES}obligations/{owed.pk}/", given).status_code == 403
    assert not FormerObligation.objects.exists()
    assert not ObligationExtension.objects.exists()
    browser, _by = keeper("everywhere")
    assert browser.post(f"{PAGES}obligations/{owed.pk}/", given).status_code == 302


def test_a_list_leaves_out_whoever_works_in_no_body(spouse: Person) -> None:
    owes(spouse, as_spouse=True)
    given = {"step": "look", "what": "exempt", "words": "Law of a test.", "year": LAST.year - 1, "people": spouse.pk}
    place: dict[str, Any] = {"body": factories.body()}
    for name, bounds, decided in (("bounded", place, False), ("everywhere", {}, True)):
        browser, _by = keeper(name, **bounds)
        page = browser.post(f"{PAGES}obligations/list/", given).content.decode()
        assert ("nothing: can be decided" in page) is decided


def test_what_follows_for_them_is_decided_by_those_who_are_bound_to_none(spouse: Person) -> None:
    owed = owes(spouse, TODAY - timedelta(1))
    _browser, by = keeper("bounded", body=factories.body())
    _browser, hearing = keeper("hearing", Role.REVIEWER, body=factories.body())
    at = timezone.now()
    with pytest.raises(RegisterNotKept):
        non_filing.give_notice(obligation=owed, by=by, at=at)
    _browser, free = keeper("everywhere")
    _browser, other = keeper("everywhere-too")
    one = non_filing.give_notice(obligation=owed, by=free, at=at)
    with pytest.raises(RegisterNotKept):
        non_filing.establish_offence(non_filing=one, finding="Reminded twice.", by=by, at=at)
    with pytest.raises(RegisterNotKept):
        non_filing.drop(non_filing=one, ground="An error.", by=by, at=at)
    one = non_filing.establish_offence(non_filing=one, finding="Reminded twice.", by=free, at=at)
    with pytest.raises(RegisterNotKept):
        non_filing.fine(non_filing=one, by=by, at=at)
    one = non_filing.fine(non_filing=one, by=other, at=at)
    NonFiling.objects.filter(pk=one.pk).update(state="appealed", appeal_text="Ill.", appealed_at=at)
    one = NonFiling.objects.get()
    with pytest.raises(NotAllowed):
        non_filing.decide_appeal(non_filing=one, upheld=True, ground="None.", by=hearing, at=at)


@pytest.fixture
def district() -> Body:
    """A body that serves a district of a region."""
    return factories.body("Аудан әкімдігі", place="KZ-7511", level="district")


REGION = "KZ-75"
"""In which the district lies."""


@pytest.fixture
def region(district: Body) -> tuple[Client, Actor]:
    """Who keeps declarations of the region."""
    return keeper("region", territory=factories.territory(REGION))


def test_a_regions_keeper_sees_what_followed_in_its_districts(district: Body, region: tuple[Client, Actor]) -> None:
    owes(factories.person(), TODAY - timedelta(1), body=district)
    non_filing.give_all_notices(by=system("clock"), at=timezone.now())
    one = NonFiling.objects.get()
    page = f"{PAGES}non-filing/{one.pk}/"
    browser, _by = region
    assert page in browser.get(f"{PAGES}non-filing/").content.decode()
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"step": "establish", "text": "Reminded twice."}).status_code == 302


def test_a_regions_keeper_sees_who_of_its_districts_has_not_filed(district: Body, region: tuple[Client, Actor]) -> None:
    who = factories.person(("Болат Ерлан",))
    owes(who, body=district)
    browser, _by = region
    given: dict[str, Any] = {"body": district.pk, "year": LAST.year - 1}
    assert "Болат" in browser.get(f"{PAGES}ours/", given).content.decode()


def test_a_paper_taken_in_for_a_district_is_there_for_its_region(district: Body, region: tuple[Client, Actor]) -> None:
    who = factories.person()
    owes(who, date(2025, 9, 15), body=district)
    received = {"received_day": "1", "received_month": "7", "received_year": "2025"}
    given = {"person": who.pk, "form": "income", "year": "2024", "sheets": "3", **received}
    browser, _by = region
    answer = browser.post(f"{PAGES}papers/new/", given)
    assert answer.status_code == 302
    assert browser.get(answer.headers["Location"]).status_code == 200


@pytest.mark.parametrize("role", [Role.REGISTRAR, Role.REVIEWER])
def test_lists_have_just_those_bodies_about_which_one_may_decide(role: Role, district: Body) -> None:
    national = factories.body("Министрлік", place="KZ-75", level="national")
    elsewhere = factories.body("Басқа аудан", place="KZ-71", level="district", parent=national)
    lower = factories.body("Ауыл", place="KZ-71", level="rural", parent=district)
    places: list[dict[str, Any]] = [
        {"territory": factories.territory(REGION)},
        {"territory": factories.territory("KZ-7511")},
        {"body": national},
        {"body": district},
        {},
    ]
    for number, place in enumerate(places):
        _browser, by = keeper(f"{role}-{number}", role, **place)
        seen = decided_bodies(by)
        for body in (national, elsewhere, district, lower):
            may = may_decide(by, "declarations.non_filing.fine", body) if role == Role.REGISTRAR else may_hear(by, body)
            assert (seen is None or body.pk in seen) is may
