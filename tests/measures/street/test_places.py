"""Where it was, as the form offers it: by what lies in what, whatever a country calls its levels."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import translation

from adaldyq.kernel import naming
from adaldyq.kernel.models import Territory
from adaldyq.measures.street.queries.telling import places

OTHER_NAMES = {"country": "realm", "region": "province", "city": "capital", "district": "canton"}


@pytest.mark.django_db
def test_the_form_offers_every_territory_of_a_country_whose_levels_have_other_names(
    settings: Any,
) -> None:
    settings.COUNTRY = "zz"
    pack = naming.pack()
    Territory.objects.all().delete()
    for one in pack.territories:
        Territory.objects.create(
            id=one.code, level=OTHER_NAMES[one.level], parent_id=one.parent or None, as_of=date(2024, 1, 1)
        )
    with translation.override("en"):
        offered = dict(places())
    assert set(offered) == {one.code for one in pack.territories if one.parent}
    assert (offered["ZZ-CA"], offered["ZZ-NO-2"]) == ("Mirzan", "Upper Zarzand: Quarry")
