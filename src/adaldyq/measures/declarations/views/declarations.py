"""The page of one declaration, in force or replaced."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.outcomes import outcome
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.drafts import Declaration
from adaldyq.measures.declarations.queries.filers import public_filer
from adaldyq.measures.declarations.queries.people import OneDeclaration, one_declaration
from adaldyq.measures.declarations.queries.receipts import Receipt, receipt
from adaldyq.measures.declarations.views.outcomes import outcome_state
from adaldyq.measures.declarations.views.sections import parts_of
from adaldyq.ui.facts import Fact, State
from adaldyq.ui.tables import Column, Table


@require_safe
def declaration_page(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """One declaration with its sections, and its versions when there are several."""
    found = one_declaration(declaration_id)
    if found is None:
        raise Http404(declaration_id)
    one = found.declaration
    line = receipt(one, found.contents)
    beside = compared_with(found.declaration, found.before)
    context = {
        "found": found,
        "declaration": one,
        "title": words.form_name(one.form),
        "newest": found.versions[-1] if not one.is_current else None,
        "facts": facts_of(found),
        "receipt": line,
        "proof": proof_of(line) if line else [],
        "versions": versions_table(found) if len(found.versions) > 1 else None,
        "parts": parts_of(found.contents.sections(one, found.before), one.currency, beside),
    }
    return render(request, "declarations/declaration.html", context)


def compared_with(one: Declaration, before: Declaration | None) -> str:
    """Title of the column that says what differs; empty when there is nothing to compare with."""
    if before is None:
        return ""
    if before.year == one.year:
        return _("Compared with version %(version)s") % {"version": before.version}
    return _("Compared with %(year)s") % {"year": before.year}


def facts_of(found: OneDeclaration) -> list[Fact]:
    """What stands on the first page of a declaration."""
    one, first = found.declaration, found.versions[0]
    filed = timezone.localtime(first.filed_at).date() if first.filed_at else one.due_date
    known = one.due_date is not None and filed is not None
    stands = outcome_state(outcome(one.due_date, filed, timezone.localdate())) if known else None
    body = reverse("declarations-body", args=[one.body_id]) if one.body_id else ""
    return [
        Fact(_("Declarant"), found.name, href=reverse("declarations-person", args=[one.person_id])),
        Fact(_("Post"), naming.spoken(one.post_titles, one.post_title)),
        Fact(_("Body"), found.body, href=body),
        Fact(_("Year"), str(one.year)),
        Fact(_("Version"), f"{one.version}", hint="" if one.is_current else _("replaced by a later one")),
        Fact(_("Filed"), one.filed_at, kind="moment"),
        *([Fact(_("Filed by"), by)] if (by := public_filer(one)) else []),
        Fact(_("Last day to file"), one.due_date, kind="day"),
        Fact(_("Outcome"), stands, hint=_("By the first version.") if stands and one.version > 1 else ""),
        Fact(_("Currency of the declaration"), one.currency),
    ]


def proof_of(line: Receipt) -> list[Fact]:
    """What the ledger's line says and whether it holds, checked now. The line itself is public once it has its place."""
    opens = State(_("yes"), "good") if line.opens else State(_("no"), "bad")
    agrees = State(_("yes"), "good") if line.agrees else State(_("no"), "bad")
    hint = _("Its commitment is made with a secret salt, so that nobody can guess it.")
    place = _("waits for its place in the public tree") if line.position is None else str(line.position)
    return [
        Fact(_("Recorded"), line.recorded_at, kind="moment"),
        *([Fact(_("Line"), line.entry, hint=hint)] if line.position is not None else []),
        Fact(_("The line is about this declaration"), opens),
        Fact(_("The rows are those that were filed"), agrees),
        Fact(_("Place in the ledger"), place),
        Fact(_("Receipt"), line.reference, href=reverse("ledger-receipt", args=[line.reference])),
    ]


def versions_table(found: OneDeclaration) -> Table:
    """Versions of the declaration, the first one first."""
    columns = (
        Column(
            "version",
            _("Version"),
            value=lambda one: str(one.version),
            link=lambda one: "" if one.pk == found.declaration.pk else page_of(one.pk),
        ),
        Column("filed_at", _("Filed"), kind="moment"),
        Column(
            "state",
            _("State"),
            value=lambda one: State(_("in force"), "good") if one.is_current else State(_("replaced"), "closed"),
        ),
    )
    return Table(_("Versions"), columns, found.versions, hide_caption=True)


def page_of(declaration_id: str) -> str:
    """Address of the page of a declaration."""
    return reverse("declarations-declaration", args=[declaration_id])
