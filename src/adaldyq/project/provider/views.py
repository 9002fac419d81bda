"""Pages of the test provider: for payers, and a desk on which one sees what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adaldyq.base.money import minor_places
from adaldyq.project.provider import api, payments
from adaldyq.project.provider.behaviour import Behaviour
from adaldyq.project.provider.forms import BehaviourForm, CardForm, TransferForm
from adaldyq.project.provider.own import STORE
from adaldyq.project.provider.payments import (
    CANCELLED,
    CARD,
    CARDS,
    CHARGED_BACK,
    CREATED,
    DECLINED,
    DISPUTED,
    ERROR,
    EXPIRED,
    METHODS,
    MOBILE,
    OPEN,
    STARTED,
    SUBMITTED,
    SUCCESS,
    TRANSFER,
    WON,
    Refused,
)
from adaldyq.ui.facts import Fact
from adaldyq.ui.formats.values import money
from adaldyq.ui.tables import Column, Link, Table

ASKED, KEPT = "lang", "provider_language"
SHOWN = 50
DAYS_SHOWN = 14
STATE_WORDS = {
    CREATED: gettext_lazy("Waits for the payer"),
    STARTED: gettext_lazy("Opened by the payer"),
    SUBMITTED: gettext_lazy("Waits for the bank"),
    SUCCESS: gettext_lazy("Has been paid"),
    DECLINED: gettext_lazy("Declined"),
    EXPIRED: gettext_lazy("Expired"),
    CANCELLED: gettext_lazy("Cancelled"),
    ERROR: gettext_lazy("Did not succeed"),
    DISPUTED: gettext_lazy("Disputed by the payer"),
    CHARGED_BACK: gettext_lazy("Charged back"),
}
REASON_WORDS = {
    "insufficient_funds": gettext_lazy("There is not enough money on the card."),
    "expired_card": gettext_lazy("The card has expired."),
    "bank_unreachable": gettext_lazy("The bank of the card could not be reached."),
    "declined_by_bank": gettext_lazy("The bank declined it."),
    "not_recognised": gettext_lazy("The payer says that the payment was not theirs."),
}
CARD_WORDS = {
    "4111111111111111": gettext_lazy("succeeds"),
    "4000000000000002": gettext_lazy("declined: not enough money"),
    "4000000000000069": gettext_lazy("declined: the card has expired"),
    "4000000000000119": gettext_lazy("fails: the bank cannot be reached"),
    "4000000000000259": gettext_lazy("succeeds, and is disputed afterwards"),
}
METHOD_WORDS = {
    CARD: gettext_lazy("By card"),
    TRANSFER: gettext_lazy("By bank transfer"),
    MOBILE: gettext_lazy("By QR code with a phone"),
}
STEPS = (DISPUTED, CHARGED_BACK, WON)


def speak_as_asked(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the language in which the portal sent the payer, else the browser's."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = request.GET.get(ASKED, "") or request.COOKIES.get(KEPT, "")
        known = asked if asked in dict(settings.LANGUAGES) else ""
        with translation.override(known or translation.get_language_from_request(request)):
            response = get_response(request)
        if known:
            response.set_cookie(KEPT, known, httponly=True, samesite="Lax")
        return response

    return answer


def found(payment: str) -> dict[str, Any]:
    """A payment.

    Raises:
        Http404: there is none.
    """
    try:
        return payments.found(STORE, payment)
    except Refused:
        raise Http404(payment) from None


def facts_of(row: Mapping[str, Any]) -> list[Fact]:
    """What a payer sees of a payment."""
    return [
        Fact(_("What is paid"), row["purpose"]),
        Fact(_("Amount"), sum_of(row["amount"], row["currency"])),
        Fact(_("Payment reference"), row["reference"]),
    ]


def sum_of(units: int, currency: str) -> str:
    """Minor units as people read them."""
    return money(Decimal(units).scaleb(-minor_places(currency)), currency)


@require_http_methods(["GET", "HEAD", "POST"])
def pay_page(request: HttpRequest, payment: str) -> HttpResponse:
    """Pay: by card, by transfer or by QR code; then go back to whoever asked for it."""
    row, by = found(payment), request.GET.get("by", CARD)
    by = by if by in METHODS else CARD
    if request.method == "GET" and row["state"] == CREATED:
        row = taken(row, STARTED)
    form, status = form_of(row, by, request.POST if request.method == "POST" else None), HTTPStatus.OK
    if request.method == "POST":
        if "cancel" in request.POST:
            row = taken(row, CANCELLED)
        elif form is not None and form.is_valid():
            row = paid(row, by, form)
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    methods = [(name, METHOD_WORDS[name], name == by) for name in METHODS]
    cards = [(" ".join(number[at : at + 4] for at in range(0, 16, 4)), CARD_WORDS[number]) for number in CARDS]
    words = {"state": STATE_WORDS[row["state"]], "reason": REASON_WORDS.get(row["reason"], "")}
    context: dict[str, Any] = {
        "row": row,
        "facts": facts_of(row),
        "by": by,
        "form": form,
        "methods": methods,
        "cards": cards,
        **words,
    }
    opens = row["state"] in OPEN or (by == TRANSFER and row["state"] == SUBMITTED)
    again = row["state"] == SUCCESS and "again" in request.GET
    context |= {"opens": opens or again, "host": urlsplit(row["return_url"]).netloc}
    return render(request, "provider/pay.html", context, status=status)


def form_of(row: Mapping[str, Any], by: str, sent: Any) -> CardForm | TransferForm | None:
    """The form of a way to pay; the QR code has none."""
    if by == CARD:
        return CardForm(sent)
    if by == TRANSFER:
        amount = Decimal(row["amount"]).scaleb(-minor_places(row["currency"]))
        initial = {"amount": f"{amount:f}", "reference": row["reference"]}
        return TransferForm(sent, currency=row["currency"], initial=initial)
    return None


def paid(row: dict[str, Any], by: str, form: CardForm | TransferForm) -> dict[str, Any]:
    """Pay as a form says; a payment that cannot be paid any more is shown as it is."""
    zone, said = settings.PACK.zone, form.cleaned_data
    try:
        if by == CARD:
            return payments.pay_by_card(STORE, row["id"], said["number"], zone)
        return payments.transfer(STORE, row["id"], said["amount"], said["reference"], zone)
    except Refused:
        return found(row["id"])


def taken(row: dict[str, Any], to: str, **facts: str) -> dict[str, Any]:
    """A payment after a step, or as it is when somebody was first."""
    try:
        return payments.step(STORE, row["id"], to, settings.PACK.zone, **facts)
    except Refused:
        return found(row["id"])


@require_safe
def code(request: HttpRequest, payment: str) -> HttpResponse:
    """The QR code that leads a phone to a payment."""
    address = request.build_absolute_uri(reverse("provider-mobile", args=[found(payment)["id"]]))
    drawn: str = segno.make(address, error="m", micro=False).svg_inline(border=4, scale=5, light="#fff")
    named = drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) if "xmlns" not in drawn else drawn
    return HttpResponse(named, content_type="image/svg+xml")


@require_http_methods(["GET", "HEAD", "POST"])
def mobile_page(request: HttpRequest, payment: str) -> HttpResponse:
    """What a phone shows: confirm or cancel."""
    row = found(payment)
    if request.method == "POST":
        if "cancel" in request.POST:
            row = taken(row, CANCELLED)
        elif row["state"] in OPEN:
            try:
                row = payments.pay(STORE, payment, settings.PACK.zone, method=MOBILE, party="PHONE")
            except Refused:
                row = found(payment)
    words = {"state": STATE_WORDS[row["state"]], "reason": REASON_WORDS.get(row["reason"], "")}
    context = {"row": row, "facts": facts_of(row), "opens": row["state"] in OPEN, **words}
    return render(request, "provider/mobile.html", context)


@require_safe
def desk_page(request: HttpRequest) -> HttpResponse:
    """The newest payments, statements of the last days, and how the provider behaves."""
    return render(request, "provider/desk.html", desk(BehaviourForm(initial=STORE.behaviour().facts())))


def desk(form: BehaviourForm) -> dict[str, Any]:
    """What the desk shows."""
    rows = STORE.rows("SELECT * FROM payment ORDER BY made_at DESC, id LIMIT ?", SHOWN)
    columns = [
        Column(
            "made_at", _("Asked for at"), kind="moment", value=lambda row: datetime.fromtimestamp(row["made_at"], UTC)
        ),
        Column(
            "reference",
            _("Payment reference"),
            link=lambda row: reverse("provider-payment", args=[row["id"]]),
        ),
        Column("amount", _("Amount"), value=lambda row: sum_of(row["amount"], row["currency"])),
        Column("state", _("State"), value=lambda row: STATE_WORDS[row["state"]]),
    ]
    days = STORE.rows(
        "SELECT day, currency, count(*) AS entries FROM entry GROUP BY day, currency ORDER BY day DESC LIMIT ?",
        DAYS_SHOWN,
    )
    of_days = [
        Column("day", _("Day"), kind="day", value=lambda row: datetime.fromisoformat(row["day"]).date()),
        Column("entries", _("Entries"), kind="number"),
        Column("xml", "camt.053", value=lambda row: statement_link(row, "xml")),
        Column("sta", "MT940", value=lambda row: statement_link(row, "sta")),
    ]
    return {
        "payments": Table(_("Newest payments"), columns, rows, empty=_("Nobody has asked for a payment yet.")),
        "days": Table(_("Statements"), of_days, days, empty=_("Nothing was booked yet.")),
        "form": form,
    }


def statement_link(row: Mapping[str, Any], kind: str) -> Link:
    """The link to a statement."""
    address = reverse("provider-statement", args=[row["day"], kind])
    return Link(_("Download"), f"{address}?currency={row['currency']}")


@require_safe
def statement(request: HttpRequest, day: str, kind: str) -> HttpResponse:
    """A statement, for whoever sits at the desk.

    Raises:
        Http404: there is no such day or format.
    """
    try:
        return api.statement_of(request, day, kind)
    except Refused as refused:
        raise Http404(refused.code) from None


@require_POST
def behave(request: HttpRequest) -> HttpResponse:
    """Behave in another way from now on."""
    form = BehaviourForm(request.POST)
    if not form.is_valid():
        return render(request, "provider/desk.html", desk(form), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    STORE.behave(Behaviour.of(form.cleaned_data))
    return redirect("provider-desk")


@require_http_methods(["GET", "HEAD", "POST"])
def payment_page(request: HttpRequest, payment: str) -> HttpResponse:
    """A payment at the desk: its events, which webhooks went where, and the steps of the payer's bank."""
    row = found(payment)
    to = request.POST.get("step", "")
    if request.method == "POST" and to in STEPS:
        row = taken(row, to, reason="not_recognised" if to == DISPUTED else "")
    query = """SELECT event.kind, event.at, event.id, delivery.due, delivery.tries, delivery.outcome FROM event
        LEFT JOIN delivery ON delivery.event = event.id WHERE event.payment = ? ORDER BY event.sequence, delivery.id"""
    columns = [
        Column("at", _("Happened"), kind="moment", value=lambda one: datetime.fromtimestamp(one["at"], UTC)),
        Column("kind", _("Event")),
        Column("outcome", _("Webhook"), value=delivery_words),
    ]
    table = Table(_("What happened"), columns, STORE.rows(query, payment), empty=_("Nothing yet."))
    steps = [
        (DISPUTED, _("The payer disputes it"), row["state"] == SUCCESS),
        (CHARGED_BACK, _("The bank takes the money back"), row["state"] == DISPUTED),
        (WON, _("The bank leaves the money"), row["state"] == DISPUTED),
    ]
    facts = [*facts_of(row), Fact(_("State"), STATE_WORDS[row["state"]])]
    context = {"row": row, "facts": facts, "table": table, "steps": [one for one in steps if one[2]]}
    return render(request, "provider/payment.html", context)


def delivery_words(one: Mapping[str, Any]) -> str:
    """What became of a webhook."""
    if one["due"] is None:
        return _("lost")
    if one["outcome"]:
        return _("answered %(outcome)s after tries: %(tries)s") % {"outcome": one["outcome"], "tries": one["tries"]}
    return _("waits; tries so far: %(tries)s") % {"tries": one["tries"]}
