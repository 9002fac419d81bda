"""Codes of the base registries stand in words on the page of a finding, in every language."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from adaldyq.kernel.tables import PUBLISHED
from adaldyq.verification.codes import CODED, code_word

LISTED = re.compile(r"^[a-z ]+(, [a-z ]+)* or [a-z ]+\.$")
"""A meaning that lists the codes of its column and says nothing else."""


def listed() -> list[tuple[str, str]]:
    """Codes that the columns of the registries list in their meaning."""
    models = [one.model for one in PUBLISHED if one.model is not None]
    fields = [(one.attname, str(one.help_text)) for model in models for one in model._meta.concrete_fields]
    coded = [
        (column, meaning.removesuffix(".")) for column, meaning in fields if column in CODED and LISTED.match(meaning)
    ]
    return sorted({(column, code) for column, meaning in coded for code in re.split(r", | or ", meaning)})


def test_registries_list_their_codes() -> None:
    assert {("kind", "direct"), ("kind", "mortgage"), ("kind", "bond"), ("basis", "gift")} <= set(listed())


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_code_has_its_word(language: str) -> None:
    with translation.override(language):
        raw = [code for column, code in listed() if code_word(column, code).isascii()]
    assert raw == []
