"""Documents: one's own, and the check of any, for everybody."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.kernel import reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.documents import queries
from adaldyq.kernel.documents.actions import withdraw_document
from adaldyq.kernel.models import Document
from adaldyq.kernel.models.documents import WITHDRAWN
from adaldyq.kernel.policies import RegisterNotKept
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.uploads import store
from adaldyq.portal.desk.forms import CheckFileForm, CheckForm, WithdrawForm
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.facts import Fact, State
from adaldyq.ui.tables import Column, Table, sorted_page

UNPROCESSABLE, GONE = 422, 410


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Documents issued to the viewer or about their person."""
    columns = (
        Column("kind", _("Document"), value=kind_of, link=lambda one: reverse("desk-document", args=[one.pk])),
        Column("number", _("Number")),
        Column("issued_at", _("Issued"), kind="moment", sort="issued_at"),
        Column("state", _("State"), value=state_of),
    )
    page = sorted_page(request, queries.documents_of(actor_of(request.user)), columns, default="-issued_at")
    empty = _("No document yet. A certificate or an extract that you ask for will be here.")
    table = Table(_("My documents"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "desk/documents.html", {"table": table})


def kind_of(document: Document) -> str:
    """What a document is called."""
    return str(queries.kinds().get(document.kind, document.kind))


def state_of(document: Document) -> State:
    """Whether a document is in force."""
    return State(_("withdrawn"), "bad") if document.state == WITHDRAWN else State(_("in force"), "good")


@require_safe
@cache_control(private=True, no_store=True)
def download(request: HttpRequest, document_id: str) -> HttpResponse:
    """A document of the viewer's as it was issued."""
    found = queries.documents_of(actor_of(request.user)).filter(pk=document_id).first()
    if found is None:
        raise Http404(document_id)
    try:
        content = store.take(found.place, sealed=True)
    except DomainError as error:
        return render(request, "desk/file_gone.html", {"problem": sentence(error)}, status=GONE)
    reads.note(request, "document", [(found.pk, found.person_id or "")])
    return as_attachment(content, f"{found.number}.pdf", "application/pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Say whether a document is genuine: by number and code, or by the file itself, which is not kept."""
    form, file_form = CheckForm(request.GET if "number" in request.GET else None), CheckFileForm()
    found = None
    if request.method == "POST":
        file_form = CheckFileForm(request.POST, request.FILES)
        found = queries.check_file(file_form.content()) if file_form.is_valid() else None
    elif form.is_valid():
        found = queries.check_number(form.cleaned_data["number"], form.cleaned_data["code"])
    failed = bool(form.errors or file_form.errors)
    context = {
        "form": form,
        "file_form": file_form,
        "found": found,
        "facts": facts_of(found) if found else [],
        "wrong": file_form if file_form.errors else form,
    }
    return render(request, "desk/document_check.html", context, status=UNPROCESSABLE if failed else 200)


def facts_of(found: queries.Check) -> list[Fact]:
    """What anybody who holds a document may read of it here."""
    one = found.document
    if one is None:
        return []
    hint = "" if one.language == get_language() else _("What follows is written as it stands on the document.")
    facts = [
        Fact(_("State"), state_of(one)),
        Fact(_("Document"), kind_of(one)),
        Fact(_("Number"), one.number),
        Fact(_("Issued"), one.issued_at, kind="moment"),
        Fact(_("Language of the document"), language_name(one.language), hint=hint),
        *(Fact(_(title), value) for title, value in one.facts.items()),
    ]
    if one.state == WITHDRAWN:
        facts += [Fact(_("Withdrawn"), one.withdrawn_at, kind="moment"), Fact(_("Ground"), _(one.ground))]
    return facts


def language_name(code: str) -> str:
    """A language by its own name."""
    return str(dict(settings.LANGUAGES).get(code, code))


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest) -> HttpResponse:
    """Withdraw a document by its number, with a ground that its check then shows."""
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        document = queries.document_of(form.cleaned_data["number"])
        if document is None:
            form.add_error("number", _("There is no document of this number."))
        else:
            try:
                ground = form.cleaned_data["ground"]
                withdraw_document(document=document, ground=ground, by=actor_of(request.user), at=timezone.now())
            except RegisterNotKept as error:
                form.add_error("number", sentence(error))
            except NotAllowed as error:
                raise PermissionDenied from error
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, sentence(error))
            else:
                return redirect(f"{reverse('desk-document-withdraw')}?done=1")
    context = {"form": form, "done": "done" in request.GET}
    return render(request, "desk/document_withdraw.html", context, status=UNPROCESSABLE if form.errors else 200)
