"""The pages say of a sum whether the law means it as the least or as the most that is stated."""

from __future__ import annotations

from datetime import date
from unittest.mock import Mock

import pytest
from django.utils import translation

from adaldyq.kernel import naming
from adaldyq.measures.declarations.views.limits import limit_of
from adaldyq.ui.formats.values import money

YEAR = 2024
SENTENCES = {"kk": "{} сомасына дейін көрсетіледі", "ru": "в пределах {} в сумме", "en": "stated up to {} altogether"}


@pytest.mark.parametrize("language", SENTENCES)
def test_cash_is_stated_up_to_the_sum_of_the_article(language: str) -> None:
    with translation.override(language):
        told, law = limit_of("cash", YEAR)
        sum_of_the_law = money(naming.pack().threshold_amount("cash_most", date(YEAR, 12, 31)))
        assert told.count(sum_of_the_law) == 1
        assert SENTENCES[language].format(sum_of_the_law) in told
    assert "631" in law


def test_a_pack_that_sets_no_sum_for_cash_tells_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("adaldyq.measures.declarations.views.limits.in_pack", Mock(return_value=None))
    assert limit_of("cash", YEAR) == ("", "")
