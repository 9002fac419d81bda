"""How a fee is counted is said whole and in the numbers of the reader's language."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from adaldyq.measures.payments.views.fees import formula_words


@pytest.mark.parametrize(("language", "said"), [("en", "0.2"), ("ru", "0,2"), ("kk", "0,2")])
def test_what_a_formula_does_not_count_is_not_told(language: str, said: str) -> None:
    formula = {"unit": "index", "base": "0.2", "each": "0", "least": "0", "most": "10"}
    with override(language):
        told = formula_words(formula)
    assert told.startswith(f"{said} × ")
    assert [part.count("×") for part in told.split("; ")] == [1, 1]
    assert "10 ×" in told
