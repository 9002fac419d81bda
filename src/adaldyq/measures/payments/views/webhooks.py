"""Where providers tell what happens. It is no page: who sends is known by the signature, not by a session."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.measures.payments.actions.hearing import take_webhook

LARGEST = 100_000
STATUS: Mapping[str, HTTPStatus] = {
    "provider-unknown": HTTPStatus.NOT_FOUND,
    "webhook-unsigned": HTTPStatus.UNAUTHORIZED,
    "webhook-signature": HTTPStatus.UNAUTHORIZED,
    "webhook-stale": HTTPStatus.UNAUTHORIZED,
    "webhook-too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "provider-event-changed": HTTPStatus.CONFLICT,
}
PROBLEM = "application/problem+json"


@csrf_exempt
@require_POST
def webhook(request: HttpRequest, provider: str) -> HttpResponse:
    """Take what a provider sent; 200 says that it is stored, and need not be sent again.

    What does not fit the payment that it names, such as another amount or currency, is stored too and then refused: cashiers
    and auditors see it.
    """
    try:
        event = take_webhook(code=provider, headers=request.headers, body=body_of(request), at=timezone.now())
    except DomainError as refused:
        status = STATUS.get(refused.code, HTTPStatus.UNPROCESSABLE_ENTITY)
        facts = {"type": f"about:blank#{refused.code}", "title": sentence(refused), "status": status}
        return JsonResponse(facts, status=status, content_type=PROBLEM)
    return JsonResponse({"event": event.pk if event else "", "state": event.state if event else "ignored"})


def body_of(request: HttpRequest) -> bytes:
    """The body as it came.

    Raises:
        DomainError: `webhook-too-large`.
    """
    if int(request.headers.get("Content-Length") or 0) > LARGEST:
        raise DomainError("webhook-too-large", limit=LARGEST)
    return request.body
