"""Pages of whoever reconciles: statements, what waits in them for a person, and the closing of a day."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.money import Money
from adaldyq.kernel import reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.closing import close_statement
from adaldyq.measures.payments.actions.importing import Taken, take_file
from adaldyq.measures.payments.actions.matching import match_statement
from adaldyq.measures.payments.actions.taking_back import take_explanation_back
from adaldyq.measures.payments.domain.amounts import money
from adaldyq.measures.payments.forms.statements import (
    INVOICE,
    REFUND,
    CloseForm,
    EntryForm,
    StatementForm,
    TakeBackForm,
)
from adaldyq.measures.payments.queries import statements as queries
from adaldyq.measures.payments.queries.statement_files import file_for
from adaldyq.measures.payments.queries.statement_words import ENTRY_WORDS, STATEMENT_WORDS, VERDICT_WORDS, WAY_WORDS
from adaldyq.measures.payments.views.explaining import decide, offered, shown
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table, sorted_page
from adaldyq.ui.tabs import Tab, tabs_for

READ, TAKE_BACK = "statement_entry", "take_back"
AT_ONCE = 3000
"""Entries that are matched while the page is waited for; more are matched by the worker."""


def sum_of(units: int, currency: str) -> Money:
    """Least units as money."""
    return money(units, currency)


@require_http_methods(["GET", "HEAD", "POST"])
def statements_page(request: HttpRequest) -> HttpResponse:
    """All statements, and the form that takes in a file."""
    by = actor_of(request.user)
    form = StatementForm(request.POST, request.FILES) if request.method == "POST" else StatementForm()
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            taken: list[Taken] = []
            refused = refusal(form, lambda: taken.append(take(form, by)))
            if refused is None:
                return redirect("payments-statement", taken[0].statements[0].pk)
            status = refused
    page = sorted_page(request, queries.statements(by), columns(), default="-day")
    empty = _("No statement was taken in yet.")
    table = Table(_("Statements"), columns(), page.rows, page=page, hide_caption=True, empty=empty)
    waiting = queries.queue(by).count()
    context = {"table": table, "form": form, "waiting": waiting, "may": policies.may_decide(by)}
    return render(request, "payments/statements.html", context, status=status)


def take(form: StatementForm, by: Actor) -> Taken:
    """Take in the file of a form, and match what it brought.

    Raises:
        DomainError: as `take_file`.
    """
    [file] = form.cleaned_data["file"]
    now = timezone.now()
    taken = take_file(content=file.read(), by=by, at=now)
    if taken.new <= AT_ONCE:
        for one in taken.changed:
            match_statement(statement=one, at=now)
    return taken


def columns() -> list[Column]:
    """Columns of statements."""
    return [
        Column("day", _("Day"), kind="day", sort="day", link=lambda row: reverse("payments-statement", args=[row.pk])),
        Column("account", _("Bank account"), sort="account"),
        Column("opening", _("Opening balance"), kind="money", value=lambda row: sum_of(row.opening, row.currency)),
        Column("closing", _("Closing balance"), kind="money", value=lambda row: sum_of(row.closing, row.currency)),
        Column("count", _("Entries"), kind="number"),
        Column("waiting", _("Not explained"), kind="number"),
        Column("state", _("State"), sort="state", value=lambda row: STATEMENT_WORDS[row.state]),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def statement_page(request: HttpRequest, statement_id: str) -> HttpResponse:
    """A statement: its balances, its entries, and the closing of its day.

    Raises:
        Http404: there is none.
    """
    by = actor_of(request.user)
    one = queries.statement(by, statement_id)
    if one is None:
        raise Http404(statement_id)
    form, status = CloseForm(request.POST if request.method == "POST" else None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refused = refusal(form, lambda: close_once(request, one, by))
            if refused is None:
                return redirect("payments-statement", one.pk)
            status = refused
    sums = queries.sums(one)
    both = [Tab("waiting", _("Not explained"), sums.waiting), Tab("all", _("All entries"), one.count)]
    tabs = tabs_for(request, _("Entries"), both)
    found = queries.entries_of(one)
    listed = queries.unexplained(found) if tabs.current == "waiting" else found
    page = sorted_page(request, listed, entry_columns())
    reads.note(request, READ, [(row.pk, "") for row in page.rows])
    empty = _("Every entry is explained.") if tabs.current == "waiting" else _("Nothing came and nothing went.")
    table = Table(_("Entries"), entry_columns(), page.rows, page=page, hide_caption=True, empty=empty)
    closes = one.state == "open" and policies.may_decide(by)
    facts = facts_of(one, sums, file_for(by, one))
    context = {"one": one, "facts": facts, "tabs": tabs, "table": table, "form": form, "closes": closes}
    return render(request, "payments/statement.html", context, status=status)


def close_once(request: HttpRequest, one: Any, by: Actor) -> None:
    """Close a day once, also when the form is sent twice."""
    now = timezone.now()

    def perform() -> Mapping[str, Any]:
        close_statement(statement=one, by=by, at=now)
        return {}

    sent_once(request.POST, place=f"payments.statement.{one.pk}", owner=by.id, at=now, perform=perform)


def facts_of(one: Any, sums: queries.Sums, file: Any) -> list[Fact]:
    """What a statement says, how far it is explained, and the file that it came in."""
    href = reverse("desk-file", args=[file.pk]) if file else ""
    facts = [
        Fact(_("Bank account"), one.account),
        Fact(_("Day"), one.day, kind="day"),
        Fact(_("Opening balance"), shown(one.opening, one.currency)),
        Fact(_("Explained and in the books"), shown(sums.explained, one.currency)),
        Fact(_("Not explained"), shown(sums.left, one.currency)),
        Fact(_("Closing balance"), shown(one.closing, one.currency)),
        Fact(_("State"), STATEMENT_WORDS[one.state]),
        Fact(_("File"), one.format, hint=one.digest, href=href),
    ]
    return [*facts, Fact(_("Closed"), one.closed_at, kind="moment")] if one.closed_at else facts


def entry_columns() -> list[Column]:
    """Columns of entries."""
    return [
        Column("booked_date", _("Booked"), kind="day", sort="booked_date"),
        Column(
            "amount",
            _("Amount"),
            kind="money",
            sort="amount",
            value=lambda row: sum_of(row.amount, row.currency),
            link=lambda row: reverse("payments-entry", args=[row.pk]),
        ),
        Column("reference", _("Payment reference")),
        Column("party", _("Other party")),
        Column("verdict", _("What it is"), value=lambda row: VERDICT_WORDS[row.verdict]),
        Column("state", _("State"), sort="state", value=lambda row: ENTRY_WORDS[row.state]),
    ]


@require_safe
def queue_page(request: HttpRequest) -> HttpResponse:
    """Entries of all statements that wait for a person."""
    by = actor_of(request.user)
    page = sorted_page(request, queries.queue(by), entry_columns())
    reads.note(request, READ, [(row.pk, "") for row in page.rows])
    table = Table(
        _("Money to be explained"),
        entry_columns(),
        page.rows,
        page=page,
        hide_caption=True,
        empty=_("Nothing waits: all money is explained."),
    )
    return render(request, "payments/entries.html", {"table": table})


@require_http_methods(["GET", "HEAD", "POST"])
def entry_page(request: HttpRequest, entry_id: str) -> HttpResponse:
    """An entry, what it may be, and the decision about it.

    Raises:
        Http404: there is none.
        PermissionDenied: the visitor may not decide.
    """
    by = actor_of(request.user)
    one = queries.entry(by, entry_id)
    if one is None:
        raise Http404(entry_id)
    reads.note(request, READ, [(one.pk, "")])
    decides, status, form = one.state == "queued" and policies.may_decide(by), HTTPStatus.OK, None
    if request.method == "POST" and not policies.may_decide(by):
        raise PermissionDenied
    if request.POST.get("step") == TAKE_BACK or may_take_back(one, by):
        return back_page(request, one, by)
    if decides or request.method == "POST":
        choices = offered(one, queries.candidates(one))
        initial = {"verdict": choices[0][0]} if choices[0][0].startswith((INVOICE, REFUND)) else None
        form = EntryForm(request.POST if request.method == "POST" else None, offered=choices, initial=initial)
    if request.method == "POST" and form is not None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refused = refusal(form, lambda: decide_once(request, one, form.cleaned_data, by))
            if refused is None:
                return redirect("payments-entries")
            status = refused
    context = {"one": one, "facts": entry_facts(one), "form": form, "sum": shown(one.amount, one.currency)}
    return render(request, "payments/entry.html", context, status=status)


def may_take_back(one: Any, by: Actor) -> bool:
    """Whether the viewer may take back what an entry was explained as, while its day is open."""
    told = one.way != "person" and one.attempt is not None and one.attempt.provider != "bank"
    done = one.state in {"explained", "matched"} and one.statement.state == "open"
    return bool(done and one.posting and not told and policies.may_decide(by) and one.decided_by_id != by.id)


def back_page(request: HttpRequest, one: Any, by: Actor) -> HttpResponse:
    """An entry that is explained, and the form by which that is taken back."""
    back, status = TakeBackForm(request.POST if request.method == "POST" else None), HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        now = timezone.now()

        def perform() -> Mapping[str, Any]:
            take_explanation_back(entry=one, words=back.cleaned_data["words"], by=by, at=now)
            return {}

        if back.is_valid():
            place = f"payments.take_back.{one.pk}"
            refused = refusal(back, lambda: sent_once(request.POST, place=place, owner=by.id, at=now, perform=perform))
            if refused is None:
                return redirect("payments-entry", one.pk)
            status = refused
    context = {"one": one, "facts": entry_facts(one), "back": back, "sum": shown(one.amount, one.currency)}
    return render(request, "payments/entry.html", context, status=status)


def decide_once(request: HttpRequest, one: Any, said: Mapping[str, Any], by: Actor) -> None:
    """Decide about an entry once, also when the form is sent twice."""
    now = timezone.now()

    def perform() -> Mapping[str, Any]:
        decide(one, said, by, now)
        return {}

    sent_once(request.POST, place=f"payments.entry.{one.pk}", owner=by.id, at=now, perform=perform)


def entry_facts(one: Any) -> list[Fact]:
    """What the bank says of an entry, and what it is."""
    way, invoice = WAY_WORDS[one.way], one.invoice or (one.attempt.invoice if one.attempt else None)
    facts = [
        Fact(_("Booked"), one.booked_date, kind="day"),
        Fact(_("Payment reference"), one.reference or None),
        Fact(_("Our key of the payment"), one.end_to_end or None),
        Fact(_("Reference of the bank"), one.bank_reference or None),
        Fact(_("Other party"), one.party or None),
        Fact(_("Words"), one.words or None),
        Fact(_("What it is"), VERDICT_WORDS[one.verdict], hint=way),
        Fact(_("State"), ENTRY_WORDS[one.state]),
    ]
    if invoice is not None:
        facts.append(Fact(_("Invoice"), invoice.number, hint=shown(invoice.to_pay, invoice.currency)))
    if one.decided_at:
        facts.append(Fact(_("Decided"), one.decided_at, kind="moment", hint=one.reason))
    return facts
