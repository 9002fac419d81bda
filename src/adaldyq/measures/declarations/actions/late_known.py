"""Opening what was filed as closed by somebody who, as the register learned only afterwards, was an official.

The person is told first and has the pack's term `late_opening` to have a wrong entry corrected. Then the obligation and
all versions of the declaration open, as the law opens those of every official.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from adaldyq.kernel import naming
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account
from adaldyq.kernel.notifications.actions import notify
from adaldyq.kernel.policies import require_registrar
from adaldyq.measures.declarations.actions.declarations import open_again
from adaldyq.measures.declarations.models import Declaration, Obligation
from adaldyq.measures.declarations.queries.plans import Plan, reground

ANNOUNCE, OPEN, KEEP = (f"declarations.obligation.{verb}" for verb in ("announce_opening", "open", "keep_closed"))
TERM = "late_opening"
REASON = "post_entered_late"
CORRECTED = "post_corrected_away"
PAGE = "declarations/mine/obligations/"


@dataclass(frozen=True, slots=True)
class Opened:
    """Obligations that open, that are announced to, or that stay closed after all, and why.

    Attributes:
        declarations: how many opened with them, every version counted.
        day: on which they open; none when they open now or never.
    """

    obligations: Sequence[Obligation]
    reason: str
    declarations: int = 0
    day: date | None = None


def opened(done: Opened) -> Recorded:
    """The ledger line of a batch: how many, why, from which day, and a digest of which."""
    facts: dict[str, object] = {
        "rows": len(done.obligations),
        "declarations": done.declarations,
        "reason": done.reason,
        "opens": done.day.isoformat() if done.day else "",
        "digest": digest(one.pk for one in done.obligations),
    }
    return Recorded([facts], {"rows": len(done.obligations)})


def held(keys: Sequence[str], wanted: Q) -> list[Obligation]:
    """Obligations that are still closed, held to the end of the transaction in the order of their ids."""
    rows = Obligation.objects.select_for_update(no_key=True).filter(wanted, pk__in=keys, is_public=False)
    return list(rows.order_by("pk"))


@act(ANNOUNCE, leaves=Leaves.PER_BATCH, records=opened)
def announce_opening(*, obligations: Sequence[Obligation], by: Actor, at: datetime) -> Opened:
    """Tell people that what they filed as closed opens, and on which day.

    Raises:
        NotAllowed: `by` does not keep declarations.
    """
    require_registrar(by, ANNOUNCE)
    day = naming.pack().due(TERM, day_of(at))
    found = held([one.pk for one in obligations], Q(opens_date=None))
    Obligation.objects.filter(pk__in=[one.pk for one in found]).update(opens_date=day)
    for one in found:
        tell(one, "obligation-opens", {"year": one.year, "due_date": day.isoformat()}, day, at)
    return Opened(found, REASON, day=day)


@act(OPEN, leaves=Leaves.PER_BATCH, records=opened)
def open_late_known(*, late: Mapping[str, Mapping[str, object]], by: Actor, at: datetime) -> Opened:
    """Open obligations whose announced day has come, and all versions of what was filed for them.

    Args:
        late: by obligation, the ground by which the law opens it.

    Raises:
        NotAllowed: `by` does not keep declarations.
    """
    require_registrar(by, OPEN)
    found = held(list(late), Q(opens_date__lte=day_of(at)))
    for one in found:
        reground(one, late[one.pk])
        one.opens_date = None
    Obligation.objects.bulk_update(found, [*next(iter(late.values()), {}), "opens_date"])
    people = {one.person_id for one in found}
    answers = {name: OuterRef(name) for name in ("person", "form", "year")}
    owed = Obligation.objects.filter(pk__in=[one.pk for one in found], **answers)
    filed = Declaration.objects.filter(Exists(owed), person__in=people, is_public=False)
    count = filed.update(is_public=True, opened_at=at)
    open_again(people)
    return Opened(found, REASON, count)


@act(KEEP, leaves=Leaves.PER_BATCH, records=opened)
def keep_closed(*, obligations: Sequence[Obligation], by: Actor, at: datetime) -> Opened:
    """Take back that obligations were announced to open: the register no longer says what would open them.

    Raises:
        NotAllowed: `by` does not keep declarations.
    """
    require_registrar(by, KEEP)
    found = held([one.pk for one in obligations], Q(opens_date__isnull=False))
    Obligation.objects.filter(pk__in=[one.pk for one in found]).update(opens_date=None)
    for one in found:
        tell(one, "obligation-stays-closed", {"year": one.year}, one.opens_date, at)
    return Opened(found, CORRECTED)


def tell(one: Obligation, message: str, parameters: Mapping[str, str | int], day: date | None, at: datetime) -> None:
    """Tell the person's accounts, once for each day on which it was to open."""
    for account in Account.objects.filter(person_id=one.person_id, is_active=True).order_by("pk"):
        notify(
            account=account, message=message, parameters=parameters, key=f"{message}:{one.pk}:{day}", href=PAGE, at=at
        )


def settle_openness(plan: Plan, *, by: Actor, at: datetime) -> None:
    """Announce, open and keep closed what a plan says; without an act where there is nothing."""
    unannounced = [one for one, _ground in plan.late_known if one.opens_date is None]
    due = {one.pk: ground for one, ground in plan.late_known if one.opens_date is not None}
    if unannounced:
        announce_opening(obligations=unannounced, by=by, at=at)
    if due:
        open_late_known(late=due, by=by, at=at)
    if plan.stay_closed:
        keep_closed(obligations=plan.stay_closed, by=by, at=at)
