"""Pages of payers: their invoices, one invoice by its link, and its receipt."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.documents.paper import Block, Paper
from adaldyq.kernel.problems import sentence
from adaldyq.measures.payments.actions.receipts import issue_receipt
from adaldyq.measures.payments.domain.references import shown
from adaldyq.measures.payments.queries import invoices
from adaldyq.measures.payments.queries.words import (
    ATTEMPT_WORDS,
    GROUND_WORDS,
    INVOICE_WORDS,
    METHOD_WORDS,
    REFUND_WORDS,
    WAIVER_WORDS,
    ground_titles,
)
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.facts import Fact, State
from adaldyq.ui.formats.values import day, money
from adaldyq.ui.tables import Column, Table, sorted_page


@require_safe
def mine_page(request: HttpRequest) -> HttpResponse:
    """What the viewer is to pay and has paid, or whoever they stand for."""
    by = actor_of(request.user)
    page = sorted_page(request, invoices.mine(by), columns(), default="-issued_at")
    empty = _("Nothing is to be paid. An invoice will be here as soon as there is one.")
    table = Table(_("Invoices"), columns(), page.rows, page=page, hide_caption=True, empty=empty)
    nobody = not (by.stands_for or by.acting_for)
    return render(request, "payments/mine.html", {"table": table, "nobody": nobody})


def columns() -> list[Column]:
    """Columns of invoices."""
    return [
        Column(
            "purpose",
            _("What is paid"),
            value=purpose,
            link=lambda row: reverse("payments-invoice", args=[row.pk]),
        ),
        Column("amount", _("Amount"), kind="money", value=lambda row: sum_of(row, row.amount - row.waived)),
        Column("due", _("Last day to pay"), kind="day", sort="due_date", value=lambda row: row.due_date),
        Column("issued", _("Day of the invoice"), kind="day", sort="issued_at", value=lambda row: row.issued_at.date()),
        Column("state", _("State"), sort="state", value=state_of),
    ]


def purpose(of: Any) -> str:
    """What an invoice is for, in the reader's language."""
    return naming.spoken(of.purpose, naming.spoken(of.version.names))


def sum_of(of: Any, units: int) -> Any:
    """Least units of an invoice's currency as money."""
    return invoices.in_money(units, of.currency)


def state_of(of: Any) -> State:
    """How an invoice stands."""
    if invoices.is_overdue(of, timezone.localdate()):
        return State(_("Overdue"), "attention")
    return INVOICE_WORDS[of.state]


@never_cache
@require_safe
def receipt_page(request: HttpRequest, invoice_id: str) -> HttpResponse:
    """The receipt of a paid invoice, for whoever has its link.

    Raises:
        Http404: there is no such invoice, or nothing was paid.
    """
    one = invoices.invoice(invoice_id)
    if one is None or one.settled_at is None or one.held <= 0:
        raise Http404(invoice_id)
    context = {
        "invoice": one,
        "facts": [Fact(title, value) for title, value in receipt_lines(one)],
        "name": purpose(one),
    }
    return render(request, "payments/receipt.html", context)


def receipt_lines(of: Any) -> list[tuple[Any, str]]:
    """What a receipt says."""
    paid = invoices.paid_by(of)
    methods = ", ".join(dict.fromkeys(str(METHOD_WORDS[one.method]) for one in paid))
    references = ", ".join(one.provider_reference for one in paid if one.provider_reference)
    body = naming.spoken(of.body.names, of.body.name) if of.body else ""
    lines = [
        (_("What is paid"), purpose(of)),
        (_("Number of the invoice"), of.number),
        (_("Creditor reference"), shown(of.reference)),
        (_("Body"), body),
        (_("Paid so far"), money(sum_of(of, of.held))),
        (_("Day of the payment"), day(invoices.settled_day(of))),
        (_("How it was paid"), methods),
        (_("What the bank or provider calls it"), references),
    ]
    return [(title, text) for title, text in lines if text]


@never_cache
@require_POST
def receipt_pdf(request: HttpRequest, invoice_id: str) -> HttpResponse:
    """The receipt as a PDF with a QR code by which anybody can check it, issued once in each language.

    Raises:
        Http404: there is no such invoice.
    """
    one = invoices.invoice(invoice_id)
    if one is None:
        raise Http404(invoice_id)
    lead = _("The state has received the payment named below.")
    block = Block(_("The payment"), facts=[(str(title), text) for title, text in receipt_lines(one)])
    paper = Paper(_("Receipt of a payment"), lead, [block], get_language() or naming.pack().languages[0])
    facts = {
        "Number of the invoice": one.number,
        "Paid so far": money(sum_of(one, one.held)),
        "Day of the payment": day(invoices.settled_day(one)),
    }
    try:
        document, content = issue_receipt(
            invoice=one, paper=paper, facts=facts, by=actor_of(request.user), at=timezone.now()
        )
    except DomainError as error:
        context = {"problem": sentence(error), "invoice": one}
        return render(request, "payments/no_receipt.html", context, status=HTTPStatus.CONFLICT)
    return as_attachment(content, f"{document.number}.pdf", "application/pdf")


def invoice_facts(of: Any) -> list[Fact]:
    """What an invoice says to whoever has its link; no name."""
    held, waived = of.held, of.waived
    facts = [
        Fact(_("State"), state_of(of)),
        Fact(_("To pay"), sum_of(of, of.to_pay), kind="money", hint=how_counted(of)),
        Fact(_("Last day to pay"), of.due_date, kind="day"),
        Fact(_("Can be paid until"), of.expires_date, kind="day"),
        Fact(_("Number of the invoice"), of.number),
        Fact(_("Reference for a transfer"), shown(of.reference), hint=_("Your bank carries it to us, so that the payment is found.")),
        Fact(_("Body"), naming.spoken(of.body.names, of.body.name) if of.body else ""),
        Fact(
            _("Fee"),
            naming.spoken(of.version.names),
            href=reverse("payments-fee", args=[of.version.schedule.code]),
        ),
    ]  # fmt: skip
    if waived:
        facts.insert(2, Fact(_("Waived"), sum_of(of, waived), kind="money"))
    if held:
        facts.insert(2, Fact(_("Paid so far"), sum_of(of, held), kind="money"))
    return [one for one in facts if one.stated]


def how_counted(of: Any) -> str:
    """How the amount was counted from units of the index."""
    if not of.counted.get("index"):
        return ""
    return _("%(units)s × %(index)s, the index of the day on which it was issued") % {
        "units": of.counted["units"],
        "index": of.counted["index"],
    }


def attempts_table(of: Any, *, staff: bool = False) -> Table | None:
    """Attempts to pay an invoice; staff corrects one from there."""
    rows = invoices.attempts_of(of)
    listed = [
        Column(
            "method",
            _("How"),
            value=lambda row: METHOD_WORDS[row.method],
            link=(lambda row: reverse("payments-correct", args=[row.pk])) if staff else None,
        ),
        Column("amount", _("Amount"), kind="money", value=lambda row: sum_of(row, row.amount)),
        Column("created_at", _("Begun"), kind="moment"),
        Column("state", _("State"), value=lambda row: ATTEMPT_WORDS[row.state]),
    ]
    return Table(_("Payments"), listed, rows) if rows else None


def refunds_table(of: Any, *, staff: bool = False) -> Table | None:
    """Refunds of an invoice."""
    rows = invoices.refunds_of(of)
    listed = [
        Column("amount", _("Amount"), kind="money", value=lambda row: sum_of(row, row.amount)),
        Column("ground", _("Why"), value=lambda row: GROUND_WORDS[row.ground]),
        Column("requested_at", _("Asked for"), kind="moment"),
        Column(
            "state",
            _("State"),
            value=lambda row: REFUND_WORDS[row.state],
            link=(lambda row: reverse("payments-refund", args=[row.pk])) if staff else None,
        ),
    ]
    return Table(_("Refunds"), listed, rows) if rows else None


def waivers_table(of: Any, *, staff: bool = False) -> Table | None:
    """Waivers of an invoice."""
    rows, grounds = invoices.waivers_of(of), ground_titles()
    listed = [
        Column("ground", _("Ground"), value=lambda row: grounds.get(row.ground, row.ground)),
        Column("amount", _("Amount"), kind="money", value=lambda row: sum_of(row, row.amount)),
        Column(
            "state",
            _("State"),
            value=lambda row: WAIVER_WORDS[row.state],
            link=(lambda row: reverse("payments-waiver", args=[row.pk])) if staff else None,
        ),
    ]
    return Table(_("Waivers"), listed, rows) if rows else None
