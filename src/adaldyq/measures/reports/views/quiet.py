"""How pages of reporters are answered: nothing is kept by the browser, and their length tells nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, time
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from adaldyq.base.cut import STALLED
from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.problems import sentence
from adaldyq.measures.reports.actions.filing import NOBODY
from adaldyq.measures.reports.adapters.arrival import SealingHandler
from adaldyq.measures.reports.forms.said import MOST_FILES
from adaldyq.measures.reports.queries.named import told_to_scripts
from adaldyq.measures.reports.views.crowds import AWAY, PassingOver, is_full
from adaldyq.measures.reports.views.cut import cut_short, said_of_cut
from adaldyq.ui.quiet import Answer, answer_quietly

__all__ = ["NOBODY"]  # who acts on these pages

View = Callable[[HttpRequest], Answer]
LARGEST_IN_ALL = 50_000_000
LARGEST_FORM = 30_000
"""Bytes of the form that nobody has filled in, without the list of names."""
OF_THE_SERVER = frozenset({STALLED, AWAY, HTTPStatus.INSUFFICIENT_STORAGE})
"""The connection stood still, too many wait, there is no room."""


def quiet(view: View) -> View:
    """A page for reporters: whoever is signed in is not asked, files are sealed as they arrive.

    No cookie protects the form, since it would be kept by the browser: what the page carries does (`adapters.carried`),
    which another site cannot know.
    """

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest) -> Answer:
        passed_over = is_full(request) or cut_short(request)
        request.upload_handlers = [PassingOver() if passed_over else SealingHandler(LARGEST_IN_ALL, MOST_FILES)]
        return answer_quietly(view, request, least=length_of_form)

    answered.reads_cut = True  # type: ignore[attr-defined]  # what `portal.errors.CutShort` asks for
    return answered


def length_of_form() -> int:
    """Bytes that the longest of these pages may have: the form, which holds the list of names that a script looks for."""
    return LARGEST_FORM + len(json.dumps(told_to_scripts(timezone.localdate())))


def alike(view: View) -> View:
    """A quiet page whose answers have one status and heads of one length, whatever came of what was sent.

    The status line stands beside the padded body: it would tell a phrase that was right from one that was not. Only what
    the server says of itself, before it looks at what was sent, has a status of its own (`OF_THE_SERVER`).
    """
    whole = quiet(view)

    @csrf_exempt
    @wraps(whole)
    def answered(request: HttpRequest) -> Answer:
        answer = whole(request)
        if answer.status_code not in OF_THE_SERVER:
            answer.status_code = HTTPStatus.OK
        return answer

    return answered


def beginning_of_today() -> datetime:
    """Midnight of the country's day: the only instant that acts of reporters are given."""
    today = timezone.localdate()
    return timezone.make_aware(datetime.combine(today, time.min), naming.pack().zone)


def not_taken(request: HttpRequest, too_large: str) -> list[str]:
    """What is said of files of a form that were not taken; nothing when all were.

    Args:
        too_large: what is said when they were more than is taken.
    """
    if cut := cut_short(request):
        return said_of_cut(cut, too_large)
    handlers = [one for one in request.upload_handlers if isinstance(one, SealingHandler)]
    said = [too_large] if any(one.too_large for one in handlers) else []
    said += [sentence(DomainError("storage-full")) for one in handlers if one.no_room]
    return [*said, *(sentence(refused) for one in handlers for refused in one.refused)]
