"""What a check finds: steps, the verdict over them, and how witnesses count in it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from adaldyq.base.errors import DomainError
from adaldyq.ledger.cosignatures import Cosignature, CosignerKey, cosignatures
from adaldyq.ledger.notes import Note

AHEAD = timedelta(hours=1)
"""How far the clock of a witness may be before that of the checker."""
TOO_FEW = "witnesses-too-few"


class Step(NamedTuple):
    """One step of a check.

    Attributes:
        code: names its sentence in `wording`.
        holds: None when it could not be judged.
        facts: values for the sentence.
    """

    code: str
    holds: bool | None
    facts: dict[str, object]


class Verdict(NamedTuple):
    """What a check found, step by step."""

    steps: tuple[Step, ...]

    @property
    def holds(self) -> bool:
        """Whether all that was looked at holds, a trusted key has signed it, and as many witnesses as were asked for."""
        told = {step.code for step in self.steps}
        return not self.refuted and "step-signed" in told and TOO_FEW not in told

    @property
    def refuted(self) -> bool:
        """Whether something is wrong; a check that could not be finished does neither hold nor refute."""
        return any(step.holds is False for step in self.steps)


class Watch(NamedTuple):
    """The witnesses that a checker trusts.

    Attributes:
        keys: of the witnesses.
        least: how many of them must have cosigned; with fewer nothing is proven.
        at: the checker's time; a cosignature of a later one does not count. None leaves times unjudged.
    """

    keys: tuple[CosignerKey, ...] = ()
    least: int = 0
    at: datetime | None = None


def refuted(error: DomainError) -> Step:
    """The step at which a check ended."""
    return Step(error.code, holds=False, facts=dict(error.parameters))


def cosigned(note: Note, watch: Watch) -> list[Step]:
    """Which trusted witnesses cosigned, one step each, and how many of how many."""
    if not watch.keys and not watch.least:
        return [Step("step-no-witness-known", holds=None, facts={})]
    try:
        found = cosignatures(note, watch.keys)
    except DomainError as error:
        return [refuted(error)]
    steps = [told(one, watch.at) for one in found]
    # A witness counts once, however many names its key goes by.
    count = len({one.key.public for one, step in zip(found, steps, strict=True) if step.holds})
    facts: dict[str, object] = {"count": count, "known": len({key.public for key in watch.keys}), "least": watch.least}
    if count < watch.least:
        return [*steps, Step(TOO_FEW, holds=None, facts=facts)]
    if not count:
        return [*steps, Step("step-not-cosigned", holds=None, facts={**facts, "names": names(watch.keys)})]
    return [*steps, Step("step-witnessed", holds=True, facts=facts)]


def told(one: Cosignature, at: datetime | None) -> Step:
    """A cosignature, and whether its time can be."""
    facts: dict[str, object] = {"witness": one.key.name, "at": one.at.strftime("%Y-%m-%d %H:%M:%S UTC")}
    ahead = at is not None and one.at > at + AHEAD
    return Step("step-cosigned-ahead" if ahead else "step-cosigned", holds=None if ahead else True, facts=facts)


def names(keys: Sequence[CosignerKey]) -> str:
    """Names of witnesses."""
    return ", ".join(key.name for key in keys)
