"""The pages on which two registrars merge and split records, and the redirects that follow."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from adaldyq.kernel.models import Merge
from adaldyq.kernel.roles import Role
from tests import factories
from tests.portal.registers.test_pages import address, text_of

pytestmark = pytest.mark.django_db


def registrar(name: str) -> Client:
    browser = Client()
    browser.force_login(factories.account(name, Role.REGISTRAR))
    return browser


def test_two_registrars_merge_two_bodies_and_the_old_address_redirects() -> None:
    kept, gone = factories.body("Жаңа", names={"en": "New ministry"}), factories.body("Ескі", names={"en": "Old one"})
    first, second = registrar("first"), registrar("second")
    facts = {"register": "body", "kept": kept.pk, "merged": gone.pk, "reason": "Decree 5"}
    assert first.post(address("registers-merges"), facts).status_code == 302
    merge = Merge.objects.get()
    page = address("registers-merge", merge.pk)
    assert "Confirm the merge" not in text_of(first, "registers-merge", merge.pk)
    assert "Confirm the merge" in text_of(second, "registers-merge", merge.pk)
    assert first.post(page, {"step": "confirm"}).status_code == 403
    second.post(page, {"step": "confirm"})
    answer = Client().get(address("registers-body", gone.pk))
    assert answer.status_code == 301
    assert answer.headers["Location"] == address("registers-body", kept.pk)
    empty = first.post(page, {"step": "propose_split", "reason": ""})
    assert empty.status_code == 422
    first.post(page, {"step": "propose_split", "reason": "Decree 6"})
    second.post(page, {"step": "confirm_split"})
    assert Client().get(address("registers-body", gone.pk)).status_code == 200


def test_what_is_wrong_in_a_proposal_is_told_and_the_form_comes_back_filled() -> None:
    answer = registrar("first").post(
        address("registers-merges"), {"register": "person", "kept": "nobody", "merged": "1", "reason": "Same"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "No record has this number" in page
    assert "<title>Error: Merges" in page
    assert 'value="nobody"' in page


def test_who_may_be_the_same_person_is_named_with_the_proposal_filled_in() -> None:
    one = factories.person(["Құдайбергенов Ғабит"])
    same = factories.person(["Khudaibergenov Gabit"])
    browser = registrar("first")
    assert "Perhaps the same person" in text_of(browser, "registers-person", one.pk)
    page = browser.get(address("registers-merges"), {"register": "person", "kept": one.pk, "merged": same.pk})
    assert f'value="{same.pk}"' in page.content.decode()
    assert "Perhaps the same person" not in text_of(browser, "registers-person", factories.person(["Ли Анна"]).pk)


def test_a_proposal_tells_two_people_of_one_name_apart() -> None:
    one, other = factories.person(birth_date=date(1950, 3, 1)), factories.person(birth_date=date(1975, 12, 10))
    facts = {"register": "person", "kept": one.pk, "merged": other.pk, "reason": "Same"}
    first = registrar("first")
    assert first.post(address("registers-merges"), facts).status_code == 302
    page = text_of(first, "registers-merge", Merge.objects.get().pk)
    assert "born 1\u00a0March 1950" in page
    assert "born 10\u00a0December 1975" in page
