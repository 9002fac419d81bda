"""Lets in this machine only: whoever can reach the test provider can pay for anything."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden

LOCAL_NAME = "localhost"


def is_local(host: str) -> bool:
    """Whether a name or an address is this machine's own."""
    if host == LOCAL_NAME:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_local_address(address: str) -> bool:
    """Whether an address with its scheme leads to this machine."""
    try:
        parts = urlsplit(address)
        return parts.scheme == "http" and is_local(parts.hostname or "")
    except ValueError:
        return False


def only_this_machine(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: refuse whoever comes from another machine."""

    def answer(request: HttpRequest) -> HttpResponse:
        if not is_local(str(request.META.get("REMOTE_ADDR", ""))):
            return HttpResponseForbidden("The test provider serves this machine only.\n", content_type="text/plain")
        return get_response(request)

    return answer
