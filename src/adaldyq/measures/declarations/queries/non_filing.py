"""Declarations that were not filed: whom the clock must tell, the queue of the officers, and a person's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Held
from adaldyq.kernel.policies import may_write
from adaldyq.kernel.roles import Registry, Role
from adaldyq.kernel.separation import of_same_people
from adaldyq.measures.declarations.models import FineInvoice, NonFiling, Obligation, ReceivedPaper
from adaldyq.measures.declarations.policies import may_decide, may_hear
from adaldyq.measures.declarations.queries.within import bodies_within
from adaldyq.measures.declarations.states import (
    APPEALED,
    FINED,
    IN_HAND,
    NOTICED,
    OFFENCE,
    PAID,
    PUNISHED,
    STANDING,
    WAITING,
)

IN_TIME = Q(obligation__filed_date__lte=F("obligation__due_date"))
"""Of what is held against somebody who filed in time."""
KEPT = "in_time"
"""Code of why it ended then."""
DECIDING = (Role.REGISTRAR, Role.REVIEWER)


@dataclass(frozen=True, slots=True)
class Steps:
    """What the viewer may do with a record: codes of steps, in the order of their buttons."""

    names: tuple[str, ...]
    own: bool


def to_notice(on: date) -> QuerySet[Obligation]:
    """Obligations by the law whose last day has passed, that nobody answered, and of which no notice was given.

    Those that only a source states are left out: whether their people were told, the source does not say. So are those
    whose declaration is in hand on paper: it has been brought, and only waits to be keyed in; and the dead.
    """
    late = Obligation.objects.filter(
        filed_date__isnull=True, due_date__lt=on, non_filing__isnull=True, person__death_date__isnull=True
    )
    in_hand = ReceivedPaper.objects.filter(
        person=OuterRef("person"), form=OuterRef("form"), year=OuterRef("year"), state__in=IN_HAND
    )
    return late.exclude(group="").filter(~Exists(in_hand)).select_related("body").order_by("pk")


def seen_by(by: Actor) -> QuerySet[NonFiling]:
    """What the viewer decides about: of the bodies of their role, everything when it is bound to none."""
    bodies = decided_bodies(by)
    found = NonFiling.objects.select_related("obligation__body", "former__body")
    if bodies is not None:
        found = found.filter(Q(obligation__body_id__in=bodies) | Q(former__body_id__in=bodies))
    if by.person:
        found = found.exclude(person_id=by.person)
    return found


def decided_bodies(by: Actor, roles: Iterable[Role] = DECIDING) -> Collection[str] | None:
    """Bodies about whose people the viewer decides in one of some roles; None stands for everybody."""
    found: list[Held] = []
    for role in by.roles.intersection(roles):
        places = [one for one in by.held if one.role == role]
        if role == Role.REGISTRAR:
            if not may_write(by, "declarations.non_filing.fine"):
                continue
            places = [one for one in places if one.registry in {"", Registry.DECLARATIONS}]
        if not places:
            return None
        found += places
    return bodies_within(found)


def queue(by: Actor, state: str) -> QuerySet[NonFiling]:
    """What the viewer decides about, in a state; all when it is empty."""
    return seen_by(by).filter(Q(state=state) if state else Q())


def non_filing(key: str, by: Actor) -> NonFiling | None:
    """One record, for the person or for whoever decides about it."""
    theirs = NonFiling.objects.select_related("obligation", "former").filter(pk=key, person_id=by.person)
    own = theirs.first() if by.person else None
    return own or seen_by(by).filter(pk=key).first()


def own_non_filings(person: str) -> dict[str, NonFiling]:
    """What followed from the obligations of a person, by obligation."""
    found = NonFiling.objects.filter(person_id=person).select_related("obligation", "former")
    return {one.owed.pk: one for one in found.order_by("noticed_at", "pk")} if person else {}


def to_lapse() -> QuerySet[NonFiling]:
    """What is held against people who filed in time, or have died by the register and have not paid."""
    dead = Q(person__death_date__isnull=False) & ~Q(invoice__state=PAID)
    open_still = NonFiling.objects.filter(IN_TIME | dead, state__in=(NOTICED, *PUNISHED))
    return open_still.select_related("obligation", "former").order_by("pk")


def was_in_time(one: NonFiling) -> bool:
    """Whether something was filed by the last day after all, as when the clock ran ahead or a letter came later."""
    return NonFiling.objects.filter(IN_TIME, pk=one.pk).exists()


def is_late(one: NonFiling, today: date) -> bool:
    """Whether the last day has passed, and nothing came by then: neither filed nor on paper that is still keyed in."""
    owed = one.owed
    in_hand = ReceivedPaper.objects.filter(
        person=owed.person_id, form=owed.form, year=owed.year, state__in=IN_HAND, received_date__lte=owed.due_date
    )
    return owed.due_date < today and not was_in_time(one) and not in_hand.exists()


def steps_of(one: NonFiling, by: Actor, today: date) -> Steps:
    """What the viewer may do now."""
    if by.person and by.person == one.person_id:
        in_time = one.appeal_due_date is None or today <= one.appeal_due_date
        return Steps(("appeal",) if one.state == FINED and in_time else (), own=True)
    body = one.owed.body
    if one.state == APPEALED and may_hear(by, body):
        return Steps(("uphold", "overturn"), own=False)
    keeps = may_decide(by, "declarations.non_filing.fine", body)
    return Steps(steps_of_keeper(one, by, today) if keeps else (), own=False)


def steps_of_keeper(one: NonFiling, by: Actor, today: date) -> tuple[str, ...]:
    """What a registrar of the body may do now; nothing but to let nothing follow once the term has passed.

    The same where nothing is late.
    """
    in_term = today <= one.decision_due_date and is_late(one, today)
    if one.state == NOTICED:
        return ("establish", "drop") if in_term else ("drop",)
    if one.state == OFFENCE:
        mine = one.established_by_id in of_same_people([by.id])
        return ("fine", "drop") if in_term and not mine else ("drop",)
    if one.state not in STANDING:
        return ()
    invoice = getattr(one, "invoice", None)
    pays = ("pay",) if invoice is not None and invoice.state == WAITING else ()
    if not one.is_back_asked or one.back_asked_by_id == by.id:
        return (*pays, "ask_back")
    return pays if one.back_asked_by_id in of_same_people([by.id]) else (*pays, "take_back", "refuse_back")


def invoices(by: Actor) -> QuerySet[FineInvoice]:
    """Invoices of the fines that the viewer decides about, asked of a measure of payments."""
    return FineInvoice.objects.filter(non_filing__in=seen_by(by)).select_related("non_filing")
