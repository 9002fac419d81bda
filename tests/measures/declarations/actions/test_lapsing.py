"""What is held against the dead lapses by night, each by itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Person
from adaldyq.measures.declarations.actions.non_filing import give_all_notices
from adaldyq.measures.declarations.actions.taking_back import lapse_all
from adaldyq.measures.declarations.models import NonFiling
from tests import factories

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
CLOCK = system("clock")


def test_the_night_goes_on_where_an_officer_was_first() -> None:
    dead = [factories.person([f"{name} Адам"]) for name in ("Бір", "Екі", "Үш")]
    for who in dead:
        factories.obligation(who, due_date=TODAY - timedelta(1), group="official", law="a law", body=factories.body())
    give_all_notices(by=CLOCK, at=timezone.now())
    Person.objects.filter(pk__in=[who.pk for who in dead]).update(death_date=TODAY)
    first, second, third = NonFiling.objects.order_by("pk")
    untouched = [second.pk]

    def officer_meanwhile(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if sql.startswith('UPDATE "declarations_nonfiling"') and untouched:
            NonFiling.objects.filter(pk=untouched.pop()).update(state="dropped", drop_ground="Was in hospital.")
        return execute(sql, *rest)

    with connection.execute_wrapper(officer_meanwhile):
        assert lapse_all(by=CLOCK, at=timezone.now()) == 2
    assert set(NonFiling.objects.filter(pk__in=[first.pk, third.pk]).values_list("back_ground", flat=True)) == {"dead"}
    second.refresh_from_db()
    assert (second.state, second.drop_ground, second.back_ground) == ("dropped", "Was in hospital.", "")
