"""The books: the trial balance and single entries, for cashiers and auditors; waivers, for everybody."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming, reads
from adaldyq.measures.payments.forms.desk import BooksForm
from adaldyq.measures.payments.queries import books, waivers
from adaldyq.measures.payments.queries.invoices import concerned, in_money
from adaldyq.measures.payments.queries.words import ENTRY_WORDS, account_title, ground_titles
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.tables import Column, Table, sorted_page

READ = "invoice"


@require_safe
def books_page(request: HttpRequest) -> HttpResponse:
    """The trial balance of a period, and the entries behind it."""
    form = BooksForm(request.GET, accounts=books.accounts())
    asked = form.chosen()
    balances = books.trial_balance(asked["since"], asked["until"])
    found = books.entries(**asked)
    page = sorted_page(request, found, entry_columns(), default="-at")
    reads.note(request, READ, [concerned(row.invoice) for row in page.rows if row.invoice])
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {
        "form": form,
        "balances": Table(_("Trial balance"), balance_columns(), balances, empty=_("Nothing has been entered.")),
        "entries": Table(
            _("Entries"), entry_columns(), page.rows, page=page, download=reverse("payments-books-csv") + query
        ),
        "balanced": all(not total for total in totals(balances).values()),
        "there": bool(balances),
    }
    return render(request, "payments/books.html", context)


def totals(balances: list[books.Balance]) -> dict[str, int]:
    """By currency, what all closing balances add up to; zero, or the books would not balance."""
    found: dict[str, int] = {}
    for one in balances:
        found[one.currency] = found.get(one.currency, 0) + one.closing
    return found


def balance_columns() -> list[Column]:
    """Columns of the trial balance."""
    return [
        Column("account", _("Account"), value=lambda row: account_title(row.account)),
        Column("opening", _("Before"), kind="money", value=lambda row: in_money(row.opening, row.currency)),
        Column("debits", _("Debits"), kind="money", value=lambda row: in_money(row.debits, row.currency)),
        Column("credits", _("Credits"), kind="money", value=lambda row: in_money(row.credits, row.currency)),
        Column("closing", _("Balance"), kind="money", value=lambda row: in_money(row.closing, row.currency)),
    ]


def entry_columns() -> list[Column]:
    """Columns of entries."""
    return [
        Column("at", _("When"), kind="moment", sort="at"),
        Column("kind", _("What happened"), value=lambda row: ENTRY_WORDS.get(row.kind, row.kind), sort="kind"),
        Column("debit", _("Debit"), value=lambda row: account_title(row.debit_id)),
        Column("credit", _("Credit"), value=lambda row: account_title(row.credit_id)),
        Column("amount", _("Amount"), kind="money", value=lambda row: in_money(row.amount, row.currency)),
        Column("invoice", _("Invoice"), value=lambda row: row.invoice.number if row.invoice else ""),
    ]


@require_safe
def books_csv(request: HttpRequest) -> HttpResponseBase:
    """Entries as a file, amounts in least units."""
    form = BooksForm(request.GET, accounts=books.accounts())
    columns = [
        Column("at", "at"),
        Column("day", "day"),
        Column("posting", "posting"),
        Column("kind", "kind"),
        Column("debit", "debit", value=lambda row: row.debit_id),
        Column("credit", "credit", value=lambda row: row.credit_id),
        Column("amount", "amount"),
        Column("currency", "currency"),
        Column("invoice", "invoice", value=lambda row: row.invoice.number if row.invoice else ""),
        Column("memo", "memo"),
    ]
    rows = reads.noted(
        request,
        READ,
        books.entries(**form.chosen()).iterator(),
        lambda row: concerned(row.invoice) if row.invoice else ("", ""),
    )
    return csv_response("books.csv", columns, rows)


@require_safe
def waivers_page(request: HttpRequest) -> HttpResponse:
    """Every waiver that was confirmed: its day, service, body, ground and sum; nobody's name."""
    page = sorted_page(request, waivers.published(), waiver_columns(), default="-decided_at")
    table = Table(
        _("Waivers"),
        waiver_columns(),
        page.rows,
        page=page,
        hide_caption=True,
        download=reverse("payments-waivers-csv"),
        empty=_("No fee has been waived."),
    )
    return render(request, "payments/waivers.html", {"table": table})


def waiver_columns() -> list[Column]:
    """Columns of waivers."""
    grounds = ground_titles()
    return [
        Column("day", _("Day"), kind="day", sort="decided_at", value=lambda row: row.decided_at.date()),
        Column("service", _("Service"), value=lambda row: naming.spoken(row.invoice.version.names)),
        Column("body", _("Body"), value=lambda row: body_of(row.invoice)),
        Column("ground", _("Ground"), value=lambda row: grounds.get(row.ground, row.ground), sort="ground"),
        Column("amount", _("Amount"), kind="money", value=lambda row: in_money(row.amount, row.currency)),
    ]


def body_of(invoice: object) -> str:
    """The body of an invoice, in the reader's language."""
    body = getattr(invoice, "body", None)
    return naming.spoken(body.names, body.name) if body else ""


@require_safe
def waivers_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file."""
    columns = [
        Column("day", "day", value=lambda row: row.decided_at.date()),
        Column("fee", "fee", value=lambda row: row.invoice.version.schedule.code),
        Column("body_id", "body_id", value=lambda row: row.invoice.body_id or ""),
        Column("ground", "ground"),
        Column("per_cent", "per_cent"),
        Column("amount", "amount", value=lambda row: in_money(row.amount, row.currency).amount),
        Column("currency", "currency"),
    ]
    return csv_response("waivers.csv", columns, waivers.published().iterator())
