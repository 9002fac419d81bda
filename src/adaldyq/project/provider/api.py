"""What programs ask of the test provider: JSON over HTTP, with the key that it shares with the portal."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adaldyq.base.currencies import CURRENCIES
from adaldyq.project.provider import payments
from adaldyq.project.provider.behaviour import Behaviour
from adaldyq.project.provider.loopback import is_local_address
from adaldyq.project.provider.own import API_KEY, STORE
from adaldyq.project.provider.payments import Refused, Wanted
from adaldyq.project.provider.statements import day_of, in_camt053, in_mt940

STATUS: Mapping[str, HTTPStatus] = {
    "no-such-payment": HTTPStatus.NOT_FOUND,
    "key-reused": HTTPStatus.CONFLICT,
    "not-now": HTTPStatus.CONFLICT,
    "refund-too-large": HTTPStatus.CONFLICT,
}
LARGEST = 10**15
LONGEST = 500
WRITERS = {"xml": (in_camt053, "application/xml"), "sta": (in_mt940, "text/plain; charset=utf-8")}

View = Callable[..., HttpResponse]


def for_programs(view: View) -> View:
    """A view that asks for the key, and answers refusals as JSON."""

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), API_KEY.encode()):
            return JsonResponse({"code": "not-authorised"}, status=HTTPStatus.UNAUTHORIZED)
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            status = STATUS.get(refused.code, HTTPStatus.UNPROCESSABLE_ENTITY)
            return JsonResponse({"code": refused.code}, status=status)

    return guarded


def sent(request: HttpRequest) -> dict[str, Any]:
    """What a request says.

    Raises:
        Refused: `not-json`.
    """
    try:
        found = json.loads(request.body)
    except ValueError:
        raise Refused("not-json") from None
    if not isinstance(found, dict):
        raise Refused("not-json")
    return found


def key_of(request: HttpRequest) -> str:
    """The key by which a request that comes twice is known.

    Raises:
        Refused: `key-missing`.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not 0 < len(key) <= LONGEST:
        raise Refused("key-missing")
    return key


def amount_of(said: Mapping[str, Any]) -> int:
    """An amount in minor units.

    Raises:
        Refused: `amount`.
    """
    amount = said.get("amount")
    if not isinstance(amount, int) or isinstance(amount, bool) or not 0 < amount < LARGEST:
        raise Refused("amount")
    return amount


@for_programs
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    """Make a payment."""
    said = sent(request)
    names = ("merchant_key", "reference", "purpose", "currency", "return_url", "webhook_url", "language")
    texts = {name: said.get(name, "") for name in names}
    for name, value in texts.items():
        if not isinstance(value, str) or len(value) > LONGEST:
            raise Refused(name)
    if texts["currency"] not in CURRENCIES:
        raise Refused("currency")
    for name in ("return_url", "webhook_url"):
        if not is_local_address(texts[name]):
            raise Refused("not-local")
    row = payments.create(STORE, Wanted(amount=amount_of(said), **texts), key_of(request))
    return JsonResponse(told(request, row), status=HTTPStatus.CREATED)


def told(request: HttpRequest, row: Mapping[str, Any]) -> dict[str, Any]:
    """What programs are told of a payment."""
    names = ("id", "merchant_key", "reference", "amount", "currency", "state", "method", "reason")
    page = request.build_absolute_uri(reverse("provider-pay", args=[row["id"]]))
    return {**{name: row[name] for name in names}, "page": f"{page}?lang={row['language']}"}


@for_programs
@require_safe
def one(request: HttpRequest, payment: str) -> HttpResponse:
    """A payment, with all that happened to it: the same events as its webhooks, lost ones too."""
    row = payments.found(STORE, payment)
    events = STORE.rows("SELECT body FROM event WHERE payment = ? ORDER BY sequence", payment)
    return JsonResponse({**told(request, row), "events": [json.loads(event["body"]) for event in events]})


@for_programs
@require_POST
def refund(request: HttpRequest, payment: str) -> HttpResponse:
    """Give money back."""
    zone = settings.PACK.zone
    row = payments.refund(STORE, payment, amount_of(sent(request)), key_of(request), zone)
    facts = {name: row[name] for name in ("id", "payment", "amount", "state")}
    return JsonResponse(facts, status=HTTPStatus.CREATED)


@for_programs
@require_http_methods(["GET", "HEAD", "PUT"])
def behaviour(request: HttpRequest) -> HttpResponse:
    """How it behaves, and how it is to behave from now on."""
    if request.method == "PUT":
        try:
            STORE.behave(Behaviour.of(sent(request)))
        except (ValueError, TypeError):
            raise Refused("behaviour") from None
    return JsonResponse(STORE.behaviour().facts())


@for_programs
@require_safe
def statement(request: HttpRequest, day: str, kind: str) -> HttpResponse:
    """The statement of a day."""
    return statement_of(request, day, kind)


def statement_of(request: HttpRequest, day: str, kind: str) -> HttpResponse:
    """The statement of a day in a format, for download.

    Raises:
        Refused: `day`, `kind`, `currency`.
    """
    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise Refused("day") from None
    currency = request.GET.get("currency") or settings.PACK.currency
    if kind not in WRITERS:
        raise Refused("kind")
    if currency not in CURRENCIES:
        raise Refused("currency")
    writer, media = WRITERS[kind]
    of = day_of(STORE, wanted, currency)
    headers = {"Content-Disposition": f'attachment; filename="{of.account}-{wanted}.{kind}"'}
    return HttpResponse("".join(writer(of)), content_type=media, headers=headers)


def today() -> date:
    """The day on which entries are booked now."""
    return timezone.localdate()
