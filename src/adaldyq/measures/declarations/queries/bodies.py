"""Who of a body has declared."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from adaldyq.base.names import order_key
from adaldyq.kernel import naming
from adaldyq.kernel.models import Body
from adaldyq.measures.declarations.domain.outcomes import outcome, while_entered
from adaldyq.measures.declarations.models import Declaration, Obligation
from adaldyq.measures.declarations.policies import CURRENT, OPEN
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.entering import entered_of


@dataclass(frozen=True, slots=True)
class Declarant:
    """Somebody of a body who had to file for a year; `has_page` when anything of theirs is open."""

    person_id: str
    name: str
    form: str
    outcome: str
    due: date
    filed: date | None
    declaration_id: str
    has_page: bool

    @property
    def name_order(self) -> str:
        """What sorts it among others by name."""
        return order_key(self.name)


def body(body_id: str) -> Body | None:
    """The body with this id; None when there is none, or nobody of it has to declare openly."""
    found = Body.objects.filter(pk=body_id).select_related("parent", "territory").first()
    owes = Obligation.objects.filter(OPEN, body_id=body_id).exists() if found else False
    declares = owes or Declaration.objects.filter(CURRENT, body_id=body_id).exists()
    return found if declares else None


def years_of(body_id: str) -> list[int]:
    """Years for which somebody of a body had to declare, newest first."""
    return list(
        Obligation.objects.filter(OPEN, body_id=body_id).order_by("-year").values_list("year", flat=True).distinct()
    )


def declarants(body_id: str, year: int, today: date) -> list[Declarant]:
    """Who of a body had to file for a year and what came of it, by name in the reader's language."""
    theirs = Declaration.objects.filter(CURRENT, person_id=OuterRef("person_id"))
    owed = Obligation.objects.filter(OPEN, body_id=body_id, year=year)
    rows = list(owed.annotate(has_page=Exists(theirs)))
    names = naming.names_of([row.person_id for row in rows])
    answers = Declaration.objects.filter(CURRENT, year=year, person_id__in=owed.values("person_id"))
    filed = {(one.person_id, one.form): one.pk for one in answers.only("id", "person_id", "form")}
    in_hand = entered_of([row.person_id for row in rows])
    found = [
        Declarant(
            person_id=row.person_id,
            name=names.get(row.person_id, row.person_id),
            form=words.form_name(row.form),
            outcome=while_entered(outcome(row.due_date, row.filed_date, today))
            if (row.person_id, row.year, row.form) in in_hand and (row.person_id, row.form) not in filed
            else outcome(row.due_date, row.filed_date, today),
            due=row.due_date,
            filed=row.filed_date,
            declaration_id=filed.get((row.person_id, row.form), ""),
            has_page=bool(getattr(row, "has_page", False)),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.name_order)
