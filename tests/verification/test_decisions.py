"""A decision is an act: with a reason, by an analyst, once, and in the ledger."""

from __future__ import annotations

import json

import pytest

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.events import deliver_waiting
from adaldyq.kernel.models import Account, Event
from adaldyq.kernel.roles import Role
from adaldyq.ledger.models import Leaf
from adaldyq.verification import queries, states
from adaldyq.verification.actions.decisions import REASON_LIMIT, Step, decide, request_run
from adaldyq.verification.catalogue import rules
from adaldyq.verification.models import Decision, Finding, Run
from tests.verification.records import AT, ESTATE, account, analyst, as_actor, made_run, the_finding

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data_dir")]


def step(name: str, *, seen: int = 0, reason: str = "Looked at the register.", ruled_out: tuple[int, ...] = ()) -> Step:
    return Step(name, seen, reason, ruled_out)


def take(one: Account, finding: Finding, seen: int = 0) -> Decision:
    return decide(finding=finding, step=step(states.TAKE, seen=seen, reason=""), by=as_actor(one), at=AT)


def all_explanations() -> tuple[int, ...]:
    return tuple(range(len(rules()[ESTATE].head.innocent)))


def test_taking_into_work_needs_no_reason_and_names_the_analyst() -> None:
    made_run()
    one = analyst()
    take(one, the_finding())
    assert (the_finding().state, the_finding().assignee) == (states.IN_WORK, one)


def test_every_other_step_needs_a_reason() -> None:
    made_run()
    with pytest.raises(DomainError) as refused:
        decide(finding=the_finding(), step=step(states.EXPLAIN, reason="  \n "), by=as_actor(analyst()), at=AT)
    assert (refused.value.code, refused.value.field) == ("reason-missing", "reason")
    assert the_finding().state == states.OPEN
    assert not Decision.objects.exists()


def test_a_reason_beyond_the_limit_is_refused() -> None:
    made_run()
    with pytest.raises(DomainError) as refused:
        decide(
            finding=the_finding(),
            step=step(states.EXPLAIN, reason="а" * (REASON_LIMIT + 1)),
            by=as_actor(analyst()),
            at=AT,
        )
    assert refused.value.code == "reason-too-long"


def test_a_person_is_asked_only_when_every_innocent_explanation_is_ruled_out() -> None:
    made_run()
    one, ruled_out = as_actor(analyst()), all_explanations()
    with pytest.raises(DomainError) as refused:
        decide(finding=the_finding(), step=step(states.CONFIRM, ruled_out=ruled_out[:-1]), by=one, at=AT)
    assert (refused.value.code, refused.value.parameters["left"]) == ("explanations-left", 1)
    decide(finding=the_finding(), step=step(states.CONFIRM, ruled_out=ruled_out), by=one, at=AT)
    assert the_finding().state == states.CONFIRMED
    assert Decision.objects.get().ruled_out == list(ruled_out)


def test_an_explanation_that_the_rule_does_not_name_is_refused() -> None:
    made_run()
    with pytest.raises(DomainError) as refused:
        decide(finding=the_finding(), step=step(states.EXPLAIN, ruled_out=(99,)), by=as_actor(analyst()), at=AT)
    assert refused.value.code == "no-such-explanation"


def test_of_two_who_decide_at_once_the_second_gets_a_conflict() -> None:
    made_run()
    finding = the_finding()
    first, second = as_actor(analyst("First")), as_actor(analyst("Second"))
    decide(finding=finding, step=step(states.EXPLAIN), by=first, at=AT)
    with pytest.raises(Conflict):
        decide(finding=finding, step=step(states.EXPLAIN), by=second, at=AT)
    assert Decision.objects.get().by_id == first.id


def test_a_decision_over_a_page_that_went_and_came_back_is_a_conflict() -> None:
    made_run()
    one, other = analyst("First"), as_actor(analyst("Second"))
    taken = take(one, the_finding())
    decide(finding=the_finding(), step=step(states.RETURN, seen=taken.pk), by=as_actor(one), at=AT)
    assert the_finding().state == states.OPEN
    with pytest.raises(Conflict):
        decide(finding=the_finding(), step=step(states.EXPLAIN, seen=0), by=other, at=AT)


def test_a_finding_in_work_is_decided_by_whoever_took_it() -> None:
    made_run()
    one, other = analyst("First"), as_actor(analyst("Second"))
    taken = take(one, the_finding())
    with pytest.raises(DomainError) as refused:
        decide(finding=the_finding(), step=step(states.EXPLAIN, seen=taken.pk), by=other, at=AT)
    assert refused.value.code == "finding-in-work"
    over = decide(finding=the_finding(), step=step(states.TAKE_OVER, seen=taken.pk), by=other, at=AT)
    decide(finding=the_finding(), step=step(states.EXPLAIN, seen=over.pk), by=other, at=AT)
    assert the_finding().state == states.EXPLAINED


def test_nobody_takes_over_from_themselves() -> None:
    made_run()
    one = analyst()
    taken = take(one, the_finding())
    with pytest.raises(DomainError):
        decide(finding=the_finding(), step=step(states.TAKE_OVER, seen=taken.pk), by=as_actor(one), at=AT)


def test_what_was_returned_belongs_to_nobody_and_what_was_decided_can_be_opened_again() -> None:
    made_run()
    one = analyst()
    taken = take(one, the_finding())
    back = decide(finding=the_finding(), step=step(states.RETURN, seen=taken.pk), by=as_actor(one), at=AT)
    assert the_finding().assignee is None
    done = decide(finding=the_finding(), step=step(states.EXPLAIN, seen=back.pk), by=as_actor(one), at=AT)
    decide(finding=the_finding(), step=step(states.REOPEN, seen=done.pk), by=as_actor(one), at=AT)
    assert (the_finding().state, the_finding().assignee) == (states.IN_WORK, one)


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.AGENCY_ANALYST, Role.PUBLIC}])
def test_nobody_but_an_analyst_decides(role: Role) -> None:
    made_run()
    with pytest.raises(NotAllowed):
        decide(finding=the_finding(), step=step(states.EXPLAIN), by=as_actor(account("Somebody", role)), at=AT)


def test_a_decision_leaves_one_line_without_its_words_and_an_event_without_names() -> None:
    made_run()
    before = Leaf.objects.count()
    one = analyst()
    decide(finding=the_finding(), step=step(states.EXPLAIN, reason="Sold in December."), by=as_actor(one), at=AT)
    line = Leaf.objects.filter(act="verification.finding.decide").get()
    facts = json.loads(str(line.payload))
    assert (facts["finding"], facts["step"], facts["state"]) == (the_finding().pk, "explain", "explained")
    assert "December" not in str(line.payload)
    assert Leaf.objects.count() == before + 3  # the account, its role, the decision
    event = Event.objects.get(name="verification.finding.decide")
    assert event.payload == {"finding": the_finding().pk, "step": "explain"}


def test_a_refused_decision_leaves_no_line() -> None:
    made_run()
    one = as_actor(analyst())
    before = Leaf.objects.count()
    with pytest.raises(DomainError):
        decide(finding=the_finding(), step=step(states.CONFIRM), by=one, at=AT)
    assert Leaf.objects.count() == before


def test_decisions_outlive_the_next_run() -> None:
    made_run()
    decide(finding=the_finding(), step=step(states.EXPLAIN), by=as_actor(analyst()), at=AT)
    made_run()
    assert the_finding().state == states.EXPLAINED
    assert the_finding().decisions.count() == 1


def test_a_requested_run_waits_for_the_worker_once() -> None:
    one = as_actor(analyst())
    request_run(dataset="", known=(), by=one, at=AT)
    assert [waiting.dataset for waiting in queries.requests_waiting()] == [""]
    with pytest.raises(DomainError) as refused:
        request_run(dataset="", known=(), by=one, at=AT)
    assert refused.value.code == "run-already-requested"


def test_a_run_over_an_unknown_dataset_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        request_run(dataset="../secrets", known=("nacp",), by=as_actor(analyst()), at=AT)
    assert (refused.value.code, refused.value.field) == ("no-such-dataset", "dataset")


def test_an_auditor_may_not_ask_for_a_run() -> None:
    with pytest.raises(NotAllowed):
        request_run(dataset="", known=(), by=as_actor(account("Auditor", Role.AUDITOR)), at=AT)


def test_the_worker_runs_what_was_asked_for() -> None:
    request_run(dataset="", known=(), by=as_actor(analyst()), at=AT)
    deliver_waiting(at=AT)
    assert queries.requests_waiting() == []
    assert Run.objects.get().dataset == ""
