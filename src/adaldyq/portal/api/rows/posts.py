"""Rows of appointments."""

from __future__ import annotations

from typing import Any

from ninja import Field, Router

from adaldyq.kernel.actions import bodies
from adaldyq.kernel.api.values import Day, Given, RecordId
from adaldyq.kernel.models import Appointment
from adaldyq.portal.api.events.posts import ActNumber, post_of
from adaldyq.portal.api.rows.taking import Outcome, Reference, Stated, Told, again, meant, rows

router = Router(tags=["rows"])


class AppointmentRow(Given):
    """That a person holds a post; it is found again by person, post and first day."""

    person: Reference = Field(description="Number or id of the person.")
    post_id: RecordId
    since: Day = Field(description="First day in the post.")
    until: Day | None = Field(None, description="Last day in the post.")
    act_number: ActNumber = Field("", description="Number of the act of appointment.")


@rows(router, "appointments", route="api-rows-appointments", summary="Rows of appointments")
def put_appointment(given: AppointmentRow, told: Told) -> Stated:
    """Bring appointments up to rows, in the institution's own body and those below it."""
    person, post = meant("person", given.person, "person"), post_of(given.post_id)
    present = Appointment.objects.filter(person=person, post=post, valid_from=given.since).first()

    def end() -> Appointment:
        until = given.until or given.since
        return bodies.dismiss(appointment=present or begun, until=until, act_number="", **told.who)

    if present is not None:
        return again(present, {"act_number": given.act_number or None}, given.until, end)
    named: dict[str, Any] = {"person": person, "post": post, "since": given.since, "act_number": given.act_number}
    begun = bodies.appoint(**named, **told.who)
    return Stated(end() if given.until else begun, Outcome.CREATED)
