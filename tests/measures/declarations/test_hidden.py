"""A declaration that the law does not open is behind no public door of the register."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.measures.declarations.test_redaction import WHOLE, content

pytestmark = pytest.mark.django_db


def test_a_declaration_that_is_not_public_has_no_page_and_is_in_no_file(client: Client) -> None:
    hidden = factories.official(2024, names=("Құпия Жан", "Тайный Жан", "Secret Zhan"), is_public=False)
    shown = factories.official(2024, rows={"cash": [{"amount": 5}]})
    for route, key in (
        ("declarations-person", hidden.person_id),
        ("declarations-person-csv", hidden.person_id),
        ("declarations-person-json", hidden.person_id),
        ("declarations-person-entities", hidden.person_id),
        ("declarations-declaration", hidden.pk),
    ):
        assert client.get(reverse(route, args=[key])).status_code == 404
    for route in ("declarations-register", "declarations-register-csv", "declarations-feed", *WHOLE):
        address = reverse(route)
        text = content(client, address)
        assert hidden.pk not in text
        assert "Құпия" not in text
        assert shown.pk in text


def test_the_page_of_an_official_leaves_out_declarations_that_are_not_public(client: Client) -> None:
    shown = factories.official(2024)
    hidden = factories.declaration(
        shown.person, 2023, is_public=False, rows={"cash": [{"amount": 777_777, "currency": "KZT"}]}
    )
    for route in (
        "declarations-person",
        "declarations-person-csv",
        "declarations-person-json",
        "declarations-person-entities",
    ):
        text = content(client, reverse(route, args=[shown.person_id]))
        assert hidden.pk not in text
        assert "777" not in re.sub("[0-9A-Za-z]{12,}", "", text)  # an id may hold it by chance
