"""Anybody prints the forms; their boxes and choices are numbered as whoever keys them in sees them."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone, translation
from pytest_django.fixtures import Settings

from adaldyq.base.names import arabic
from adaldyq.kernel.models import Person
from adaldyq.kernel.naming import pack
from adaldyq.measures.declarations.domain.paper_form import LINE, as_meant, paper_sections, version_of
from adaldyq.measures.declarations.domain.sections import FORMS
from adaldyq.measures.declarations.views.paper_forms import made
from adaldyq.ui.formats.values import money
from tests.kernel.documents.reading import structure_of, text_of
from tests.measures.declarations.views.journey import CAR, address, begun

YEAR = timezone.localdate().year - 1


def printed(client: Client, form: str, language: str = "en") -> str:
    answer = client.get(f"/en/declarations/paper/{form}-{YEAR}-{language}.pdf")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return text_of(answer.content)


@pytest.mark.django_db
def test_every_box_of_the_form_is_printed_with_its_number_and_its_choices(client: Client) -> None:
    for form in FORMS:
        text = printed(client, form)
        for section in paper_sections(form):
            assert f"{section.number}. {section.section.title}" in text
            for box in section.boxes:
                assert text.count(f"{box.number} {box.column.title}") >= section.places, box.number
        assert f"KZ-{form.upper()}-{YEAR}-EN-{version_of(form)}" in text
    assert "3.2 Kind: 1 apartment, 2 house, 3 plot of land" in text
    assert f"Last day on paper: 15 July {YEAR + 1}" in text.replace("\u00a0", " ")
    assert "Enclose a copy: Loan contract certified by a notary (10.3 = 3)" in text
    limit = money(pack().threshold_amount("cash_most", date(YEAR, 12, 31)))
    assert f"up to {limit} altogether".replace("\u202f", " ").replace("\u00a0", " ") in " ".join(text.split())
    for words in ("the state revenue office", "Extra sheet", "Signature", "Nothing to declare", "Number (IIN)"):
        assert words in text


@pytest.mark.django_db
def test_the_page_leads_to_both_forms_in_every_language_without_a_sign_in(client: Client) -> None:
    page = client.get("/kk/declarations/paper/").content.decode()
    for form in FORMS:
        for language in ("kk", "ru", "en"):
            assert f"/declarations/paper/{form}-{YEAR}-{language}.pdf" in page
    assert "Раздел" not in printed(client, "income", "kk")
    assert "Дополнительный лист" in printed(client, "income", "ru")
    for wrong in (f"income-{YEAR}-fr", f"income-{YEAR + 1}-ru", f"wealth-{YEAR}-ru", f"income-{YEAR - 50}-ru"):
        assert client.get(f"/kk/declarations/paper/{wrong}.pdf").status_code == 404


@pytest.mark.django_db
def test_a_draft_is_printed_in_the_boxes_of_the_form(citizen: Client, declarant: Person, client: Client) -> None:
    draft = begun(citizen, declarant)
    citizen.post(address("draft-row", draft.pk, "vehicle", "0000000000AA"), CAR)
    citizen.post(address("draft-section", draft.pk, "cash"), {"answer": "nothing"})
    text = text_of(citizen.get(address("draft-paper", draft.pk)).content)
    for words in ("Toyota Camry", "9 500 000,50", "27 3 2019"):
        assert words in text
    assert "6.2 Amount" not in text, "a section with nothing to declare is marked, and has no boxes"
    assert client.get(address("draft-paper", draft.pk)).status_code == 302


@pytest.mark.django_db
def test_a_form_that_is_read_from_the_right_is_printed_from_the_right(settings: Settings) -> None:
    settings.COUNTRY, settings.LANGUAGES_BIDI = "zz", ["qaa"]
    with translation.override("qaa"):
        content = made("income", YEAR, "qaa", {}, {}, timezone.localdate())
    assert arabic("any office of the tax inspectorate") in text_of(content)
    assert b"/Lang(qaa)" in structure_of(content).replace(b"/Lang (", b"/Lang(")


def test_lines_of_boxes_are_full_and_empty_boxes_mean_what_the_form_says() -> None:
    for form in FORMS:
        for section in paper_sections(form):
            used = 0
            for box in section.boxes:
                used += box.width
                assert used <= LINE
                used %= LINE
            assert used == 0, section.name
    meant = as_meant("vehicle", {"make": "Niva", "currency": "EUR"}, currency="KZT", country="KZ")
    assert meant == {"owner": "declarant", "make": "Niva", "currency": "EUR", "country": "KZ", "share": "100"}
    assert as_meant("vehicle", {"make": " "}, currency="KZT", country="KZ") == {}
