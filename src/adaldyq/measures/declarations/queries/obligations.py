"""The obligations of one person, present and past, each with its reason and law: for the person and for the keepers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext

from adaldyq.base.words import gettext_noop as _
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.policies import may_write
from adaldyq.measures.declarations import policies
from adaldyq.measures.declarations.domain.obligations import Why
from adaldyq.measures.declarations.domain.outcomes import outcome
from adaldyq.measures.declarations.models import WITHDRAWN, Draft, FormerObligation, Obligation, ObligationExtension
from adaldyq.measures.declarations.queries import why, words
from adaldyq.measures.declarations.queries.plans import ANOTHER_FORM

WHY_ENDED = {
    Why.DEAD: _("the person has died"),
    Why.UNDER_AGE: _("the person was not of full age"),
    Why.NO_GROUP: _("what obliged the person is no more"),
    Why.NOT_YET: _("the law asks for it only from a later year on"),
    Why.RELEASED: _("the law has let this group go"),
    ANOTHER_FORM: _("the other form is due instead"),
}
"""Why an obligation was withdrawn, by the code of the computing."""


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation as the person sees it.

    Attributes:
        outcome: what became of it; empty when it has ended.
        ended_as: withdrawn or exempted; empty while it stands.
        why_ended: in words.
        extension: that put off the last day; none when it was not.
        body_id: whose post brings it; empty when none does.
        opens: day on which it opens to everybody, of whom the register knew late as an official; none of all others.
        companies: names of those that bring it by being headed or owned; empty when none does.
    """

    id: str
    person_id: str
    year: int
    form: str
    reason: str
    law: str
    phase_since: date | None
    due: date
    filed: date | None
    outcome: str
    body_id: str
    body: str
    companies: str
    is_public: bool
    ended_as: str = ""
    ended_on: date | None = None
    why_ended: str = ""
    extension: ObligationExtension | None = None
    opens: date | None = None


def person_of(by: Actor) -> str:
    """The person behind the viewer, or for whom they act; empty when there is none."""
    return "" if by.system else by.stands_for


def obligations_of(person: str, today: date) -> list[Owed]:
    """What a person must file or had to, the newest year first; ended ones after those that stand.

    What was put off, withdrawn and stated again keeps that it was put off, though the extension stands on by what is owed now.
    """
    standing = Obligation.objects.filter(person_id=person).select_related("body").order_by("-year", "form")
    theirs = Q(obligation__person_id=person) | Q(former__person_id=person)
    extensions = {one.obligation_id or one.former_id: one for one in ObligationExtension.objects.filter(theirs)}
    ended = FormerObligation.objects.filter(person_id=person).select_related("body").order_by("-year", "-ended_at")
    carried = {
        (one.year, one.form, extension.due_after): extension
        for one in standing
        if (extension := extensions.get(one.pk)) is not None
    }
    found = [owed(one, today, extensions.get(one.pk)) for one in standing] + [
        former(one, extensions.get(one.pk) or carried.get((one.year, one.form, one.due_date))) for one in ended
    ]
    return sorted(found, key=lambda one: (-one.year, bool(one.ended_as)))


def owed(one: Obligation, today: date, extension: ObligationExtension | None = None) -> Owed:
    """An obligation that stands."""
    return Owed(
        **shared(one, today),
        filed=one.filed_date,
        outcome=outcome(one.due_date, one.filed_date, today),
        extension=extension,
        opens=None if one.is_public else one.opens_date,
    )


def former(one: FormerObligation, extension: ObligationExtension | None = None) -> Owed:
    """An obligation that has ended."""
    return Owed(
        **shared(one, naming.pack().day_of(one.ended_at)),
        filed=None,
        outcome="",
        ended_as=one.ended_as,
        ended_on=naming.pack().day_of(one.ended_at),
        why_ended=why_ended(one),
        extension=extension,
    )


def why_ended(one: FormerObligation) -> str:
    """Why an obligation ended, in words."""
    code = one.ground
    return gettext(WHY_ENDED[code]) if one.ended_as == WITHDRAWN and code in WHY_ENDED else code


def without_obligation(draft: Draft) -> bool:
    """Whether what a draft would have answered is no more; an amendment answers nothing."""
    return draft.obligation_id is None and draft.amends_id is None


def ended_of(draft: Draft) -> Owed | None:
    """The obligation that a draft would have answered and that has ended; none when nobody knows of one."""
    ended = FormerObligation.objects.filter(person=draft.person_id, form=draft.form, year=draft.year)
    last = ended.select_related("body").order_by("-ended_at", "-pk").first()
    return former(last) if last else None


def shared(one: Obligation | FormerObligation, on: date) -> dict[str, Any]:
    """What an obligation says whether it stands or has ended, by the law of a day."""
    return {
        "id": one.pk,
        "person_id": one.person_id,
        "year": one.year,
        "form": words.form_name(one.form),
        "reason": why.reason(one, on),
        "companies": why.companies(one),
        "law": words.law(one.law),
        "phase_since": one.phase_since,
        "due": one.due_date,
        "body_id": one.body_id or "",
        "body": naming.spoken(one.body.names, one.body.name) if one.body else "",
        "is_public": one.is_public,
    }


def obligation(key: str) -> Obligation | None:
    """The standing obligation with this id."""
    return Obligation.objects.filter(pk=key).select_related("body").first()


def keeps(by: Actor) -> bool:
    """Whether the viewer keeps declarations of some body."""
    return may_write(by, "declarations.obligation.extend")


def may_notice(by: Actor, one: Obligation, today: date) -> bool:
    """Whether the viewer may give notice: the clock does it only where the law brought the obligation here."""
    unanswered = one.filed_date is None and one.due_date < today and not hasattr(one, "non_filing")
    return unanswered and not one.group and may_decide(by, "declarations.non_filing.give", one)


def may_decide(by: Actor, act: str, one: Obligation) -> bool:
    """Whether the viewer may put off or exempt: keeps declarations of the body, and is not the person."""
    return policies.may_decide(by, act, one.body) and by.person != one.person_id
