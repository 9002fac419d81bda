"""Pages about what providers told and waits, and the correction of a payment."""

from __future__ import annotations

from collections.abc import Callable
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

from adaldyq.kernel import reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.actions.attempts import correct_attempt
from adaldyq.measures.payments.actions.correcting import confirm_correction, propose_correction, reject_correction
from adaldyq.measures.payments.actions.waiting_events import dismiss_event, retry_event
from adaldyq.measures.payments.forms.desk import APPROVE, REJECT, CorrectForm, DecideForm, DismissForm
from adaldyq.measures.payments.queries import events as queries
from adaldyq.measures.payments.queries import invoices
from adaldyq.measures.payments.queries.words import (
    ATTEMPT_WORDS,
    CAME_BY,
    CORRECTION_WORDS,
    EVENT_WORDS,
    METHOD_WORDS,
    TOLD_WORDS,
)
from adaldyq.measures.payments.states import OF_TWO
from adaldyq.measures.payments.views.invoices import purpose, sum_of
from adaldyq.ui.facts import Fact
from adaldyq.ui.tables import Column, Table, sorted_page
from adaldyq.ui.tabs import Tab, tabs_for

READ, READ_INVOICE = "provider_event", "invoice"
RETRY, DISMISS = "retry", "dismiss"


@require_safe
def events_page(request: HttpRequest) -> HttpResponse:
    """What providers told and waits, and what was refused or dismissed."""
    by = actor_of(request.user)
    waiting, settled = queries.waiting_events(by), queries.settled_events(by)
    both = [Tab("waiting", _("Waits"), waiting.count()), Tab("settled", _("Refused or dismissed"), settled.count())]
    tabs = tabs_for(request, _("What providers told"), both)
    page = sorted_page(request, waiting if tabs.current == "waiting" else settled, columns())
    reads.note(request, READ, [(row.pk, "") for row in page.rows])
    empty = (
        _("Nothing waits: all that providers told has been applied.") if tabs.current == "waiting" else _("None was.")
    )
    table = Table(_("What providers told"), columns(), page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "payments/events.html", {"table": table, "tabs": tabs})


def columns() -> list[Column]:
    """Columns of events."""
    return [
        Column(
            "received_at", _("Came"), kind="moment", sort="received_at",
            link=lambda row: reverse("payments-event", args=[row.pk]),
        ),
        Column("provider", _("Provider"), sort="provider"),
        Column("kind", _("What was told"), value=lambda row: TOLD_WORDS[row.kind]),
        Column("amount", _("Amount"), kind="money", value=amount_of),
        Column("why", _("What it waits for"), value=why),
        Column("state", _("State"), value=lambda row: EVENT_WORDS[row.state]),
    ]  # fmt: skip


def amount_of(row: Any) -> Any:
    """The sum that was told, if any was."""
    currency = row.currency or (row.attempt.currency if row.attempt else "")
    return invoices.in_money(row.amount, currency) if row.amount is not None and currency else None


def why(row: Any) -> str:
    """What an event waits for, or why it ended."""
    if row.state == "dismissed":
        return str(row.reason)
    if row.state == "refused":
        return str(_("It does not fit the payment"))
    if row.attempt is None:
        return str(_("A payment of this key, which nobody knows here"))
    if row.kind == row.attempt.state == "charged_back":
        return str(_("A cashier said of a statement’s entry that another sum was taken back"))
    return str(_("What must come before it"))


@require_http_methods(["GET", "HEAD", "POST"])
def event_page(request: HttpRequest, event_id: str) -> HttpResponse:
    """One event as it came; a cashier tries again or dismisses it.

    Raises:
        Http404: there is none.
        PermissionDenied: the visitor may not decide.
    """
    by, at, one = actor_of(request.user), timezone.now(), queries.event(actor_of(request.user), event_id)
    if one is None:
        raise Http404(event_id)
    reads.note(request, READ, [(one.pk, "")])
    form, status = DismissForm(request.POST if request.method == "POST" else None), HTTPStatus.OK
    if request.method == "POST":
        step = request.POST.get("step", "")
        if not policies.may_decide(by) or step not in {RETRY, DISMISS}:
            raise PermissionDenied

        def act() -> None:
            if step == RETRY:
                retry_event(event=one, by=by, at=at)
            else:
                dismiss_event(event=one, words=form.cleaned_data["words"], by=by, at=at)

        status = tried(request, form, f"payments.event.{step}.{one.pk}", act)
        if status == HTTPStatus.FOUND:
            return redirect("payments-events")
    context = {
        "one": one,
        "form": form,
        "facts": [each for each in event_facts(one) if each.stated],
        "may": one.state == "waiting" and policies.may_decide(by),
        "text": queries.text_of(one),
        "title": TOLD_WORDS[one.kind],
    }
    return render(request, "payments/event.html", context, status=status)


def tried(request: HttpRequest, form: forms.Form, place: str, act: Callable[[], None]) -> HTTPStatus:
    """Do what a form asks for once; FOUND when it was done, else the status of the page that shows why not."""
    if not form.is_valid():
        return HTTPStatus.UNPROCESSABLE_ENTITY
    by, at = actor_of(request.user), timezone.now()

    def perform() -> dict[str, str]:
        act()
        return {}

    refused = refusal(form, lambda: sent_once(request.POST, place=place, owner=by.id, at=at, perform=perform))
    return HTTPStatus.FOUND if refused is None else refused


def event_facts(one: Any) -> list[Fact]:
    """What is known of an event."""
    return [
        Fact(_("State"), EVENT_WORDS[one.state]),
        Fact(_("What it waits for"), why(one)),
        Fact(_("Provider"), one.provider),
        Fact(_("Came"), one.received_at, kind="moment", hint=str(CAME_BY[one.told_by])),
        Fact(_("Key of the payment that was told"), one.attempt_key),
        Fact(_("Invoice"), one.attempt.invoice.number if one.attempt else None),
        Fact(_("Amount"), amount_of(one), kind="money"),
        Fact(_("SHA-256 of what came"), one.digest),
        Fact(_("Reason"), one.reason or None),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def correct_page(request: HttpRequest, attempt_id: str) -> HttpResponse:
    """A payment that turned out otherwise is corrected, with the kind of the correction and what shows it.

    Raises:
        Http404: there is none of the viewer's bodies.
    """
    by, at = actor_of(request.user), timezone.now()
    one = queries.attempt(by, attempt_id)
    if one is None:
        raise Http404(attempt_id)
    proposes_again = request.method == "POST" and "step" not in request.POST
    if (waits := queries.correction_of(one)) and not proposes_again:
        return decide_page(request, waits)
    kinds = queries.corrections_of(one)
    form = CorrectForm(request.POST if request.method == "POST" else None, kinds=kinds)
    status = HTTPStatus.OK
    if request.method == "POST":

        def act() -> None:
            said = form.cleaned_data
            correct = propose_correction if said["kind"] in OF_TWO else correct_attempt
            correct(attempt=one, kind=said["kind"], words=said["words"], by=by, at=at)

        status = tried(request, form, f"payments.correct.{one.pk}", act)
        if status == HTTPStatus.FOUND:
            return redirect("payments-invoice-desk", one.invoice_id)
    reads.note(request, READ_INVOICE, [invoices.concerned(one.invoice)])
    context = {"one": one, "form": form, "facts": attempt_facts(one), "kinds": kinds}
    return render(request, "payments/correct.html", context, status=status)


def attempt_facts(one: Any) -> list[Fact]:
    """What is known of a payment that may be corrected."""
    return [
        Fact(_("State"), ATTEMPT_WORDS[one.state]),
        Fact(_("How"), METHOD_WORDS[one.method]),
        Fact(_("Amount"), sum_of(one, one.amount), kind="money"),
        Fact(_("Begun"), one.created_at, kind="moment"),
        Fact(_("Provider"), one.provider),
    ]


def decide_page(request: HttpRequest, correction: Any) -> HttpResponse:
    """A correction that somebody proposed, and the decision of a second person.

    Raises:
        PermissionDenied: what is asked for is neither.
    """
    by, at = actor_of(request.user), timezone.now()
    form, status = DecideForm(request.POST if request.method == "POST" else None), HTTPStatus.OK
    if request.method == "POST":
        decide = {APPROVE: confirm_correction, REJECT: reject_correction}.get(request.POST.get("step", ""))
        if decide is None:
            raise PermissionDenied

        def act() -> None:
            decide(correction=correction, words=form.cleaned_data["words"], by=by, at=at)

        status = tried(request, form, f"payments.correction.{correction.pk}", act)
        if status == HTTPStatus.FOUND:
            return redirect("payments-invoice-desk", correction.attempt.invoice_id)
    reads.note(request, READ_INVOICE, [invoices.concerned(correction.attempt.invoice)])
    facts = [
        Fact(_("Correction"), CORRECTION_WORDS[correction.kind]),
        Fact(_("What shows it"), correction.words),
        Fact(_("Proposed"), correction.at, kind="moment"),
        *attempt_facts(correction.attempt),
    ]
    context = {
        "form": form,
        "one": correction.attempt,
        "facts": facts,
        "may": policies.is_somebody_else(by, correction.by) or form.is_bound,
        "title": _("Correct a payment"),
        "approve": _("Confirm the correction"),
        "name": purpose(correction.attempt.invoice),
    }
    return render(request, "payments/decide.html", context, status=status)
