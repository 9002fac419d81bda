"""Answers the script that keeps what is typed into an entry after a pause. Whoever has no script saves by the button."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.problems import sentence
from adaldyq.measures.declarations.actions import filing
from adaldyq.measures.declarations.domain.typed import Typing
from adaldyq.measures.declarations.queries.drafts import Draft, Filled
from adaldyq.measures.declarations.states import FILED, SET_ASIDE
from adaldyq.measures.declarations.views import rows

JSON = "application/json"
UNPROCESSABLE, CONFLICT = 422, 409


def asks(request: HttpRequest) -> bool:
    """Whether the script sent the form, which wants no page."""
    return request.headers.get("Accept", "") == JSON


def kept(request: HttpRequest, draft: Draft, typing: Typing) -> JsonResponse:
    """Keep a row as the button would, and say at what time, what is wrong in it and what its section adds up to; or why not.

    Raises:
        PermissionDenied: the draft is somebody else's.
    """
    now = timezone.now()
    try:
        row = filing.save_row(draft=draft, typing=typing, by=actor_of(request.user), at=now)
    except NotAllowed as refused:
        raise PermissionDenied from refused
    except DomainError as error:
        return not_kept(draft, error)
    clock = time_format(timezone.localtime(now), "TIME_FORMAT")
    part = Filled(draft, row.section).sections[0]
    values = [one.reading.values for one in part.rows]
    sums = ". ".join(filter(None, (rows.sums_of(row.section, values), rows.converted(row.section, values, draft.year))))
    together = " ".join((_("Together:"), sums)) if sums else ""
    parts = [_("Saved at %(time)s.") % {"time": clock}, together]
    problems = [problem for one in part.rows if one.row.pk == row.pk for problem in one.reading.problems]
    missing = [one.field for one in problems if one.code == "declared-missing"]
    wrong = {str(one.field): sentence(one) for one in problems if one.field not in missing}
    message = " ".join(filter(None, parts))
    return JsonResponse({"message": message, "wrong": wrong, "missing": missing, "revision": row.revision})


def not_kept(draft: Draft, error: DomainError) -> JsonResponse:
    """Why a row was not kept, and that the script rests when the button has to be used."""
    told = {
        "draft-row-changed": _("Not saved, because it was changed in another window. Save to see both."),
        filing.REMOVED: _(
            "Not saved, because this entry was removed in another window. Use the button: you can add it anew."
        ),
    }
    message = told.get(error.code) or closed_meanwhile(draft, error) or sentence(error)
    conflict = isinstance(error, Conflict) or error.code in told
    return JsonResponse({"message": message}, status=CONFLICT if conflict else UNPROCESSABLE)


def closed_meanwhile(draft: Draft, error: DomainError) -> str:
    """What became of a draft that took a row no more, in words; empty when that was not the reason."""
    if not isinstance(error, Conflict):
        return ""
    draft.refresh_from_db(fields=["state"])
    if draft.state == FILED:
        return _("The declaration was filed meanwhile, without what stands here. Amend it to add this.")
    if draft.state == SET_ASIDE:
        return _("The draft was given up meanwhile, in another window. Copy what stands here, and begin it again.")
    return ""
