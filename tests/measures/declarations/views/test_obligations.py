"""A person sees what they must declare and why; who keeps declarations puts off the last day, or exempts."""

from __future__ import annotations

import html
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account, BankBalance, Company, Deadline, Notification, Person, Read
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.sessions import BEGAN, SEEN
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions.obliging import determine_year, remind
from adaldyq.measures.declarations.models import FormerObligation, Obligation, ObligationExtension
from tests import factories

pytestmark = pytest.mark.django_db

OWN, FIND = "/en/declarations/mine/obligations/", "/en/declarations/obligations/find/"
YEAR = timezone.localdate().year
LAST = date(YEAR + 1, 9, 15)


@pytest.fixture
def owing() -> Person:
    """Somebody with a post, an account and, by the law, an obligation for the present year."""
    who = factories.person()
    factories.appointment(who, factories.post())
    account = factories.account("holder", Role.CITIZEN)
    Account.objects.filter(pk=account.pk).update(person=who)
    determine_year(YEAR, by=factories.BY, at=timezone.now())
    remind(by=factories.BY, at=timezone.now())
    return who


@pytest.fixture
def keeper(client: Client) -> Client:
    account = factories.account("keeper")
    factories.grant(account, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    client.force_login(account)
    return client


def page_of(who: Person) -> str:
    return f"/en/declarations/obligations/{Obligation.objects.get(person=who).pk}/"


def put_off(client: Client, who: Person, day: date, reason: str = "In hospital until then.") -> tuple[int, str]:
    given = {"step": "extend", "due_day": day.day, "due_month": day.month, "due_year": day.year, "reason": reason}
    answer = client.post(page_of(who), given)
    return answer.status_code, answer.content.decode()


def exempt(client: Client, page: str, ground: str = "Law of a test, art. 7: on a mission abroad.") -> tuple[int, str]:
    answer = client.post(page, {"step": "exempt", "ground": ground})
    return answer.status_code, answer.content.decode()


def sight(client: Client, who: Person) -> str:
    client.force_login(Account.objects.get(person=who))
    return client.get(OWN).content.decode()


def test_a_person_sees_reason_law_and_last_day_of_their_own(client: Client, owing: Person) -> None:
    page = sight(client, owing).replace("\xa0", " ")
    assert all(word in page for word in ("Not due yet", "official", "No. 410-V", f"15 September {YEAR + 1}"))
    assert "to the state revenue office of the place where you live" in page, "where to ask for more time"


def test_the_reason_names_the_company_and_what_holds_one_whom_the_law_let_go(client: Client, owing: Person) -> None:
    known: Any = {"source": factories.SOURCE, "as_of": factories.AS_OF, "registered_date": date(2010, 1, 1)}
    company = Company.objects.create(name="«Байтерек» ЖШС", legal_form="llp", head=owing, **known)
    Obligation.objects.filter(person=owing).update(reason="company head", body=None)
    assert company.name in html.unescape(sight(client, owing))
    Obligation.objects.filter(person=owing).update(reason="spouse of a company head")
    assert company.name not in html.unescape(sight(client, owing)), "the company is not the spouse's"
    spouse = factories.person()
    factories.family_tie(owing, spouse)
    Company.objects.filter(pk=company.pk).update(head=spouse)
    assert company.name in html.unescape(sight(client, owing)), "who heads a company is public"
    Obligation.objects.filter(person=owing).update(reason="other")
    assert "one of these: assets abroad, digital assets" in sight(client, owing)
    filed = factories.declaration(owing, YEAR, rows={"crypto": [{"asset": "Bitcoin", "quantity": "1", "value": "5"}]})
    assert (filed.year, "one of these" in (page := sight(client, owing)), "digital assets" in page) == (
        YEAR,
        False,
        True,
    )
    facts: Any = {
        "bank": "B",
        "country": "CH",
        "account_number": "1",
        "source": factories.SOURCE,
        "as_of": factories.AS_OF,
    }
    BankBalance.objects.create(person=owing, year=YEAR, balance=Decimal(90_000), currency="USD", **facts)
    assert "assets abroad" in sight(client, owing)


def test_who_owes_nothing_is_told_so(client: Client) -> None:
    account = factories.account("anybody", Role.CITIZEN)
    client.force_login(account)
    page = client.get(OWN).content.decode()
    assert "No person of the register stands behind this sign-in" in page
    assert "You need not declare" not in page
    Account.objects.filter(pk=account.pk).update(person=factories.person())
    assert "You need not declare" in client.get(OWN).content.decode()


def test_the_last_day_is_put_off_once_with_a_reason_that_the_person_reads(keeper: Client, owing: Person) -> None:
    day = LAST + timedelta(30)
    assert put_off(keeper, owing, day)[0] == 302
    one = Obligation.objects.get(person=owing)
    assert one.due_date == day
    assert Deadline.objects.get(subject_id=one.pk).due_date == day
    assert Leaf.objects.filter(act="declarations.obligation.extend", subject=one.pk).count() == 1
    assert Notification.objects.filter(account__person=owing, message="obligation-extended").count() == 1
    assert "once already" in put_off(keeper, owing, day)[1]
    assert determine_year(YEAR, by=factories.BY, at=timezone.now()).unchanged == 1
    assert "In hospital until then." in sight(keeper, owing)


@pytest.mark.parametrize(
    ("day", "reason", "said"),
    [
        (LAST, "In hospital.", "Choose a day after"),
        (LAST + timedelta(31), "In hospital.", "at the most"),
        (LAST + timedelta(3), " ", "Write the reason"),
        (LAST + timedelta(3), "x" * 2001, "2,001|2001"),
    ],
)
def test_beyond_the_law_nothing_is_put_off_and_the_form_stays_filled(
    keeper: Client, owing: Person, day: date, reason: str, said: str
) -> None:
    status, page = put_off(keeper, owing, day, reason)
    assert status == 422
    assert any(one in page for one in said.split("|"))
    assert f'value="{day.day}"' in page
    assert not ObligationExtension.objects.exists()


def test_an_exemption_ends_the_obligation_for_good_with_the_laws_ground(keeper: Client, owing: Person) -> None:
    page = page_of(owing)
    assert exempt(keeper, page, " ")[0] == 422
    assert exempt(keeper, page)[0] == 302
    assert exempt(keeper, page)[0] == 404
    assert not Obligation.objects.exists()
    kept = FormerObligation.objects.get(person=owing)
    assert (kept.ended_as, kept.ended_by) == ("exempted", Account.objects.get(username="keeper"))
    assert Deadline.objects.get(person=owing).state == "cancelled"
    assert determine_year(YEAR, by=factories.BY, at=timezone.now()).new == 0
    assert "Law of a test, art. 7" in sight(keeper, owing)


def test_a_letter_that_nobody_sees_is_named_and_what_was_typed_stays(keeper: Client, owing: Person) -> None:
    status, page = exempt(keeper, page_of(owing), "Law\u202e of a test.")
    assert (status, "U+202E" in page, "Law\u202e of a test." in page) == (422, True, True)
    assert Obligation.objects.filter(person=owing).exists()


def test_what_was_filed_is_neither_put_off_nor_exempted(keeper: Client, owing: Person) -> None:
    factories.declaration(owing, YEAR, form="assets", filed_at=timezone.now())
    assert "nothing left to put off" in put_off(keeper, owing, LAST + timedelta(3))[1]
    assert "nothing left to put off" in exempt(keeper, page_of(owing))[1]


def test_nobody_decides_about_themselves_or_for_a_register_they_do_not_keep(keeper: Client, owing: Person) -> None:
    Account.objects.filter(person=owing).update(person=None)
    Account.objects.filter(username="keeper").update(person=owing)
    assert "decided by somebody else" in exempt(keeper, page_of(owing))[1]
    other = factories.account("land")
    factories.grant(other, Role.REGISTRAR, registry=Registry.LAND)
    keeper.force_login(other)
    assert put_off(keeper, owing, LAST + timedelta(3))[0] == 403
    assert Obligation.objects.get(person=owing).due_date == LAST


def test_a_keeper_finds_a_person_by_id_and_the_reading_is_noted(keeper: Client, owing: Person) -> None:
    page = keeper.get(FIND, {"person": owing.pk}).content.decode()
    assert page_of(owing) in page
    assert Read.objects.filter(kind="obligation", person_id=owing.pk).exists()
    found = keeper.post(FIND, {"person": owing.pk})
    assert found.headers["Location"] == f"{FIND}?person={owing.pk}"
    missing = keeper.post(FIND, {"person": "nobody"})
    assert (missing.status_code, "Nobody has this number" in missing.content.decode()) == (422, True)
    assert day_of(timezone.now()) <= LAST


def test_what_was_typed_while_the_sign_in_ended_comes_back(keeper: Client, owing: Person) -> None:
    page = page_of(owing)
    session = keeper.session
    session[BEGAN] = session[SEEN] = (timezone.now() - timedelta(days=2)).timestamp()
    session.save()
    typed = {
        "step": "extend",
        "due_day": "7",
        "due_month": "10",
        "due_year": "20x7",
        "reason": "In hospital, paper 12.",
    }
    answer = keeper.post(page, typed)
    assert answer.headers["Location"].startswith("/en/sign-in/")
    keeper.force_login(Account.objects.get(username="keeper"))
    shown = keeper.get(page).content.decode()
    assert "What you typed stands here and is not saved yet" in shown
    assert "In hospital, paper 12." in shown
    assert all(f'value="{part}"' in shown for part in ("7", "10", "20x7"))
    assert not ObligationExtension.objects.exists()


def test_after_the_last_day_nothing_can_be_put_off(keeper: Client, owing: Person) -> None:
    assert "Put off the last day</button>" in (before := keeper.get(page_of(owing)).content.decode())
    assert "Only the person, their body’s integrity officer" in before or "Everybody sees whether" in before
    Obligation.objects.update(due_date=timezone.localdate() - timedelta(days=1))
    assert "Put off the last day</button>" not in keeper.get(page_of(owing)).content.decode()


def test_who_headed_a_company_on_the_last_day_of_the_year_declares_it_and_not_who_came_after(client: Client) -> None:
    before, spouse, after = (factories.person([name]) for name in ("Бұрынғы Басшы", "Оның Жұбайы", "Жаңа Басшы"))
    factories.family_tie(before, spouse, valid_from=date(2001, 6, 1))
    source = {"source": factories.SOURCE, "as_of": factories.AS_OF, "registered_date": date(2010, 1, 1)}
    company = Company.objects.create(name="«Байтерек» ЖШС", legal_form="too", head=before, **source)
    account = factories.account("register")
    factories.grant(account, Role.REGISTRAR, registry=Registry.COMPANIES)
    client.force_login(account)
    given = {"name": company.name, "legal_form": "too", "head": after.pk, "source": "Order 12"}
    since = {"since_day": 15, "since_month": 1, "since_year": YEAR}
    seen = {"as_of_day": 15, "as_of_month": 1, "as_of_year": YEAR}
    answer = client.post(f"/en/registers/record/company-facts/{company.pk}/", given | since | seen)
    assert answer.status_code == 302, answer.content.decode()
    for year in (YEAR - 1, YEAR):
        determine_year(year, by=factories.BY, at=timezone.now())
    owed = Obligation.objects.values_list("person", "year", "reason")
    assert set(owed) == {
        (before.pk, YEAR - 1, "company head"),
        (spouse.pk, YEAR - 1, "spouse of a company head"),
        (after.pk, YEAR, "company head"),
    }
    keeper = factories.account("keeper")
    factories.grant(keeper, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    client.force_login(keeper)
    page = client.get(f"/en/declarations/obligations/{Obligation.objects.get(person=before).pk}/").content.decode()
    assert company.name in html.unescape(page)
