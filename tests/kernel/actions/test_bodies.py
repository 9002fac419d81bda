"""Who held this post on that day, and who headed this body: appointments, dismissals, and the end of a body."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.actions import bodies
from adaldyq.kernel.actions.facts import change_facts
from adaldyq.kernel.models import Appointment, Body
from adaldyq.kernel.queries import history
from tests import factories
from tests.kernel.registry import AT, CITIZEN, ORIGIN, REGISTRAR, day

HOW: dict[str, Any] = {"origin": ORIGIN, "by": REGISTRAR, "at": AT}
FIRST_DAY = date(2000, 1, 1)


def appointed(post: Any, since: str, number: str = "12-K") -> Appointment:
    return bodies.appoint(person=factories.person(), post=post, since=day(since), act_number=number, **HOW)


@pytest.mark.django_db
def test_the_holder_on_a_day_is_who_was_appointed_by_then_and_not_dismissed() -> None:
    post = factories.post(heads_body=True)
    first = appointed(post, "2015-02-01")
    bodies.dismiss(appointment=first, until=day("2019-06-30"), act_number="", **HOW)
    second = appointed(post, "2019-07-10")
    holders = {
        text: history.holder_of(post.pk, day(text)) for text in ("2015-01-31", "2019-06-30", "2019-07-05", "2026-01-01")
    }
    assert list(holders.values()) == [None, first, None, second]
    assert history.head_of(post.body_id, day("2018-01-01")) == first


@pytest.mark.django_db
def test_a_post_that_is_held_is_not_given_to_another() -> None:
    post = factories.post()
    appointed(post, "2015-02-01")
    with pytest.raises(DomainError, match="period-overlaps"):
        appointed(post, "2020-02-01")


@pytest.mark.django_db
def test_the_database_itself_refuses_a_second_holder() -> None:
    post = factories.post()
    appointed(post, "2015-02-01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(person=factories.person(), post=post, valid_from=day("2021-01-01"))


@pytest.mark.django_db
def test_a_dismissal_is_made_once_and_not_before_the_appointment() -> None:
    held = appointed(factories.post(), "2015-02-01")
    with pytest.raises(DomainError, match="ends-before-it-begins"):
        bodies.dismiss(appointment=held, until=day("2015-01-31"), act_number="", **HOW)
    bodies.dismiss(appointment=held, until=day("2016-01-31"), act_number="", **HOW)
    with pytest.raises(DomainError, match="ended-already"):
        bodies.dismiss(appointment=held, until=day("2017-01-31"), act_number="", **HOW)


@pytest.mark.django_db
def test_the_dead_are_not_appointed() -> None:
    gone = factories.person(death_date=day("2020-01-01"))
    with pytest.raises(DomainError, match="not-among-the-living"):
        bodies.appoint(person=gone, post=factories.post(), since=day("2021-01-01"), act_number="1", **HOW)


@pytest.mark.django_db
def test_a_citizen_appoints_nobody() -> None:
    with pytest.raises(NotAllowed):
        bodies.appoint(
            person=factories.person(),
            post=factories.post(),
            since=day("2021-01-01"),
            act_number="1",
            **HOW | {"by": CITIZEN},
        )


@pytest.mark.django_db
def test_a_body_opens_gets_posts_and_closes_with_them() -> None:
    opened = bodies.open_body(
        name="Жаңа агенттік",
        names={"kk": "Жаңа агенттік"},
        territory=factories.territory(),
        facts={"level": "national", "kind": "agency"},
        opened=day("2020-01-01"),
        **HOW,
    )
    post = bodies.create_post(
        body=opened, category="corps_a", title="Төраға", titles={}, powers=frozenset({"heads_body"}), **HOW
    )
    head = appointed(post, "2020-02-01")
    bodies.close_body(body=opened, until=day("2024-12-31"), **HOW)
    head.refresh_from_db()
    assert head.valid_to == day("2024-12-31")
    with pytest.raises(DomainError, match="closed-already"):
        appointed(post, "2025-01-01")
    with pytest.raises(DomainError, match="closed-already"):
        bodies.close_body(body=opened, until=day("2025-12-31"), **HOW)


@pytest.mark.django_db
def test_a_body_with_bodies_below_it_is_not_closed() -> None:
    above = factories.body()
    factories.body("Департамент", parent=above)
    with pytest.raises(DomainError, match="still-has-bodies"):
        bodies.close_body(body=above, until=day("2024-12-31"), **HOW)


@pytest.mark.django_db
def test_what_a_body_was_called_on_a_day_is_kept_when_its_name_changes() -> None:
    body = factories.body("Қаржы министрлігі")
    for name, since in (("Экономика министрлігі", "2014-08-06"), ("Ұлттық экономика министрлігі", "2019-01-01")):
        change_facts(register="body", record_id=body.pk, facts={"name": name}, since=day(since), **HOW)
    names = [
        history.facts_on("body", body.pk, day(text))["name"]
        for text in ("2014-08-05", "2014-08-06", "2018-12-31", "2019-01-01")
    ]
    assert names == [
        "Қаржы министрлігі",
        "Экономика министрлігі",
        "Экономика министрлігі",
        "Ұлттық экономика министрлігі",
    ]
    assert Body.objects.get().name == "Ұлттық экономика министрлігі"


@pytest.mark.django_db
def test_a_fact_cannot_change_before_its_last_change() -> None:
    body = factories.body("A")
    change_facts(register="body", record_id=body.pk, facts={"name": "B"}, since=day("2019-01-01"), **HOW)
    with pytest.raises(DomainError, match="begins-before-the-present"):
        change_facts(register="body", record_id=body.pk, facts={"name": "C"}, since=day("2018-01-01"), **HOW)
    with pytest.raises(DomainError, match="nothing-changed"):
        change_facts(register="body", record_id=body.pk, facts={"name": "B"}, since=day("2020-01-01"), **HOW)
    with pytest.raises(DomainError, match="field-not-changeable"):
        change_facts(register="body", record_id=body.pk, facts={"id": "B"}, since=day("2020-01-01"), **HOW)


class Holders(TestCase):
    """Whatever is appointed and dismissed, at most one holds a post on any day."""

    @settings(max_examples=25, deadline=None)
    @given(some.lists(some.tuples(some.integers(0, 400), some.integers(0, 120)), min_size=1, max_size=6))
    def test_at_most_one_holds_a_post_on_any_day(self, terms: list[tuple[int, int]]) -> None:
        post = factories.post()
        for start, length in terms:
            since = FIRST_DAY + timedelta(days=start)
            try:
                held = bodies.appoint(person=factories.person(), post=post, since=since, act_number="1", **HOW)
            except DomainError:
                continue
            bodies.dismiss(appointment=held, until=since + timedelta(days=length), act_number="", **HOW)
        rows = list(Appointment.objects.filter(post=post).order_by("valid_from"))
        assert rows
        for earlier, later in pairwise(rows):
            assert earlier.valid_to is not None
            assert earlier.valid_to < later.valid_from
