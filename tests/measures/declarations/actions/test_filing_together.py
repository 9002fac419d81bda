"""Drafts that are filed together become what each becomes when it is filed by itself."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections
from django.http import QueryDict
from django.test import Client
from django.utils import timezone, translation

from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.grouped import GROUPED
from adaldyq.kernel.idempotency import request_of
from adaldyq.kernel.lent import Lent
from adaldyq.kernel.models import Account, Event, Person, SearchEntry, StoredAnswer
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions import filing_together
from adaldyq.measures.declarations.actions.filing_together import AT_ONE_DESK, Signed, filed_together
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Draft, DraftRow, Obligation
from adaldyq.measures.declarations.views.filing import place_of
from tests import factories
from tests.measures.declarations.views.journey import CAR, account_of, address, answered, shown_again, signing

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

DUE = date(2999, 9, 15)


class Filer:
    """Somebody with a draft that is ready, and what the page of signing would send."""

    def __init__(self, number: int, due: date = DUE) -> None:
        self.person: Person = factories.person()
        self.account: Account = account_of(self.person, f"citizen{number}")
        self.browser = Client()
        self.browser.force_login(self.account)
        owed = factories.obligation(self.person, 2024, due_date=due, is_public=True)
        self.browser.post(address("begin", owed.pk))
        self.draft = Draft.objects.get(person=self.person)
        self.browser.post(address("draft-row", self.draft.pk, "vehicle", f"0000000000{number:02}"), CAR)
        answered(self.browser, self.draft)
        shown_again(self.browser)
        self.sent = signing(self.browser, self.draft)

    def signed(self, **changed: Any) -> Signed:
        data = QueryDict(mutable=True)
        data.update(self.sent)
        request = request_of(data, place_of(self.draft.pk))
        assert request is not None
        facts: Mapping[str, Any] = {
            "draft": self.draft.pk, "seen": self.sent["seen"], "in_time": True, "by": actor_of(self.account),
            "at": timezone.now(), "request": request, **changed,
        }  # fmt: skip
        return Signed(**facts)

    def file_alone(self) -> str:
        answer = self.browser.post(address("draft-sign", self.draft.pk), self.sent)
        assert answer.status_code == 302, answer.content.decode()
        return answer.headers["Location"].rstrip("/").rpartition("/")[2]

    def file_with_others(self) -> Any:
        marked: Any = {GROUPED: Lent(0)}
        return self.browser.post(address("draft-sign", self.draft.pk), self.sent, **marked)


@pytest.fixture
def english(db: None) -> None:
    translation.activate("en")


def columns(row: Any, *left_out: str) -> dict[str, object]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields if one.attname not in left_out}


def left_by(one: Filer) -> dict[str, Any]:
    """All that filing left, but what tells one person, one moment and one id from another."""
    own = Declaration.objects.get(person=one.person)
    (line,) = Leaf.objects.filter(act="declarations.declaration.file", subject=own.pk)
    assert line.holder == one.account.pk
    assert json.loads(line.payload or "")["by"] == one.account.pk
    car = SECTION_MODELS["vehicle"]._default_manager.get(declaration=own)
    draft, owed = Draft.objects.get(pk=one.draft.pk), Obligation.objects.get(person=one.person)
    assert draft.declaration_id == own.pk
    assert len(own.pk) == len(car.row_id) == 12  # type: ignore[attr-defined]  # made by section_model
    events = Event.objects.filter(name="declarations.draft.file", actor=one.account.pk)
    return {
        "declaration": columns(own, "id", "person_id", "filed_at"),
        "car": columns(car, "id", "row_id", "declaration_id"),
        "draft": draft.state,
        "rows": DraftRow.objects.filter(draft=one.draft).count(),
        "owed": columns(owed, "id", "person_id"),
        "events": [{**event.payload, "draft": ""} for event in events],
        "found": [
            {**columns(found, "id", "key"), "name_forms": sorted(found.name_forms.split())}  # languages have no order
            for found in SearchEntry.objects.filter(key=one.person.pk)
        ],
        "answers": StoredAnswer.objects.filter(owner=one.account.pk, answer={"declaration": own.pk}).count(),
    }


def test_what_is_filed_together_is_what_is_filed_alone(english: None) -> None:
    alone, *others = (Filer(number) for number in range(4))
    alone.file_alone()
    found = filed_together([one.signed() for one in others])
    assert found == [Declaration.objects.get(person=one.person).pk for one in others]
    expected = left_by(alone)
    assert expected["events"]
    assert expected["found"]
    for one in others:
        assert left_by(one) == expected
    for one, declaration in zip(others, found, strict=True):
        assert one.file_alone() == declaration  # the same form, sent once more
    assert Declaration.objects.count() == 4


def test_whoever_has_to_be_told_something_is_left_out_and_the_others_are_filed(english: None) -> None:
    plain, changed, others, late, acting, gap = (Filer(number) for number in range(6))
    Obligation.objects.filter(person=late.person).update(due_date=timezone.localdate() - timedelta(days=1))
    gap.draft.answers.filter(section="cash").delete()
    signed = [
        changed.signed(seen="another"),
        plain.signed(),
        others.signed(by=actor_of(changed.account)),
        late.signed(),
        acting.signed(draft="nobody's"),
        gap.signed(),
        plain.signed(),
    ]
    found = filed_together(signed)
    assert [bool(one) for one in found] == [False, True, False, False, False, False, False]
    assert Declaration.objects.get().person == plain.person
    assert StoredAnswer.objects.filter(answer__has_key="declaration").count() == 1
    assert filed_together([late.signed(in_time=False)]) != [""]  # it was told that it is late


def test_a_draft_that_somebody_holds_or_files_already_is_waited_for_by_nobody(english: None) -> None:
    one, other = Filer(1), Filer(2)
    with connections.create_connection("default").cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT 1 FROM declarations_draft WHERE id = %s FOR UPDATE", [one.draft.pk])
        try:
            found = filed_together([one.signed(), other.signed()])
        finally:
            cursor.execute("ROLLBACK")
            cursor.connection.close()
    assert [bool(filed) for filed in found] == [False, True]
    assert one.file_alone()


def test_what_fails_for_one_leaves_nothing_of_any(english: None, monkeypatch: pytest.MonkeyPatch) -> None:
    both = [Filer(1), Filer(2)]

    def failing(*_given: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(filing_together, "update_later", failing)
    assert filed_together([one.signed() for one in both]) == ["", ""]
    assert not Declaration.objects.exists()
    assert not Leaf.objects.filter(act="declarations.declaration.file").exists()
    assert all(one.file_alone() for one in both)


def test_a_page_of_the_server_files_with_all_who_do_at_the_moment(english: None) -> None:
    one, wrong = Filer(1), Filer(2)
    wrong.sent["seen"] = "another"
    try:
        answer = one.file_with_others()
        refused = wrong.file_with_others()
    finally:
        AT_ONE_DESK.thread.submit(connections.close_all).result()
    filed = Declaration.objects.get()
    assert answer.headers["Location"] == address("filed", filed.pk)
    assert Event.objects.filter(name="declarations.draft.file_together").exists()
    assert refused.status_code in {409, 422}
    assert "changed" in refused.content.decode()


@pytest.mark.parametrize("count", [2, 6])  # few rows go to the database as one statement, more by COPY
def test_each_draft_leads_to_its_own_declaration(english: None, count: int) -> None:
    both = [Filer(number) for number in range(count)]
    found = filed_together([one.signed() for one in both])
    assert [Draft.objects.get(pk=one.draft.pk).declaration_id for one in both] == found
    assert [Declaration.objects.get(pk=key).person for key in found] == [one.person for one in both]
