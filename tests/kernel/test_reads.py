"""Whoever is shown a restricted record leaves a row, and the person concerned learns of it when the law lets them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel import reads
from adaldyq.kernel.actions.reads import forget_reads
from adaldyq.kernel.actor import Actor, system
from adaldyq.kernel.models import Event, Read
from adaldyq.kernel.roles import Role

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
REGISTRAR = Actor(id="A00000000001", roles=frozenset({Role.REGISTRAR}))
ANALYST = Actor(id="A00000000002", roles=frozenset({Role.AGENCY_ANALYST, Role.REGISTRAR}))

pytestmark = pytest.mark.django_db


def test_a_read_says_who_what_about_whom_for_what_and_when() -> None:
    assert reads.record(by=REGISTRAR, kind="person", of=[("P1", "P1"), ("P1", "P1")], purpose="person-page", at=AT) == 1
    row = Read.objects.get()
    assert (row.reader_id, row.roles, row.kind, row.object_id) == ("A00000000001", "registrar", "person", "P1")
    assert (row.person_id, row.purpose, row.at) == ("P1", "person-page", AT)


def test_a_process_reads_in_its_own_name() -> None:
    reads.record(by=system("snapshot"), kind="person", of=[("P1", "P1")], purpose="verification", at=AT)
    assert Read.objects.values_list("reader_id", "reader").get() == ("", "snapshot")


def test_a_page_of_many_records_is_one_insert(django_assert_num_queries: object) -> None:
    many = [(f"F{number}", "P1") for number in range(100)]
    with django_assert_num_queries(1):  # type: ignore[operator]  # the fixture is a context manager
        reads.record(by=REGISTRAR, kind="finding", of=many, purpose="findings-queue", at=AT)


def test_a_person_sees_the_reads_about_them_and_nobody_elses() -> None:
    reads.record(by=REGISTRAR, kind="person", of=[("P1", "P1"), ("P2", "P2")], purpose="person-page", at=AT)
    assert list(reads.about("P1", at=AT).values_list("person_id", flat=True)) == ["P1"]


def test_reads_of_an_investigation_are_shown_only_after_their_term() -> None:
    reads.record(by=ANALYST, kind="finding", of=[("F1", "P1")], purpose="findings-finding", at=AT)
    assert not reads.about("P1", at=AT.replace(year=AT.year + 3)).exists()
    assert reads.about("P1", at=AT.replace(year=AT.year + 3) + timedelta(days=1)).exists()


def test_reads_are_forgotten_when_their_term_has_passed_and_the_ledger_says_how_many() -> None:
    reads.record(by=REGISTRAR, kind="person", of=[("P1", "P1")], purpose="person-page", at=AT)
    forget_reads(by=system("clock"), at=datetime(2031, 11, 20, 9, tzinfo=UTC))
    assert Read.objects.exists()
    forget_reads(by=system("clock"), at=datetime(2031, 11, 21, 9, tzinfo=UTC))
    assert not Read.objects.exists()
    assert Event.objects.latest("pk").payload["rows"] == 1


def test_nobody_but_the_clock_forgets() -> None:
    with pytest.raises(NotAllowed):
        forget_reads(by=ANALYST, at=AT)
