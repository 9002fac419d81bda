"""Pages on which a registrar records an event."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import NotAllowed
from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Body, Company, Person
from adaldyq.portal.registers import words
from adaldyq.portal.registers.event_forms import BEGINNINGS, EVENTS
from adaldyq.portal.registers.event_forms.event import EventForm
from adaldyq.portal.registers.views.people import READ

UNPROCESSABLE = 422
PEOPLE = (_("Register of people"), "registers-people")
BODIES, COMPANIES = (_("State bodies"), "registers-bodies"), (_("Companies"), "registers-companies")
RIGHTS, TERRITORIES = (_("Land and vehicles"), "registers-rights"), (_("Territories"), "registers-territories")
LISTS = {
    "body": BODIES,
    "post": BODIES,
    "company": COMPANIES,
    "land": RIGHTS,
    "vehicle": RIGHTS,
    "territory": TERRITORIES,
}
"""Title and route of the list above a form, by what its act is about; all others are about people."""


@require_http_methods(["GET", "HEAD", "POST"])
def record_event(request: HttpRequest, kind: str, record_id: str) -> HttpResponse:
    """An event about a record: a form, then the page of the record.

    Raises:
        PermissionDenied: the registrar keeps another register.
        Http404: there is no such event or record.
    """
    form_class = EVENTS.get(kind)
    subject = form_class.subject_of(record_id) if form_class else None
    if form_class is None or subject is None:
        raise Http404(record_id)
    checked(form_class, request, subject)
    person = person_behind(subject)
    reads.note(request, READ, [(person, person)] if person else [])
    form = form_class(request.POST if request.method == "POST" else None, subject=subject)
    return answer(request, form, subject_name(subject))


@require_http_methods(["GET", "HEAD", "POST"])
def begin_record(request: HttpRequest, kind: str) -> HttpResponse:
    """An event with which a record begins.

    Raises:
        PermissionDenied: the registrar keeps another register.
        Http404: there is no such event.
    """
    if kind not in BEGINNINGS:
        raise Http404(kind)
    checked(BEGINNINGS[kind], request, None)
    return answer(request, BEGINNINGS[kind](request.POST if request.method == "POST" else None), "")


def checked(form_class: type[EventForm], request: HttpRequest, subject: Any) -> None:
    """Let only those record an event who keep its register.

    Raises:
        PermissionDenied: with the reason.
    """
    try:
        form_class.require_keeper(actor_of(request.user), subject)
    except NotAllowed as refused:
        raise PermissionDenied from refused


def answer(request: HttpRequest, form: EventForm, name: str) -> HttpResponse:
    """Act on a sent form, or show it."""
    if request.method == "POST" and (page := form.recorded(by=actor_of(request.user), at=timezone.now())):
        return redirect(page)
    above, route = LISTS.get(form.register or form.act_name.split(".")[1], PEOPLE)
    context = {"form": form, "name": name, "title": form.title, "button": form.button, "above": above, "route": route}
    return render(request, "registers/event.html", context, status=UNPROCESSABLE if form.errors else 200)


def person_behind(subject: Any) -> str:
    """The person whose record a page shows; empty for bodies and companies."""
    if isinstance(subject, Person):
        return subject.pk
    return str(getattr(subject, "person_id", "") or getattr(subject, "owner_person_id", "") or "")


def subject_name(subject: Any) -> str:
    """What the subject of an event is called."""
    if isinstance(subject, Body):
        return words.body_name(subject)
    if isinstance(subject, Company):
        return subject.name
    person = person_behind(subject)
    return naming.names_of([person]).get(person, person) if person else str(subject)
