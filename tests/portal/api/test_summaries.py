"""Each operation of the API has words in every language on the page that explains it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from adaldyq.portal.api.summaries import SUMMARIES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_operation_is_called_in_the_reader_s_language(language: str) -> None:
    paths = Client().get("/api/v1/openapi.json").json()["paths"]
    english = {operation["summary"] for methods in paths.values() for operation in methods.values()}
    assert english <= set(SUMMARIES)
    page = Client().get(f"/{language}/api/").content.decode()
    with translation.override(language):
        words = {one: translation.gettext(one) for one in english}
    assert [one for one, word in words.items() if word == one or escape(word) not in page] == []
