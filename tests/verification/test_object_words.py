"""What a finding is about, as an analyst reads it."""

from __future__ import annotations

import pytest
from django.utils import translation

from adaldyq.verification.models import COUNTRY, Finding
from adaldyq.verification.views.object_words import object_words
from tests import factories

pytestmark = pytest.mark.django_db


def words(object_id: str, dataset: str = COUNTRY) -> str:
    with translation.override("en"):
        return object_words(Finding(object_id=object_id, dataset=dataset))


def test_an_account_is_told_by_its_end_and_its_year() -> None:
    assert words("2024:KZ047223889990851387") == "2024, account ending in 1387"


def test_a_form_is_told_in_words() -> None:
    assert words("income:2024") == "income and property, 2024"


def test_a_cadastral_number_stays_as_it_is() -> None:
    assert words("23:259:727:752") == "23:259:727:752"


def test_a_record_whose_id_looks_like_an_account_is_no_account() -> None:
    assert words("2018:AB12CDEF4SBZ", "nacp") == "2018"


def test_a_company_of_another_country_has_the_name_that_its_collection_gives() -> None:
    finding = Finding(object_id="RPKQGC52CT0W:2018", object_label="A company", dataset="nacp")
    assert object_words(finding) == "A company, 2018"


def test_a_giver_is_told_by_name() -> None:
    giver = factories.person(("Қазақша Аты", "Русское Имя", "English Name"))
    assert words(f"2023:{giver.pk}") == "2023, English Name"


def test_a_row_and_a_record_of_another_country_are_left_to_the_evidence() -> None:
    giver = factories.person()
    assert words("RPKQGC52CT0W") == ""
    assert words(f"2018:{giver.pk}", "nacp") == "2018"
