"""Events of posts: appointments and dismissals."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.db.models import Model
from django.utils.translation import gettext as _
from ninja import Field, Router
from pydantic import StringConstraints

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actions import bodies
from adaldyq.kernel.actor import Actor
from adaldyq.kernel.api.values import PRINTABLE, Day, RecordId
from adaldyq.kernel.models import Post
from adaldyq.portal.api.events.kinds import event
from adaldyq.portal.api.events.recording import Event, record_of

router = Router(tags=["events: posts"])

ActNumber = Annotated[str, StringConstraints(pattern=PRINTABLE, max_length=40)]


class AppointmentIn(Event):
    """A person is appointed to a vacant post."""

    person_id: RecordId
    post_id: RecordId
    since: Day = Field(description="First day in the post.")
    act_number: ActNumber = Field(description="Number of the act of appointment.")


class DismissalIn(Event):
    """An appointment ends."""

    appointment_id: RecordId
    until: Day = Field(description="Last day in the post.")
    act_number: ActNumber = ""


@event(router, "appointments", route="api-events-appointment", summary="Somebody is appointed")
def appoint(given: AppointmentIn, by: Actor, at: datetime) -> Model:
    """Appoint a person to a vacant post."""
    return bodies.appoint(
        person=record_of("person", given.person_id, "person_id"),
        post=post_of(given.post_id),
        since=given.since,
        act_number=given.act_number,
        origin=given.origin,
        by=by,
        at=at,
    )


def post_of(post_id: str) -> Post:
    """The post that a request names.

    Raises:
        DomainError: `no-such-record`.
    """
    found = Post.objects.filter(pk=post_id).select_related("body").first()
    if found is None:
        raise DomainError("no-such-record", field="post_id", register=_("posts"), value=post_id)
    return found


@event(router, "dismissals", route="api-events-dismissal", summary="An appointment ends")
def dismiss(given: DismissalIn, by: Actor, at: datetime) -> Model:
    """End an appointment."""
    return bodies.dismiss(
        appointment=record_of("appointment", given.appointment_id, "appointment_id"),
        until=given.until,
        act_number=given.act_number,
        origin=given.origin,
        by=by,
        at=at,
    )
