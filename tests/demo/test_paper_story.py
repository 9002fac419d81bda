"""The registrars of declarations find papers in hand: to key in, to key in again, and to decide about."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from adaldyq.demo.paper_story import bring_papers
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.models import ReceivedPaper
from adaldyq.measures.declarations.queries.received import compared
from tests import factories

pytestmark = pytest.mark.django_db


def test_papers_wait_in_each_state_of_their_way() -> None:
    first, second = factories.account("first"), factories.account("second")
    for one in (first, second):
        factories.grant(one, Role.REGISTRAR, registry=Registry.DECLARATIONS)
    for _number in range(4):
        factories.declaration(is_public=False)
    bring_papers([first, second], datetime(2025, 12, 31, 12, tzinfo=UTC))
    assert not ReceivedPaper.objects.exists()
    bring_papers([first, second], datetime(2026, 11, 28, 12, tzinfo=UTC))
    papers = {one.state: one for one in ReceivedPaper.objects.all()}
    assert set(papers) == {"received", "keyed", "differs"}
    assert {one.received_date for one in papers.values()} == {date(2026, 7, 10)}
    assert [one.column for one in compared(papers["differs"])] == ["value"]
