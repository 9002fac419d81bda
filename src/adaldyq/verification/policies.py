"""Who may see what verification found, and who may decide about it."""

from __future__ import annotations

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.roles import Role
from adaldyq.verification import states
from adaldyq.verification.models import Finding


def may_see_findings(by: Actor) -> bool:
    """Findings name people and are questions only, so nobody but an analyst sees them."""
    return Role.AGENCY_ANALYST in by.roles


def may_see_runs(by: Actor) -> bool:
    """What was run over which snapshot is for analysts and for those who audit them."""
    return bool(by.roles & {Role.AGENCY_ANALYST, Role.AUDITOR})


def may_request_run(by: Actor) -> bool:
    """Starting a run is an analyst's act."""
    return Role.AGENCY_ANALYST in by.roles


def is_anothers_work(by: Actor, finding: Finding) -> bool:
    """Whether another analyst has taken the finding into work."""
    return finding.state == states.IN_WORK and finding.assignee_id not in {None, by.id}


def may_take_step(by: Actor, finding: Finding, step: str) -> bool:
    """Whether an analyst may take a step now: in work, a finding belongs to whoever took it."""
    if not may_see_findings(by):
        return False
    return (step == states.TAKE_OVER) == is_anothers_work(by, finding)


def steps_open_to(by: Actor, finding: Finding) -> tuple[str, ...]:
    """Steps that an analyst may take from the state that the finding is in."""
    possible = states.FINDING.acts_from(finding.state)
    return tuple(transition.act for transition in possible if may_take_step(by, finding, transition.act))
