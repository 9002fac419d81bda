"""Acts of analysts: decisions about findings, and the request to run the rules."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.kernel.states import advance
from adaldyq.verification import catalogue, policies, queries, states
from adaldyq.verification.models import COUNTRY, Decision, Finding

REASON_LIMIT = 5000  # characters


@dataclass(frozen=True)
class Step:
    """A step that an analyst wants to take.

    Attributes:
        name: a step of the finding's life, as in `states`.
        seen: number of the last decision that the analyst had before their eyes; 0 when there was none.
        reason: in the analyst's words; only taking into work needs none.
        ruled_out: numbers of the innocent explanations that were ruled out, from 0.
    """

    name: str
    seen: int
    reason: str = ""
    ruled_out: tuple[int, ...] = ()


def decided(decision: Decision) -> Recorded:
    """The ledger line of a decision: which step, by whom, and the hash of the reason."""
    facts: dict[str, object] = {
        "finding": decision.finding_id,
        "decision": decision.pk,
        "step": decision.act,
        "state": decision.finding.state,
        "reason": hashlib.sha256(decision.reason.encode()).hexdigest(),
        "ruled_out": decision.ruled_out,
        "by": decision.by_id,
    }
    return Recorded([facts], {"finding": decision.finding_id, "step": decision.act})


@act("verification.finding.decide", records=decided)
def decide(*, finding: Finding, step: Step, by: Actor, at: datetime) -> Decision:
    """Take a step in the life of a finding, with the reason for it.

    The record is read again under a lock, so that of two analysts who decide at once only one does.

    Raises:
        NotAllowed: `by` is not an analyst.
        Conflict: somebody decided after what the analyst had seen, or the state permits no such step.
        DomainError: `finding-in-work`, `reason-missing`, `reason-too-long`, `no-such-explanation` or
            `explanations-left`.
    """
    require(policies.may_see_findings(by), "verification.finding.decide")
    current = Finding.objects.select_for_update().get(pk=finding.pk)
    last = current.decisions.order_by("-pk").values_list("pk", flat=True).first() or 0
    if last != step.seen:
        raise Conflict(step.name, current.state)
    states.FINDING.step(current.state, step.name)
    if not policies.may_take_step(by, current, step.name):
        raise DomainError("finding-in-work", field="step")
    check_reason(step)
    check_explanations(current, step)
    assignee = None if step.name == states.RETURN else by.id
    changed = advance(current, step.name, by=by, at=at, assignee_id=assignee)
    return Decision.objects.create(
        finding=changed, act=step.name, reason=step.reason, ruled_out=sorted(step.ruled_out), by_id=by.id, at=at
    )


def check_reason(step: Step) -> None:
    """Hold a step to give its reason.

    Raises:
        DomainError: `reason-missing` or `reason-too-long`.
    """
    if step.name != states.TAKE and not step.reason.strip():
        raise DomainError("reason-missing", field="reason")
    if len(step.reason) > REASON_LIMIT:
        raise DomainError("reason-too-long", field="reason", limit=REASON_LIMIT, length=len(step.reason))


def check_explanations(finding: Finding, step: Step) -> None:
    """Hold the question to a person to be asked only when every innocent explanation was ruled out.

    A finding whose rule is no longer in the catalogue has no list to rule out.

    Raises:
        DomainError: `no-such-explanation` or `explanations-left`.
    """
    rule = catalogue.known().get(finding.rule)
    known = set(range(len(rule.head.innocent))) if rule else set(step.ruled_out)
    if not set(step.ruled_out) <= known:
        raise DomainError("no-such-explanation", field="ruled_out")
    if step.name == states.CONFIRM and known - set(step.ruled_out):
        raise DomainError("explanations-left", field="ruled_out", left=len(known - set(step.ruled_out)))


@dataclass(frozen=True)
class Request:
    """That a run was asked for."""

    dataset: str
    by: str


def requested(request: Request) -> Recorded:
    """The ledger line of a request, and the event that makes the worker run it."""
    return Recorded([{"dataset": request.dataset, "by": request.by}], {"dataset": request.dataset})


@act(queries.RUN_REQUEST, records=requested)
def request_run(*, dataset: str, known: Collection[str], by: Actor, at: datetime) -> Request:
    """Ask for a run of the rules over a dataset; the worker starts it.

    Args:
        dataset: name of an imported collection; empty for the country's own registers.
        known: names of the collections that were imported.

    Raises:
        NotAllowed: `by` is not an analyst.
        DomainError: `no-such-dataset`, or `run-already-requested` when the same request still waits.
    """
    require(policies.may_request_run(by), queries.RUN_REQUEST)
    if dataset != COUNTRY and dataset not in known:
        raise DomainError("no-such-dataset", field="dataset", value=dataset, known=", ".join(sorted(known)) or "—")
    if any(request.dataset == dataset for request in queries.requests_waiting()):
        raise DomainError("run-already-requested", field="dataset")
    return Request(dataset, by.id)
