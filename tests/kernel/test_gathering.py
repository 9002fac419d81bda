"""What is written later is there when the transaction ends, in its order, and not at all when it fails."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from adaldyq.kernel.compiled import CompiledUpdate
from adaldyq.kernel.gathering import gathered, insert_later, keep_lines, update_later
from adaldyq.kernel.inserting import FEW
from adaldyq.kernel.models import Event, PersonName
from adaldyq.ledger import actions as ledger
from adaldyq.ledger.leaves import opens
from adaldyq.ledger.models import Leaf
from tests import factories

pytestmark = pytest.mark.django_db

AT = datetime(2026, 1, 1, tzinfo=UTC)
RENAME = CompiledUpdate(lambda person, text: (PersonName.objects.filter(person=person), {"text": text}), str, str)
FORGET = CompiledUpdate(lambda person: (PersonName.objects.filter(person=person), None), str)


def events(count: int) -> list[Event]:
    return [
        Event(name=f"a.b.{number}", payload={"n": number, "text": "ұ % \\"}, happened_at=AT) for number in range(count)
    ]


def test_rows_of_all_kinds_and_updates_are_written_together_at_the_end() -> None:
    one, other = factories.person(), factories.person()
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        with gathered():
            insert_later(events(2))
            update_later(RENAME, one.pk, "Ахметов % Серік")
            ledger.append(act="a.b.c", payloads=[{"b": "X"}, {"b": "Y"}], at=AT, keeping=keep_lines)
            update_later(FORGET, other.pk)
            assert not asked.captured_queries
        if connection.vendor == "postgresql":
            assert len(asked) == 1
    assert [row.payload["n"] for row in Event.objects.filter(name__startswith="a.b.").order_by("pk")] == [0, 1]
    assert set(PersonName.objects.values_list("person_id", "text")) == {(one.pk, "Ахметов % Серік")}
    lines = Leaf.objects.filter(act="a.b.c").order_by("pk")
    assert [line.subject for line in lines] == ["X", "Y"]
    assert all(opens(bytes(line.entry), bytes(line.salt or b""), line.payload or "") for line in lines)


def test_more_than_go_into_one_statement_are_written_all_the_same() -> None:
    person = factories.person()
    with transaction.atomic(), gathered():
        insert_later(events(FEW + 1))
        update_later(FORGET, person.pk)
    assert [row.payload["n"] for row in Event.objects.filter(name__startswith="a.b.").order_by("pk")] == list(
        range(FEW + 1)
    )
    assert not PersonName.objects.filter(person=person).exists()


def test_nothing_is_written_when_the_body_fails_or_another_number_of_rows_was_there() -> None:
    person = factories.person()
    before = Event.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic(), gathered():
        insert_later(events(1))
        raise RuntimeError
    with pytest.raises(LookupError), transaction.atomic(), gathered():
        insert_later(events(1))
        update_later(RENAME, person.pk, "Ә", one=LookupError())  # it has names in three languages
    with pytest.raises(LookupError), transaction.atomic():
        update_later(RENAME, person.pk, "Ә", one=LookupError())
    assert Event.objects.count() == before
    assert not PersonName.objects.filter(text="Ә").exists()


def test_what_is_not_gathered_is_written_at_once() -> None:
    with transaction.atomic():
        insert_later(events(1))
        assert Event.objects.filter(name="a.b.0").exists()
        with gathered(gathering=False):
            insert_later(events(1))
            assert Event.objects.filter(name="a.b.0").count() == 2
    insert_later([])
