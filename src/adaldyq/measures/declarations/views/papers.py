"""The certificate that one's own declaration was filed, and the extract of a public one, as documents."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.documents.actions import Issue, issue_document
from adaldyq.kernel.documents.paper import Block, Paper
from adaldyq.ledger.queries import line_about
from adaldyq.measures.declarations.domain.outcomes import outcome
from adaldyq.measures.declarations.queries import filers, words
from adaldyq.measures.declarations.queries.own import (
    CERTIFICATE,
    EXTRACT,
    Declaration,
    certificate_of,
    filed_day,
    own_declarations,
)
from adaldyq.measures.declarations.queries.people import OneDeclaration, one_declaration
from adaldyq.measures.declarations.queries.receipts import ACT
from adaldyq.measures.declarations.views.outcomes import outcome_state
from adaldyq.measures.declarations.views.sections import Part, parts_of
from adaldyq.ui.formats.values import moment

YEAR, FORM, FILED, DECLARANT = (
    gettext_noop("Year"),
    gettext_noop("Form"),
    gettext_noop("Filed"),
    gettext_noop("Declarant"),
)


@require_POST
def certificate(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """The certificate that a declaration of the viewer's was filed, issued once in each language."""
    by = actor_of(request.user)
    one = own_declarations(by).filter(pk=declaration_id).first()
    if one is None:
        raise Http404(declaration_id)
    if (issued := certificate_of(by, one.pk, language())) is not None:
        return redirect("desk-document", issued.pk)
    name = naming.names_of([one.person_id]).get(one.person_id, one.declarant_name)
    facts = {YEAR: str(one.year), FORM: words.form_name(one.form), FILED: filed_day(one)}
    stated = [(_(title), value) for title, value in {DECLARANT: name, **facts}.items()]
    if who := filers.filers([one]).get(one.pk):
        stated.append((_("Filed by"), who))
    stated += [(_("Number of the declaration"), one.pk), *receipt_facts(one)]
    lead = _("The state has received the declaration named below. Its content is not part of this document.")
    paper = Paper(_("Certificate of filing"), lead, [Block(_("The declaration"), facts=stated)], language())
    made = issue_document(issue=Issue(CERTIFICATE, "CF", one, paper, facts, one.person), by=by, at=timezone.now())
    return redirect("desk-document", made.pk)


def receipt_facts(one: Declaration) -> list[tuple[str, str]]:
    """What a receipt says of a filing: version, instant, whether it came in time, and its line in the ledger."""
    day = one.filed_date
    stands = outcome_state(outcome(one.due_date, day, timezone.localdate())) if one.due_date and day else None
    line = line_about(ACT, one.pk)
    known = [
        (_("Version"), str(one.version)),
        (_("Received"), moment(one.filed_at)),
        (_("Outcome"), str(stands) if stands and one.version == 1 else ""),
        (_("Receipt"), line.reference if line else ""),
    ]
    return [(title, text) for title, text in known if text]


@require_POST
def extract(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """Issue an extract of a public declaration, as the law opens it."""
    found = one_declaration(declaration_id)
    if found is None:
        raise Http404(declaration_id)
    one = found.declaration
    facts = {DECLARANT: found.name, YEAR: str(one.year), FORM: words.form_name(one.form), FILED: filed_day(one)}
    stated = [(_(title), value) for title, value in facts.items()]
    stated += [(_("Number of the declaration"), one.pk), (_("Version"), str(one.version))]
    stated += [(_("Post"), naming.spoken(one.post_titles, one.post_title)), (_("Body"), found.body)]
    lead = _("What the law makes public of this declaration, as it was declared.")
    shown = [(title, value) for title, value in stated if value]
    blocks = [Block(_("The declaration"), facts=shown), *section_blocks(found)]
    paper = Paper(_("Extract of a public declaration"), lead, blocks, language())
    issue = Issue(EXTRACT, "EX", one, paper, facts)
    made = issue_document(issue=issue, by=actor_of(request.user), at=timezone.now())
    return redirect("desk-document", made.pk)


def section_blocks(found: OneDeclaration) -> list[Block]:
    """The sections of a declaration as tables, and which are empty."""
    parts = parts_of(found.contents.sections(found.declaration), found.declaration.currency, "")
    blocks = [block_of(part) for part in parts.filled]
    return [*blocks, Block(_("Nothing declared in"), text=parts.empty)] if parts.empty else blocks


def block_of(part: Part) -> Block:
    """One section as a table of words."""
    columns = [str(column.title) for column in part.table.columns]
    rows = [[cell.text for cell in row] for row in part.table.body]
    return Block(part.title, columns=columns, rows=rows)


def language() -> str:
    """The language of the page, which becomes that of the document."""
    return get_language() or naming.pack().languages[0]
