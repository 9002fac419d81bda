"""An obligation that ended and is stated again finds the draft that was begun, and is what that draft answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from adaldyq.kernel.actions.bodies import appoint, dismiss
from adaldyq.kernel.actions.periods import Provenance
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import Account, Notification, Person
from adaldyq.kernel.roles import Registry, Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.declarations.actions.obliging import determine_open_years
from adaldyq.measures.declarations.actions.relief import extend_obligation
from adaldyq.measures.declarations.models import Declaration, Draft, Obligation, ObligationExtension
from tests import factories
from tests.measures.declarations.views.journey import address, answered, shown_again, signing

pytestmark = pytest.mark.django_db

AT = datetime(2026, 2, 10, 9, tzinfo=UTC)
FACTS: dict[str, Any] = {"origin": Provenance("order", date(2026, 2, 10)), "by": factories.BY, "at": AT}


@pytest.fixture(autouse=True)
def in_2026(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: AT)


def appointed(declarant: Person) -> Any:
    held = appoint(person=declarant, post=factories.post(), since=date(2020, 5, 1), act_number="1", **FACTS)
    deliver_waiting(at=AT)
    return held


def dismissed_and_appointed_again(declarant: Person, held: Any) -> Obligation:
    """The one of 2025, which a dismissal took away and a later appointment brought back."""
    dismiss(appointment=held, until=date(2025, 11, 30), act_number="7", **FACTS)
    deliver_waiting(at=AT)
    assert not Obligation.objects.filter(person=declarant, year=2025).exists()
    appoint(person=declarant, post=held.post, since=date(2025, 12, 1), act_number="8", **FACTS)
    deliver_waiting(at=AT)
    return Obligation.objects.get(person=declarant, year=2025)


def signed_in(citizen: Client, declarant: Person) -> None:
    citizen.force_login(Account.objects.get(person=declarant))
    shown_again(citizen)


def begun(citizen: Client, declarant: Person) -> Draft:
    signed_in(citizen, declarant)
    citizen.post(address("begin", Obligation.objects.get(person=declarant, year=2025).pk))
    return Draft.objects.get()


def filed(citizen: Client, declarant: Person, draft: Draft) -> Declaration:
    answered(citizen, draft)
    signed_in(citizen, declarant)
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    return Declaration.objects.get()


def test_a_draft_answers_what_was_withdrawn_and_is_owed_again(citizen: Client, declarant: Person) -> None:
    held = appointed(declarant)
    draft = begun(citizen, declarant)
    again = dismissed_and_appointed_again(declarant, held)
    draft.refresh_from_db()
    assert draft.obligation_id == again.pk
    assert "need not file" not in citizen.get(address("draft", draft.pk)).content.decode()
    one = filed(citizen, declarant, draft)
    assert (one.is_public, one.due_date, one.body_id) == (True, again.due_date, again.body_id)


def test_filing_looks_up_what_a_draft_without_an_obligation_answers(citizen: Client, declarant: Person) -> None:
    appointed(declarant)
    draft = begun(citizen, declarant)
    Draft.objects.update(obligation=None)  # as it stood where an older version of the product had lost it
    assert "need not file" not in citizen.get(address("draft", draft.pk)).content.decode()
    one, owed = filed(citizen, declarant, draft), Obligation.objects.get(person=declarant, year=2025)
    assert (one.is_public, one.due_date, one.body_id) == (True, owed.due_date, owed.body_id)


def test_the_last_day_that_was_put_off_stays_so_when_the_obligation_is_stated_again(
    citizen: Client, declarant: Person
) -> None:
    held = appointed(declarant)
    keeper = factories.account("keeper")
    factories.grant(keeper, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    by, owed = actor_of(Account.objects.get(pk=keeper.pk)), Obligation.objects.get(person=declarant, year=2025)
    extend_obligation(obligation=owed, due=date(2026, 9, 30), reason="Ill for long.", by=by, at=AT)
    again = dismissed_and_appointed_again(declarant, held)
    assert (again.pk != owed.pk, again.due_date) == (True, date(2026, 9, 30))
    extension = ObligationExtension.objects.get()
    assert (extension.obligation_id, extension.due_after, extension.reason) == (
        again.pk,
        date(2026, 9, 30),
        "Ill for long.",
    )
    signed_in(citizen, declarant)
    page = citizen.get(address("obligations")).content.decode()
    assert page.count("Ill for long.") == 2
    entered_late = Obligation.objects.filter(person=declarant, year__lt=2025)
    assert page.count("was entered in the register late") == entered_late.count()


def filed_as_an_employee(citizen: Client, declarant: Person) -> Declaration:
    post = factories.post(declares=False, title="Маман")
    appoint(person=declarant, post=post, since=date(2020, 5, 1), act_number="1", **FACTS)
    deliver_waiting(at=AT)
    draft = begun(citizen, declarant)
    one = filed(citizen, declarant, draft)
    assert not one.is_public
    return one


def known_as_an_official(declarant: Person) -> Any:
    post = factories.post(factories.body("Агенттік"), "Басшы")
    held = appoint(person=declarant, post=post, since=date(2025, 6, 1), act_number="2", **FACTS)
    deliver_waiting(at=AT)
    return held


def test_what_an_official_filed_before_their_post_was_known_opens_after_they_were_told(
    citizen: Client, declarant: Person
) -> None:
    one = filed_as_an_employee(citizen, declarant)
    held = known_as_an_official(declarant)
    owed = Obligation.objects.get(person=declarant, year=2025)
    assert (owed.is_public, owed.opens_date) == (False, date(2026, 3, 12))
    (told,) = Notification.objects.filter(message="obligation-opens")
    assert told.parameters == {"year": 2025, "due_date": "2026-03-12"}
    signed_in(citizen, declarant)
    assert "Opens to everybody" in citizen.get(address("obligations")).content.decode()
    page = address("declaration", one.pk)
    assert Client().get(page).status_code == 404
    list(determine_open_years(by=factories.BY, at=AT + timedelta(29)))
    assert not Declaration.objects.get().is_public
    before = Leaf.objects.count()
    list(determine_open_years(by=factories.BY, at=AT + timedelta(30)))
    assert Leaf.objects.count() > before
    owed.refresh_from_db()
    assert (owed.is_public, owed.opens_date, owed.body_id, owed.reason) == (True, None, held.post.body_id, "official")
    assert Declaration.objects.get().is_public
    assert Client().get(page).status_code == 200
    citizen.post(address("amend", one.pk))
    draft = Draft.objects.get(state="open")
    answered(citizen, draft)
    signed_in(citizen, declarant)
    assert citizen.post(address("draft-sign", draft.pk), signing(citizen, draft)).status_code == 302
    assert Declaration.objects.get(version=2).is_public


def test_what_was_announced_to_open_stays_closed_when_the_register_is_corrected(
    citizen: Client, declarant: Person
) -> None:
    filed_as_an_employee(citizen, declarant)
    held = known_as_an_official(declarant)
    dismiss(appointment=held, until=date(2025, 11, 30), act_number="3", **FACTS)
    deliver_waiting(at=AT)
    assert Obligation.objects.get(person=declarant, year=2025).opens_date is None
    assert Notification.objects.filter(message="obligation-stays-closed").count() == 1
    list(determine_open_years(by=factories.BY, at=AT + timedelta(40)))
    assert not Declaration.objects.get().is_public
