"""Every code that a section documents has a word, in every language."""

from __future__ import annotations

import re

import pytest
from django.utils.translation import gettext, override

from adaldyq.base.tables import ColumnType
from adaldyq.kernel.country_names import COUNTRIES
from adaldyq.measures.declarations.domain.codes import LISTS, PARTY, words_of
from adaldyq.measures.declarations.domain.outcomes import WORDS
from adaldyq.measures.declarations.domain.sections import BY_NAME, FORMS, SECTIONS
from adaldyq.measures.declarations.domain.wealth import ASSET_CLASSES, INCOME_CLASSES

CODE_LIST = re.compile(r"[a-z ]+(, [a-z ]+)*,? (or) [a-z ]+\.")
DOCUMENTED = [
    (section.name, column.name, re.split(r", or |, | or ", column.meaning.rstrip(".")))
    for section in SECTIONS
    for column in section.table.columns
    if column.type is ColumnType.TEXT and CODE_LIST.fullmatch(column.meaning)
]


def test_code_lists_are_found_in_the_sections() -> None:
    assert {(section, column) for section, column, _ in DOCUMENTED if column != "owner"} == set(LISTS)
    assert len([one for one in DOCUMENTED if one[1] == "owner"]) == len(SECTIONS)


@pytest.mark.parametrize(("section", "column", "codes"), DOCUMENTED, ids=lambda part: str(part)[:20])
def test_every_documented_code_has_a_word(section: str, column: str, codes: list[str]) -> None:
    assert set(words_of(section, column)) == set(codes)


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_every_word_is_translated(language: str) -> None:
    lists = [*LISTS.values(), PARTY, COUNTRIES, WORDS, FORMS, ASSET_CLASSES, INCOME_CLASSES]
    titles = [column.title for section in SECTIONS for column in section.table.columns if column.title]
    sentences = {word for one in lists for word in one.values()} | {one.title for one in SECTIONS} | set(titles)
    with override(language):
        assert [sentence for sentence in sorted(sentences) if gettext(sentence) == sentence] == []


def test_every_open_column_of_a_section_has_a_title() -> None:
    for section in BY_NAME.values():
        for column in section.table.columns:
            assert column.title or column.name in {"row_id", "declaration_id"}, (section.name, column.name)
