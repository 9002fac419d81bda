"""What is entered after the years that it concerns were over obliges for them all the same, and never late at once."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from adaldyq.kernel.actions.bodies import appoint, dismiss
from adaldyq.kernel.actions.companies import record_ownership, register_company
from adaldyq.kernel.actions.facts import change_facts
from adaldyq.kernel.actions.people import end_tie, record_tie
from adaldyq.kernel.actions.periods import Provenance
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import Account, Company, Deadline, EventDelivery, Person
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions.late_known import open_late_known
from adaldyq.measures.declarations.actions.obliging import determine_open_years, determine_people
from adaldyq.measures.declarations.jobs import begin_night
from adaldyq.measures.declarations.models import Declaration, FormerObligation, Obligation
from tests import factories
from tests.measures.declarations.views.journey import account_of, address

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
NEXT_NIGHT = datetime(2026, 12, 1, 22, tzinfo=UTC)
TERM_ENDS = date(2026, 12, 31)
FACTS: dict[str, Any] = {"origin": Provenance("an order", date(2026, 12, 1)), "by": factories.BY, "at": AT}


def owed(who: Person) -> list[tuple[int, str, str, date]]:
    rows = Obligation.objects.filter(person=who).order_by("year")
    return list(rows.values_list("year", "form", "reason", "due_date"))


def night(at: datetime = AT) -> None:
    list(determine_open_years(by=factories.BY, at=at))


def delivered(at: datetime = AT) -> None:
    deliver_waiting(at=at)
    assert not EventDelivery.objects.exclude(error="").exists()


def test_a_late_appointment_and_a_late_marriage_oblige_for_closed_years_with_law_and_a_term_from_the_entry() -> None:
    holder, spouse = factories.person(["Бір Адам"]), factories.person(["Екі Адам"])
    account = factories.account("holder", Role.CITIZEN)
    Account.objects.filter(pk=account.pk).update(person=holder)
    night()
    assert not Obligation.objects.exists()
    appoint(person=holder, post=factories.post(), since=date(2024, 3, 1), act_number="1", **FACTS)
    delivered()
    assert owed(holder) == [
        (2024, "assets", "official", TERM_ENDS),
        (2025, "income", "official", TERM_ENDS),
        (2026, "income", "official", date(2027, 9, 15)),
    ]
    one = Obligation.objects.get(person=holder, year=2024)
    assert "No. 410-V" in one.law
    assert one.body_id == holder.appointments.get().post.body_id
    assert Deadline.objects.filter(person=holder, due_date=TERM_ENDS).count() == 2
    record_tie(person=spouse, relative=holder, kind="spouse", since=date(2025, 6, 1), **FACTS)
    delivered()
    assert owed(spouse) == [
        (2025, "assets", "spouse of an official", TERM_ENDS),
        (2026, "income", "spouse of an official", date(2027, 9, 15)),
    ]
    delivered()
    night(NEXT_NIGHT)
    assert Obligation.objects.count() == 5
    assert not FormerObligation.objects.exists()


def test_a_late_company_share_head_and_purchase_oblige_for_the_years_that_they_concern() -> None:
    head, owner, buyer = (factories.person([f"{name} Адам"]) for name in ("Бір", "Екі", "Үш"))
    company = register_company(name="Серік", legal_form="too", registered=date(2010, 7, 1), facts={}, **FACTS)
    record_ownership(company=company, owner=owner, share=Decimal(30), kind="direct", since=date(2024, 7, 1), **FACTS)
    change_facts(register="company", record_id=company.pk, facts={"head_id": head.pk}, since=date(2025, 5, 1), **FACTS)
    delivered()
    assert [(year, reason) for year, _form, reason, _due in owed(owner)] == [
        (year, "company head") for year in (2024, 2025, 2026)
    ]
    assert [(year, reason) for year, _form, reason, _due in owed(head)] == [
        (year, "company head") for year in (2025, 2026)
    ]
    assert owed(buyer) == []


def test_an_entry_states_nothing_for_closed_years_that_something_else_would_bring() -> None:
    holder = factories.person()
    factories.appointment(holder, factories.post(), date(2015, 1, 1))
    company = register_company(name="Серік", legal_form="too", registered=date(2024, 7, 1), facts={}, **FACTS)
    record_ownership(company=company, owner=holder, share=Decimal(30), kind="direct", since=date(2024, 7, 1), **FACTS)
    delivered()
    assert [(year, reason) for year, _form, reason, _due in owed(holder)] == [(2026, "official")]


def test_a_renamed_company_and_a_dismissal_oblige_for_no_closed_year() -> None:
    head, former = factories.person(["Бір Адам"]), factories.person(["Екі Адам"])
    held = factories.appointment(former, factories.post(), date(2021, 1, 1))
    known: dict[str, Any] = {"source": factories.SOURCE, "as_of": factories.AS_OF, "registered_date": date(2015, 1, 1)}
    company = Company(name="Ескі", legal_form="too", head=head, **known)
    factories.loaded("company", company)
    change_facts(register="company", record_id=company.pk, facts={"name": "Жаңа"}, since=date(2026, 12, 1), **FACTS)
    dismiss(appointment=held, until=date(2026, 5, 1), act_number="2", **FACTS)
    delivered()
    assert {year for year, *_rest in (*owed(head), *owed(former))} <= {2026}


def test_what_was_entered_late_by_mistake_is_withdrawn_while_its_term_runs() -> None:
    holder, spouse = factories.person(["Бір Адам"]), factories.person(["Екі Адам"])
    factories.appointment(holder, factories.post(), date(2015, 1, 1))
    tie = record_tie(person=spouse, relative=holder, kind="spouse", since=date(2024, 6, 1), **FACTS)
    delivered()
    assert [year for year, *_rest in owed(spouse)] == [2024, 2025, 2026]
    end_tie(tie=tie.of, until=date(2024, 8, 1), **FACTS)
    delivered()
    assert owed(spouse) == []
    assert set(FormerObligation.objects.values_list("year", flat=True)) == {2024, 2025, 2026}


def test_before_the_last_day_of_the_law_an_entry_leaves_the_same_term() -> None:
    at = datetime(2026, 9, 14, 9, tzinfo=UTC)
    holder, known = factories.person(["Бір Адам"]), factories.person(["Екі Адам"])
    factories.appointment(known, factories.post(), date(2025, 1, 1))
    appoint(person=holder, post=factories.post(), since=date(2025, 3, 1), act_number="1", **FACTS | {"at": at})
    delivered(at)
    night(at)
    assert [due for year, _form, _reason, due in owed(holder) if year == 2025] == [date(2026, 10, 14)]
    assert [due for year, _form, _reason, due in owed(known) if year == 2025] == [date(2026, 9, 15)]


def test_the_person_reads_why_the_last_day_is_another(client: Client) -> None:
    translation.activate("en")
    holder, at = factories.person(), timezone.now()
    year = at.year - 2
    facts = FACTS | {"at": at}
    appoint(person=holder, post=factories.post(), since=date(year, 3, 1), act_number="1", **facts)
    delivered(at)
    client.force_login(account_of(holder))
    page = client.get(address("obligations")).content.decode()
    assert "the term counts from the day on which it was" in page
    one = Obligation.objects.get(person=holder, year=year)
    assert one.due_date > timezone.localdate()
    assert client.post(address("begin", one.pk)).status_code == 302


def test_what_more_than_a_thousand_filed_as_closed_opens_on_one_day_and_nothing_else_does() -> None:
    who, other = factories.person(["Бір Адам"]), factories.person(["Екі Адам"])
    years = range(900, 2000)
    closed: dict[str, Any] = {"form": "income", "due_date": date(2025, 9, 15), "filed_date": date(2025, 9, 1)}
    owed = [Obligation(person=who, year=year, opens_date=AT.date(), **closed) for year in years]
    Obligation.objects.bulk_create([*owed, Obligation(person=other, year=1999, **closed)])
    factories.declaration(who, 2000, is_public=False)
    Declaration.objects.bulk_create(
        Declaration(person=one, year=year, form="income", is_public=False, is_current=True)
        for one, listed in ((who, years), (other, [1999]))
        for year in listed
    )
    opened = open_late_known(late={one.pk: {"is_public": True} for one in owed}, by=factories.BY, at=AT)
    assert opened.declarations == len(years) == 1100
    closed_still = Declaration.objects.filter(is_public=False)
    assert set(closed_still.values_list("person", "year")) == {(who.pk, 2000), (other.pk, 1999)}
    assert Obligation.objects.filter(is_public=True, opens_date=None).count() == len(years)


def test_what_was_entered_for_a_year_whose_public_years_are_over_is_owed_and_stays_closed(client: Client) -> None:
    holder, post = factories.person(["Жабық Адам", "Закрытый Человек", "Zhabyq Adam"]), factories.post()
    appoint(person=holder, post=post, since=date(2020, 3, 1), act_number="1", **FACTS)
    for again in (
        delivered,
        night,
        begin_nightly,
        night,
        lambda: determine_people([holder.pk], by=factories.BY, at=AT),
    ):
        again()
        opened = Obligation.objects.filter(person=holder, is_public=True).values_list("year", flat=True)
        assert (min(opened), Obligation.objects.filter(person=holder, year=2020, is_public=False).count()) == (2021, 1)
        assert client.get(f"{address('body-csv', post.body_id)}?year=2020").status_code == 404
        page = client.get(address("body", post.body_id)).content.decode()
        assert ("?year=2020" in page, "?year=2021" in page) == (False, True)
    closed = Leaf.objects.filter(act="declarations.retention.withdraw")
    assert not closed.exists(), "it was never open"


def begin_nightly() -> None:
    begin_night({}, AT)
