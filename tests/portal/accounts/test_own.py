"""One's own account: sessions, for whom one acts, mandates and absences, through the pages."""

from __future__ import annotations

import json
import re
import time
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.actions.mandate_requests import MOST
from adaldyq.kernel.chores import due_chores
from adaldyq.kernel.models import Absence, Account, Company, Mandate, MandateRequest, Person, PersonIdentifier
from adaldyq.kernel.roles import Role
from adaldyq.kernel.sessions import BEGAN, SEEN
from adaldyq.ledger.models import Leaf
from tests import factories

pytestmark = pytest.mark.django_db
NOBODYS = "900615300458"
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"


def parts(name: str, day: date) -> dict[str, str]:
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def someone(names: tuple[str, ...], number: str) -> Person:
    person = factories.person(names)
    identifier = PersonIdentifier(person=person, scheme="IIN", country="KZ", value=number)
    factories.loaded("person_identifier", identifier)
    return person


@pytest.fixture
def head() -> Person:
    return someone(("Әлімов Ержан",), "750301300111")


@pytest.fixture
def firm(head: Person) -> Company:
    made = Company(
        name="«Дала» ЖШС",
        legal_form="llp",
        head=head,
        territory=factories.territory(),
        source="t",
        as_of=timezone.localdate(),
    )
    factories.loaded("company", made)
    return made


def signed_in(name: str, person: Person | None, role: Role = Role.CITIZEN) -> Client:
    account = factories.account(name, role)
    Account.objects.filter(pk=account.pk).update(person=person)
    client = Client()
    client.force_login(Account.objects.get(pk=account.pk))
    return client


def by_password(name: str, agent: str = CHROME) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post("/en/sign-in/", {"username": name, "password": factories.PASSWORD})
    return client


def test_sessions_are_listed_with_device_and_can_be_ended_one_by_one() -> None:
    factories.account("citizen", Role.CITIZEN)
    here, there = by_password("citizen"), by_password("citizen", "Mozilla/5.0 (Android 14) Firefox/130.0")
    shown = here.get("/en/my/sessions/").content.decode()
    assert "Chrome · Linux" in shown
    assert "Firefox · Android" in shown
    other = next(one for one in here.get("/en/my/sessions/").context["sessions"] if not one["current"])
    here.post("/en/my/sessions/", {"session": other["id"]})
    assert there.get("/en/my/").status_code == 302
    assert here.get("/en/my/").status_code == 200


def test_all_other_sessions_end_at_once() -> None:
    factories.account("citizen", Role.CITIZEN)
    here, *others = (by_password("citizen") for _ in range(3))
    here.post("/en/my/sessions/", {"session": "others"})
    assert [one.get("/en/my/").status_code for one in others] == [302, 302]
    assert here.get("/en/my/").status_code == 200


def test_nobody_ends_the_session_of_another() -> None:
    factories.account("citizen", Role.CITIZEN)
    factories.account("other", Role.CITIZEN)
    mine, theirs = by_password("citizen"), by_password("other")
    (session,) = theirs.get("/en/my/sessions/").context["sessions"]
    mine.post("/en/my/sessions/", {"session": session["id"]})
    assert theirs.get("/en/my/").status_code == 200


@pytest.mark.parametrize(
    ("role", "idle", "whole"),
    [(Role.CITIZEN, 60, 24 * 60), (Role.REGISTRAR, 30, 12 * 60), (Role.ADMINISTRATOR, 15, 8 * 60)],
)
def test_a_session_ends_after_idleness_and_in_all_by_role(role: Role, idle: int, whole: int) -> None:
    for stamp, minutes in ((SEEN, idle), (BEGAN, whole)):
        for later, expected in ((-1, 200), (1, 302)):
            client = signed_in(f"{stamp}{expected}", None, role)
            session = client.session
            session[stamp] = time.time() - 60 * (minutes + later)
            session.save()
            answer = client.get("/en/my/")
            assert answer.status_code == expected, (stamp, later)
            if expected == 302:
                assert answer.headers["Location"] == "/en/sign-in/?next=%2Fen%2Fmy%2F&over=1"
                assert "You were signed out" in client.get(answer.headers["Location"]).content.decode()


def test_the_head_of_a_company_acts_for_it_and_the_header_says_so(head: Person, firm: Company) -> None:
    client = signed_in("head", head)
    assert firm.name in client.get("/en/my/acting-for/").content.decode()
    client.post("/en/my/acting-for/", {"principal": f"company:{firm.pk}"})
    shown = client.get("/en/").content.decode()
    assert f"→ {firm.name}" in shown
    client.post("/en/my/acting-for/", {"principal": ""})
    assert f"→ {firm.name}" not in client.get("/en/").content.decode()


def test_nobody_acts_for_a_company_that_is_not_theirs(firm: Company) -> None:
    client = signed_in("other", someone(("Сәрсенова Гүлнар",), "800101400220"))
    client.post("/en/my/acting-for/", {"principal": f"company:{firm.pk}"})
    session = client.session
    session["acting_for"] = f"company:{firm.pk}"
    session.save()
    assert firm.name not in client.get("/en/").content.decode()
    assert "acting_for" not in client.session


def test_a_mandate_is_given_used_and_withdrawn_through_the_pages(head: Person, firm: Company) -> None:
    other = someone(("Сәрсенова Гүлнар",), "800101400220")
    chief, representative = signed_in("head", head), signed_in("other", other)
    last = timezone.localdate() + timedelta(days=30)
    entry = {"company": firm.pk, "number": "800101400220", **parts("valid_to", last)}
    assert chief.post("/en/my/mandates/", entry).status_code == 302
    assert not Mandate.objects.exists()
    asked = MandateRequest.objects.get()
    assert firm.name in representative.get("/en/my/mandates/").content.decode()
    assert chief.post(f"/en/my/mandates/asked/{asked.pk}/agree/").status_code == 403, "not whoever asks"
    assert representative.post(f"/en/my/mandates/asked/{asked.pk}/agree/").status_code == 302
    assert representative.post(f"/en/my/mandates/asked/{asked.pk}/agree/").status_code == 403, "once"
    assert "Сәрсенова Гүлнар →" in chief.get("/en/my/mandates/").content.decode()
    representative.post("/en/my/acting-for/", {"principal": f"company:{firm.pk}"})
    assert f"→ {firm.name}" in representative.get("/en/").content.decode()
    made = Mandate.objects.get()
    assert made.valid_to == last
    chief.post(f"/en/my/mandates/{made.pk}/withdraw/")
    assert f"→ {firm.name}" not in representative.get("/en/").content.decode()


def test_whether_anybody_has_a_number_is_not_told_before_they_agree(head: Person, firm: Company) -> None:
    someone(("Жұмабаева Айгерім Серікқызы",), "800101400220")
    chief, pages = signed_in("head", head), []
    for number in ("800101400220", NOBODYS):
        answer = chief.post("/en/my/mandates/", {"company": firm.pk, "number": number})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/en/my/mandates/")
        page = chief.get("/en/my/mandates/").content.decode()
        made = MandateRequest.objects.get(number=number)
        assert number in page
        pages.append(page.replace(number, "").replace(made.pk, ""))
        assert chief.post(f"/en/my/mandates/asked/{made.pk}/take-back/").status_code == 302
    tokens = re.compile(r"(csrfmiddlewaretoken|nonce)[^>]*")
    assert tokens.sub("", pages[0]) == tokens.sub("", pages[1])
    assert "Айгерім" not in pages[0]
    assert "Ж." not in pages[0]
    first, second = (json.loads(one.payload or "{}") for one in Leaf.objects.filter(act="kernel.mandate.ask"))
    assert first.keys() == second.keys()


def test_nobody_goes_through_numbers_by_asking(head: Person, firm: Company, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    chief = signed_in("head", head)
    for _each in range(MOST):
        assert chief.post("/en/my/mandates/", {"company": firm.pk, "number": NOBODYS}).status_code == 302
    refused = chief.post("/en/my/mandates/", {"company": firm.pk, "number": NOBODYS})
    assert refused.status_code == 422
    assert "You have asked 10 people within a day" in refused.content.decode()
    told = [one.msg for one in caplog.records if isinstance(one.msg, dict)]
    assert [one["code"] for one in told if one.get("act") == "kernel.mandate.ask" and "code" in one] == [
        "mandates-too-many"
    ]


def test_a_request_that_waited_too_long_is_agreed_to_no_more(head: Person, firm: Company) -> None:
    other = someone(("Сәрсенова Гүлнар",), "800101400220")
    signed_in("head", head).post("/en/my/mandates/", {"company": firm.pk, "number": "800101400220"})
    MandateRequest.objects.update(asked_at=timezone.now() - timedelta(days=31))
    representative = signed_in("other", other)
    assert "You are asked" not in representative.get("/en/my/mandates/").content.decode()
    made = MandateRequest.objects.get()
    assert representative.post(f"/en/my/mandates/asked/{made.pk}/agree/").status_code == 403
    assert not Mandate.objects.exists()


def test_who_heads_a_company_no_more_has_asked_for_nothing(head: Person, firm: Company) -> None:
    other = someone(("Сәрсенова Гүлнар",), "800101400220")
    signed_in("head", head).post("/en/my/mandates/", {"company": firm.pk, "number": "800101400220"})
    Company.objects.filter(pk=firm.pk).update(head=None)
    made = MandateRequest.objects.get()
    assert signed_in("other", other).post(f"/en/my/mandates/asked/{made.pk}/agree/").status_code == 403
    assert not Mandate.objects.exists()


def test_an_account_that_was_closed_gives_no_mandate(head: Person, firm: Company) -> None:
    other = someone(("Сәрсенова Гүлнар",), "800101400220")
    signed_in("head", head).post("/en/my/mandates/", {"company": firm.pk, "number": "800101400220"})
    Account.objects.filter(username="head").update(is_active=False)
    made = MandateRequest.objects.get()
    assert signed_in("other", other).post(f"/en/my/mandates/asked/{made.pk}/agree/").status_code == 403
    assert not Mandate.objects.exists()


def test_a_request_is_offered_to_its_last_day_and_forgotten_after_its_term(head: Person, firm: Company) -> None:
    other = someone(("Сәрсенова Гүлнар",), "800101400220")
    entry = {"company": firm.pk, "number": "800101400220", **parts("valid_to", timezone.localdate())}
    signed_in("head", head).post("/en/my/mandates/", entry)
    representative = signed_in("other", other)
    assert "You are asked" in representative.get("/en/my/mandates/").content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    MandateRequest.objects.update(valid_from=yesterday, valid_to=yesterday)
    assert "You are asked" not in representative.get("/en/my/mandates/").content.decode()
    due_chores(at=timezone.now() + timedelta(days=29), searched=None)
    assert MandateRequest.objects.exists()
    due_chores(at=timezone.now() + timedelta(days=31), searched=None)
    assert not MandateRequest.objects.exists()


def test_a_wrong_number_of_a_representative_is_said_beside_its_field(head: Person, firm: Company) -> None:
    shown = signed_in("head", head).post("/en/my/mandates/", {"company": firm.pk, "number": "1"}).content.decode()
    assert 'href="#id_number"' in shown
    assert "“1” is not a number that a person is given here (IIN)" in shown


def test_nobody_withdraws_the_mandate_of_others(head: Person, firm: Company) -> None:
    other = someone(("Сәрсенова Гүлнар",), "800101400220")
    signed_in("head", head).post("/en/my/mandates/", {"company": firm.pk, "number": "800101400220"})
    signed_in("other", other).post(f"/en/my/mandates/asked/{MandateRequest.objects.get().pk}/agree/")
    stranger = signed_in("stranger", someone(("Бөтен Адам",), "810101400333"))
    assert stranger.post(f"/en/my/mandates/{Mandate.objects.get().pk}/withdraw/").status_code == 403
    assert Mandate.objects.get().withdrawn_at is None
    assert other


def test_an_official_names_a_deputy_and_both_see_it() -> None:
    body = factories.body()
    officer, deputy = factories.account("officer"), factories.account("deputy-2")
    factories.grant(officer, Role.INTEGRITY_OFFICER, body=body)
    factories.grant(deputy, Role.REGISTRAR, body=body)
    one, two = Client(), Client()
    one.force_login(officer)
    two.force_login(deputy)
    today = timezone.localdate()
    days = {**parts("valid_from", today), **parts("valid_to", today + timedelta(days=3))}
    assert one.post("/en/my/absences/", {"body": body.pk, "deputy": "Deputy-2", **days}).status_code == 302
    assert "stands in for you" in one.get("/en/my/").content.decode()
    shown = two.get("/en/my/").content.decode()
    assert "You stand in for officer" in shown
    assert "as deputy" in shown
    assert two.post(f"/en/my/absences/{Absence.objects.get().pk}/end/").status_code == 403
    one.post(f"/en/my/absences/{Absence.objects.get().pk}/end/")
    assert "You stand in for officer" not in two.get("/en/my/").content.decode()


def test_whoever_has_no_role_in_a_body_is_told_why_they_name_no_deputy() -> None:
    client = Client()
    client.force_login(factories.account("somebody", Role.AGENCY_ANALYST))
    shown = client.get("/en/my/absences/").content.decode()
    assert "Only whoever has a role in a body names a deputy" in shown
    assert "Name the deputy" not in shown


def test_an_unknown_deputy_is_said_beside_the_field() -> None:
    officer = factories.account("officer")
    body = factories.body()
    factories.grant(officer, Role.INTEGRITY_OFFICER, body=body)
    client = Client()
    client.force_login(officer)
    days = {**parts("valid_from", timezone.localdate()), **parts("valid_to", timezone.localdate())}
    shown = client.post("/en/my/absences/", {"body": body.pk, "deputy": "nobody", **days}).content.decode()
    assert 'href="#id_deputy"' in shown


def test_who_signs_in_by_e_id_has_no_password_to_change(head: Person) -> None:
    citizen = signed_in("citizen", head)
    assert citizen.get("/en/my/password/").status_code == 200
    account = Account.objects.get(username="citizen")
    account.set_unusable_password()
    account.save(update_fields=["password"])
    citizen.force_login(account)
    assert citizen.get("/en/my/password/").status_code == 404
    assert "Change the password" not in citizen.get("/en/my/").content.decode()
