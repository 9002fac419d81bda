"""Pages on which a person fills in a declaration: what is to be filed, the list of sections, a section."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from adaldyq.base.errors import DomainError, NotAllowed
from adaldyq.base.ids import new_id
from adaldyq.kernel import naming
from adaldyq.kernel.acting import for_another
from adaldyq.kernel.actor import actor_of
from adaldyq.kernel.problems import sentence
from adaldyq.measures.declarations.actions import filing, opening
from adaldyq.measures.declarations.domain.questions import MOST_ROWS, sections_of
from adaldyq.measures.declarations.queries import attachments, drafts, joint, words
from adaldyq.measures.declarations.queries.drafts import (
    COMPLETE,
    NOTHING,
    Draft,
    Filled,
    FilledRow,
    FilledSection,
)
from adaldyq.measures.declarations.queries.filing import overtaken_by
from adaldyq.measures.declarations.queries.obligations import ended_of, without_obligation
from adaldyq.measures.declarations.states import FILED, OPEN
from adaldyq.measures.declarations.views import document_facts, mine, news, rows, section_list
from adaldyq.measures.declarations.views.limits import above_most, help_of
from adaldyq.ui.facts import Link, State, Task

UNPROCESSABLE, CONFLICT = 422, 409


def own_draft(request: HttpRequest, draft_id: str) -> Draft:
    """The draft that a page is about.

    Raises:
        Http404: there is none, or it is somebody else's; `ForAnother` when one may act for them, or could.
    """
    by = actor_of(request.user)
    found = drafts.draft_of(by, draft_id)
    if found is None:
        match, sent = request.resolver_match, request.POST.dict()
        typed = rows.typed_words(str(match.kwargs.get("section", "")) if match else "", sent)
        person = drafts.person_of(draft_id)
        raise for_another(by, person, typed, day=timezone.localdate()) or Http404(draft_id)
    return found


def elsewhere(draft: Draft) -> HttpResponse | None:
    """Where a draft that is not open any more leads to."""
    if draft.state == FILED and draft.declaration_id:
        return redirect("declarations-filed", draft.declaration_id)
    return None if draft.state == OPEN else redirect("declarations-mine")


def section_of(filled: Filled, name: str) -> FilledSection:
    """A section of a draft.

    Raises:
        Http404: the form does not ask for it.
    """
    part = filled.section(name)
    if part is None:
        raise Http404(name)
    return part


@require_POST
def begin(request: HttpRequest, obligation_id: str) -> HttpResponse:
    """Open the draft that answers an obligation, or the one that is open; of what was filed elsewhere, say that it was."""
    by = actor_of(request.user)
    found = drafts.duties(by).filter(pk=obligation_id).first()
    if found is None:
        raise Http404(obligation_id)
    return opened(request, lambda: opening.open_draft(obligation=found, by=by, at=timezone.now()))


@require_POST
def amend(request: HttpRequest, declaration_id: str) -> HttpResponse:
    """Open the draft of a next version of a declaration."""
    by = actor_of(request.user)
    found = drafts.filed_by(by).filter(pk=declaration_id).first()
    if found is None:
        raise Http404(declaration_id)
    return opened(request, lambda: opening.open_amendment(declaration=found, by=by, at=timezone.now()))


def opened(request: HttpRequest, open_it: Any) -> HttpResponse:
    """Lead to the draft, or to the list, which says why it cannot be opened."""
    try:
        draft = open_it()
    except NotAllowed as refused:
        raise PermissionDenied from refused
    except DomainError as error:
        return mine.shown(request, sentence(error))
    return redirect("declarations-draft", draft.pk)


@require_safe
def draft_page(request: HttpRequest, draft_id: str) -> HttpResponse:
    """The sections of a draft, and how far each is."""
    draft = own_draft(request, draft_id)
    if (away := elsewhere(draft)) is not None:
        return away
    filled = Filled(draft)
    context = {
        "draft": draft,
        "filled": filled,
        "form_title": words.form_name(draft.form),
        "tasks": [task_of(draft, part) for part in filled.sections],
        "told": any(one.row.origin for part in filled.sections for one in part.rows),
        "empty": len(drafts.untouched(filled)),
        **joint_context(draft, filled),
        "without": without_obligation(draft),
        "ended": ended_of(draft) if without_obligation(draft) else None,
    }
    return render(request, "declarations/draft.html", context)


def joint_context(draft: Draft, filled: Filled) -> dict[str, Any]:
    """With whom the draft is filed together, or may be, and what was filed meanwhile."""
    found = joint.joint_of(draft)
    other = found.person if found else joint.spouse_for(draft)
    name = naming.names_of([other.pk]).get(other.pk, "") if other else ""
    confirmed = bool(found and found.seen == filled.seen)
    return {
        "joint": found,
        "joint_name": name,
        "joint_confirmed": confirmed,
        "signed_as": joint.signed_as(found, filled.seen),
        "waits": found is not None and not confirmed,
        "overtaken": overtaken_by(draft),
    }


def task_of(draft: Draft, part: FilledSection) -> Task:
    """A section as a task."""
    href = reverse("declarations-draft-section", args=[draft.pk, part.section.name])
    count = len(part.rows)
    hint = ngettext("%(count)s entry", "%(count)s entries", count) % {"count": count} if count else ""
    return Task(_(part.section.title), href, ". ".join(filter(None, (hint, news.of_section(part)))), state_of(part))


def state_of(part: FilledSection) -> State:
    """How far a section is."""
    if part.wrong:
        return State(_("To mend: %(count)s") % {"count": part.wrong}, "attention")
    if part.done:
        return State(_("Complete") if part.rows else _("Nothing to declare"), "good")
    return State(_("To look through"), "work") if part.rows else State(_("Not begun"), "open")


@require_http_methods(["GET", "HEAD", "POST"])
def section_page(request: HttpRequest, draft_id: str, section: str) -> HttpResponse:
    """The rows of a section, and the answer that they are all or that there is nothing."""
    draft = own_draft(request, draft_id)
    if (away := elsewhere(draft)) is not None:
        return away
    if section not in {one.name for one in sections_of(draft.form)}:
        raise Http404(section)
    problem = answer_given(request, draft, section) if request.method == "POST" else ""
    part = section_of(Filled(draft, section), section)
    names = [one.name for one in sections_of(draft.form)]
    if request.method == "POST" and not problem and part.done:
        return redirect(after(draft, section))
    context = {
        "draft": draft,
        "form_title": words.form_name(draft.form),
        "title": _(part.section.title),
        "help": help_of(section, draft.year),
        "above": above_most(section, [one.reading.values for one in part.rows], draft.year),
        "part": part,
        "place": names.index(section) + 1,
        "all": len(names),
        "state": state_of(part),
        **(shown := section_list.listed(request, part)),
        "cards": [card_of(one, draft, place) for place, one in shown["entries"]],
        "news": news.of_section(part),
        "sums": rows.sums_of(section, [one.reading.values for one in part.rows]),
        "converted": rows.converted(section, [one.reading.values for one in part.rows], draft.year),
        "add": ""
        if len(part.rows) >= MOST_ROWS
        else reverse("declarations-draft-row", args=[draft.pk, section, new_id()]),
        "most": MOST_ROWS,
        "problem": problem,
        "mend": to_mend(draft, part) if request.method == "POST" and not problem else None,
    }
    return render(request, "declarations/draft_section.html", context, status=CONFLICT if problem else 200)


def answer_given(request: HttpRequest, draft: Draft, section: str) -> str:
    """Keep what is said of a section; why it was not kept, when it was not."""
    answer = COMPLETE if request.POST.get("answer") == COMPLETE else NOTHING
    try:
        filing.answer_section(draft=draft, section=section, answer=answer, by=actor_of(request.user), at=timezone.now())
    except DomainError as error:
        return sentence(error)
    return ""


def after(draft: Draft, section: str = "") -> str:
    """Address of the next section of which nothing was said yet, in the order of the form; of the list when none is left.

    Args:
        section: from which one comes; none at the beginning of the form.
    """
    names = [one.name for one in sections_of(draft.form)]
    here = names.index(section) if section else -1
    answered = drafts.answered(draft)
    left = (name for name in names[here + 1 :] + names[: max(here, 0)] if name not in answered)
    following = next(left, "")
    if following:
        return reverse("declarations-draft-section", args=[draft.pk, following])
    return f"{reverse('declarations-draft', args=[draft.pk])}#task-list"


def to_mend(draft: Draft, part: FilledSection) -> Link | None:
    """What keeps a section from being complete, as a link to the first entry of it; none when nothing is wrong in one."""
    first = next((one for one in part.rows if one.reading.problems), None)
    if first is None:
        return None
    told = ngettext("One entry has to be mended first.", "%(count)s entries have to be mended first.", part.wrong) % {
        "count": part.wrong
    }
    row = reverse("declarations-draft-row", args=[draft.pk, part.section.name, first.row.pk])
    in_boxes = any(problem.field != attachments.FIELD for problem in first.reading.problems)
    return Link(told, row if in_boxes else document_facts.place_of(draft, first))


def card_of(one: FilledRow, draft: Draft, place: int) -> dict[str, Any]:
    """A row as a card with what may be done about it."""
    return {
        "title": rows.row_title(one.row.section, one.reading.values, place),
        "facts": [*rows.facts_of(one, draft), *document_facts.facts_of(one.documents, one.attached)],
        "documents": document_facts.place_of(draft, one) if one.documents or one.attached else "",
        "source": rows.source_of_all(one.row, draft),
        "change": news.mark(one.row),
        "wrong": bool(one.reading.problems),
        "href": reverse("declarations-draft-row", args=[draft.pk, one.row.section, one.row.pk]),
        "remove": reverse("declarations-draft-row-remove", args=[draft.pk, one.row.section, one.row.pk]),
        "claim": rows.claim_link(one.row, draft.person_id),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def remove_page(request: HttpRequest, draft_id: str, section: str, row_id: str) -> HttpResponse:
    """Ask once, then take a row out."""
    draft = own_draft(request, draft_id)
    part = section_of(Filled(draft, section), section)
    place, one = next(((number, each) for number, each in enumerate(part.rows, 1) if each.row.pk == row_id), (0, None))
    back = section_list.page_of(draft, part, row_id)
    if one is None or draft.state != OPEN:
        return redirect(back)
    if request.method == "POST":
        try:
            filing.remove_row(row=one.row, by=actor_of(request.user), at=timezone.now())
        except DomainError as error:
            return render(
                request,
                "declarations/draft_remove.html",
                remove_context(one, draft, place, sentence(error)),
                status=CONFLICT,
            )
        return redirect(back)
    return render(request, "declarations/draft_remove.html", remove_context(one, draft, place, ""))


def remove_context(one: FilledRow, draft: Draft, place: int, problem: str) -> dict[str, Any]:
    """What the page that asks once is made of."""
    card = card_of(one, draft, place)
    back = reverse("declarations-draft-section", args=[draft.pk, one.row.section])
    return {"card": card, "draft": draft, "back": back, "problem": problem, "form_title": words.form_name(draft.form)}


@require_http_methods(["GET", "HEAD", "POST"])
def set_aside_page(request: HttpRequest, draft_id: str) -> HttpResponse:
    """Ask once, then give a draft up."""
    draft = own_draft(request, draft_id)
    if (away := elsewhere(draft)) is not None:
        return away
    if request.method == "POST":
        try:
            filing.set_aside(draft=draft, by=actor_of(request.user), at=timezone.now())
        except DomainError:
            return redirect("declarations-draft", draft.pk)
        return redirect(f"{reverse('declarations-mine')}?{mine.GIVEN_UP}=1")
    context = {"draft": draft, "form_title": words.form_name(draft.form), "without": without_obligation(draft)}
    return render(request, "declarations/draft_set_aside.html", context)
