"""Pages on which whoever files for others sends a file of declarations, and sees what became of each."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.countries.facts import Duty
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.problems import sentence
from adaldyq.measures.declarations.actions.files import send_file
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.forms import SendForm
from adaldyq.measures.declarations.policies import keeps_declarations, may_send, of_payroll, payroll_bodies
from adaldyq.measures.declarations.queries import attachments, files
from adaldyq.measures.declarations.queries.attachments import DocumentFact
from adaldyq.measures.declarations.queries.files import SentFile
from adaldyq.measures.declarations.views.sent_places import place
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table

UNPROCESSABLE = 422
SHOWN = 200
"""Rows of a table on the page; the file holds all."""
FILED_BEFORE, MANY = "file-filed-already", 2
"""The code of what was filed before and does not say what it amends, and from how many on it is said once."""


def sender(request: HttpRequest) -> Actor:
    """Who files for others.

    Raises:
        PermissionDenied: somebody else.
    """
    by = actor_of(request.user)
    if not may_send(by):
        raise PermissionDenied
    return by


def sends_as(by: Actor, form: SendForm) -> Actor:
    """As whom somebody sends a file: as who keeps declarations, else for the body whose payroll they are of."""
    if keeps_declarations(by):
        return by
    chosen = form.cleaned_data.get("body") or payroll_bodies(by)[0]
    return of_payroll(by, chosen)


@require_http_methods(["GET", "HEAD", "POST"])
def send_page(request: HttpRequest) -> HttpResponse:
    """Send a file of declarations; below it the files that were sent before."""
    by = sender(request)
    bodies = [] if keeps_declarations(by) else named_bodies(payroll_bodies(by))
    form = SendForm(bodies, request.POST, request.FILES) if request.method == "POST" else SendForm(bodies)
    if form.is_bound and form.is_valid():
        try:
            sent = send_file(content=form.content(), called=form.called(), by=sends_as(by, form), at=timezone.now())
        except DomainError as error:
            form.add_error("file", sentence(error))
        else:
            return redirect("declarations-file", sent.pk)
    columns = [
        Column("sent_at", _("Sent"), kind="moment", link=lambda one: reverse("declarations-file", args=[one.pk])),
        Column("count", _("Declarations"), kind="number"),
        Column("refused", _("Refused"), kind="number"),
    ]
    before = Table(_("Files that you have sent"), columns, files.sent_by(by), empty=_("You have sent no file yet."))
    context = {
        "form": form,
        "before": before,
        "documents": documents_table(),
        "payroll_of": [name for _key, name in bodies],
    }
    return render(request, "declarations/send.html", context, status=UNPROCESSABLE if form.errors else 200)


def named_bodies(keys: Collection[str]) -> list[tuple[str, str]]:
    """Bodies by id and name, in the order of their names."""
    return sorted(files.names_of_bodies(keys).items(), key=lambda one: one[1])


def documents_table() -> Table:
    """Documents that belong to entries which are filed today, as a file names them."""

    def where(one: DocumentFact) -> str:
        section = _(BY_NAME[one.section].title)
        return f"{section}: {code_word(one)}" if one.column else section

    columns = [
        Column("names", _("Which document"), value=attachments.title_of),
        Column("name", _("Its name in a file")),
        Column("section", _("Entries"), value=where),
        Column("duty", _("The law"), value=lambda one: duties()[one.duty]),
    ]
    return Table(_("Documents that belong to entries"), columns, attachments.in_force(), hide_caption=True)


def code_word(one: DocumentFact) -> str:
    """The value of a column that decides whether a document belongs to an entry, in words."""
    words = words_of(one.section, one.column)
    return str(_(words[one.code])) if one.code in words else one.code


def duties() -> Mapping[str, str]:
    """How the law asks for a document."""
    return {Duty.REQUIRED: _("asks for it, or for the reason why there is none"), Duty.OPTIONAL: _("lets it be added")}


def sent_or_404(request: HttpRequest, file_id: str) -> SentFile:
    """A file that one sent oneself.

    Raises:
        Http404: there is none.
    """
    found = files.sent_file(sender(request), file_id)
    if found is None:
        raise Http404(file_id)
    return found


@require_safe
def sent_page(request: HttpRequest, file_id: str) -> HttpResponse:
    """What became of the declarations of a file."""
    sent = sent_or_404(request, file_id)
    facts = [
        Fact(_("Declarations in the file"), sent.count),
        Fact(pgettext("declarations of a file", "Filed"), sent.filed),
        Fact(_("Filed before"), sent.again),
        Fact(_("Refused"), sent.refused),
        Fact(_("Fingerprint of the file (SHA-256)"), sent.sha256),
    ]
    refused, taken = list(mistakes(sent)), [one for one in sent.results if one["declaration"]]
    told, filed_before = apart(refused)
    context = {
        "sent": sent,
        "facts": facts,
        "refused": Table(
            _("Refused"),
            mistake_columns(),
            told[:SHOWN],
            download=reverse("declarations-file-refused", args=[sent.pk]) if refused else "",
            empty=_("Nothing else was refused.") if filed_before else _("Nothing was refused."),
        ),
        "taken": Table(
            pgettext("declarations of a file", "Filed"),
            taken_columns(),
            taken[:SHOWN],
            empty=_("Nothing was filed."),
        ),
        "filed_before": filed_before,
        "refused_file": reverse("declarations-file-refused", args=[sent.pk]),
        "shown": SHOWN,
        "more": max(len(told), len(taken)) > SHOWN,
    }
    return render(request, "declarations/sent.html", context)


def apart(refused: Sequence[Mapping[str, Any]]) -> tuple[list[Mapping[str, Any]], int]:
    """Mistakes that are told one by one, and of how many declarations it is said once that they were filed before.

    A file that was corrected and is sent again without references is refused in every line for the same reason.
    """
    before = [one for one in refused if one["code"] == FILED_BEFORE]
    if len(before) < MANY:
        return list(refused), 0
    return [one for one in refused if one["code"] != FILED_BEFORE], len(before)


@require_safe
def refused_csv(request: HttpRequest, file_id: str) -> HttpResponseBase:
    """What was refused of a file, a mistake a line."""
    sent = sent_or_404(request, file_id)
    names = ("number", "line", "reference", "section", "row", "field", "code", "reason")
    return csv_response(f"refused-{sent.pk}.csv", [Column(name, name) for name in names], mistakes(sent))


def mistakes(sent: SentFile) -> Iterator[Mapping[str, Any]]:
    """All that is wrong with what was refused."""
    for one in sent.results:
        for wrong in one["wrong"]:
            days = {name: date.fromisoformat(wrong["parameters"][name]) for name in wrong.get("days", ())}
            error = DomainError(wrong["code"], **{**wrong["parameters"], **days})
            yield {
                **{name: one[name] or None for name in ("number", "line", "reference")},
                **{name: wrong[name] or None for name in ("section", "row", "field", "code")},
                "reason": sentence(error),
            }


def mistake_columns() -> list[Column]:
    """Columns of what was refused."""
    return [
        Column("number", _("Declaration"), kind="number"),
        Column("line", _("Line"), kind="number"),
        Column("reference", _("Reference")),
        Column("place", _("Where"), value=place),
        Column("reason", _("What is wrong")),
    ]


def taken_columns() -> list[Column]:
    """Columns of what was filed."""
    return [
        Column("number", _("Declaration"), kind="number"),
        Column("reference", _("Reference")),
        Column("declaration", _("Number of the declaration")),
        Column("receipt", _("Receipt"), link=lambda row: reverse("ledger-receipt", args=[row["receipt"]])),
    ]
