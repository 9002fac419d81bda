"""What scripts of receiving officers ask for: envelopes and their own lockers. All stay sealed here."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from adaldyq.kernel.actor import actor_of
from adaldyq.measures.reports.adapters import rewraps, store
from adaldyq.measures.reports.queries import own, queue, resealing
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.views.office import seen
from adaldyq.measures.reports.views.sealed import in_base64
from adaldyq.ui.downloads import as_attachment
from adaldyq.ui.formats.values import day


@require_safe
def envelopes_of_report(request: HttpRequest, report_id: str) -> HttpResponse:
    """The envelopes of a report, its keys, the officer's own lockers, and who else reads it now than it is sealed to.

    Asked for the keys only, which a script does right before it seals something, it says no more than these.
    """
    by, report = seen(request, report_id)
    if "keys" in request.GET:
        return kept_nowhere(JsonResponse(keys_of_now(report)))
    told = {
        **keys_of_now(report),
        "lockers": queue.lockers_of(by),
        "readers": resealing.new_readers(report, timezone.localdate()),
        "messages": [
            {"ours": one.side == "office", "day": str(day(one.sent_date)), "sealed": in_base64(one.sealed)}
            for one in own.messages_of(report)
        ],
    }
    return kept_nowhere(JsonResponse(told))


def keys_of_now(report: Report) -> dict[str, str]:
    """To which keys a message is sealed now, and the wrap; what a reporter adds may change them while a page is open."""
    wrapped = bytes(queue.wrap_of(report).wrapped)
    return {
        "recipient": report.recipient,
        "mailbox": report.mailbox_recipient,
        "wrapped": in_base64(wrapped),
        "of": rewraps.name_of(wrapped),
    }


@require_safe
def envelope_of_file(request: HttpRequest, report_id: str) -> FileResponse:
    """The envelope of a file of a report, by where it lies."""
    _by, report = seen(request, report_id)
    place = request.GET.get("place", "")
    if own.enclosure(report, place) is None:
        raise Http404(place)
    try:
        return FileResponse(store.path_of(place).open("rb"), content_type="application/octet-stream")
    except FileNotFoundError:
        raise Http404(place) from None


@require_safe
def locker_file(request: HttpRequest, key_id: str) -> HttpResponse:
    """The officer's own secret key as the server keeps it: locked with the passphrase."""
    key = queue.own_key(actor_of(request.user), key_id)
    if key is None or not key.locked:
        raise Http404(key_id)
    return as_attachment(bytes(key.locked), f"{key.recipient[:12]}.age", "application/octet-stream")


def kept_nowhere(response: HttpResponse) -> HttpResponse:
    """An answer that no browser keeps."""
    response["Cache-Control"] = "no-store"
    return response
