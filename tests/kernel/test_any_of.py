"""A column is one of many texts, whatever letters they have."""

from __future__ import annotations

import pytest

from adaldyq.kernel.models import PersonName
from tests import factories

pytestmark = pytest.mark.django_db

ODD = ('"', "\\", '\\"', "{a,b}", "NULL", "", " ", "'; --", "%s", "ұ\n", "a,b")


def test_each_of_them_is_found_and_no_other() -> None:
    for text in (*ODD, "other"):
        factories.person((text,))
    rows = PersonName.objects.values_list("text", flat=True)
    assert sorted(rows.filter(text__any_of=list(ODD))) == sorted(ODD)
    assert [list(rows.filter(text__any_of=[one])) for one in ODD] == [[one] for one in ODD]
    assert not rows.filter(text__any_of=[])
