"""Who may do what with the catalogue of permits and its review."""

from __future__ import annotations

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Body
from adaldyq.kernel.policies import may_write
from adaldyq.kernel.roles import Role


def may_keep(by: Actor, act: str, body: Body | None = None) -> bool:
    """Whether somebody may write the catalogue, for an issuing body: a registrar of permits, as `writers.csv` says."""
    return may_write(by, act, body=body)


def may_justify(by: Actor, body: Body | None = None) -> bool:
    """Whether somebody may justify permits of a body, or of any: its licensing officer, and never the system."""
    return not by.system and by.may(Role.LICENSING_OFFICER, body=body)


def may_review(by: Actor, body: Body | None = None) -> bool:
    """Whether somebody may assess and decide about permits of a body, or of any: a reviewer, and never the system."""
    return not by.system and by.may(Role.REVIEWER, body=body)
