"""What follows when nobody filed: the queue of the officers, one record for officer and person, invoices that wait."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.kernel import kept_forms, naming, reads
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.declarations.actions import non_filing as acts
from adaldyq.measures.declarations.actions import taking_back
from adaldyq.measures.declarations.forms import StateForm, StepForm
from adaldyq.measures.declarations.queries import non_filing as records
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.obligations import why_ended
from adaldyq.measures.declarations.states import CANCELLED, ISSUED, PAID
from adaldyq.ui.facts import Fact, State
from adaldyq.ui.tables import Column, Table, sorted_page

READ, PAY = "non_filing", "pay"
UNPROCESSABLE, CONFLICT = 422, 409
STATES: Mapping[str, State] = {
    "noticed": State(gettext_lazy("Notice given"), "open"),
    "offence": State(gettext_lazy("Offence established"), "attention"),
    "fined": State(gettext_lazy("Fined"), "bad"),
    "appealed": State(gettext_lazy("Appealed"), "work"),
    "dropped": State(gettext_lazy("Nothing follows"), "closed"),
    "upheld": State(gettext_lazy("Fine upheld"), "bad"),
    "overturned": State(gettext_lazy("Fine overturned"), "good"),
    "taken_back": State(gettext_lazy("Fine taken back"), "good"),
}
BUTTONS: Mapping[str, object] = {
    "establish": gettext_lazy("Establish the offence"),
    "fine": gettext_lazy("Fine"),
    "drop": gettext_lazy("Let nothing follow"),
    PAY: gettext_lazy("Note that it was paid"),
    "appeal": gettext_lazy("Appeal"),
    "uphold": gettext_lazy("Uphold the fine"),
    "overturn": gettext_lazy("Overturn the fine"),
    "ask_back": gettext_lazy("Propose to take the fine back"),
    "take_back": gettext_lazy("Take the fine back, as was proposed"),
    "refuse_back": gettext_lazy("Refuse what was proposed"),
}


@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """Declarations not filed that the viewer decides about."""
    form = StateForm(request.GET, {code: state.word for code, state in STATES.items()})
    page = sorted_page(
        request, records.queue(actor_of(request.user), form.chosen()), queue_columns({}), default="decision_due_date"
    )
    names = naming.names_of([one.person_id for one in page.rows])
    reads.note(request, READ, [(one.pk, one.person_id) for one in page.rows])
    empty = _("There is nothing here. A notice is given every night to those whose last day to file has passed.")
    table = Table(_("Not filed"), queue_columns(names), page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "declarations/non_filings.html", {"form": form, "table": table})


def queue_columns(names: Mapping[str, str]) -> list[Column]:
    """Columns of the queue."""
    return [
        Column("name", _("Full name"), value=lambda row: names.get(row.person_id, row.person_id), link=address),
        Column("year", _("Year"), kind="year", value=lambda row: row.owed.year),
        Column("due", _("Last day to file"), kind="day", value=lambda row: row.owed.due_date),
        Column("filed", _("Filed"), kind="day", value=lambda row: row.owed.filed_date),
        Column("decision", _("Decide until"), kind="day", sort="decision_due_date", value=decide_until),
        Column("state", _("State"), sort="state", value=lambda row: STATES[row.state]),
    ]


def decide_until(row: Any) -> object:
    """The last day of the next decision; none when none is awaited."""
    waits = {"noticed": row.decision_due_date, "offence": row.decision_due_date, "appealed": row.appeal_answer_due_date}
    return waits.get(row.state)


def address(row: Any) -> str:
    """The page of a record."""
    return reverse("declarations-non-filing", args=[row.pk])


@require_http_methods(["GET", "HEAD", "POST"])
def one_page(request: HttpRequest, non_filing_id: str) -> HttpResponse:
    """What followed from one declaration that was not filed, and what the viewer may do.

    Raises:
        Http404: there is none, or it is neither the viewer's own nor theirs to decide.
        PermissionDenied: the step is not the viewer's.
    """
    by = actor_of(request.user)
    one = records.non_filing(non_filing_id, by)
    if one is None:
        raise Http404(non_filing_id)
    form = StepForm(request.POST if request.method == "POST" else None)
    unsaved, status = kept_forms.into(request, form), None
    if by.person and by.person == one.person_id:
        form.fields["text"].help_text = _("Why the fine should fall, and what shows it. Whoever decides reads it.")
    elif PAY in records.steps_of(one, by, timezone.localdate()).names:
        form.fields["text"].label = _("What shows the payment")
        form.fields["text"].help_text = _("Its number and day, as the treasury tells. The person reads it.")
    if form.is_bound and form.is_valid():
        status = refusal(form, partial(taken, request, one, form))
        if status is None:
            return redirect("declarations-non-filing", one.pk)
        one = records.non_filing(non_filing_id, by) or one
    reads.note(request, READ, [(one.pk, one.person_id)])
    steps = records.steps_of(one, by, timezone.localdate())
    context = {
        "form": form,
        "unsaved": unsaved,
        "name": naming.names_of([one.person_id]).get(one.person_id, one.person_id),
        "facts": facts_of(one),
        "own": steps.own,
        "files": steps.own and one.obligation is not None and one.obligation.filed_date is None,
        "steps": [(step, BUTTONS[step]) for step in steps.names],
    }
    return render(request, "declarations/non_filing.html", context, status=status)


def taken(request: HttpRequest, one: Any, form: django_forms.Form) -> None:
    """Take the step that a button names, once.

    Raises:
        DomainError: what the act says, or `no-such-step`.
    """
    by, at = actor_of(request.user), timezone.now()
    step, text = request.POST.get("step", ""), form.cleaned_data["text"]

    def act() -> dict[str, str]:
        match step:
            case "establish":
                acts.establish_offence(non_filing=one, finding=text, by=by, at=at)
            case "fine":
                acts.fine(non_filing=one, ground=text, by=by, at=at)
            case "drop":
                acts.drop(non_filing=one, ground=text, by=by, at=at)
            case _ if step == PAY:
                acts.note_payment(non_filing=one, payment=text, by=by, at=at)
            case "ask_back" | "refuse_back":
                propose = {"ask_back": taking_back.ask_back, "refuse_back": taking_back.refuse_back}[step]
                propose(non_filing=one, ground=text, by=by, at=at)
            case "take_back":
                taking_back.take_back(non_filing=one, by=by, at=at)
            case "appeal":
                acts.appeal(non_filing=one, text=text, by=by, at=at)
            case "uphold" | "overturn":
                acts.decide_appeal(non_filing=one, upheld=step == "uphold", ground=text, by=by, at=at)
            case _:
                raise DomainError("no-such-step")
        return {}

    sent_once(request.POST, place=f"non-filing {one.pk}", owner=by.id, at=at, perform=act)


def facts_of(one: Any) -> list[Fact]:
    """What is known of the matter, in the order in which it went."""
    owed = one.owed
    currency = one.fine_currency
    facts = [
        Fact(_("State"), STATES[one.state]),
        Fact(_("Declaration"), f"{words.form_name(owed.form)}, {owed.year}", hint=words.reason(owed.reason)),
        Fact(_("Law"), words.law(owed.law)),
        Fact(_("Last day to file"), owed.due_date, kind="day"),
        Fact(_("Filed"), owed.filed_date, kind="day"),
        Fact(_("Notice given"), one.noticed_at, kind="moment"),
        Fact(_("Decide until"), decide_until(one), kind="day"),
        Fact(_("Offence established"), one.established_at, kind="moment", hint=one.finding),
        Fact(_("Fine"), one.fine_amount, kind="money", currency=currency, hint=fine_words(one)),
        *payment_facts(one),
        Fact(_("Appeal until"), one.appeal_due_date, kind="day"),
        Fact(_("Appealed"), one.appealed_at, kind="moment", hint=one.appeal_text),
        Fact(_("Appeal decided"), one.appeal_decided_at, kind="moment", hint=one.appeal_ground),
        Fact(_("Nothing follows"), one.dropped_at, kind="moment", hint=one.drop_ground),
        *back_facts(one),
        *ended_facts(owed),
    ]
    return [fact for fact in facts if fact.value not in (None, "")]


def back_facts(one: Any) -> list[Fact]:
    """That the authority takes the fine back or was asked to and refused, or that all lapsed: filed in time, or a death."""
    if one.taken_back_at is None:
        return [
            Fact(_("Proposed to take the fine back"), one.back_asked_at, kind="moment", hint=one.back_ground),
            Fact(_("Proposal refused"), one.back_refused_at, kind="moment", hint=one.back_refusal),
        ]
    title = _("Fine taken back") if one.fined_at else _("Nothing follows")
    lapsed = _("The declaration was filed in time.") if one.back_ground == records.KEPT else _("The person has died.")
    why = lapsed if one.taken_back_by_id is None else one.back_ground
    return [Fact(title, one.taken_back_at, kind="moment", hint=why)]


def ended_facts(owed: Any) -> list[Fact]:
    """That the obligation ended afterwards, and why."""
    ended_as = getattr(owed, "ended_as", "")
    if not ended_as:
        return []
    title = _("The person was exempted") if ended_as == "exempted" else _("The obligation ended")
    return [Fact(title, owed.ended_at, kind="moment", hint=why_ended(owed))]


def fine_words(one: Any) -> str:
    """Where the fine comes from; that nothing is to be paid when it has fallen."""
    paid = getattr(one, "invoice", None) is not None and one.invoice.state == PAID
    back = (
        _("It was overturned: what was paid is given back.") if paid else _("It was overturned: nothing is to be paid.")
    )
    fallen = {"overturned": back, "taken_back": _("It was taken back.")}.get(one.state, "")
    return " ".join(filter(None, (fallen, words.law(one.fine_law), one.fine_ground)))


def payment_facts(one: Any) -> list[Fact]:
    """Until when and how a fine is paid, or that it was."""
    invoice = getattr(one, "invoice", None)
    if invoice is None or invoice.state == CANCELLED:
        return []
    number = [Fact(_("Number of the invoice"), invoice.number)] if invoice.number else []
    if invoice.state == PAID:
        return [*number, Fact(_("Paid"), invoice.paid_at, kind="moment", hint=invoice.payment)]
    how = _("Nothing is paid here. Pay it to the treasury and name the number %(number)s; the officer notes it here.")
    if invoice.state == ISSUED:
        how = _("Pay it by the invoice and name its number %(number)s; when it is paid, that is noted here.")
    hint = how % {"number": invoice.number or one.pk}
    if one.state == "appealed":
        hint += " " + _(
            "The appeal does not move this day. If the fine falls, nothing is to be paid, and what was paid is given back."
        )
    state = Fact(_("Invoice"), INVOICE_STATES[invoice.state])
    return [state, *number, Fact(_("Pay until"), invoice.due_date, kind="day", hint=hint)]


@require_safe
def invoices_page(request: HttpRequest) -> HttpResponse:
    """Invoices of fines: asked of payments, issued there, paid or cancelled."""
    names: dict[str, str] = {}
    columns = [
        Column(
            "payer",
            _("Payer"),
            value=lambda row: names.get(row.payer_id, row.payer_id),
            link=lambda row: address(row.non_filing),
        ),
        Column("amount", _("Amount"), kind="money", currency="currency"),
        Column("issued", _("Issued"), kind="moment", sort="issued_at", value=lambda row: row.issued_at),
        Column("due_date", _("Pay until"), kind="day", sort="due_date"),
        Column("state", _("State"), value=lambda row: INVOICE_STATES[row.state]),
        Column("number", _("Number of the invoice")),
    ]
    page = sorted_page(request, records.invoices(actor_of(request.user)), columns, default="-issued_at")
    names |= naming.names_of([one.payer_id for one in page.rows])
    reads.note(request, READ, [(one.non_filing_id, one.payer_id) for one in page.rows])
    table = Table(_("Invoices"), columns, page.rows, page=page, hide_caption=True, empty=_("Nobody has been fined."))
    return render(request, "declarations/fines.html", {"table": table})


INVOICE_STATES: Mapping[str, State] = {
    "waiting": State(gettext_lazy("Waits for payments"), "open"),
    "issued": State(gettext_lazy("Issued"), "work"),
    "cancelled": State(gettext_lazy("Cancelled"), "closed"),
    "paid": State(gettext_lazy("Paid"), "good"),
}
