"""What a newer file of a register brings for years that are over obliges for them, as what is entered by hand does."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from adaldyq.kernel.actions.importing import take_rows
from adaldyq.kernel.actions.plans import Row, Source
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import EventDelivery, Person, SourceKey
from adaldyq.measures.declarations.actions.obliging import determine_open_years
from adaldyq.measures.declarations.models import Obligation
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 12, 1, 9, tzinfo=UTC)
TERM_ENDS = date(2026, 12, 31)
OLD, NEW = date(2026, 11, 1), date(2026, 12, 1)


def appointed(who: Person, as_of: date, since: date = date(2024, 3, 1), source: str = "service") -> None:
    """A file of appointments that says of one person since when they hold a post."""
    post = f"post-{who.pk}"
    SourceKey.objects.create(register="post", source=source, key=post, record_id=factories.post().pk)
    values = {"key": who.pk, "person": who.pk, "post": post, "valid_from": since, "act_number": "1"}
    origin = Source(source, "Register of the civil service", as_of)
    (plan,) = take_rows(kind="appointments", rows=[Row(1, values)], source=origin, by=factories.BY, at=AT)
    assert not plan.refused
    deliver_waiting(at=AT)
    assert not EventDelivery.objects.exclude(error="").exists()
    list(determine_open_years(by=factories.BY, at=AT))


def owed(who: Person) -> list[tuple[int, date]]:
    return list(Obligation.objects.filter(person=who).order_by("year").values_list("year", "due_date"))


def test_a_newer_file_obliges_for_closed_years_with_a_term() -> None:
    known, late = factories.person(["Бір Адам"]), factories.person(["Екі Адам"])
    appointed(known, OLD)
    appointed(late, NEW)
    assert owed(known) == [(2026, date(2027, 9, 15))]
    assert owed(late) == [(2024, TERM_ENDS), (2025, TERM_ENDS), (2026, date(2027, 9, 15))]


def test_the_first_file_of_another_source_is_no_late_entry() -> None:
    known, other = factories.person(["Бір Адам"]), factories.person(["Екі Адам"])
    appointed(known, OLD)
    appointed(other, NEW, source="police")
    assert owed(other) == [(2026, date(2027, 9, 15))]


def test_a_post_that_began_in_an_open_year_waits_for_the_night() -> None:
    known, new = factories.person(["Бір Адам"]), factories.person(["Екі Адам"])
    appointed(known, OLD)
    appointed(new, NEW, since=date(2026, 5, 1))
    assert owed(new) == [(2026, date(2027, 9, 15))]


def test_a_newer_file_of_companies_obliges_heads_for_closed_years() -> None:
    head, other = factories.person(["Бір Адам"]), factories.person(["Екі Адам"])
    for who, as_of in ((other, OLD), (head, NEW)):
        values = {"key": who.pk, "name": "Серік", "legal_form": "too", "registered_date": date(2025, 2, 1)}
        origin = Source("companies", "Register of companies", as_of)
        rows = [Row(1, values | {"head": who.pk})]
        (plan,) = take_rows(kind="companies", rows=rows, source=origin, by=factories.BY, at=AT)
        assert not plan.refused
        deliver_waiting(at=AT)
    assert owed(other) == []
    assert owed(head) == [(2025, TERM_ENDS), (2026, date(2027, 9, 15))]
