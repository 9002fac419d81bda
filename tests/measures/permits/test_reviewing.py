"""A body justifies in time what it needs, somebody else decides about it, and what nobody justified falls once."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.actions.accounts import grant_role
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.deadlines.clock import tick
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.measures.permits.actions.catalogue import amend_entry
from adaldyq.measures.permits.actions.deciding import decide
from adaldyq.measures.permits.actions.lapsing import lapse
from adaldyq.measures.permits.actions.reviewing import assess_burden, assess_legality, assess_necessity, justify
from adaldyq.measures.permits.domain.terms import Burden
from adaldyq.measures.permits.models import PermitEntry, PermitEvent, PermitReview
from adaldyq.measures.permits.queries import catalogue, reviews
from tests import factories
from tests.factories import BY
from tests.measures.permits.entries import entry, terms
from tests.measures.permits.reviewing import (
    AT,
    LATER,
    LAW,
    UNTIL,
    assessed,
    decided,
    decision,
    justified,
    lighter,
    officer,
    opened,
    review_of,
    reviewer,
)

pytestmark = pytest.mark.django_db
AFTER = datetime(2025, 11, 7, 3, tzinfo=UTC)


@pytest.fixture
def body() -> Any:
    return factories.body()


@pytest.fixture
def of(body: Any) -> Actor:
    return actor_of(officer(body))


@pytest.fixture
def by() -> Actor:
    return reviewer()


def lines(act: str) -> list[dict[str, Any]]:
    """What the ledger says of an act."""
    return [
        json.loads(one or "") for one in Leaf.objects.filter(act=act).order_by("pk").values_list("payload", flat=True)
    ]


def test_a_round_binds_each_body_to_a_day_that_is_not_too_near(body: Any, by: Actor) -> None:
    made = entry(of=body)
    with pytest.raises(DomainError, match="permit-term-short"):
        opened(by, [made], until=date(2025, 10, 24))
    with pytest.raises(DomainError, match="permit-day-of-rest"):
        opened(by, [made], until=date(2025, 11, 8))
    opened(by, [made])
    deadline = Deadline.objects.get(name="permit_justification")
    assert (deadline.body, deadline.due_date, deadline.state) == (body, UNTIL, "running")
    assert lines("permits.round.open")[0]["entries"] == 1
    with pytest.raises(DomainError, match="permit-nothing-to-review"):
        opened(by, [made])


def test_what_is_not_justified_falls_once_from_the_day_after_the_last(body: Any, by: Actor) -> None:
    made = entry(of=body)
    opened(by, [made])
    assert tick(at=datetime(2025, 11, 6, 12, tzinfo=UTC)) == 0
    assert [tick(at=AFTER), tick(at=AFTER)] == [1, 0]
    made.refresh_from_db()
    assert (made.state, made.ended_date) == ("lapsed", date(2025, 11, 7))
    (event,) = PermitEvent.objects.filter(happened="lapsed")
    assert (event.saved_amount, event.saved_days, event.act_number) == (Decimal(2_500_000), 1500, "55-n")
    assert [one["outcome"] for one in lines("permits.review.lapse")] == ["lapsed"]
    assert catalogue.newest(made).valid_to == UNTIL


def test_a_clock_that_was_down_lets_it_fall_from_the_same_day(body: Any, by: Actor) -> None:
    made = entry(of=body)
    opened(by, [made])
    tick(at=datetime(2026, 2, 1, tzinfo=UTC))
    made.refresh_from_db()
    assert made.ended_date == date(2025, 11, 7)


def test_what_was_justified_in_time_does_not_fall(body: Any, of: Actor, by: Actor) -> None:
    made = entry(of=body)
    opened(by, [made])
    justified(made, of)
    assert tick(at=AFTER) == 0
    assert Deadline.objects.get().state == "met"
    with pytest.raises(Conflict):
        lapse(subject=review_of(made), by=system("clock"), at=AFTER)
    made.refresh_from_db()
    assert made.state == "introduced"


def test_nobody_justifies_late_or_for_another_body_or_without_reasons(body: Any, of: Actor, by: Actor) -> None:
    made = entry(of=body)
    opened(by, [made])
    with pytest.raises(DomainError, match="permit-justified-late"):
        justify(review=review_of(made), words="Too late", by=of, at=AFTER)
    with pytest.raises(DomainError, match="reason-missing"):
        justify(review=review_of(made), words=" ", by=of, at=LATER)
    other = actor_of(officer(factories.body("Басқа министрлік"), "other"))
    for somebody in (other, by, BY):
        with pytest.raises(NotAllowed):
            justify(review=review_of(made), words="Needed", by=somebody, at=LATER)
    with pytest.raises(NotAllowed):
        lapse(subject=review_of(made), by=by, at=AFTER)


def test_whoever_defends_a_permit_does_not_decide_about_it(body: Any, by: Actor) -> None:
    account = officer(body, "both")
    with pytest.raises(DomainError, match="roles-apart"):
        grant_role(account=account, role=Role.REVIEWER, by=BY, at=AT)
    made = entry(of=body)
    opened(by, [made])
    review = assessed(justified(made, actor_of(account)), by)
    turned = Actor(account.pk, frozenset({Role.REVIEWER}))
    for somebody in (turned, actor_of(account)):
        with pytest.raises(DomainError, match="acts-apart"):
            decide(review=review, decision=decision("keep"), by=somebody, at=LATER)
    with pytest.raises(NotAllowed):
        decide(review=review, decision=decision("keep"), by=actor_of(officer(body, "another")), at=LATER)


def test_a_permit_is_kept_by_an_act_with_reasons(body: Any, of: Actor, by: Actor) -> None:
    made = entry(of=body)
    opened(by, [made])
    done = decided(made, "keep", of, by)
    made.refresh_from_db()
    assert (made.state, made.ended_date, done.burden_amount, done.burden_days) == (
        "kept",
        None,
        Decimal(1_300_000),
        1000,
    )
    (event, *_rest) = catalogue.life(made)
    assert (event.happened, event.act_number, event.reasons, event.saved_amount) == (
        "kept",
        "120-VIII",
        "So few harms",
        None,
    )
    (line,) = lines("permits.review.decide")
    assert (line["outcome"], line["act"], line["by"]) == ("keep", "120-VIII", by.id)
    with pytest.raises(Conflict):
        decide(review=done, decision=decision("abolish"), by=by, at=LATER)


def test_what_is_simplified_asks_for_less_from_that_day_and_saves_the_difference(
    body: Any, of: Actor, by: Actor
) -> None:
    made = entry(of=body)
    opened(by, [made])
    done = decided(made, "simplify", of, by, lighter=lighter())
    made.refresh_from_db()
    now = catalogue.newest(made)
    assert (made.state, now.version, now.days, now.fee, now.kind) == ("simplified", 2, 5, Decimal(3), "licence")
    assert (done.saved_amount, done.saved_days) == (Decimal(750_000), 1000 - 250)


def test_what_is_moved_to_notification_waits_for_no_decision(body: Any, of: Actor, by: Actor) -> None:
    made = entry(of=body, silence_is_consent=False)
    opened(by, [made])
    decided(made, "move", of, by, lighter=lighter(days=1, fee=Decimal(0), hours=Decimal(1), costs=Decimal(0)))
    made.refresh_from_db()
    now = catalogue.newest(made)
    assert (made.state, made.kind, now.kind, now.silence_is_consent) == (
        "notification",
        "notification",
        "notification",
        True,
    )


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "permit-lighter-missing"),
        ({"lighter": lighter(days=21)}, "permit-not-lighter"),
        ({"lighter": lighter(days=15, fee=Decimal(10), hours=Decimal(10))}, "permit-not-lighter"),
    ],
)
def test_nothing_is_simplified_into_something_heavier(
    body: Any, of: Actor, by: Actor, facts: dict[str, Any], code: str
) -> None:
    made = entry(of=body)
    opened(by, [made])
    with pytest.raises(DomainError, match=code):
        decided(made, "simplify", of, by, **facts)
    made.refresh_from_db()
    assert (made.state, made.versions.count()) == ("introduced", 1)


def test_what_is_abolished_saves_all_that_it_cost_and_what_is_no_permit_saves_nothing(
    body: Any, of: Actor, by: Actor
) -> None:
    first, second = entry(of=body), entry("P-002", of=body)
    opened(by, [first, second])
    gone, out = decided(first, "abolish", of, by), decided(second, "exclude", of, by)
    assert (gone.saved_amount, gone.saved_days) == (Decimal(1_300_000), 1000)
    assert (out.saved_amount, out.saved_days) == (None, None)
    assert list(PermitEntry.objects.order_by("number").values_list("state", flat=True)) == ["abolished", "excluded"]
    assert catalogue.newest(first).valid_to == date(2025, 10, 14)
    with pytest.raises(DomainError, match="permit-ended"):
        amend_entry(entry=first, terms=terms(), body=body, since=date(2026, 1, 1), by=BY, at=AT)


def test_what_no_law_asks_for_falls_before_anybody_counts_and_never_stays(body: Any, of: Actor, by: Actor) -> None:
    made = entry(of=body)
    opened(by, [made])
    review = justified(made, of)
    assess_legality(review=review, lawful=False, words="No act asks for it", by=by, at=LATER)
    assert reviews.may_decide_now(review)
    with pytest.raises(DomainError, match="permit-unlawful"):
        decide(review=review, decision=decision("keep"), by=by, at=LATER)
    done = decide(review=review, decision=decision("abolish"), by=by, at=LATER)
    assert done.saved_amount == Decimal(2_500_000)


def test_what_is_not_needed_may_become_a_notification_but_not_stay(body: Any, of: Actor, by: Actor) -> None:
    made = entry(of=body)
    opened(by, [made])
    review = assessed(justified(made, of), by, needed=False)
    for outcome in ("keep", "simplify"):
        with pytest.raises(DomainError, match="permit-needless"):
            decide(review=review, decision=decision(outcome, lighter=lighter()), by=by, at=LATER)
    moved = decision("move", lighter=lighter(days=1))
    assert decide(review=review, decision=moved, by=by, at=LATER).outcome == "move"


def test_steps_go_in_their_order(body: Any, of: Actor, by: Actor) -> None:
    made = entry(of=body)
    opened(by, [made])
    review = review_of(made)
    with pytest.raises(Conflict):
        assess_legality(review=review, lawful=True, words="x", by=by, at=LATER)
    justified(made, of)
    review = review_of(made)
    with pytest.raises(Conflict):
        assess_necessity(review=review, needed=True, words="x", by=by, at=LATER)
    with pytest.raises(Conflict):
        decide(review=review, decision=decision("abolish"), by=by, at=LATER)
    with pytest.raises(DomainError, match="permit-number-range"):
        assess_burden(review=review, burden=Burden(Decimal(-1), Decimal(0), 1), days=1, words="x", by=by, at=LATER)
    assess_legality(review=review, lawful=True, words="x", by=by, at=LATER)
    with pytest.raises(DomainError, match="permit-not-assessed"):
        decide(review=review, decision=decision("keep"), by=by, at=LATER)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"reasons": " "}, "reason-missing"),
        ({"reasons": "x" * 4001}, "text-too-long"),
        ({"since": date(2025, 12, 1)}, "permit-not-yet"),
        ({"since": date(2025, 9, 30)}, "permit-not-yet"),
        ({"outcome": "burn"}, "declared-not-offered"),
        ({"act": type(LAW)("", "1", LAW.day)}, "permit-act-missing"),
        ({"act": type(LAW)("Law", " ", LAW.day)}, "permit-act-missing"),
        ({"act": type(LAW)("Law", "1", date(2026, 1, 1))}, "permit-act-ahead"),
    ],
)
def test_a_decision_needs_its_act_its_day_and_its_reasons(
    body: Any, of: Actor, by: Actor, facts: dict[str, Any], code: str
) -> None:
    made = entry(of=body)
    opened(by, [made])
    with pytest.raises(DomainError, match=code):
        decided(made, facts.pop("outcome", "abolish"), of, by, **facts)
    made.refresh_from_db()
    assert made.state == "introduced"


def test_an_entry_under_review_is_not_changed_meanwhile(body: Any, by: Actor) -> None:
    made = entry(of=body)
    opened(by, [made])
    with pytest.raises(DomainError, match="permit-under-review"):
        amend_entry(entry=made, terms=terms(days=3), body=body, since=date(2025, 10, 1), by=BY, at=AT)
    assert PermitReview.objects.get().state == "awaited"


def test_a_change_that_is_announced_keeps_no_entry_out_of_a_round(body: Any, by: Actor) -> None:
    announced, other = entry(of=body), entry("L-002", of=body)
    amend_entry(entry=announced, terms=terms(days=14), body=body, since=date(2045, 1, 3), by=BY, at=AT)
    of = opened(by, [announced, other])
    assert {one.entry.number: one.version.version for one in of.reviews.all()} == {"L-001": 1, "L-002": 1}
    tick(at=AFTER)
    announced.refresh_from_db()
    assert (announced.state, announced.ended_date) == ("lapsed", date(2025, 11, 7))
    assert [(one.version, one.valid_to) for one in announced.versions.all()] == [(1, date(2025, 11, 6))]
    assert catalogue.version_on(announced, date(2045, 6, 1)) == announced.versions.get()


@pytest.mark.parametrize(("outcome", "left"), [("keep", [1, 2]), ("simplify", [1, 2]), ("abolish", [1])])
def test_what_was_only_announced_falls_with_a_decision_that_changes_the_entry(
    body: Any, of: Actor, by: Actor, outcome: str, left: list[int]
) -> None:
    made = entry(of=body)
    amend_entry(entry=made, terms=terms(days=14), body=body, since=date(2045, 1, 3), by=BY, at=AT)
    opened(by, [made])
    decided(made, outcome, of, by, **({"lighter": lighter()} if outcome == "simplify" else {}))
    assert sorted(made.versions.values_list("version", flat=True)) == left
    announced = made.versions.filter(valid_from=date(2045, 1, 3)).exists()
    assert announced == (outcome == "keep")
