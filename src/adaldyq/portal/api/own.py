"""Operations on what a token itself is, and on the receipts of what was done by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from adaldyq.kernel.actions.tokens import GRACE, renew_secret
from adaldyq.kernel.api.values import Given, Whole
from adaldyq.kernel.models import InstitutionToken
from adaldyq.kernel.naming import spoken
from adaldyq.kernel.tokens import behind, carried_by
from adaldyq.ledger import queries
from adaldyq.portal.api.events.recording import CREATED
from adaldyq.portal.api.ledger import ReceiptOut

router = Router(tags=["token"])


class TokenOut(Schema):
    """A token."""

    id: str
    institution: str = Field(description="Name of the body, in the language asked for.")
    body_id: str
    label: str
    scopes: list[str]
    requests_a_minute: int
    expires_at: datetime
    secret_ends_at: datetime | None = Field(description="When the secret used now gives way to a newer one.")


@router.get("", response=TokenOut, url_name="api-token", summary="The token that is used")
def token(request: HttpRequest) -> dict[str, Any]:
    """What the token of this request is good for.

    Raises:
        Http404: the request carries none.
    """
    found = carried_by(request)
    if found is None:
        raise Http404
    return {
        **{name: getattr(found, name) for name in ("id", "body_id", "label", "requests_a_minute", "expires_at")},
        "institution": spoken(found.body.names, found.body.name),
        "scopes": sorted(found.opens),
        "secret_ends_at": found.replaced_at,
    }


class RenewalIn(Given):
    """How a secret is renewed."""

    grace_days: Whole = Field(
        GRACE.days,
        ge=0,
        le=GRACE.days,
        description="How long the secret used now lives on; 0 ends it at once.",
    )


class SecretOut(Schema):
    """A new secret, told this once."""

    secret: str = Field(description="Only a hash of it is kept: write it down before anything else.")
    expires_at: datetime = Field(description="The last moment of the token, which a new secret does not put off.")
    former_ends_at: datetime = Field(description="When the secret used now gives way.")


@router.post(
    "/secret", response={CREATED: SecretOut}, url_name="api-token-secret", summary="A new secret for one's own token"
)
def renew(request: HttpRequest, response: HttpResponse, given: RenewalIn) -> Status[dict[str, Any]]:
    """Make a new secret. It is told once and kept nowhere, so that this request is not answered again.

    Raises:
        Http404: the request carries no token.
        DomainError: `secret-replaced` when the secret used now has given way to another already.
    """
    found, at = carried_by(request), timezone.now()
    if found is None:
        raise Http404
    grace = timedelta(given.grace_days)
    done = renew_secret(token=found, by=behind(request), at=at, grace=grace)
    response["Cache-Control"] = "no-store"
    return Status(CREATED, {"secret": done.secret, "expires_at": found.expires_at, "former_ends_at": at + grace})


class OwnOut(Schema):
    """What only the holder of a receipt knows."""

    payload: str = Field(description="What the act said, as canonical JSON.")
    salt: str = Field(description="Base 64.")


class WholeReceiptOut(ReceiptOut):
    """The holder's own copy of a receipt."""

    own: OwnOut | None = Field(None, description="Null when the record was erased.")


@router.get(
    "/receipts/{reference}", response=WholeReceiptOut, url_name="api-token-receipt", summary="Receipt of one's own act"
)
def receipt(request: HttpRequest, reference: str) -> dict[str, object]:
    """The whole receipt of what was done by a token of the same institution, with salt and payload.

    Raises:
        Http404: there is no such line, it is of somebody else, or it waits for its place.
    """
    token = carried_by(request)
    line = queries.line_of(reference.upper()) if reference.isalnum() else None
    if token is None or line is None:
        raise Http404(reference)
    own = InstitutionToken.objects.filter(pk=line.holder or "", body_id=token.body_id).exists()
    found = queries.receipt_of(line, own=True) if own else None
    if found is None:
        raise Http404(reference)
    return found.document()
