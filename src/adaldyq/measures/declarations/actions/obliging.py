"""Stating who must file what by when: computed from the registers and the law, by nobody's hand.

People are gone through in spans of ids. A span in which nothing changed leaves no act, so that the same facts state
nothing new however often they are computed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Exists, F, OuterRef, Subquery

from adaldyq.kernel.actions.periods import hold_names
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.actions import DueOf, cancel_deadline, start_deadlines
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.deadlines.terms import Due
from adaldyq.kernel.models import Account, Deadline
from adaldyq.kernel.models.deadlines import OPEN
from adaldyq.kernel.policies import require_registrar
from adaldyq.measures.declarations.actions.late_known import settle_openness
from adaldyq.measures.declarations.actions.settling import BATCH, FILING, batches, held_in_order, settle
from adaldyq.measures.declarations.domain.obligations import Why
from adaldyq.measures.declarations.domain.sections import FORMS
from adaldyq.measures.declarations.models import (
    WITHDRAWN,
    Draft,
    FormerObligation,
    NonFiling,
    Obligation,
    ObligationExtension,
)
from adaldyq.measures.declarations.queries.entered import Entry
from adaldyq.measures.declarations.queries.plans import (
    BY_DEATH,
    LastDay,
    Plan,
    by_law,
    nothing_new,
    open_years,
    owed_beyond,
    plan_of,
    to_remind,
)
from adaldyq.measures.declarations.queries.spans import Span, spans
from adaldyq.measures.declarations.states import OPEN as DRAFT_OPEN

ACT = "declarations.obligation.determine"
PEOPLE_TOGETHER = 5000
REMINDED_TOGETHER = 2000
REMINDERS = (30, 7, 1)
"""Days before the last day to file on which whoever has not filed is told."""
PAGE = "declarations/mine/"
NO_GROUND = "The obligation to declare ended."
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
def determine_obligations(*, span: Span, year: int, by: Actor, at: datetime, last_day: LastDay = by_law) -> Determined:
    """State, ground anew and withdraw the obligations of some people for a year, as registers and law say.

    Whoever computes the same year at the same time waits, so that nothing is stated twice.

    Raises:
        NotAllowed: `by` does not keep declarations.
    """
    require_registrar(by, ACT)
    hold_names("obligation", [str(year)])
    plan = plan_of(span, year, on=day_of(at), last_day=last_day)
    written = [*plan.regrounded, *(one for one, _why in plan.withdrawn)]
    if written:
        list(held_in_order(Obligation.objects.filter(pk__any_of=[one.pk for one in written])))
    withdraw(plan, by, at)
    Obligation.objects.bulk_update(plan.regrounded, GROUND, batch_size=BATCH)
    carried = carry_over(plan, year)
    Obligation.objects.bulk_create(plan.new, batch_size=BATCH)
    ObligationExtension.objects.bulk_update(carried, ["obligation", "former"], batch_size=BATCH)
    carry_matters(plan, year)
    settle({one.person_id for one in plan.new}, at=at)
    link_drafts({one.person_id for one in plan.new}, year)
    touched = [*plan.new, *plan.regrounded, *(one for one, _why in plan.withdrawn)]
    return counted(plan, year, digest(one.pk for one in touched))


def link_drafts(people: set[str], year: int) -> None:
    """Let open drafts answer what is owed by now: what they answered before had ended, and is owed again."""
    owed = Obligation.objects.filter(person_id=OuterRef("person_id"), form=OuterRef("form"), year=year)
    for some in batches(people):
        drafts = Draft.objects.filter(person_id__in=some, year=year, state=DRAFT_OPEN, obligation=None)
        drafts.filter(Exists(owed)).update(obligation=Subquery(owed.values("pk")[:1]))


def withdraw(plan: Plan, by: Actor, at: datetime) -> None:
    """Take the obligations whose ground fell away out of what is owed, and keep them with the reason."""
    account = Account.objects.filter(pk=by.id).first() if not by.system else None
    FormerObligation.objects.bulk_create(
        (former(one, WITHDRAWN, why, account, at) for one, why in plan.withdrawn), batch_size=BATCH
    )
    keys = [one.pk for one, _why in plan.withdrawn]
    end_reminders(keys, NO_GROUND, by=by, at=at)
    for start in range(0, len(keys), BATCH):
        remove(keys[start : start + BATCH])


def remove(keys: Sequence[str]) -> None:
    """Take obligations away that are kept as former ones, which have their ids; what followed from them stays with those."""
    for model in (ObligationExtension, NonFiling):
        model._default_manager.filter(obligation_id__in=keys).update(former_id=F("obligation_id"), obligation=None)
    Obligation.objects.filter(pk__in=keys).delete()


def carry_over(plan: Plan, year: int) -> list[ObligationExtension]:
    """Let obligations that are stated again have the last day to which it was put off for them before they ended."""
    owed = {(one.person_id, one.form): one for one in plan.new}
    before = ObligationExtension.objects.filter(former__year=year, former__ended_as=WITHDRAWN).select_related("former")
    carried = []
    for one in before.order_by("-at", "-pk") if owed else ():
        again = owed.pop((one.former.person_id, one.former.form), None) if one.former else None
        if again is not None and one.due_after >= again.due_date:
            again.due_date, one.obligation, one.former = one.due_after, again, None
            carried.append(one)
    return carried


def carry_matters(plan: Plan, year: int) -> None:
    """Let what still stands of a notice or fine be about the obligation that comes back, so that nobody is fined twice.

    What lapsed with the death that was entered wrongly stays with what ended.
    """
    owed = {(one.person_id, one.form): one for one in plan.new}
    ended = FormerObligation.objects.filter(BY_DEATH, year=year) if owed else FormerObligation.objects.none()
    carried = []
    for one in NonFiling.objects.filter(former__in=ended).exclude(back_ground=Why.DEAD.value).select_related("former"):
        again = owed.pop((one.former.person_id, one.former.form), None) if one.former else None
        if again is not None:
            one.obligation, one.former = again, None
            carried.append(one)
    NonFiling.objects.bulk_update(carried, ["obligation", "former"], batch_size=BATCH)


def end_reminders(keys: Sequence[str], reason: str, *, by: Actor, at: datetime) -> None:
    """End the deadlines of obligations that are no more."""
    for start in range(0, len(keys), BATCH):
        about = Deadline.objects.filter(
            subject_kind=Obligation._meta.label, subject_id__in=keys[start : start + BATCH], name=FILING, state__in=OPEN
        )
        for one in about:
            cancel_deadline(deadline=one, reason=reason, by=by, at=at)


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


def determine_span(span: Span, year: int, *, by: Actor, at: datetime, last_day: LastDay = by_law) -> Determined:
    """Determine the obligations of some people; without an act when nothing changes."""
    plan = plan_of(span, year, on=day_of(at), last_day=last_day)
    settle_openness(plan, by=by, at=at)
    if plan.is_empty:
        return counted(plan, year)
    return determine_obligations(span=span, year=year, by=by, at=at, last_day=last_day)


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
    """Determine the obligations of everybody for every year that may still be filed in time, and of those who were told late."""
    for year in open_years(day_of(at)):
        yield determine_year(year, by=by, at=at)
    for year, people in sorted(owed_beyond(day_of(at)).items()):
        for some in batches(people):
            yield determine_span(Span(people=tuple(some)), year, by=by, at=at, last_day=nothing_new)
    remind(by=by, at=at)


def remind(*, by: Actor, at: datetime, people: Collection[str] = ()) -> int:
    """Let the deadlines of obligations begin whose people have an account and are told before the last day.

    Args:
        people: only theirs; everybody's when empty.

    Returns:
        How many began.
    """
    require_registrar(by, ACT)
    began = 0
    while waiting := list(to_remind(day_of(at), people)[:REMINDED_TOGETHER]):
        for form in sorted({one.form for one in waiting}):
            due = Due(FILING, FORMS[form], working=False, reminders=REMINDERS, href=PAGE)
            about = [DueOf(one, one.person_id, one.due_date) for one in waiting if one.form == form]
            start_deadlines(due=due, of=about, by=by, at=at)
        began += len(waiting)
    return began


def determine_people(people: Collection[str], *, by: Actor, at: datetime, entry: Entry | None = None) -> None:
    """Determine the obligations of a few people, of whom the registers have just learned something.

    Args:
        entry: what was entered, which may oblige them for years that were over before, with a term from today.
    """
    if not people:
        return
    span, on = Span(people=tuple(sorted(people))), day_of(at)
    opened = open_years(on)
    closed = {*entry.years(on, opened[0])} if entry else set[int]()
    for year in sorted(closed | {*owed_beyond(on, people)}):
        late: LastDay = partial(entry.last_day, closed=True) if entry and year in closed else nothing_new
        determine_span(span, year, by=by, at=at, last_day=late)
    for year in opened:
        in_time: LastDay = partial(entry.last_day, closed=False) if entry else by_law
        determine_span(span, year, by=by, at=at, last_day=in_time)
    remind(by=by, at=at, people=people)
