"""Pages on which a person signs a declaration with a certificate: what is signed, and what comes back."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.base.signature_forms import is_pdf
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.documents.paper import Block, Paper, pdf
from adaldyq.kernel.signatures import trust
from adaldyq.kernel.trying import tried
from adaldyq.measures.declarations.actions import signing
from adaldyq.measures.declarations.forms import CertificateForm
from adaldyq.measures.declarations.queries import drafts, joint, words
from adaldyq.measures.declarations.queries.drafts import Draft, Filled
from adaldyq.measures.declarations.queries.filing import overtaken_by
from adaldyq.measures.declarations.queries.signing import as_filed
from adaldyq.measures.declarations.views import document_facts, rows
from adaldyq.measures.declarations.views.drafts import elsewhere, joint_context, own_draft
from adaldyq.measures.declarations.views.filing import UNPROCESSABLE, filed_once
from adaldyq.ui.formats.values import show

PDF, JSON = "application/pdf", "application/json"


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_page(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Save what is to be signed, sign it in one's own program, send the signature, and so file."""
    draft = own_draft(request, draft_id)
    if request.method != "POST" and (away := elsewhere(draft)) is not None:
        return away
    if not trust.is_configured():
        raise Http404(draft_id)
    filled = Filled(draft)
    if draft.declaration_id is None and not filled.ready:
        return redirect("declarations-draft-check", draft.pk)
    sent, together = request.method == "POST", joint_context(draft, filled)
    if not sent and together["waits"]:
        return redirect("declarations-draft-sign", draft.pk)
    late = draft.declaration_id is None and drafts.is_late(draft, timezone.localdate())
    shown = {"seen": together["signed_as"], "in_time": "" if late else "1"}
    form = CertificateForm(request.POST or None, request.FILES or None, initial=shown)
    if (
        sent
        and form.is_valid()
        and form.told(late=late)
        and (filed := signed(form, draft, filled, actor_of(request.user)))
    ):
        return redirect("declarations-filed", filed)
    if sent and joint.same_answers(form.data.get("seen", ""), filled.seen):
        form.change("seen", joint_context(draft, filled)["signed_as"])
    context = {
        "draft": draft,
        "form": form,
        "form_title": words.form_name(draft.form),
        "name": naming.names_of([draft.person_id]).get(draft.person_id, ""),
        "late": drafts.is_late(draft, timezone.localdate()),
        "overtaken": overtaken_by(draft),
    }
    return render(request, "declarations/draft_certificate.html", context, status=UNPROCESSABLE if sent else 200)


def signed(form: CertificateForm, draft: Draft, filled: Filled, by: Actor) -> str:
    """File once; the id of the declaration, or empty when it is refused, with the reason on the form.

    Raises:
        PermissionDenied: the draft is somebody else's.
    """
    now = timezone.now()
    name, content = form.signature()

    checked: list[signing.Checked] = []

    def check() -> None:
        handed_out = papers(draft, filled) if is_pdf(content) else ()
        try:
            checked.append(signing.checked(signing.HandedIn(name, content, handed_out), draft, filled, by=by, at=now))
        except DomainError as error:
            if error.field == "signature":
                error.field = "file"
            raise

    def file() -> Draft:
        seen = form.cleaned_data["seen"]
        return signing.file_signed_draft(draft=draft, seen=seen, signed=checked[0], by=by, at=now)

    if tried(form, check):
        return filed_once(form, draft, by, now, file)
    draft.refresh_from_db()
    return draft.declaration_id or ""


def ready(request: HttpRequest, draft_id: str) -> tuple[Draft, Filled]:
    """One's own draft that can be signed.

    Raises:
        Http404: there is none, or something in it is missing or wrong.
    """
    draft = own_draft(request, draft_id)
    filled = Filled(draft)
    if elsewhere(draft) is not None or not filled.ready:
        raise Http404(draft_id)
    return draft, filled


@require_safe
@cache_control(private=True, no_store=True)
def draft_json(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What would be filed, as data: the exact bytes that a detached signature is of."""
    draft, filled = ready(request, draft_id)
    try:
        content = signing.data_of(draft, filled, timezone.now())
    except DomainError as error:
        raise Http404(draft_id) from error
    return saved(content, f"declaration-{draft.year}.json", JSON)


@require_safe
@cache_control(private=True, no_store=True)
def draft_pdf(request: HttpRequest, draft_id: str) -> HttpResponse:
    """What would be filed, to be read and signed."""
    draft, filled = ready(request, draft_id)
    return saved(paper(draft, filled), f"declaration-{draft.year}.pdf", PDF)


@require_safe
@cache_control(private=True, no_store=True)
def signed_json(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """What was filed, in the exact bytes that a detached signature is of, so that anybody can check one later."""
    found = drafts.filed_by(actor_of(request.user)).filter(pk=declaration_id).first()
    if found is None:
        raise Http404(declaration_id)
    return saved(as_filed(found), f"declaration-{found.year}.json", JSON)


def saved(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file that a browser saves."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def papers(draft: Draft, filled: Filled) -> list[bytes]:
    """The paper in every language: which one was signed is not known before."""
    made = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            made.append(paper(draft, filled))
    return made


def paper(draft: Draft, filled: Filled) -> bytes:
    """What would be filed as a PDF that is always the same, with a place for the signature."""
    from adaldyq.kernel.signatures.preparing import signable  # noqa: PLC0415  # takes a second to read in

    name = naming.names_of([draft.person_id]).get(draft.person_id, "")
    stated = [(_("Declarant"), name), (_("Year"), str(draft.year)), (_("Form"), words.form_name(draft.form))]
    blocks = [Block(_("The declaration"), facts=stated)]
    empty = []
    for part in filled.sections:
        if not part.rows:
            empty.append(_(part.section.title))
        for place, one in enumerate(part.rows, 1):
            values = {column.name: one.reading.values.get(column.name) for column in part.section.table.columns}
            title = rows.row_title(part.section.name, values, place)
            facts = rows.stated_facts(part.section.name, values)
            shown = [(str(fact.key), show(fact.value, fact.kind, fact.currency)) for fact in facts]
            shown += document_facts.written(one.attached)
            blocks.append(Block(f"{_(part.section.title)}: {title}", facts=shown))
    if empty:
        blocks.append(Block(_("Nothing declared in"), text=", ".join(empty)))
    lead = _("This is what will be filed when you send it signed. What I declare is complete and true.")
    language = translation.get_language() or naming.pack().languages[0]
    return signable(pdf(Paper(_("Declaration to be signed"), lead, blocks, language), number=draft.pk, code=""))
