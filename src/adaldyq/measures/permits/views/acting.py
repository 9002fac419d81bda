"""What pages do with a form behind which an act stands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest

from adaldyq.kernel.actor import Actor
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal

Perform = Callable[[], dict[str, Any] | None]


def acted(
    request: HttpRequest, form: forms.Form, place: str, by: Actor, at: datetime, perform: Perform
) -> tuple[dict[str, Any] | None, HTTPStatus]:
    """Do once what a form asks for that was sent.

    Returns:
        What came of it, None when nothing was done; and the status of the page that shows the form.
    """
    if request.method != "POST":
        return None, HTTPStatus.OK
    if not form.is_valid():
        return None, HTTPStatus.UNPROCESSABLE_ENTITY
    made: dict[str, Any] = {}

    def once() -> None:
        found = sent_once(request.POST, place=place, owner=by.id, at=at, perform=lambda: perform() or {})
        made.update(found)

    status = refusal(form, once)
    return (made, HTTPStatus.OK) if status is None else (None, status)
