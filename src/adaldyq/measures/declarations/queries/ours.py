"""Who of a body must file and has not: for its integrity officer, its head, and those who keep declarations."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from adaldyq.base.names import order_key
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.models import Account, Body
from adaldyq.kernel.roles import Registry, Role
from adaldyq.measures.declarations.domain.outcomes import AWAITED, LATE, MISSING, ON_TIME, outcome
from adaldyq.measures.declarations.models import Obligation
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.within import bodies_within

UNFILED, UNREACHED = "unfiled", "unreached"
"""Due or not, nothing has been filed: what an integrity officer asks for first; and of them, whom no message reaches."""
MOST_TOGETHER = 50
"""Bodies that are shown in one list; of more one is chosen."""
WATCHING = (Role.INTEGRITY_OFFICER, Role.HEAD)


@dataclass(frozen=True, slots=True)
class Obliged:
    """Somebody of a body who must file, and what came of it.

    Attributes:
        law: the pack's text.
        reached: whether they have an account, and so are reminded by messages.
    """

    id: str
    person_id: str
    name: str
    body: str
    year: int
    form: str
    reason: str
    law: str
    due: date
    filed: date | None
    outcome: str
    reached: bool

    @property
    def name_order(self) -> str:
        """What sorts it among others by name."""
        return order_key(self.name)


def watched_bodies(by: Actor) -> set[str] | None:
    """Bodies whose people the viewer may see here, with those below them; None stands for every body."""
    places = [
        one
        for one in by.held
        if one.role in by.roles
        and (one.role in WATCHING or (one.role == Role.REGISTRAR and one.registry in {"", Registry.DECLARATIONS}))
    ]
    return bodies_within(places)


def bodies_to_choose(watched: set[str] | None) -> list[tuple[str, str]]:
    """Ids and names of the bodies of whom somebody must file, by name."""
    with_people = Obligation.objects.filter(body__isnull=False)
    if watched is not None:
        with_people = with_people.filter(body_id__in=watched)
    keys = set(with_people.values_list("body_id", flat=True).distinct())
    rows = Body.objects.filter(pk__in=keys).values_list("pk", "name", "names")
    return sorted(((key, naming.spoken(names, name)) for key, name, names in rows), key=lambda one: order_key(one[1]))


def years_of(bodies: Collection[str]) -> list[int]:
    """Years for which somebody of the bodies must file, the newest first."""
    found = Obligation.objects.filter(body_id__in=bodies).order_by("-year")
    return list(found.values_list("year", flat=True).distinct())


def years_to_relieve() -> list[int]:
    """Years for which anybody has still to file, the newest first."""
    return list(Obligation.objects.filter(filed_date=None).order_by("-year").values_list("year", flat=True).distinct())


def with_account() -> QuerySet[Account]:
    """Accounts in use of whoever an obligation is of: to them messages come."""
    return Account.objects.filter(person_id=OuterRef("person_id"), is_active=True)


def in_state(state: str, today: date) -> Q:
    """The condition of a state on a day; all when the state is empty."""
    unfiled = Q(filed_date__isnull=True)
    conditions = {
        "": Q(),
        UNFILED: unfiled,
        UNREACHED: unfiled & ~Q(Exists(with_account())),
        MISSING: unfiled & Q(due_date__lt=today),
        AWAITED: unfiled & Q(due_date__gte=today),
        LATE: Q(filed_date__gt=F("due_date")),
        ON_TIME: Q(filed_date__lte=F("due_date")),
    }
    return conditions[state]


def obliged(bodies: Collection[str], year: int, state: str, today: date) -> list[Obliged]:
    """Who of some bodies must file for a year and is in a state, by name in the reader's language.

    The spouses of those who work there are not among them: what they owe is nobody's affair at work.
    """
    owed = Obligation.objects.filter(in_state(state, today), body_id__in=bodies, year=year, as_spouse=False)
    return sorted(shown(owed, today), key=lambda one: one.name_order)


def shown(owed: QuerySet[Obligation], today: date) -> Sequence[Obliged]:
    """Obligations with names instead of ids."""
    rows = list(owed.select_related("body").annotate(reached=Exists(with_account())))
    names = naming.names_of([row.person_id for row in rows])
    return [
        Obliged(
            id=row.pk,
            person_id=row.person_id,
            name=names.get(row.person_id, row.person_id),
            body=naming.spoken(row.body.names, row.body.name) if row.body else "",
            year=row.year,
            form=words.form_name(row.form),
            reason=words.reason(row.reason),
            law=words.law(row.law),
            due=row.due_date,
            filed=row.filed_date,
            outcome=outcome(row.due_date, row.filed_date, today),
            reached=row.reached,
        )
        for row in rows
    ]
