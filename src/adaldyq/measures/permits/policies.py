"""Who may do what with the catalogue of permits."""

from __future__ import annotations

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Body
from adaldyq.kernel.policies import may_write


def may_keep(by: Actor, act: str, body: Body | None = None) -> bool:
    """Whether somebody may write the catalogue, for an issuing body: a registrar of permits, as `writers.csv` says."""
    return may_write(by, act, body=body)
