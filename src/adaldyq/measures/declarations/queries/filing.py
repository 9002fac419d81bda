"""All that is read of a draft when it is filed, by one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Q

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Appointment, Post
from adaldyq.kernel.together import Together
from adaldyq.measures.declarations.models import Declaration, Draft, JointFiling
from adaldyq.measures.declarations.queries import attachments, joint
from adaldyq.measures.declarations.queries.drafts import ANSWERS, ROWS, Stands
from adaldyq.measures.declarations.queries.known import BODY, NAMES_OF_ONE, Known, known_from
from adaldyq.measures.declarations.states import OPEN

POSTS = Compiled(
    lambda person, day: (
        Appointment.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), person_id=person, valid_from__lte=day)
        .select_related("post")
        .order_by("-post__declares", "-valid_from", "pk")
    ),
    str,
    date,
)
FILED = Compiled(lambda person: Declaration.objects.filter(person=person).order_by("-version"), str)
STOOD = Compiled(lambda draft: Draft.objects.filter(pk=draft, state=OPEN).values_list("changed_at", flat=True), str)
HELD = Compiled(
    lambda draft: (
        Draft.objects.filter(pk=draft, state=OPEN).select_for_update(no_key=True).values_list("changed_at", flat=True)
    ),
    str,
)
"""Nothing when the draft is not open; otherwise when it was last written, also by whoever had to be waited for."""
HELD_DRAFTS = Compiled(
    lambda keys: (
        Draft.objects.filter(pk__any_of=keys, state=OPEN)
        .select_related("obligation", "amends", "person")
        .select_for_update(no_key=True, skip_locked=True, of=("self",))
    ),
    list,
)
PARTS = (ROWS, ANSWERS, attachments.OF_DRAFT, joint.OF_DRAFT, NAMES_OF_ONE, BODY, FILED, POSTS)
ALL, HELD_ALL = Together(*PARTS), Together(*PARTS, HELD, STOOD)


@dataclass(frozen=True, slots=True)
class Becoming:
    """What a declaration is made of.

    Attributes:
        stands: what stands in the draft.
        joint: with whom it is filed together; none when it is filed for one.
        known: names of the declarant, and the body that brings the duty.
        earlier: all that the declarant has filed before.
        newest: the version before it, if any.
        posts: that the declarant holds, the one whose holder declares first.
        held: whether the draft is open, and held to the end of the transaction.
    """

    stands: Stands
    joint: JointFiling | None
    known: Known
    earlier: Sequence[Declaration]
    newest: Declaration | None
    posts: Sequence[Post]
    held: bool = False

    def post(self, body: str | None) -> Post | None:
        """The post that counts: in the body that brings the duty, else the one whose holder declares."""
        found = next((one for one in self.posts if body and one.body_id == body), None)
        return found or next(iter(self.posts), None)


def becoming(draft: Draft, day: date) -> Becoming:
    """Read it, with the posts of a day."""
    return made_of(draft, ALL(*asked(draft, day)))


def held_becoming(draft: Draft, day: date) -> Becoming:
    """The same, and hold the draft so that nobody writes into it before the transaction ends.

    Whoever had to be waited for may have written what the statement no longer saw; then it is asked once more.
    """
    own = (draft.pk,)
    while True:
        *found, held, stood = HELD_ALL(*asked(draft, day), own, own)
        if held == stood:
            return replace(made_of(draft, found), held=bool(held))


def held_drafts(keys: Sequence[str]) -> list[Draft]:
    """Open drafts, held as `held_becoming` holds one; those that somebody writes just now are left out."""
    return HELD_DRAFTS(keys)


def each_becoming(drafts: Sequence[tuple[Draft, date]]) -> list[Becoming]:
    """What `becoming` reads of each draft, with the posts of its day."""
    found = ALL.for_each([asked(draft, day) for draft, day in drafts])
    return [made_of(draft, one) for (draft, _day), one in zip(drafts, found, strict=True)]


def asked(draft: Draft, day: date) -> Sequence[Sequence[object]]:
    """The values of each question."""
    own, owed = (draft.pk,), draft.obligation
    person, body = draft.person_id, (owed.body_id if owed else None) or ""
    return own, own, own, own, (person,), (body,), (person,), (person, day)


def made_of(draft: Draft, found: Sequence[list[Any]]) -> Becoming:
    """What the questions found."""
    rows, answers, documents, together, names, bodies, versions, held = found
    return Becoming(
        Stands(rows, dict(answers), documents),
        next(iter(together), None),
        known_from(names, bodies),
        versions,
        newest_of(versions, draft.form, draft.year),
        [one.post for one in held],
    )


def newest_version(person: str, form: str, year: int) -> Declaration | None:
    """The newest version of what somebody filed in a form for a year."""
    return newest_of(FILED(person), form, year)


def overtaken_by(draft: Draft) -> Declaration | None:
    """What was filed in another way while an open draft was filled in, so that it can be filed only as an amendment of that."""
    if draft.state != OPEN:
        return None
    newest = newest_version(draft.person_id or "", draft.form, draft.year)
    return newest if newest != draft.amends else None


def newest_of(versions: Sequence[Declaration], form: str, year: int) -> Declaration | None:
    """The newest of a form and year, of versions of which the newest come first."""
    return next((one for one in versions if (one.form, one.year) == (form, year)), None)
