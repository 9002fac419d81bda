"""Reporting without network: the form as one file, taking its file in, and what is official to hold it against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.reports.actions.filing import Enclosed, Filing
from adaldyq.measures.reports.actions.sealing import check_sealed
from adaldyq.measures.reports.actions.taking import take_in_report
from adaldyq.measures.reports.adapters import heads, kits
from adaldyq.measures.reports.forms.filing import office_in
from adaldyq.measures.reports.forms.kits import TakeInForm, kit
from adaldyq.measures.reports.queries import kits as known
from adaldyq.measures.reports.queries import publication, queue, words
from adaldyq.measures.reports.queries.named import accounts_of
from adaldyq.measures.reports.views.quiet import beginning_of_today, quiet
from adaldyq.measures.reports.views.sealed import identity_of, sealed_part
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.tables import Column, Table

NAME = "form.html"
"""Of the file: it lies on a device or a stick, where a name that tells would be read by others."""


@require_safe
@quiet
def kit_file(request: HttpRequest) -> HttpResponse:
    """The form as one file, which asks nobody for anything.

    Raises:
        Http404: no office has an officer with a key.
    """
    content = kit(str(get_language()), timezone.localdate())
    if not content:
        raise Http404
    return as_attachment(content, NAME, "application/octet-stream")


@require_http_methods(["GET", "HEAD", "POST"])
def take_in_page(request: HttpRequest) -> HttpResponse:
    """Take in a report that somebody brought as a file."""
    by, status = actor_of(request.user), HTTPStatus.OK
    form = TakeInForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        made: dict[str, Any] = {}
        if form.is_valid():
            refused = refusal(form, lambda: made.update(taken(request, by, form.cleaned_data["file"])))
            if refused is None:
                return redirect(where(by, str(made["report"])))
            status = refused
    context = {"form": form, "taken": "taken" in request.GET}
    return render(request, "reports/take_in.html", context, status=status)


def where(by: Actor, report: str) -> str:
    """The page of a report that was taken in; of one for another office only that it was."""
    if queue.one_report(by, report, timezone.localdate()) is not None:
        return reverse("reports-report", args=[report])
    return f"{reverse('reports-take-in')}?taken"


def taken(request: HttpRequest, by: Actor, file: Any) -> Mapping[str, Any]:
    """Take a file in once, also when the form is sent twice."""

    def perform() -> Mapping[str, Any]:
        enclosed: Sequence[Enclosed] = ()
        try:
            filing = filing_of(kits.read(file), file)
            enclosed = filing.enclosed
            report = take_in_report(filing=filing, by=by, at=beginning_of_today())
        except DomainError as refused:
            kits.drop([(one.stored, one.size) for one in enclosed])
            refused.field = "file"  # whatever part of it is wrong
            raise
        return {"report": report.pk}

    return sent_once(request.POST, place="reports.take-in", owner=by.id, at=timezone.now(), perform=perform)


def filing_of(head: heads.Head, file: Any) -> Filing:
    """The report of a file; its envelopes lie in their places then.

    Raises:
        DomainError: `kit-other-office`, `kit-keys-unknown`, `taken-in-already`, `kit-malformed`, `envelope-damaged`.
    """
    unit = known.unit_of(heads.text_of(head, "unit"), timezone.localdate())
    if unit is None:
        raise DomainError("kit-other-office", field="file")
    part, identity, recipients = sealed_part(head), identity_of(head), heads.texts_of(head, "recipients")
    sealed_to = {"reports": recipients, "identities": list(identity.sealed_to) if identity else []}
    if not recipients or not known.are_known(sealed_to, unit):
        raise DomainError("kit-keys-unknown", field="file")
    named = accounts_of(heads.texts_of(head, "left_out"))
    if known.is_taken_in(part["lookup"]):
        raise DomainError("taken-in-already", field="file")
    filing = Filing(
        unit=unit,
        channel=words.AS_FILE,
        sealed_to=recipients,
        identity=identity,
        about_office=office_in(heads.text_of(head, "about_receiver")),
        named=named,
        **part,
    )
    check_sealed(filing, readers=len(set(recipients)))
    enclosed = [Enclosed(place, size) for place, size in kits.store_files(head, file)]
    return replace(filing, enclosed=enclosed)


@require_safe
@quiet
def official_page(request: HttpRequest) -> HttpResponse:
    """Which keys and scripts are official, as the ledger has them, and how to check it."""
    found = publication.published()
    named = dict(known.names_of_units())
    rows = [{**one, "office": named.get(one["unit"], one["unit"])} for one in (found.keys if found else ())]
    context = {
        "published": found is not None,
        "receipt": bool(publication.receipt()),
        "keys": Table(_("Keys"), key_columns(), rows),
        "files": Table(_("Files"), file_columns(), files_of(found) if found else []),
    }
    return render(request, "reports/official.html", context)


def key_columns() -> list[Column]:
    """Columns of official keys."""
    purposes = {"reports": _("reports"), "identities": _("names of reporters")}
    return [
        Column("office", _("Body"), value=lambda row: row["office"]),
        Column("purpose", _("What is sealed to it"), value=lambda row: purposes[row["purpose"]]),
        Column("recipient", _("Public key"), value=lambda row: row["recipient"]),
    ]


def files_of(found: publication.Official) -> list[tuple[str, str]]:
    """Official scripts, and the form as a file in each language, with their digests."""
    kits_of = [(f"{NAME}, {language}", digest) for language, digest in sorted(found.kits.items())]
    return [*sorted(found.scripts.items()), *kits_of]


def file_columns() -> list[Column]:
    """Columns of official files."""
    return [
        Column("name", _("File"), value=lambda row: row[0]),
        Column("digest", "SHA-256", value=lambda row: row[1]),
    ]


@require_safe
def official_receipt(request: HttpRequest) -> HttpResponse:
    """The receipt of what is official, with what opens it.

    Raises:
        Http404: nothing stands in the ledger yet.
    """
    text = publication.receipt()
    if not text:
        raise Http404
    return as_attachment(text.encode(), "official.json", "application/json")
