"""Two keyings take two people, whichever accounts they have, and what is typed while a keying is thrown away stays."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, transaction
from django.utils import timezone

from adaldyq.base.errors import Conflict
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Account, Person
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions.keying import Keyed, begin_keying, leave_keying, save_section
from adaldyq.measures.declarations.models import KeyedSection, Keying
from tests import factories
from tests.measures.declarations.test_other_sides import PERSONS
from tests.measures.declarations.views.test_received import (
    CAR,
    PAPERS,
    declarant,
    keyed,
    keyed_in,
    officer,
    page_of,
    step,
    taken,
)

__all__ = ["declarant"]
PATIENCE = 1.0  # seconds for which the one who throws it away leaves the act open, unless the other is through already


def one_person(*names: str) -> None:
    """Let some accounts be of one person."""
    who = factories.person()
    assert Account.objects.filter(username__in=names).update(person=who) == len(names)


@pytest.mark.django_db
def test_nobody_keys_a_paper_in_twice_by_two_accounts(declarant: Person) -> None:
    paper = taken(declarant)
    one_person("first", "second")
    keyed_in("first", paper, CAR)
    status, page = step("second", paper, "begin")
    assert (status, "Somebody else is keying" in page) == (422, False)
    assert "Key in again" not in page
    assert Keying.objects.count() == 1
    assert step("third", paper, "begin")[0] == 302


@pytest.mark.django_db
def test_nobody_decides_by_another_account_where_the_own_keying_differs(declarant: Person) -> None:
    paper = taken(declarant)
    keyed_in("first", paper, CAR)
    keyed_in("third", paper, CAR | {"make": "Lada"})
    assert paper.state == "differs"
    one_person("first", "second")
    address, decision = f"{PAPERS}{paper.pk}/differences/", {"d0": "first"}
    assert officer("second").post(address, decision).status_code == 422
    assert officer("third").post(address, decision).status_code == 302
    assert not KeyedSection.objects.exists()
    (line,) = Leaf.objects.filter(act="declarations.paper.resolve")
    assert '"chosen":{"vehicle.1.make":"first"}' in str(line.payload), "an auditor sees whose keying was followed"
    assert "Lada" not in str(line.payload)


@pytest.mark.django_db
def test_what_is_typed_into_a_keying_that_was_thrown_away_stands_on_the_page(declarant: Person) -> None:
    paper = taken(declarant)
    assert step("first", paper, "begin")[0] == 302
    hidden = page_of("first", paper, "vehicle")
    assert step("second", paper, "leave")[0] == 302
    boxes = {f"e1-{name}": text for name, text in CAR.items()}
    answer = officer("first").post(f"{PAPERS}{paper.pk}/keying/vehicle/", {**hidden, "go": "next", **boxes})
    page = answer.content.decode()
    assert (answer.status_code, "Toyota Camry" in page, "thrown away meanwhile" in page) == (409, True, True)
    assert not KeyedSection.objects.exists()
    assert step("first", paper, "begin")[0] == 302
    assert keyed("first", paper, "vehicle", CAR)[0] == 302


def day(name: str, year: int) -> dict[str, str]:
    return {f"{name}_day": "1", f"{name}_month": "5", f"{name}_year": str(year)}


@pytest.mark.django_db
def test_a_paper_is_held_against_births_and_numbers_as_the_form_is(declarant: Person) -> None:
    Person.objects.filter(pk=declarant.pk).update(birth_date=date(1980, 5, 1))
    paper = taken(declarant)
    assert step("first", paper, "begin")[0] == 302
    child = {"relation": "child", "name": "Серікқызы Айгерім", **day("birth_date", 1970)}
    status, page = keyed("first", paper, "family", child)
    assert (status, "A child cannot be born before its parent" in page) == (422, True)
    assert keyed("first", paper, "family", child | day("birth_date", 2015))[0] == 302
    status, page = keyed("first", paper, "vehicle", CAR | {"owner": "child", **day("acquired_date", 2010)})
    assert (status, "May 2015, after this day" in page) == (422, True)
    assert keyed("first", paper, "vehicle", CAR | {"owner": "child", **day("acquired_date", 2016)})[0] == 302
    share = {"company_name": "Ойдан", "share": "50", "number": PERSONS}
    status, page = keyed("first", paper, "company_interest", share)
    assert (status, "is the number of a person" in page) == (422, True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_a_keying_that_is_thrown_away_while_somebody_saves_is_told_and_breaks_nothing(declarant: Person) -> None:
    paper = taken(declarant)
    by, other = (actor_of(Account.objects.get(username=name)) for name in ("first", "second"))
    keying = begin_keying(paper=paper, by=by, at=timezone.now())
    begun, through = threading.Event(), threading.Event()

    def throw_away() -> None:
        with transaction.atomic():
            leave_keying(keying=Keying.objects.get(pk=keying.pk), by=other, at=timezone.now())
            begun.set()
            through.wait(PATIENCE)
        connection.close()

    def save() -> str:
        begun.wait(PATIENCE)
        try:
            save_section(keying=keying, keyed=Keyed("vehicle", 0, 0, [CAR], 0), by=by, at=timezone.now())
        except Conflict as conflict:
            return conflict.code
        finally:
            through.set()
            connection.close()
        return "saved"

    with ThreadPoolExecutor(2) as threads:
        thrown, saved = threads.submit(throw_away), threads.submit(save)
        thrown.result()
        assert saved.result() == "conflict"
    assert not Keying.objects.exists()
