"""An entry comes into the catalogue by a law only, and says one thing at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.countries.loader import load
from adaldyq.countries.permits import PermitKind
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Held, SearchEntry
from adaldyq.kernel.roles import Registry, Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.permits.actions.catalogue import amend_entry, introduce_entry, load_catalogue
from adaldyq.measures.permits.actions.loading import load_pack
from adaldyq.measures.permits.domain.burden import days_of, money_of
from adaldyq.measures.permits.domain.terms import Burden, Law
from adaldyq.measures.permits.models import PermitEntry
from adaldyq.measures.permits.queries import catalogue
from adaldyq.measures.permits.queries.catalogue import Asked
from tests import factories
from tests.factories import BY
from tests.measures.permits.entries import AT, LAW, SINCE, entry, new, spoken, terms

pytestmark = pytest.mark.django_db


def last_line() -> dict[str, Any]:
    """What the newest line of the ledger says."""
    found: dict[str, Any] = json.loads(Leaf.objects.order_by("-pk").values_list("payload", flat=True)[0] or "")
    return found


def numbers(**asked: Any) -> list[str]:
    """Numbers of the entries that are looked for."""
    return [one.number for one in catalogue.entries(Asked(**asked))]


def keeper(registry: Registry = Registry.PERMITS, body: str = "") -> Actor:
    """A registrar of a registry."""
    return Actor("r", frozenset({Role.REGISTRAR}), held=(Held(Role.REGISTRAR, body, registry=registry),))


def test_an_entry_is_brought_in_with_its_law() -> None:
    made = entry()
    assert last_line() == {
        "entry": "L-001",
        "state": "introduced",
        "kind": "licence",
        "day": "2015-01-05",
        "act": "202-V",
    }
    (event,) = catalogue.life(made)
    assert (event.happened, event.act_title, event.act_date) == (
        "introduced",
        "Рұқсаттар туралы заң",
        date(2014, 5, 16),
    )
    version = catalogue.newest(made)
    assert (version.documents[0]["held_by"], version.fee, version.days) == ("land_register", Decimal(10), 15)
    assert SearchEntry.objects.filter(kind="permit", key="L-001").exists()


@pytest.mark.parametrize(
    ("law", "code"),
    [
        (replace(LAW, number=" "), "permit-law-missing"),
        (replace(LAW, names={"kk": "Заң"}), "permit-law-missing"),
        (replace(LAW, article={}), "permit-law-missing"),
        (replace(LAW, day=date(2015, 1, 6)), "permit-law-later"),
    ],
)
def test_without_a_law_nothing_is_brought_in(law: Law, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        entry(law=law)
    assert not PermitEntry.objects.exists()


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"names": {"kk": "Тек қазақша"}}, "permit-untranslated"),
        ({"requirements": [{"kk": "Ас үй", "ru": "", "en": "Kitchen"}]}, "permit-untranslated"),
        ({"activities": []}, "permit-activity"),
        ({"activities": ["56.1"]}, "permit-activity"),
        ({"activities": ["04"]}, "permit-activity"),
        ({"sector": "magic"}, "declared-not-offered"),
        ({"life_events": ["fly"]}, "declared-not-offered"),
        ({"days": -1}, "permit-number-range"),
        ({"fee": Decimal(10) ** 12}, "permit-number-range"),
        ({"subtypes": [spoken("x")] * 51}, "permit-number-range"),
    ],
)
def test_what_says_too_little_is_refused(facts: Mapping[str, Any], code: str) -> None:
    with pytest.raises(DomainError, match=code):
        entry(**facts)


def test_a_number_is_given_once_and_looks_like_one() -> None:
    entry()
    with pytest.raises(DomainError, match="permit-number-taken"):
        entry()
    with pytest.raises(DomainError, match="permit-number-taken"):
        load_catalogue(new=[new("L-002"), new("L-002")], by=BY, at=AT)
    with pytest.raises(DomainError, match="permit-catalogue-number"):
        entry("licence 5")
    assert numbers() == ["L-001"]


def test_what_it_said_before_stays_when_it_says_something_else() -> None:
    made = entry()
    changed = terms(days=10, names=spoken("Cafe"), activities=["55"], burden=None)
    amend_entry(entry=made, terms=changed, body=made.body, since=date(2020, 1, 1), by=BY, at=AT)
    assert [(one.version, one.days, one.valid_to) for one in catalogue.versions(made)] == [
        (2, 10, None),
        (1, 15, date(2019, 12, 31)),
    ]
    earlier, later = (catalogue.version_on(made, date(year, 6, 1)) for year in (2019, 2021))
    assert (earlier and earlier.days, later and later.days) == (15, 10)
    assert [one.happened for one in catalogue.life(made)] == ["amended", "introduced"]
    assert (numbers(activity="56"), numbers(activity="55"), numbers(words="cafe")) == ([], ["L-001"], ["L-001"])
    with pytest.raises(DomainError, match="permit-version-day"):
        amend_entry(entry=made, terms=changed, body=made.body, since=date(2020, 1, 1), by=BY, at=AT)
    with pytest.raises(DomainError, match="permit-kind-by-review"):
        notification = terms(kind=PermitKind.NOTIFICATION)
        amend_entry(entry=made, terms=notification, body=made.body, since=date(2021, 1, 1), by=BY, at=AT)


def test_only_a_registrar_of_the_catalogue_writes_it() -> None:
    own, other = factories.body(), factories.body("Басқа министрлік")
    for by in (keeper(Registry.LAND), Actor("x", frozenset({Role.REVIEWER})), keeper(body=other.pk)):
        with pytest.raises(NotAllowed):
            introduce_entry(new=new(of=own), by=by, at=AT)
    made = introduce_entry(new=new(of=own), by=keeper(body=own.pk), at=AT)
    assert made.number == "L-001"
    with pytest.raises(NotAllowed):
        amend_entry(entry=made, terms=terms(), body=other, since=date(2020, 1, 1), by=keeper(body=own.pk), at=AT)


def test_it_is_found_by_words_of_any_language_by_activity_and_by_life_event() -> None:
    of, other = factories.body(), factories.body("Басқа министрлік")
    entry(of=of)
    names = {"kk": "Дәріхана", "ru": "Аптека", "en": "Pharmacy"}
    entry(
        "P-002", of=other, kind=PermitKind.PERMIT, names=names, activities=["47"], life_events=["sell"], sector="health"
    )
    assert (
        numbers(words="тамақтану") == numbers(words="общественного питания") == numbers(words="catering") == ["L-001"]
    )
    assert numbers(words="кейтеринг") == numbers(words="общественная аптека") == []
    assert numbers(activity="56.10") == numbers(activity="5") == numbers(life_event="open_business") == ["L-001"]
    assert (
        numbers(activity="47")
        == numbers(body=other.pk)
        == numbers(kind="permit")
        == numbers(sector="health")
        == ["P-002"]
    )
    assert numbers(words="%") == numbers() == ["L-001", "P-002"]


def test_the_catalogue_of_the_pack_is_loaded_once() -> None:
    facts = load("kz").permits
    for name in {one.body for one in facts}:
        factories.body(name, names=spoken(name))
    assert load_pack(by=BY, at=AT) == len(facts) > 12
    assert last_line()["entries"] == len(facts)
    assert load_pack(by=BY, at=AT) == 0
    assert {one.kind for one in catalogue.entries(Asked())} == {"licence", "permit", "notification"}
    found = catalogue.entry("L-010")
    assert found is not None
    assert catalogue.fee_of(catalogue.newest(found), date(2025, 6, 1)).amount == Decimal(393_200)


def test_a_body_that_nobody_registered_is_named() -> None:
    with pytest.raises(DomainError, match="permit-body-unknown"):
        load_pack(by=BY, at=AT)


def test_burden_is_price_times_quantity() -> None:
    burden = Burden(Decimal("1.5"), Decimal(100), 200)
    assert money_of(burden, Decimal(2000)) == Decimal("620000.00")
    assert days_of(15, burden) == 3000
    version = catalogue.newest(entry())
    assert catalogue.yearly(version, date(2025, 1, 1)) == (Decimal("2500000.00"), 1500)


def test_the_database_holds_that_an_end_has_a_day() -> None:
    made = entry()
    with pytest.raises(IntegrityError):
        PermitEntry.objects.filter(pk=made.pk).update(state="abolished")


def test_the_first_day_is_that_of_the_first_version() -> None:
    made = entry()
    early = catalogue.version_on(made, SINCE.replace(year=2000))
    assert early is not None
    assert early.valid_from == SINCE
