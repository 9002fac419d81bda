"""What the person who is signed in has to file, has begun and has filed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.measures.declarations.domain import effort
from adaldyq.measures.declarations.domain.outcomes import first_day_to_file
from adaldyq.measures.declarations.domain.questions import sections_of
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries import drafts, joint, reviews, words
from adaldyq.measures.declarations.queries.drafts import Declaration, Draft, Filled, Obligation
from adaldyq.measures.declarations.queries.filers import filers
from adaldyq.measures.declarations.queries.joint import JointFiling
from adaldyq.measures.declarations.queries.non_filing import own_non_filings
from adaldyq.measures.declarations.queries.obligations import ended_of, without_obligation
from adaldyq.measures.declarations.queries.own_papers import beside_papers, paper_tasks
from adaldyq.measures.declarations.queries.terms import until
from adaldyq.measures.declarations.states import OPEN
from adaldyq.measures.declarations.views.non_filing import STATES as NON_FILING_STATES
from adaldyq.measures.declarations.views.review_words import STATES, subject_of
from adaldyq.ui.facts import Fact, Link, State, Task
from adaldyq.ui.formats.values import day

CONFLICT = 409
GIVEN_UP = "given-up"
"""In the address: a draft was just given up."""


@require_safe
def own_page(request: HttpRequest) -> HttpResponse:
    """What is to be filed and until when, drafts, and what was filed."""
    return shown(request, given_up=GIVEN_UP in request.GET)


def shown(request: HttpRequest, problem: str = "", *, given_up: bool = False) -> HttpResponse:
    """The page, with what could not be done when something could not."""
    by, today = actor_of(request.user), timezone.localdate()
    begun = {(one.form, one.year): one for one in drafts.drafts(by).filter(state=OPEN)}
    followed = own_non_filings(filer(by)) if filer(by) == by.person else {}
    owed = [
        owed_context(one, begun.pop((one.form, one.year), None), followed.pop(one.pk, None)) for one in drafts.owed(by)
    ]
    context = {
        "owed": beside_papers(owed, by),
        "amendments": [draft_context(one) for one in begun.values()],
        "follows": [non_filing_task(one) for one in followed.values()],
        "rows": filed_rows(by, today),
        "reviews": review_tasks(by),
        "papers": paper_tasks(by),
        "joint": [joint_task(one) for one in joint.asked(by)],
        "nobody": not filer(by),
        "for_another": by.acting_for,
        "problem": problem,
        "given_up": given_up,
    }
    return render(request, "declarations/own.html", context, status=CONFLICT if problem else 200)


def non_filing_task(one: Any) -> Task:
    """What followed from a declaration that was filed only afterwards, or is owed no more."""
    owed, page = one.owed, reverse("declarations-non-filing", args=[one.pk])
    return Task(f"{words.form_name(owed.form)}, {owed.year}", page, state=NON_FILING_STATES[one.state])


def joint_task(one: JointFiling) -> Task:
    """A declaration that husband or wife asks to file together."""
    draft = one.draft
    name = naming.names_of([draft.person_id]).get(draft.person_id, "")
    state = State(_("waits for you"), "work")
    if one.confirmed_at:
        same = Filled(draft).seen == one.seen
        state = State(_("confirmed"), "good") if same else State(_("changed since you confirmed it"), "attention")
    page = reverse("declarations-joint", args=[one.pk])
    return Task(f"{words.form_name(draft.form)}, {draft.year}", page, hint=name, state=state)


def review_tasks(by: Actor) -> list[Task]:
    """Reviews in which one was asked, or of which there is an outcome."""
    tasks = []
    for one in reviews.own_reviews(by):
        inquiry = reviews.waiting_inquiry(one)
        hint = _("Answer until %(day)s") % {"day": day(inquiry.due_date)} if inquiry else ""
        page = reverse("declarations-own-review", args=[one.pk])
        tasks.append(Task(subject_of(one), page, hint=hint, state=STATES[one.state]))
    return tasks


def owed_context(owed: Obligation, draft: Draft | None, follows: Any = None) -> dict[str, Any]:
    """An obligation: until when, how far its draft is, how long it takes.

    Args:
        follows: what followed because it was not filed; none when nothing did.
    """
    today, opens = timezone.localdate(), first_day_to_file(owed.year)
    late, early = owed.due_date < today, today < opens
    facts = (
        [Fact(_("First day to file"), opens, kind="day", hint=_("When the declared year is over."))] if early else []
    )
    facts.append(
        Fact(_("Last day to file"), owed.due_date, kind="day", hint=_("Until midnight of the country’s own clock."))
    )
    if late:
        told = _("It can still be filed, and counts as late.")
        facts.append(Fact(_("State"), State(_("The last day has passed"), "bad"), hint=told))
    elif draft is None and not early:
        facts.append(Fact(_("State"), State(_("Not begun"), "open")))
    if follows is not None:
        page = reverse("declarations-non-filing", args=[follows.pk])
        facts.append(Fact(_("What follows"), Link(NON_FILING_STATES[follows.state].word, page)))
    if draft is not None:
        facts += draft_facts(Filled(draft))
    else:
        minutes = effort.usual_minutes(len(sections_of(owed.form)))
        facts.append(Fact(_("How long it takes"), _("About %(minutes)s min.") % {"minutes": minutes}))
    return {
        "title": f"{words.form_name(owed.form)}, {owed.year}",
        "facts": facts,
        "draft": draft,
        "begin": "" if early else reverse("declarations-begin", args=[owed.pk]),
    }


def draft_context(draft: Draft) -> dict[str, Any]:
    """An amendment that is begun, or a draft of what need not be filed any more."""
    return {
        "title": f"{words.form_name(draft.form)}, {draft.year}",
        "facts": [*ended_facts(draft), *draft_facts(Filled(draft))],
        "ended": without_obligation(draft),
        "draft": draft,
    }


def ended_facts(draft: Draft) -> list[Fact]:
    """That a draft need not be filed any more, and why."""
    if not without_obligation(draft):
        return []
    ended = ended_of(draft)
    return [
        Fact(_("State"), State(_("You need not file it any more"), "closed"), hint=ended.why_ended if ended else "")
    ]


def draft_facts(filled: Filled) -> list[Fact]:
    """How far a draft is."""
    done = _("%(done)s of %(all)s sections are complete") % {"done": filled.done, "all": len(filled.sections)}
    return [
        Fact(_("Draft"), done),
        Fact(_("Last written"), filled.draft.changed_at, kind="moment"),
        Fact(_("How long it takes"), _("About %(minutes)s min. more") % {"minutes": filled.minutes}),
    ]


def filed_rows(by: Actor, today: date) -> list[tuple[Declaration, str, date | None, str]]:
    """What was filed: its form, until when it is kept, and who filed it."""
    filed = list(drafts.filed_by(by))
    by_whom = filers(filed)
    return [(one, words.form_name(one.form), until(one.year, today).kept, by_whom.get(one.pk, "")) for one in filed]
