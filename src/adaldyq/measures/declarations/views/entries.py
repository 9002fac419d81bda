"""The page on which a person fills in one entry of a declaration, and what it says when the entry changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any
from urllib.parse import parse_qsl

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from adaldyq.base.errors import Conflict, DomainError, NotAllowed
from adaldyq.kernel import kept_forms
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.declarations.actions import filing
from adaldyq.measures.declarations.domain.checks import read_row
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.domain.typed import Typing, boxes_of
from adaldyq.measures.declarations.forms import RowForm
from adaldyq.measures.declarations.queries import attachments, drafts, words
from adaldyq.measures.declarations.queries.drafts import Draft, DraftRow, Filled, FilledRow, FilledSection
from adaldyq.measures.declarations.states import OPEN
from adaldyq.measures.declarations.views import autosave, rows, section_list
from adaldyq.measures.declarations.views.drafts import CONFLICT, UNPROCESSABLE, elsewhere, own_draft, section_of
from adaldyq.measures.declarations.views.limits import above_most, help_of

LONGEST_REVISION = 9
UNANSWERED, MOST_UNANSWERED, MOST_BOXES = "unanswered", 3, 200
"""The hidden box in which a page says what it sent before without an answer; how often, and with how many boxes."""


@require_http_methods(["GET", "HEAD", "POST"])
def row_page(request: HttpRequest, draft_id: str, section: str, row_id: str) -> HttpResponse:
    """An entry: its boxes, kept as they were typed, with what is wrong beside each."""
    draft, sent = own_draft(request, draft_id), request.method == "POST"
    typed = request.POST.dict() if sent else kept_forms.take(request)
    if not sent and not typed and (away := elsewhere(draft)) is not None:
        return away
    if section not in map(attrgetter("name"), sections_of(draft.form)):
        raise Http404(section)
    typing, problem = typing_of(typed, section, row_id, unanswered_in(request, typed)), None
    if sent and not boxes_of(section) & typed.keys():
        raise BadRequest(section)
    if sent and autosave.asks(request):
        return autosave.kept(request, draft, typing)
    filled = Filled(draft, section, owner=typed.get("owner", ""))
    part = section_of(filled, section)
    row = next((one.row for one in part.rows if one.row.pk == row_id), None)
    if sent:
        row, problem = saved(request, draft, typing, row)
    elif typed:
        problem = changed_meanwhile(draft, row, typing)
    row_form = partial(RowForm, section, filled.asked, public=drafts.is_public(draft))
    boxes = (typed,) if typed else (row.typed, rows.sources_in_words(row, draft)) if row else ()
    form = row_form(*boxes, untouched=not typed and row is not None and row.revision == 1 and bool(row.origin))
    if sent and problem is None and form.is_valid():
        return redirect(after_row(draft, part, row_id))
    status = refused(form, draft, problem) if problem else UNPROCESSABLE if sent else 200
    kept = FilledRow(row, read_row(section, row.typed, filled.asked)) if status == CONFLICT and row else None
    context = {
        **row_context(draft, part, row),
        "source": rows.source_of_all(row, draft) if row and not typed else "",
        "unsaved": bool(typed) and not sent,
        "form": form,
        "kept": rows.facts_of(kept, draft) if kept else None,
        "stays": status == UNPROCESSABLE and row is not None,
        "removed": problem is not None and problem.code == filing.REMOVED,
    }
    return render(request, "declarations/draft_row.html", context, status=status)


def unanswered_in(request: HttpRequest, typed: Mapping[str, str]) -> Sequence[str]:
    """What the page sent before without an answer; of what was typed before a sign-in ended, the last of it."""
    return request.POST.getlist(UNANSWERED) or [typed.get(UNANSWERED, "")]


def saved(
    request: HttpRequest, draft: Draft, typing: Typing, row: DraftRow | None
) -> tuple[DraftRow | None, DomainError | None]:
    """Keep an entry; it as it is kept now, and why not what was typed.

    Args:
        row: the entry as it was before; none when there was none.
    """
    try:
        return filing.save_row(draft=draft, typing=typing, by=actor_of(request.user), at=timezone.now()), None
    except DomainError as error:
        return None if error.code == filing.REMOVED else row, error


def changed_meanwhile(draft: Draft, row: DraftRow | None, typing: Typing) -> DomainError | None:
    """Why what was typed before a sign-in ended cannot simply be saved, as on another device; none when it can."""
    if draft.state != OPEN:
        return Conflict("declarations.draft.save_row", draft.state)
    if row is None:
        return DomainError(filing.REMOVED) if typing.revision else None
    now, then = ({box: text.get(box, "") for box in boxes_of(typing.section)} for text in (row.typed, typing.typed))
    changed = row.revision != typing.revision and now != then and not filing.is_own(row, typing)
    return DomainError("draft-row-changed") if changed else None


def after_row(draft: Draft, part: FilledSection, row_id: str) -> str:
    """Address of the next entry to mend for whoever has just mended one, such as sums of accounts; else of the entries.

    Args:
        part: the section as it was before.
    """
    section = part.section.name
    wrong = [one.row.pk for one in part.rows if needs_boxes(one)]
    if row_id in wrong and (left := wrong[wrong.index(row_id) + 1 :]):
        return reverse("declarations-draft-row", args=[draft.pk, section, left[0]])
    return section_list.page_of(draft, part, row_id)


def needs_boxes(one: FilledRow) -> bool:
    """Whether an entry is mended in its own boxes, and not by a document."""
    return any(problem.field != attachments.FIELD for problem in one.reading.problems)


def row_context(draft: Draft, part: FilledSection, row: DraftRow | None) -> dict[str, Any]:
    """What the page of a row says around its form."""
    return {
        "draft": draft,
        "form_title": words.form_name(draft.form),
        "title": _(part.section.title),
        "section": part.section.name,
        "help": help_of(part.section.name, draft.year),
        "above": above_most(part.section.name, [one.reading.values for one in part.rows], draft.year),
        "row": row,
        "place": next((place for place, one in enumerate(part.rows, 1) if row and one.row.pk == row.pk), 0),
        "all": len(part.rows),
        "revision": row.revision if row else 0,
        "claim": rows.claim_link(row, draft.person_id) if row else None,
    }


def refused(form: RowForm, draft: Draft, error: DomainError) -> int:
    """Say on the form why it was not kept, and give the status of the answer.

    Raises:
        PermissionDenied: the draft is somebody else's.
    """
    if isinstance(error, NotAllowed):
        raise PermissionDenied from error
    if closed := autosave.closed_meanwhile(draft, error):
        form.add_error(None, closed)
    else:
        form.refuse(error)
    return CONFLICT if error.code in {"draft-row-changed", filing.REMOVED, "conflict"} else UNPROCESSABLE


def typing_of(typed: Mapping[str, str], section: str, row_id: str, unanswered: Sequence[str] = ()) -> Typing:
    """What was typed, and over which state of the row.

    Args:
        unanswered: what the page sent before, each as a form is sent.
    """
    text = typed.get("revision", "")
    revision = int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_REVISION else 0
    return Typing(section, row_id, typed, revision, [*map(boxes_sent, unanswered[-MOST_UNANSWERED:])])


def boxes_sent(text: str) -> dict[str, str]:
    """The boxes of a form as it was sent; none when it was none."""
    try:
        return dict(parse_qsl(text, max_num_fields=MOST_BOXES))
    except ValueError:
        return {}
