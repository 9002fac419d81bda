"""What the sample country tells openly fills the public numbers, and its rule finds what was planted and no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest
from django.contrib.auth.hashers import make_password

from adaldyq.demo.score import Found, score
from adaldyq.demo.street_story import PEOPLE_AN_ANSWER, PRICE_RULE, RULE, tell_some, truth
from adaldyq.kernel import naming
from adaldyq.kernel.actions.accounts import grant_role, open_account
from adaldyq.kernel.models import Territory
from adaldyq.kernel.roles import Role
from adaldyq.measures.street import statistics
from adaldyq.measures.street.models import StreetReport
from adaldyq.measures.street.tables import STREET_CELL, cells
from adaldyq.verification.arrow import schema_of
from adaldyq.verification.catalogue import rules
from adaldyq.verification.engines.duckdb import opened
from tests import factories
from tests.factories import BY

AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
FEW = 12 * PEOPLE_AN_ANSWER
MANY = 600 * PEOPLE_AN_ANSWER
pytestmark = pytest.mark.django_db


def regions() -> None:
    """The country and its regions."""
    facts = {one.code: one for one in naming.pack().territories}
    factories.loaded(
        "territory",
        *(
            Territory(
                id=code, level=one.level, parent_id=one.parent or None, source=factories.SOURCE, as_of=factories.AS_OF
            )
            for code, one in facts.items()
        ),
    )


def test_a_small_country_tells_a_little_once() -> None:
    factories.territory()
    account = open_account(
        username="reviewer", name="Асқар", password_hash=make_password(factories.PASSWORD), by=BY, at=AT
    )
    grant_role(account=account, role=Role.REVIEWER, by=BY, at=AT)
    for _twice in range(2):
        tell_some(5, FEW, AT)
    states = StreetReport.objects.values_list("state", flat=True)
    assert (len(states), list(states).count("shown"), list(states).count("waiting")) == (24, 8, 3)
    assert truth(FEW, AT.date()).num_rows == 0


def test_the_rule_finds_the_planted_regions_and_no_person() -> None:
    regions()
    tell_some(1, MANY, AT)
    newest = statistics.edition()
    assert newest is not None
    assert statistics.years(newest) == [2026, 2025]
    whole = statistics.whole(newest, 2026)
    assert whole is not None
    assert whole.reports > 300
    found = [Found(rule, row["subject_id"], row["object_id"]) for rule in (RULE, PRICE_RULE) for row in asked(rule)]
    told, price = score(found, truth(MANY, AT.date()))
    assert (price.schemes, price.caught, price.unplanned) == (1, 1, 0)
    assert (told.schemes, told.caught, told.hidden, told.look_alikes) == (3, 2, 1, (1, 1))
    assert (told.near_misses, told.unplanned) == ((1, 0), 0)


def asked(rule: str) -> Sequence[Mapping[str, Any]]:
    """What the rule asks about the published table."""
    with opened({STREET_CELL.name: STREET_CELL}) as engine:
        engine.offer_rows(
            STREET_CELL.name, pa.Table.from_pylist([dict(row) for row in cells()], schema_of(STREET_CELL))
        )
        engine.offer_nothing_else()
        answer = engine.answer(rules()[rule])
        assert not answer.error
        rows: Sequence[Mapping[str, Any]] = answer.findings.to_pylist()
        return rows
