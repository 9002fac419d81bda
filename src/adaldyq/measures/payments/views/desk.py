"""Pages of cashiers: what waits for a second person, one invoice with waivers and refunds, and each of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django import forms
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
from adaldyq.kernel.idempotency import new_key, sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.payments.actions.invoices import cancel_invoice
from adaldyq.measures.payments.actions.refunds import NewRefund, approve_refund, reject_refund, request_refund
from adaldyq.measures.payments.actions.waivers import confirm_waiver, propose_waiver, reject_waiver
from adaldyq.measures.payments.domain.amounts import minor
from adaldyq.measures.payments.forms.desk import (
    APPROVE,
    REJECT,
    CancelForm,
    DecideForm,
    FindForm,
    RefundForm,
    WaiverForm,
)
from adaldyq.measures.payments.queries import events, invoices, waivers
from adaldyq.measures.payments.queries.refunds import failed, may_again, owed_of, twice
from adaldyq.measures.payments.queries.words import (
    CORRECTION_WORDS,
    GROUND_WORDS,
    METHOD_WORDS,
    REFUND_WORDS,
    WAIVER_WORDS,
    ground_titles,
)
from adaldyq.measures.payments.views.invoices import (
    attempts_table,
    invoice_facts,
    purpose,
    refunds_table,
    sum_of,
    waivers_table,
)
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table

READ = "invoice"
WAIVE, REFUND, CANCEL = "waive", "refund", "cancel"


@require_safe
def desk_page(request: HttpRequest) -> HttpResponse:
    """What waits for the viewer: waivers and refunds of others, and money that belongs to payers; and a search."""
    by, form = actor_of(request.user), FindForm(request.GET)
    typed = form.cleaned_data["q"].strip() if form.is_valid() else ""
    one = invoices.found(by, typed) if typed else None
    if one is not None:
        return redirect("payments-invoice-desk", one.pk)
    refunds, proposed, surplus = invoices.waiting_refunds(by), waivers.waiting(by), invoices.surplus(by)
    back, owed = failed(by), twice(by)
    listed = [*(row.invoice for row in (*refunds, *back, *owed)), *(row.invoice for row in proposed), *surplus]
    reads.note(request, READ, map(invoices.concerned, listed))
    context = {
        "form": form,
        "missed": bool(typed),
        "events": events.waiting_events(by).count(),
        "refunds": Table(
            _("Refunds that wait for a second person"), columns("payments-refund"), refunds, empty=_("None waits.")
        ),
        "failed": Table(
            _("Refunds that did not reach the payer"), columns("payments-refund-again"), back, empty=_("None waits.")
        ),
        "twice": Table(
            _("Refunds that left twice, which payers owe"), columns("payments-refund"), owed, empty=_("There is none.")
        ),
        "waivers": Table(
            _("Waivers that wait for a second person"), columns("payments-waiver"), proposed, empty=_("None waits.")
        ),
        "corrections": Table(
            _("Corrections that wait for a second person"),
            correction_columns(),
            events.waiting_corrections(by),
            empty=_("None waits."),
        ),
        "surplus": Table(
            _("Paid too much, twice, or for what was cancelled"), surplus_columns(), surplus, empty=_("There is none.")
        ),
    }
    return render(request, "payments/desk.html", context)


def columns(route: str) -> list[Column]:
    """Columns of refunds or waivers."""
    grounds = {**GROUND_WORDS, **ground_titles()}
    return [
        Column(
            "number", _("Invoice"), value=lambda row: row.invoice.number, link=lambda row: reverse(route, args=[row.pk])
        ),
        Column("amount", _("Amount"), kind="money", value=lambda row: sum_of(row, row.amount)),
        Column("ground", _("Ground"), value=lambda row: grounds.get(row.ground, row.ground)),
    ]


def correction_columns() -> list[Column]:
    """Columns of corrections of payments."""
    return [
        Column(
            "number",
            _("Invoice"),
            value=lambda row: row.attempt.invoice.number,
            link=lambda row: reverse("payments-correct", args=[row.attempt_id]),
        ),
        Column("amount", _("Amount"), kind="money", value=lambda row: sum_of(row.attempt, row.attempt.amount)),
        Column("kind", _("Correction"), value=lambda row: CORRECTION_WORDS[row.kind]),
    ]


def surplus_columns() -> list[Column]:
    """Columns of invoices for which more has come than is claimed."""
    return [
        Column(
            "number", _("Invoice"), link=lambda row: reverse("payments-invoice-desk", args=[row.pk])
        ),
        Column("purpose", _("What is paid"), value=purpose),
        Column("left", _("Belongs to the payer"), kind="money", value=lambda row: sum_of(row, invoices.left_over(row))),
    ]  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def invoice_page(request: HttpRequest, invoice_id: str) -> HttpResponse:
    """An invoice for whoever collects it: payments, waivers, refunds, and what may be asked for.

    Raises:
        Http404: there is none of the viewer's bodies.
    """
    by, at = actor_of(request.user), timezone.now()
    one = invoices.for_cashier(by, invoice_id)
    if one is None:
        raise Http404(invoice_id)
    forms_ = forms_of(one, request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        step = request.POST.get("step", "")
        form, status = forms_.get(step), HTTPStatus.CONFLICT
        if form is not None and form.is_valid():
            perform, place = act_of(one, step, form, by, at), f"payments.{step}.{one.pk}"
            refused = refusal(form, lambda: sent_once(request.POST, place=place, owner=by.id, at=at, perform=perform))
            if refused is None:
                return redirect("payments-invoice-desk", one.pk)
            status = refused
        elif form is not None:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    reads.note(request, READ, [invoices.concerned(one)])
    context = {
        "invoice": one,
        "stale": status == HTTPStatus.CONFLICT,
        "name": purpose(one),
        "facts": [Fact(_("Payer"), invoices.payer_name(one)), *invoice_facts(one)],
        "attempts": attempts_table(one, staff=True),
        "refunds": refunds_table(one, staff=True),
        "waivers": waivers_table(one, staff=True),
        "wrong": next((form for form in forms_.values() if form.is_bound and form.errors), None),
        **{f"{name}_form": form for name, form in forms_.items()},
    }
    return render(request, "payments/invoice_desk.html", context, status=status)


def forms_of(one: Any, sent: Any) -> dict[str, forms.Form]:
    """Forms of what may be done about an invoice; the one that was sent is filled with what was sent."""
    step = sent.get("step", "") if sent else ""
    found: dict[str, forms.Form] = {}
    titles = ground_titles()
    grounds = [
        (each["ground"], f"{titles.get(each['ground'], each['ground'])}, {each['per_cent']} %")
        for each in one.version.exemptions
    ]
    if grounds and invoices.may_be_paid(one, timezone.localdate()):
        found[WAIVE] = WaiverForm(sent if step == WAIVE else None, grounds=grounds)
    if attempts := invoices.can_give_back(one):
        first = attempts[0]
        left = first.captured - first.refunding - first.charged_back
        initial = {"attempt": first.pk, "amount": sum_of(one, left).amount}
        found[REFUND] = RefundForm(sent if step == REFUND else None, attempts=attempts, initial=initial)
    if one.state == "issued" and not one.request:
        found[CANCEL] = CancelForm(sent if step == CANCEL else None)
    return found


def act_of(one: Any, step: str, form: forms.Form, by: Actor, at: datetime) -> Callable[[], Mapping[str, Any]]:
    """The act behind a step."""
    said = form.cleaned_data

    def perform() -> Mapping[str, Any]:
        if step == WAIVE:
            propose_waiver(invoice=one, ground=said["ground"], words=said["words"], by=by, at=at)
        elif step == REFUND:
            attempt = next(each for each in invoices.can_give_back(one) if each.pk == said["attempt"])
            amount = minor(Money(said["amount"], one.currency))
            new = NewRefund(attempt, amount, said["ground"], said["words"], said["form_key"] or new_key())
            request_refund(new=new, by=by, at=at)
        else:
            cancel_invoice(invoice=one, by=by, at=at)
        return {}

    return perform


@require_http_methods(["GET", "HEAD", "POST"])
def refund_page(request: HttpRequest, refund_id: str) -> HttpResponse:
    """A refund, and the decision of a second person.

    Raises:
        Http404: there is none of the viewer's bodies.
    """
    by = actor_of(request.user)
    one = invoices.refund(by, refund_id)
    if one is None:
        raise Http404(refund_id)
    decide = {APPROVE: approve_refund, REJECT: reject_refund}
    facts = [
        Fact(_("State"), REFUND_WORDS[one.state]),
        Fact(_("Amount"), sum_of(one, one.amount), kind="money"),
        Fact(_("Ground"), GROUND_WORDS[one.ground]),
        Fact(_("Why"), one.words),
        Fact(_("Payment"), METHOD_WORDS[one.attempt.method]),
        Fact(_("Asked for"), one.requested_at, kind="moment"),
        Fact(_("Decided"), one.decided_at, kind="moment"),
        Fact(_("Reason"), one.decision),
        Fact(_("Account"), one.account),
        Fact(_("How it goes back"), way_back(one)),
        Fact(_("Left twice, so the payer owes"), sum_of(one, owed) if (owed := owed_of(one)) else None, kind="money"),
    ]
    may = one.state == "requested" and one.requested_by_id != by.id
    return decided(
        request, one, facts, may, lambda step, words, at: decide[step](refund=one, words=words, by=by, at=at)
    )


def way_back(refund: Any) -> str | None:
    """What is to be done so that a refund of money that came by bank leaves it; none for what a provider carries out."""
    if refund.attempt.provider != "bank" or refund.state != "approved":
        return None
    if refund.account:
        words = _(
            "By a transfer to the account above with the reference %(key)s. The statement that shows it ends the refund."
        )
    else:
        words = _(
            "By a transfer from our account with the reference %(key)s. The statement that shows it ends the refund."
        )
    return words % {"key": refund.pk}


@require_http_methods(["GET", "HEAD", "POST"])
def waiver_page(request: HttpRequest, waiver_id: str) -> HttpResponse:
    """A waiver, and the decision of a second person.

    Raises:
        Http404: there is none of the viewer's bodies.
    """
    by = actor_of(request.user)
    one = waivers.waiver(by, waiver_id)
    if one is None:
        raise Http404(waiver_id)
    decide = {APPROVE: confirm_waiver, REJECT: reject_waiver}
    facts = [
        Fact(_("State"), WAIVER_WORDS[one.state]),
        Fact(_("Amount"), sum_of(one, one.amount), kind="money", hint=f"{one.per_cent} %"),
        Fact(_("Ground"), ground_titles().get(one.ground, one.ground)),
        Fact(_("What shows it"), one.words),
        Fact(_("Proposed"), one.proposed_at, kind="moment"),
        Fact(_("Decided"), one.decided_at, kind="moment"),
        Fact(_("Reason"), one.decision),
    ]
    may = one.state == "proposed" and one.proposed_by_id != by.id
    return decided(
        request, one, facts, may, lambda step, words, at: decide[step](waiver=one, words=words, by=by, at=at)
    )


def decided(
    request: HttpRequest, one: Any, facts: list[Fact], may: bool, act: Callable[[str, str, datetime], object]
) -> HttpResponse:
    """Decide about a waiver or a refund, or show it.

    Args:
        may: whether the viewer may decide now.
        act: takes `approve` or `reject`, the reason, and the instant.
    """
    by, at = actor_of(request.user), timezone.now()
    form = DecideForm(request.POST if request.method == "POST" else None)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        step = request.POST.get("step", "")
        if step not in {APPROVE, REJECT}:
            raise PermissionDenied
        if form.is_valid():

            def perform() -> dict[str, str]:
                act(step, form.cleaned_data["words"], at)
                return {}

            place = f"payments.{step}.{one.pk}"
            refused = refusal(form, lambda: sent_once(request.POST, place=place, owner=by.id, at=at, perform=perform))
            if refused is None:
                return redirect("payments-desk")
            status = refused
    reads.note(request, READ, [invoices.concerned(one.invoice)])
    is_refund = hasattr(one, "attempt_id")
    context = {
        "form": form,
        "one": one,
        "facts": [each for each in facts if each.stated],
        "may": may or form.is_bound,
        "title": _("Refund") if is_refund else _("Waiver"),
        "approve": _("Approve the refund") if is_refund else _("Confirm the waiver"),
        "name": purpose(one.invoice),
        "again": is_refund and may_again(one),
    }
    return render(request, "payments/decide.html", context, status=status)
