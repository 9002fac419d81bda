"""All that is read of a draft when it is filed, by one question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from adaldyq.kernel.compiled import Compiled
from adaldyq.kernel.models import Appointment, Post
from adaldyq.kernel.together import Together
from adaldyq.measures.declarations.models import Declaration, Draft, JointFiling
from adaldyq.measures.declarations.queries import attachments, joint
from adaldyq.measures.declarations.queries.drafts import ANSWERS, ROWS, Stands
from adaldyq.measures.declarations.queries.known import BODY, NAMES_OF_ONE, Known, known_from

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
ALL = Together(ROWS, ANSWERS, attachments.OF_DRAFT, joint.OF_DRAFT, NAMES_OF_ONE, BODY, FILED, POSTS)


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
    """

    stands: Stands
    joint: JointFiling | None
    known: Known
    earlier: Sequence[Declaration]
    newest: Declaration | None
    posts: Sequence[Post]

    def post(self, body: str | None) -> Post | None:
        """The post that counts: in the body that brings the duty, else the one whose holder declares."""
        found = next((one for one in self.posts if body and one.body_id == body), None)
        return found or next(iter(self.posts), None)


def becoming(draft: Draft, day: date) -> Becoming:
    """Read it, with the posts of a day."""
    person, owed = draft.person_id, draft.obligation
    own = (draft.pk,)
    rows, answers, documents, together, names, bodies, versions, held = ALL(
        own, own, own, own, (person,), ((owed.body_id if owed else None) or "",), (person,), (person, day)
    )
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


def newest_of(versions: Sequence[Declaration], form: str, year: int) -> Declaration | None:
    """The newest of a form and year, of versions of which the newest come first."""
    return next((one for one in versions if (one.form, one.year) == (form, year)), None)
