"""How often the rules about declarations ask, as rates that name nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.verification import catalogue
from adaldyq.verification.queries import last_public_run
from adaldyq.verification.rulefile import Rule

SUBJECT = "declarations."
"""What the ids of the rules about declarations begin with."""
PERCENT = 100
PLACES = 2


@dataclass(frozen=True, slots=True)
class Rate:
    """What one rule said in the last run.

    Attributes:
        unit: what it judges, one by one.
        checked: how many it judged.
        unjudged: how many it could not judge.
        asked: of how many it asks for an explanation; None when they are fewer than may be told.
        as_of: the instant of the run.
    """

    rule: str
    title: str
    unit: str
    checked: int
    unjudged: int
    asked: int | None
    as_of: datetime

    @property
    def share(self) -> float | None:
        """Of how many of a hundred it asks; None when nothing was judged, or too few to tell."""
        return round(PERCENT * self.asked / self.checked, PLACES) if self.checked and self.asked is not None else None


def least_told(today: date) -> int:
    """The least number of people or declarations that public statistics tell of, by the country pack."""
    return int(naming.pack().threshold("suppressed_below", today).amount)


def rates(today: date) -> Sequence[Rate]:
    """What each rule about declarations of this installation said in its last run, in the order of their ids.

    Where a rule asked of some, but of fewer than the pack lets statistics tell, how many is not said.
    """
    known, least = known_rules(), least_told(today)
    found = []
    for one in last_public_run():
        rule = known.get(one.rule)
        if rule is None or not one.rule.startswith(SUBJECT):
            continue
        found.append(
            Rate(
                rule=one.rule,
                title=rule.head.title.in_language(get_language() or "en"),
                unit=rule.head.unit.in_language(get_language() or "en"),
                checked=one.checked,
                unjudged=sum(one.unjudged.values()),
                asked=one.fired if not one.fired or one.fired >= least else None,
                as_of=one.run.started_at,
            )
        )
    return found


def known_rules() -> dict[str, Rule]:
    """The rules of this installation; none when a file of them cannot be read, which the catalogue tells."""
    try:
        return dict(catalogue.known())
    except DomainError:
        return {}
