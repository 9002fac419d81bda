"""Notes in obligations the day on which they were met, and ends their deadlines: parts of the acts that file and oblige."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from adaldyq.kernel import naming
from adaldyq.kernel.compiled import Compiled, CompiledUpdate
from adaldyq.kernel.deadlines.actions import meeting
from adaldyq.kernel.gathering import update_later, write_waiting
from adaldyq.kernel.models import Deadline
from adaldyq.measures.declarations.models import Declaration, Obligation
from adaldyq.measures.declarations.queries.last_days import moved_by_paper

BATCH = 500
FILING = "filing"
"""Name of the deadline of an obligation."""
FEW_DAYS = 4
"""Days, of forms and years, that are written one after the other; of more, each obligation looks for its own."""


def answer_duties(declarations: Sequence[Declaration], at: datetime) -> None:
    """Write into the obligations that declarations answer the day on which they did, and end their deadlines.

    A first version says that day by itself: it is written without reading what was filed, which may wait to be kept
    with it. A later one found its obligation answered, unless that was stated in between.
    """
    first: dict[tuple[str, int, date], set[str]] = {}
    others = set()
    for one in declarations:
        if one.version == 1 and one.filed_date is not None:
            first.setdefault((one.form, one.year, one.filed_date), set()).add(one.person_id)
        else:
            others.add(one.person_id)
    if len(first) > FEW_DAYS:
        write_waiting()
        settle(others.union(*first.values()), at=at)
        return
    people = {one for some in first.values() for one in some}
    for some in batches(people) if len(people) > 1 else ():
        UNMET(some)
    for (form, year, day), answering in first.items():
        for some in batches(answering):
            update_later(ANSWER, some, form, year, day)
            update_later(MEET_FIRST, some, form, year, at)
    settle(others, at=at)


def settle(people: set[str], *, at: datetime) -> None:
    """Write into the obligations of people the day on which each was first answered by a declaration that is kept.

    Their deadlines end with it, so that nobody is reminded of what was filed.
    """
    for some in batches(people):
        if ANSWERED(some):
            SETTLE(some)
            MEET(some, at)


def answered(people: Q) -> models.QuerySet[Obligation]:
    """Obligations of people that a declaration answers, and of which that is not noted."""
    filed = Declaration.objects.filter(person_id=OuterRef("person_id"), form=OuterRef("form"), year=OuterRef("year"))
    return Obligation.objects.filter(people, Exists(filed), filed_date=None)


def answers_of(people: Q) -> tuple[models.QuerySet[Obligation], dict[str, object]]:
    """The same, and the day of what answered each."""
    first = (
        Declaration.objects.filter(person_id=OuterRef("person_id"), form=OuterRef("form"), year=OuterRef("year"))
        .order_by("version")
        .annotate(day=Coalesce("filed_date", OuterRef("due_date")))
        .values("day")[:1]
    )
    return answered(people), {"filed_date": Subquery(first)}


def held_in_order(obligations: models.QuerySet[Obligation]) -> models.QuerySet[Obligation, str]:
    """Obligations in the order of their ids, held to the end of the transaction; their ids."""
    return obligations.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True)


def met_by(
    obligations: models.QuerySet[Obligation], at: datetime
) -> tuple[models.QuerySet[Deadline], dict[str, object]]:
    """Deadlines of obligations that were met, and how they end."""
    return meeting(Obligation._meta.label, obligations.values("pk"), FILING, at)


def owe_online(declarations: Iterable[Declaration]) -> None:
    """Let obligations that are answered online or by a file have the last day of that, and not of a paper in hand."""
    people: dict[tuple[str, int], set[str]] = {}
    for one in declarations:
        if one.version == 1 and one.person_id:
            people.setdefault((one.form, one.year), set()).add(one.person_id)
    if people:
        write_waiting()  # declarations before obligations, as a file does, so that neither waits for the other
    for (form, year), answering in people.items():
        for some in batches(answering):
            moved_by_paper(some, form, year).update(due_date=naming.pack().filing_deadlines[year])


def owed_by(people: list[str], form: str, year: int) -> models.QuerySet[Obligation]:
    """Obligations of people to file a form for a year."""
    return Obligation.objects.filter(person_id__any_of=people, form=form, year=year)


UNMET = Compiled(
    lambda people: held_in_order(Obligation.objects.filter(person_id__any_of=people, filed_date=None)), list
)
"""Whoever writes many obligations holds them in one order first, so that two who do never wait for each other."""
ANSWERED = Compiled(lambda people: held_in_order(answered(Q(person_id__any_of=people))), list)
"""The same, of those alone that are written, so that nobody waits who files meanwhile."""
SETTLE = CompiledUpdate(lambda people: answers_of(Q(person_id__any_of=people)), list)
MEET = CompiledUpdate(
    lambda people, at: met_by(Obligation.objects.filter(person_id__any_of=people, filed_date__isnull=False), at),
    list,
    datetime,
)
ANSWER = CompiledUpdate(
    lambda people, form, year, day: (owed_by(people, form, year).filter(filed_date=None), {"filed_date": day}),
    list,
    str,
    int,
    date,
)
MEET_FIRST = CompiledUpdate(
    lambda people, form, year, at: met_by(owed_by(people, form, year), at), list, str, int, datetime
)


def batches(keys: set[str]) -> list[list[str]]:
    """Keys in lists short enough for one statement."""
    listed = sorted(keys)
    return [listed[start : start + BATCH] for start in range(0, len(listed), BATCH)]
