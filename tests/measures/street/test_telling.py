"""Telling openly: nobody is asked who they are, what cannot be is refused, the same form is one report."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Event
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.reports.models import Report, ReporterLeaf
from adaldyq.measures.street.actions.telling import NOBODY, tell_openly
from adaldyq.measures.street.jobs import begin_night
from adaldyq.measures.street.models import StreetReport
from adaldyq.measures.street.queries import limits
from tests import factories
from tests.measures.street.telling import tell, told

AT = datetime(2025, 9, 20, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_what_is_told_leaves_no_line_and_touches_no_sealed_report() -> None:
    factories.territory()
    before = Leaf.objects.count()
    tell(1, AT, amount=Decimal(20_000), words="Быстро и без очереди за деньги")
    assert Leaf.objects.count() == before
    assert Event.objects.get(name="street.report.tell").payload == {"month": "2025-09"}
    assert not Report.objects.exists()
    assert not ReporterLeaf.objects.exists()


def test_the_same_form_sent_twice_is_one_report() -> None:
    first = told()
    kept = {tell_openly(told=first, by=NOBODY, at=AT).pk for _time in range(2)}
    assert len(kept) == StreetReport.objects.count() == 1


def test_whoever_is_signed_in_tells_as_nobody_or_not_at_all() -> None:
    with pytest.raises(NotAllowed):
        tell_openly(told=told(), by=actor_of(factories.account("a", Role.CITIZEN)), at=AT)


@pytest.mark.parametrize(
    ("facts", "code", "field"),
    [
        ({"happened": "stolen"}, "declared-not-offered", "happened"),
        ({"service": "magic"}, "declared-not-offered", "service"),
        ({"body_kind": "magic"}, "declared-not-offered", "body_kind"),
        ({"month": date(2025, 10, 1)}, "street-month", "month"),
        ({"month": date(2023, 9, 1)}, "street-month", "month"),
        ({"amount": Decimal(0)}, "street-sum", "amount"),
        ({"amount": Decimal(10) ** 12}, "street-sum", "amount"),
        ({"amount": Decimal(1), "happened": "honest"}, "street-sum", "amount"),
        ({"words": "a" * 501}, "street-words", "words"),
    ],
)
def test_what_cannot_be_is_refused(facts: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        tell(1, AT, **facts)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not StreetReport.objects.exists()


def test_of_a_flood_of_one_day_some_are_kept_by_lot_and_none_that_did_its_work_or_was_read_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (read,) = tell(1, AT, words="Слова")
    StreetReport.objects.filter(pk=read.pk).update(state="shown")
    worked = {one.pk for one in tell(3, AT, worked=True)}
    monkeypatch.setattr(limits, "MOST_WORDS_OF_A_DAY", 4)
    flood = tell(60, AT, words="Реклама", place="KZ-75")
    elsewhere = {one.pk for one in tell(2, AT, place="KZ-71")}
    kept = set(StreetReport.objects.values_list("pk", flat=True))
    assert {read.pk} | worked | elsewhere < kept
    assert len(kept & {one.pk for one in flood}) == limits.MOST_OF_A_DAY - 1
    assert 0 < StreetReport.objects.filter(state="waiting").count() <= 4
    gone = next(one for one in flood if one.pk not in kept)
    tell_openly(told=told(page=gone.page), by=NOBODY, at=AT)  # its lot is the same
    assert set(StreetReport.objects.values_list("pk", flat=True)) == kept


def test_words_that_nobody_reads_are_forgotten_and_the_answer_still_counts() -> None:
    (one,) = tell(1, AT, words="Слова")
    begin_night({}, AT + limits.WORDS_WAIT)
    assert StreetReport.objects.get().words
    begin_night({}, AT + limits.WORDS_WAIT + timedelta(days=1))
    one.refresh_from_db()
    assert (one.words, one.state) == ("", "plain")


def test_only_words_wait_for_a_moderator() -> None:
    (plain,), (waiting,) = tell(1, AT), tell(1, AT, words="Слова")
    assert (plain.state, waiting.state) == ("plain", "waiting")
