"""Operations on who holds a post, for institutions. Every person named is noted as read."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from adaldyq.kernel import naming, reads
from adaldyq.kernel.models import Appointment, Body, Post
from adaldyq.kernel.queries import history, lookup
from adaldyq.portal.api.people import PERSON, DayAsked, kept

router = Router(tags=["appointments"])


class AppointmentOut(Schema):
    """That a person holds a post."""

    id: str
    person_id: str
    post_id: str
    valid_from: date
    valid_to: date | None
    act_number: str


class PostOut(Schema):
    """A post of a body, and who holds it."""

    id: str
    title: str
    category: str
    heads_body: bool
    appointment: AppointmentOut | None


@router.get(
    "/bodies/{body_id}/posts", response=list[PostOut], url_name="api-body-posts", summary="Posts of a body on a day"
)
def posts(request: HttpRequest, body_id: str, asked: Query[DayAsked]) -> list[dict[str, Any]]:
    """The posts of a body with who held them on a day, the head first.

    Raises:
        Http404: there is no such body.
    """
    known = history.resolve("body", body_id) if lookup.is_id(body_id) else ""
    if not Body.objects.filter(pk=known).exists():
        raise Http404(body_id)
    held = history.posts_of(known, asked.chosen())
    noted(request, [one.appointment for one in held if one.appointment])
    return [
        {
            "id": one.post.pk,
            "title": naming.spoken(one.post.titles, one.post.title),
            "category": one.post.category,
            "heads_body": one.post.heads_body,
            "appointment": one.appointment,
        }
        for one in held
    ]


@router.get(
    "/posts/{post_id}/holder", response=AppointmentOut, url_name="api-post-holder", summary="Who held a post on a day"
)
def holder(request: HttpRequest, post_id: str, asked: Query[DayAsked]) -> Appointment:
    """Who held a post on a day.

    Raises:
        Http404: there is no such post, or nobody held it.
    """
    known = Post.objects.filter(pk=post_id).exists() if lookup.is_id(post_id) else False
    found = history.holder_of(post_id, asked.chosen()) if known else None
    if found is None:
        raise Http404(post_id)
    noted(request, [found])
    return found


@router.get(
    "/people/{person_id}/appointments",
    response=list[AppointmentOut],
    url_name="api-person-appointments",
    summary="Posts that a person has held",
)
def career(request: HttpRequest, person_id: str) -> list[Appointment]:
    """All posts that a person has held, the newest first.

    Raises:
        Http404: there is no such person.
    """
    one = kept(person_id)
    reads.note(request, PERSON, [(one.pk, one.pk)])
    return list(history.career_of(one.pk))


def noted(request: HttpRequest, shown: list[Appointment]) -> None:
    """Note that people were shown as holders of posts."""
    reads.note(request, PERSON, [(one.person_id, one.person_id) for one in shown])
