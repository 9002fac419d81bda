"""The obligations follow the registers and the law: stated, grounded anew, withdrawn, and by nobody's hand."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel.actions.bodies import appoint, dismiss
from adaldyq.kernel.actions.companies import record_ownership, register_company
from adaldyq.kernel.actions.facts import change_facts
from adaldyq.kernel.actions.people import end_tie, record_tie
from adaldyq.kernel.actions.periods import Provenance
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.chores import due_chores
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import (
    Account,
    BankBalance,
    ContactChoice,
    Deadline,
    Event,
    EventDelivery,
    FamilyTie,
    Notification,
    NotificationDelivery,
    Person,
)
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions.obliging import (
    ACT,
    Determined,
    determine_obligations,
    determine_open_years,
    determine_year,
)
from adaldyq.measures.declarations.models import FormerObligation, Obligation
from adaldyq.measures.declarations.queries.plans import open_years
from adaldyq.measures.declarations.queries.spans import Span
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 2, 10, 9, tzinfo=UTC)
LATER = datetime(2026, 3, 1, 9, tzinfo=UTC)
ORIGIN = Provenance("an order of a test", date(2026, 2, 10))


def determine(year: int = 2025, at: datetime = AT, size: int = 5000) -> tuple[int, int, int, int]:
    done = determine_year(year, by=factories.BY, at=at, size=size)
    return done.new, done.regrounded, done.withdrawn, done.unchanged


def lines() -> list[dict[str, object]]:
    return [
        json.loads(one or "") for one in Leaf.objects.filter(act=ACT).order_by("id").values_list("payload", flat=True)
    ]


def owed(who: Person) -> list[tuple[int, str, str]]:
    return sorted(Obligation.objects.filter(person=who).values_list("year", "form", "reason"))


def household() -> tuple[Person, Person]:
    holder, spouse = factories.person(), factories.person(["Танатарова Айгүл"])
    factories.family_tie(holder, spouse, valid_from=date(2001, 6, 1))
    factories.appointment(holder, factories.post())
    return holder, spouse


def test_an_official_and_the_spouse_owe_with_reason_law_and_day_and_again_states_nothing() -> None:
    holder, spouse = household()
    factories.person(["Ешкім Емес"])
    assert determine() == (2, 0, 0, 0)
    one = Obligation.objects.get(person=holder)
    assert (one.form, one.group, one.due_date, one.is_public) == ("assets", "official", date(2026, 9, 15), True)
    assert (one.phase_since, "No. 410-V" in one.law) == (date(2021, 1, 1), True)
    assert one.body_id == holder.appointments.get().post.body_id
    assert owed(spouse) == [(2025, "assets", "spouse of an official")]
    assert determine() == (0, 0, 0, 2)
    (line,) = lines()
    assert (line["year"], line["new"], line["withdrawn"]) == (2025, 2, 0)


def test_spans_of_people_add_up_to_everybody() -> None:
    for number in range(5):
        factories.appointment(factories.person([f"Адам {number}"]), factories.post())
    assert determine(size=2) == (5, 0, 0, 0)
    assert [line["new"] for line in lines()] == [2, 2, 1]
    assert determine(size=3) == (0, 0, 0, 5)


def replaced_head(name: str) -> tuple[Person, Person, Person]:
    """Who headed a company to 14 January 2026, their spouse, and who heads it since."""
    head, spouse, successor = (factories.person([f"{one} {name}"]) for one in ("Басшы", "Жұбай", "Жаңа"))
    factories.family_tie(head, spouse, valid_from=date(2001, 6, 1))
    factories.appointment(factories.person([f"Адам {name}"]), factories.post())
    facts: Any = {"origin": ORIGIN, "by": factories.BY, "at": AT}
    company = register_company(name=name, legal_form="too", registered=date(2010, 7, 1), facts={"head": head}, **facts)
    change_facts(
        register="company", record_id=company.pk, facts={"head_id": successor.pk}, since=date(2026, 1, 15), **facts
    )
    return head, spouse, successor


def test_the_number_of_statements_does_not_grow_with_the_people() -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as asked:
            determine()
        return len(asked)

    replaced_head("first")
    determine()
    few = statements()
    for number in range(6):
        replaced_head(str(number))
    determine()
    assert statements() == few


def test_a_ground_that_fell_away_before_the_day_is_withdrawn_and_kept() -> None:
    holder, _spouse = household()
    determine()
    held = holder.appointments.get()
    dismiss(appointment=held, until=date(2025, 12, 1), act_number="7", origin=ORIGIN, by=factories.BY, at=AT)
    assert determine(at=LATER) == (0, 0, 2, 0)
    assert not Obligation.objects.exists()
    kept = FormerObligation.objects.get(person=holder)
    assert (kept.ended_as, kept.ground, kept.ended_at, kept.year) == ("withdrawn", "released", LATER, 2025)
    assert lines()[-1]["withdrawn"] == 2
    assert determine(at=LATER) == (0, 0, 0, 0)


def test_what_fell_due_or_was_filed_stays_though_its_ground_is_gone() -> None:
    holder, spouse = household()
    determine()
    factories.declaration(spouse, 2025, form="assets", filed_at=LATER, is_public=False)
    FamilyTie.objects.all().delete()
    assert determine(at=LATER) == (0, 0, 0, 2)
    holder.appointments.all().delete()
    assert determine(at=datetime(2026, 9, 20, tzinfo=UTC)) == (0, 0, 0, 2)


def test_who_moves_to_another_body_owes_the_same_as_one_of_that_body() -> None:
    holder, _spouse = household()
    determine()
    held = holder.appointments.get()
    dismiss(appointment=held, until=date(2025, 11, 30), act_number="7", origin=ORIGIN, by=factories.BY, at=AT)
    other = factories.post(factories.body("Агенттік"))
    factories.appointment(holder, other, date(2025, 12, 1))
    key = Obligation.objects.get(person=holder).pk
    assert determine(at=LATER) == (0, 1, 0, 1)
    assert Obligation.objects.get(pk=key).body_id == other.body_id


def test_after_the_entry_form_comes_the_yearly_one() -> None:
    holder, _spouse = household()
    determine()
    determine(2026, at=LATER)
    assert [form for _year, form, _reason in owed(holder)] == ["assets", "income"]


def test_a_released_adult_owes_only_with_what_the_law_names() -> None:
    with_account, without = factories.person(), factories.person(["Ешкім Емес"])
    facts: Any = {
        "bank": "B",
        "country": "CH",
        "account_number": "1",
        "source": factories.SOURCE,
        "as_of": factories.AS_OF,
    }
    BankBalance.objects.create(person=with_account, year=2025, balance=Decimal(90_000), currency="USD", **facts)
    BankBalance.objects.create(person=without, year=2025, balance=Decimal(90), currency="USD", **facts)
    assert determine() == (1, 0, 0, 0)
    assert owed(with_account) == [(2025, "assets", "assets abroad")]


def test_another_country_has_other_phases(settings: Settings) -> None:
    _holder, spouse = household()
    settings.COUNTRY = "zz"
    assert determine() == (1, 0, 0, 0)
    assert owed(spouse) == []
    assert Obligation.objects.get().law == "illustrative"


def test_nobody_but_the_keepers_of_declarations_may_determine() -> None:
    citizen = Actor(id="someone", roles=frozenset({Role.CITIZEN}))
    with pytest.raises(NotAllowed):
        determine_obligations(span=Span(("nobody",)), year=2025, by=citizen, at=AT)
    assert Determined(2025, new=1) + Determined(2025, withdrawn=2) == Determined(2025, 1, 0, 2)


@pytest.mark.parametrize(
    ("on", "years"),
    [(date(2026, 2, 10), [2025, 2026]), (date(2026, 9, 15), [2025, 2026]), (date(2026, 9, 16), [2026])],
)
def test_years_are_open_until_their_last_day_to_file(on: date, years: list[int]) -> None:
    assert open_years(on) == years


def test_an_appointment_a_marriage_and_a_share_oblige_at_once_and_their_end_frees() -> None:
    holder, spouse, owner = (factories.person([name]) for name in ("Бір Адам", "Екі Адам", "Үш Адам"))
    facts: Any = {"origin": ORIGIN, "by": factories.BY, "at": AT}
    held = appoint(person=holder, post=factories.post(), since=date(2025, 5, 1), act_number="1", **facts)
    tie = record_tie(person=spouse, relative=holder, kind="spouse", since=date(2025, 6, 1), **facts)
    company = register_company(name="Серік", legal_form="too", registered=date(2025, 7, 1), **facts)
    record_ownership(company=company, owner=owner, share=Decimal(30), kind="direct", since=date(2025, 7, 1), **facts)
    deliver_waiting(at=AT)
    assert not EventDelivery.objects.exclude(error="").exists()
    both = [2025, 2026]
    assert [year for year, _form, reason in owed(holder) if reason == "official"] == both
    assert [year for year, _form, reason in owed(spouse) if reason == "spouse of an official"] == both
    assert [year for year, _form, reason in owed(owner) if reason == "company head"] == both
    end_tie(tie=tie.of, until=date(2025, 12, 1), **facts)
    deliver_waiting(at=AT)
    assert owed(spouse) == []
    dismiss(appointment=held, until=date(2026, 1, 31), act_number="2", **facts)
    deliver_waiting(at=AT)
    assert owed(holder) == [(2025, "assets", "official")]


def test_a_new_head_of_a_company_takes_nothing_from_who_headed_it_on_the_last_day_of_the_year() -> None:
    head, spouse, successor = replaced_head("Серік")
    deliver_waiting(at=AT)
    assert [(year, reason) for year, _form, reason in owed(head)] == [(2025, "company head")]
    assert [(year, reason) for year, _form, reason in owed(spouse)] == [(2025, "spouse of a company head")]
    assert [(year, reason) for year, _form, reason in owed(successor)] == [(2026, "company head")]
    list(determine_open_years(by=factories.BY, at=LATER))
    assert not FormerObligation.objects.exists()


def test_the_night_determines_everybody_once() -> None:
    holder, _spouse = household()
    night = datetime(2026, 2, 9, 21, 30, tzinfo=UTC)  # half past two in the country
    for at in (datetime(2026, 2, 9, 20, 59, tzinfo=UTC), night, night, AT):
        due_chores(at=at, searched=at)
    assert Event.objects.get(name="kernel.night.begin").subject == "night:2026-02-10"
    deliver_waiting(at=AT)
    assert [year for year, _form, _reason in owed(holder)] == [2025, 2026]


def test_whoever_has_an_account_is_reminded_before_the_day_once_each_until_they_file(settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    holder, _spouse = household()
    account = factories.account("holder", Role.CITIZEN)
    Account.objects.filter(pk=account.pk).update(person=holder)
    ContactChoice.objects.create(account=account, email="holder@example.org", email_confirmed_at=AT)
    for _night in range(2):
        list(determine_open_years(by=factories.BY, at=AT))
    deadline = Deadline.objects.get(subject_id=Obligation.objects.get(person=holder, year=2025).pk)
    assert (deadline.due_date, deadline.person_id, deadline.name) == (date(2026, 9, 15), holder.pk, "filing")
    month, week = datetime(2026, 8, 16, 5, tzinfo=UTC), datetime(2026, 9, 8, 5, tzinfo=UTC)
    for at in (month, month, week):
        tick(at=at)
    told = Notification.objects.filter(account=account, message="deadline-reminder")
    assert [one.parameters["due_date"] for one in told] == ["2026-09-15"] * 2
    assert NotificationDelivery.objects.filter(notification__in=told, channel="email").count() == 2
    factories.declaration(holder, 2025, form="assets", filed_at=datetime(2026, 9, 9, tzinfo=UTC))
    tick(at=datetime(2026, 9, 15, 5, tzinfo=UTC))
    tick(at=datetime(2026, 9, 16, 5, tzinfo=UTC))
    assert told.count() == 2
    deadline.refresh_from_db()
    assert deadline.state == "met"


def test_a_late_filing_ends_a_missed_deadline_and_a_withdrawn_obligation_reminds_of_nothing() -> None:
    holder, spouse = household()
    for who, name in ((holder, "holder"), (spouse, "spouse")):
        Account.objects.filter(pk=factories.account(name, Role.CITIZEN).pk).update(person=who)
    list(determine_open_years(by=factories.BY, at=AT))
    FamilyTie.objects.update(valid_to=date(2025, 6, 1))
    list(determine_open_years(by=factories.BY, at=LATER))
    assert set(Deadline.objects.filter(person=spouse).values_list("state", flat=True)) == {"cancelled"}
    tick(at=datetime(2026, 9, 16, tzinfo=UTC))
    factories.declaration(holder, 2025, form="assets", filed_at=datetime(2026, 9, 20, tzinfo=UTC))
    assert Deadline.objects.get(person=holder, due_date=date(2026, 9, 15)).state == "met_late"
