"""Who may file a declaration together, and who has been asked to."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from adaldyq.kernel import naming
from adaldyq.kernel.actions.registers import digest
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Person
from adaldyq.measures.declarations.models import Draft, JointFiling, Obligation
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries.registered import family_on
from adaldyq.measures.declarations.states import OPEN

__all__ = ["JointFiling"]


def spouse_for(draft: Draft) -> Person | None:
    """The husband or wife with whom a draft may be filed together.

    None when the pack does not allow it, when the register of families knows of nobody on the last day of the year, or
    when the other has not the same declaration to file. An amendment is each one's own.
    """
    if not naming.pack().joint_filing or draft.amends_id or draft.obligation_id is None:
        return None
    ties = family_on(draft.person, date(draft.year, 12, 31))
    spouse = next((relative for tie, relative, _name in ties if tie.kind == "spouse"), None)
    if spouse is None or spouse.death_date is not None:
        return None
    owed = Obligation.objects.filter(person=spouse, form=draft.form, year=draft.year, filed_date=None)
    return spouse if owed.exists() else None


def joint_of(draft: Draft) -> JointFiling | None:
    """With whom a draft is filed together; none when it is filed for one."""
    return OF_DRAFT.first(draft.pk)


def together(seen: str) -> str:
    """What somebody signs who files for both what has this digest."""
    return digest([seen, "together"])


def signed_as(joint: JointFiling | None, seen: str) -> str:
    """What the page of signing shows: a digest of what stands in the draft, and of whether it is filed for both."""
    return seen if joint is None else together(seen)


def same_answers(signed: str, seen: str) -> bool:
    """Whether what was signed, for one or for both, is what has this digest."""
    return signed in {seen, together(seen)}


def due_of(person: str, form: str, year: int) -> date | None:
    """The last day on which somebody must file; none when they need not, or have."""
    owed = Obligation.objects.filter(person_id=person, form=form, year=year, filed_date=None)
    return owed.values_list("due_date", flat=True).first()


OF_DRAFT = Compiled(lambda draft: JointFiling.objects.filter(draft=draft).select_related("person"), str)


def asked(by: Actor) -> QuerySet[JointFiling]:
    """Drafts that the person for whom an actor files was asked to file together."""
    person = filer(by)
    found = JointFiling.objects.filter(draft__state=OPEN).select_related("draft__obligation", "draft__person")
    return found.filter(person_id=person) if person else found.none()
