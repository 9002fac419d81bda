"""Stating who must file what by when: computed from the registers and the law, by nobody's hand.

People are gone through in spans of ids. A span in which nothing changed leaves no act, so that the same facts state
nothing new however often they are computed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account
from adaldyq.kernel.policies import require_registrar
from adaldyq.measures.declarations.actions.declarations import BATCH, settle
from adaldyq.measures.declarations.models import WITHDRAWN, FormerObligation, Obligation
from adaldyq.measures.declarations.queries.grounds import Span, spans
from adaldyq.measures.declarations.queries.plans import Plan, open_years, plan_of

ACT = "declarations.obligation.determine"
PEOPLE_TOGETHER = 5000
GROUND = ("reason", "group", "as_spouse", "body", "is_public", "law", "phase_since")
KEPT = (*GROUND, "year", "form", "due_date")


@dataclass(frozen=True, slots=True)
class Determined:
    """What determining the obligations of a year did, of some people.

    Attributes:
        keys: digest of the ids of the obligations that were stated, grounded anew or withdrawn.
    """

    year: int
    new: int = 0
    regrounded: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    keys: str = ""

    def __add__(self, other: Determined) -> Determined:
        return Determined(
            self.year,
            self.new + other.new,
            self.regrounded + other.regrounded,
            self.withdrawn + other.withdrawn,
            self.unchanged + other.unchanged,
        )


def determined(done: Determined) -> Recorded:
    """The ledger line of a batch: how many of each for which year, and a digest of which."""
    counts: dict[str, object] = {
        "year": done.year,
        "new": done.new,
        "regrounded": done.regrounded,
        "withdrawn": done.withdrawn,
    }
    return Recorded([{**counts, "digest": done.keys}], counts)


@act(ACT, leaves=Leaves.PER_BATCH, records=determined)
def determine_obligations(*, span: Span, year: int, by: Actor, at: datetime) -> Determined:
    """State, ground anew and withdraw the obligations of some people for a year, as registers and law say.

    Whoever computes the same year at the same time waits, so that nothing is stated twice.

    Raises:
        NotAllowed: `by` does not keep declarations.
    """
    require_registrar(by, ACT)
    hold_names("obligation", [str(year)])
    plan = plan_of(span, year, on=day_of(at))
    withdraw(plan, by, at)
    Obligation.objects.bulk_update(plan.regrounded, GROUND, batch_size=BATCH)
    Obligation.objects.bulk_create(plan.new, batch_size=BATCH)
    settle({one.person_id for one in plan.new})
    touched = [*plan.new, *plan.regrounded, *(one for one, _why in plan.withdrawn)]
    return counted(plan, year, digest(one.pk for one in touched))


def withdraw(plan: Plan, by: Actor, at: datetime) -> None:
    """Take the obligations whose ground fell away out of what is owed, and keep them with the reason."""
    account = Account.objects.filter(pk=by.id).first() if not by.system else None
    FormerObligation.objects.bulk_create(
        (former(one, WITHDRAWN, why, account, at) for one, why in plan.withdrawn), batch_size=BATCH
    )
    keys = [one.pk for one, _why in plan.withdrawn]
    for start in range(0, len(keys), BATCH):
        Obligation.objects.filter(pk__in=keys[start : start + BATCH]).delete()


def former(one: Obligation, ended_as: str, ground: str, by: Account | None, at: datetime) -> FormerObligation:
    """What is kept of an obligation that ends."""
    kept = {name: getattr(one, f"{name}_id" if name == "body" else name) for name in KEPT}
    body = kept.pop("body")
    return FormerObligation(
        id=one.pk,
        person_id=one.person_id,
        body_id=body,
        **kept,
        ended_as=ended_as,
        ended_at=at,
        ground=ground,
        ended_by=by,
    )


def counted(plan: Plan, year: int, keys: str = "") -> Determined:
    """A plan as numbers."""
    return Determined(year, len(plan.new), len(plan.regrounded), len(plan.withdrawn), plan.unchanged, keys)


def determine_span(span: Span, year: int, *, by: Actor, at: datetime) -> Determined:
    """Determine the obligations of some people; without an act when nothing changes."""
    plan = plan_of(span, year, on=day_of(at))
    if plan.is_empty:
        return counted(plan, year)
    return determine_obligations(span=span, year=year, by=by, at=at)


def determine_year(
    year: int, *, by: Actor, at: datetime, told: Callable[[int], None] = lambda _done: None, size: int = PEOPLE_TOGETHER
) -> Determined:
    """Determine the obligations of everybody for a year, a span of people after the other.

    Args:
        told: how many people are done.
        size: how many people are held in memory at a time.
    """
    total, done = Determined(year), 0
    for span in spans(size):
        total += determine_span(span, year, by=by, at=at)
        done += size
        told(done)
    return total


def determine_open_years(*, by: Actor, at: datetime) -> Iterator[Determined]:
    """Determine the obligations of everybody for every year that may still be filed in time."""
    for year in open_years(day_of(at)):
        yield determine_year(year, by=by, at=at)


def determine_people(people: Collection[str], *, by: Actor, at: datetime) -> None:
    """Determine the obligations of a few people, of whom the registers have just learned something."""
    if people:
        span = Span(people=tuple(sorted(people)))
        for year in open_years(day_of(at)):
            determine_span(span, year, by=by, at=at)
