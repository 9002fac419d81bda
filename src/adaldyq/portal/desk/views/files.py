"""Files that somebody handed in: the list, handing in, taking out, removing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel import reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.models import Person, Upload
from adaldyq.kernel.models.uploads import ATTACHED
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.uploads import actions, queries, store
from adaldyq.kernel.uploads.purposes import EVIDENCE, purposes
from adaldyq.portal.desk.forms import FileForm
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.facts import Link, State
from adaldyq.ui.formats.values import size
from adaldyq.ui.tables import Column, Table, sorted_page

UNPROCESSABLE, GONE, CONFLICT = 422, 410, 409


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Files that the viewer handed in."""
    columns = (
        Column("name", _("File"), link=lambda one: reverse("desk-file", args=[one.pk])),
        Column("purpose", _("For"), value=purpose_of),
        Column("size", _("Size"), value=lambda one: size(one.size)),
        Column("uploaded_at", _("Handed in"), kind="moment", sort="uploaded_at"),
        Column("state", _("State"), value=state_of),
        Column("remove", _("Remove"), value=removal_of),
    )
    page = sorted_page(request, queries.uploads_of(actor_of(request.user)), columns, default="-uploaded_at")
    empty = _("No file yet. Hand one in here, then add it to a request within a day.")
    table = Table(_("My files"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "desk/files.html", {"table": table})


def purpose_of(upload: Upload) -> str:
    """What a file is for."""
    known = purposes().get(upload.purpose)
    return str(known.title) if known else upload.purpose


def state_of(upload: Upload) -> State:
    """How a file stands."""
    return State(_("added"), "good") if upload.state == ATTACHED else State(_("waits to be added"), "work")


def removal_of(upload: Upload) -> Link | None:
    """The way to remove a file that is not attached."""
    return None if upload.state == ATTACHED else Link(_("Remove"), reverse("desk-file-remove", args=[upload.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Hand in a file."""
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    if form.is_bound and form.is_valid():
        name, content = form.content()
        by = actor_of(request.user)
        try:
            person = Person.objects.filter(pk=by.stands_for).first() if by.represents else None
            actions.take_in(purpose=EVIDENCE, name=name, content=content, by=by, at=timezone.now(), person=person)
        except DomainError as error:
            form.add_error(error.field, sentence(error))
        else:
            return redirect("desk-files")
    return render(request, "desk/file_add.html", {"form": form}, status=UNPROCESSABLE if form.errors else 200)


@require_safe
@cache_control(private=True, no_store=True)
def download(request: HttpRequest, upload_id: str) -> HttpResponse:
    """A file, to be saved and never shown within our pages; that it was read is logged."""
    found = queries.upload_for(upload_id, actor_of(request.user))
    if found is None:
        raise Http404(upload_id)
    try:
        content = store.take(found.place, sealed=found.sealed)
    except DomainError as error:
        return render(request, "desk/file_gone.html", {"problem": sentence(error)}, status=GONE)
    reads.note(request, "upload", [(found.pk, found.person_id or "")])
    return as_attachment(content, found.name, found.media_type)


@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, upload_id: str) -> HttpResponse:
    """Remove a file that is not attached yet, after asking."""
    by = actor_of(request.user)
    found = queries.uploads_of(by).filter(pk=upload_id).first()
    if found is None:
        raise Http404(upload_id)
    if request.method != "POST":
        return render(request, "desk/file_remove.html", {"file": found})
    try:
        actions.expire_upload(upload=found, by=by, at=timezone.now())
    except Conflict as error:
        return render(request, "desk/file_gone.html", {"problem": sentence(error)}, status=CONFLICT)
    return redirect("desk-files")
