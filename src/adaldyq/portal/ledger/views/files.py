"""Files of the log (C2SP tlog-tiles), receipts as JSON, and the QR code that leads to one."""

from __future__ import annotations

from io import BytesIO

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_safe

from adaldyq.base.errors import DomainError
from adaldyq.ledger import keys, queries, store
from adaldyq.ledger.models import Leaf
from adaldyq.ledger.receipts import Receipt
from adaldyq.ledger.tiles import Tile
from adaldyq.ledger.witnessing import known_keys

FOR_EVER = "public, max-age=31536000, immutable"
FOR_SECONDS = "public, max-age=2"
FOR_MINUTES = "public, max-age=300"
TEXT = "text/plain; charset=utf-8"


def file(data: bytes | str, kind: str, cache: str) -> HttpResponse:
    """A file that anybody may keep, and any page may fetch."""
    return HttpResponse(data, content_type=kind, headers={"Cache-Control": cache, "Access-Control-Allow-Origin": "*"})


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint.

    Raises:
        Http404: nothing has been signed yet.
    """
    newest = store.newest_checkpoint()
    if newest is None:
        raise Http404
    return file(str(newest.cosigned()), TEXT, FOR_SECONDS)


@require_safe
def old_checkpoint(request: HttpRequest, size: int) -> HttpResponse:
    """The checkpoint that was signed at a size; witnesses may still add to it.

    Raises:
        Http404: none was signed at this size.
    """
    found = queries.checkpoint_of(size)
    if found is None:
        raise Http404(size)
    return file(str(found.cosigned()), TEXT, FOR_MINUTES)


@require_safe
def public_keys(request: HttpRequest) -> HttpResponse:
    """Keys that have signed the log, the oldest first, a line each in the text form of signed notes."""
    return file("".join(f"{key}\n" for key in keys.public_keys()), TEXT, FOR_MINUTES)


@require_safe
def witness_keys(request: HttpRequest) -> HttpResponse:
    """Keys of the witnesses that are asked to cosign the log, a line each in the same form."""
    return file("".join(f"{key}\n" for key in known_keys()), TEXT, FOR_MINUTES)


@require_safe
def tile(request: HttpRequest, place: str) -> HttpResponse:
    """A tile of hashes or a bundle of entries.

    Raises:
        Http404: the log has no such tile.
    """
    try:
        asked = Tile.parse(f"tile/{place}")
        newest = store.newest_checkpoint()
        if newest is None or not asked.within(newest.size):
            raise Http404(place)
        data = store.read_bundle(asked) if asked.level is None else store.read_tile(asked)
    except (DomainError, store.TileMissing) as error:
        raise Http404(place) from error
    return file(data, "application/octet-stream", FOR_EVER)


def line_or_404(reference: str) -> Leaf:
    """The line of a reference.

    Raises:
        Http404: there is none.
    """
    line = queries.line_of(reference.upper())
    if line is None:
        raise Http404(reference)
    return line


def receipt_or_404(reference: str, *, own: bool = False) -> Receipt:
    """The receipt of a reference.

    Raises:
        Http404: there is no such line, or it waits for its place.
    """
    found = queries.receipt_of(line_or_404(reference), own=own)
    if found is None:
        raise Http404(reference)
    return found


@require_safe
def receipt_json(request: HttpRequest, reference: str) -> HttpResponse:
    """The public copy of a receipt."""
    found = receipt_or_404(reference)
    answer = file(found.text(), "application/json; charset=utf-8", FOR_SECONDS)
    answer["Content-Disposition"] = f'attachment; filename="receipt-{found.reference}.json"'
    return answer


@require_safe
def receipt_qr(request: HttpRequest, reference: str) -> HttpResponse:
    """A QR code with the address of a receipt, on a light ground so that it is read in a dark theme too."""
    address = request.build_absolute_uri(reverse("ledger-receipt-short", args=[line_or_404(reference).reference]))
    picture = BytesIO()
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=4, light="#fff", omitsize=True)
    return file(picture.getvalue(), "image/svg+xml", FOR_EVER)


@require_safe
def receipt_short(request: HttpRequest, reference: str) -> HttpResponse:
    """Send whoever scanned a receipt to its page in their language."""
    line = line_or_404(reference)
    with translation.override(translation.get_language_from_request(request)):
        return redirect(reverse("ledger-receipt", args=[line.reference]))
