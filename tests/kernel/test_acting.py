"""Acting for a company or another person: as its head, or by a dated mandate; both are recorded."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.acting import principals
from adaldyq.kernel.actions.mandates import grant_mandate, withdraw_mandate
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.models import Account, Company, Event, Person
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from tests import factories

pytestmark = pytest.mark.django_db


def today() -> date:
    return timezone.localdate()


def company(head: Person, name: str = "«Дала» ЖШС") -> Company:
    made = Company(
        name=name, legal_form="llp", head=head, territory=factories.territory(), source="t", as_of=date(2025, 1, 1)
    )
    factories.loaded("company", made)
    return made


def citizen(name: str, person: Person, acting_for: str = "") -> Actor:
    account = factories.account(name, Role.CITIZEN)
    Account.objects.filter(pk=account.pk).update(person=person)
    account = Account.objects.get(pk=account.pk)
    account.acting_for = acting_for
    return actor_of(account)


@pytest.fixture
def head() -> Person:
    return factories.person(("Әлімов Ержан",))


@pytest.fixture
def other() -> Person:
    return factories.person(("Сәрсенова Гүлнар",))


def keys(person: Person, day: date | None = None) -> list[str]:
    return [one.key for one in principals(person.pk, day=day or today())]


def test_the_head_of_a_company_acts_for_it_without_a_mandate(head: Person, other: Person) -> None:
    firm = company(head)
    assert keys(head) == [f"company:{firm.pk}"]
    assert keys(other) == []


def test_a_closed_company_has_nobody_acting_for_it(head: Person) -> None:
    firm = company(head)
    Company.objects.filter(pk=firm.pk).update(closed_date=today())
    assert keys(head) == []


def test_a_representative_acts_from_the_first_day_to_the_last(head: Person, other: Person) -> None:
    firm, last = company(head), today() + timedelta(days=5)
    grant_mandate(representative=other, company=firm, valid_to=last, by=citizen("head", head), at=timezone.now())
    assert keys(other) == keys(other, last) == [f"company:{firm.pk}"]
    assert keys(other, last + timedelta(days=1)) == keys(other, today() - timedelta(days=1)) == []


def test_a_withdrawn_mandate_ends_at_once_and_once(head: Person, other: Person) -> None:
    by = citizen("head", head)
    made = grant_mandate(representative=other, company=company(head), by=by, at=timezone.now())
    withdraw_mandate(mandate=made, by=by, at=timezone.now())
    assert keys(other) == []
    with pytest.raises(Conflict):
        withdraw_mandate(mandate=made, by=by, at=timezone.now())


def test_a_person_lets_another_act_for_them_and_the_other_may_lay_it_down(head: Person, other: Person) -> None:
    made = grant_mandate(representative=other, by=citizen("head", head), at=timezone.now())
    assert keys(other) == [f"person:{head.pk}"]
    withdraw_mandate(mandate=made, by=citizen("other", other), at=timezone.now())
    assert keys(other) == []


def test_nobody_appoints_for_a_company_that_they_do_not_head(head: Person, other: Person) -> None:
    firm = company(head)
    with pytest.raises(NotAllowed):
        grant_mandate(representative=head, company=firm, by=citizen("other", other), at=timezone.now())


def test_a_representative_appoints_nobody(head: Person, other: Person) -> None:
    firm = company(head)
    grant_mandate(representative=other, company=firm, by=citizen("head", head), at=timezone.now())
    deputy = citizen("other", other, f"company:{firm.pk}")
    with pytest.raises(NotAllowed):
        grant_mandate(representative=factories.person(), company=firm, by=deputy, at=timezone.now())


@pytest.mark.parametrize(
    ("days", "problem"),
    [((-1, 5), "mandate-in-the-past"), ((3, 2), "mandate-days-wrong")],
)
def test_days_must_make_sense(head: Person, other: Person, days: tuple[int, int], problem: str) -> None:
    first, last = (today() + timedelta(days=one) for one in days)
    with pytest.raises(DomainError, match=problem):
        grant_mandate(
            representative=other, valid_from=first, valid_to=last, by=citizen("head", head), at=timezone.now()
        )


def test_an_act_records_who_acted_and_for_whom(head: Person, other: Person) -> None:
    firm = company(head)
    by = citizen("head", head, f"company:{firm.pk}")
    grant_mandate(representative=other, company=firm, by=by, at=timezone.now())
    event = Event.objects.get(name="kernel.mandate.grant")
    assert (event.actor, event.on_behalf_of) == (by.id, f"company:{firm.pk}")
    line = Leaf.objects.get(act="kernel.mandate.grant")
    assert f'"by":"{by.id}"' in (line.payload or "")
    assert f'"on_behalf_of":"company:{firm.pk}"' in (line.payload or "")


def test_who_acts_for_a_company_has_its_role_and_none_of_their_own(head: Person) -> None:
    firm = company(head)
    assert citizen("one", head).roles == {Role.CITIZEN}
    assert citizen("two", head, f"company:{firm.pk}").roles == {Role.ENTREPRENEUR}
    assert citizen("three", head, "person:X").roles == {Role.REPRESENTATIVE}
