"""What was typed into a form while the sign-in ended: it comes back on the page once the same account signs in again.

The same when the form itself is too old to be accepted, because somebody signed in again in another window.

It stands in the session of the browser, for the pages of `settings.KEPT_FORM_ROUTES` only, and is nowhere saved: the
page shows it, and the person sends it once more. What is sent last is what comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import HttpRequest
from django.urls import Resolver404, resolve

from adaldyq.ui.forms import DayField

KEY = "kept_form"
LONGEST = 64_000
"""Characters of all boxes together; more is not kept."""
DAY_PARTS = ("day", "month", "year")
LEFT_OUT = {"csrfmiddlewaretoken", "form_key"}


def sent_by(request: HttpRequest) -> Mapping[str, Any]:
    """What a form sent, with its page and account, if the account is still known; empty when it is none that is kept."""
    try:
        route = resolve(request.path_info).view_name
    except Resolver404:
        return {}
    if request.method != "POST" or route not in settings.KEPT_FORM_ROUTES:
        return {}
    typed = {name: text for name, text in request.POST.dict().items() if name not in LEFT_OUT and isinstance(text, str)}
    if sum(len(name) + len(text) for name, text in typed.items()) > LONGEST:
        return {}
    return {"path": request.path, "account": str(request.user.pk or ""), "typed": typed}


def keep(request: HttpRequest, sent: Mapping[str, Any]) -> None:
    """Put what a form sent into the session that begins, or in place of what the same page sent before."""
    if sent:
        before = request.session.get(KEY, {})
        account = sent["account"] or (before.get("account", "") if before.get("path") == sent["path"] else "")
        request.session[KEY] = {**sent, "account": account}


def is_same_origin(request: HttpRequest) -> bool:
    """Whether a page of ours sent the form, by what the browser itself says."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def into(request: HttpRequest, form: Form) -> bool:
    """Put what the account had typed into the boxes of a form that is shown anew, and tell whether there was anything."""
    typed = {} if form.is_bound else take(request)
    fill(form, typed)
    return bool(typed)


def fill(form: Form, typed: Mapping[str, str]) -> None:
    """Put into the boxes of a form what was typed into them; the three boxes of a day belong together."""
    days = {
        name: [typed.get(f"{name}_{part}", "") for part in DAY_PARTS]
        for name, field in form.fields.items()
        if isinstance(field, DayField) and typed
    }
    form.initial = {**form.initial, **typed, **days}


def take(request: HttpRequest) -> dict[str, str]:
    """What the account had typed into this page; empty when nothing is kept. It is given once.

    When nobody knew any more who typed, whoever signs in next in this browser and may open the page gets it.
    """
    kept = request.session.get(KEY)
    if not kept or kept["path"] != request.path:
        return {}
    del request.session[KEY]
    return dict(kept["typed"]) if kept["account"] in {"", str(request.user.pk)} else {}
