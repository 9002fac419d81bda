"""One's own applications, and the page of one: its tasks while it is a draft, then what happened and what happens next."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.reads import note
from adaldyq.measures.permits import policies
from adaldyq.measures.permits.domain.procedures import participant_of
from adaldyq.measures.permits.queries import applications
from adaldyq.measures.permits.queries.appeals import hears
from adaldyq.measures.permits.queries.application_words import (
    APPLICATION_WORDS,
    FACT_WORDS,
    FEE_WORDS,
    HAPPENED_TO_IT,
    LOOKS,
    PART_WORDS,
    PURPOSE_WORDS,
    SETTLED,
)
from adaldyq.measures.permits.queries.applying import missing_of
from adaldyq.measures.permits.queries.conflicts import hindrance, is_biased
from adaldyq.measures.permits.queries.held import held, papers_of, to_bring
from adaldyq.measures.permits.queries.licences import licence_of
from adaldyq.measures.permits.queries.procedures import content_of
from adaldyq.measures.permits.queries.words import held_words
from adaldyq.ui.facts import Fact, Happening, State, Task
from adaldyq.ui.tables import Column, Table, sorted_page

KIND = "permit_application"
DRAFT, UNDER_WAY, PAUSED, RETURNED, REFUSED, APPEALED = (
    "draft", "under_way", "paused", "returned", "refused", "appealed",
)  # fmt: skip


def state_of(row: Any) -> State:
    """How far an application is."""
    return State(APPLICATION_WORDS[row.state], LOOKS.get(row.state, "closed"))  # type: ignore[arg-type]  # a look


def name_of(row: Any) -> str:
    """What an application is for."""
    return naming.spoken(row.entry.names, row.entry.number)


@require_safe
def own_page(request: HttpRequest) -> HttpResponse:
    """Applications of those for whom the visitor acts."""
    by, today = actor_of(request.user), timezone.localdate()
    columns = [
        Column("number", _("Number"), value=lambda row: row.number or _("Draft"), sort="number"),
        Column("name", _("For what"), value=name_of, link=lambda row: reverse("permits-application", args=[row.pk])),
        Column("applicant", _("Applicant"), value=lambda row: row.applicant_name),
        Column("state", _("State"), value=state_of, sort="state"),
        Column("due", _("Last day"), kind="day", value=lambda row: row.due_date, sort="due_date"),
        Column("left", _("Working days left"), kind="number", value=lambda row: applications.days_left(row, today)),
    ]
    page = sorted_page(request, applications.own(by, today), columns, default="-created_at")
    empty = _("You have applied for nothing yet.")
    table = Table(_("My applications for permits"), columns, page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "permits/applications.html", {"table": table})


def seen(request: HttpRequest, key: str) -> Any:
    """An application that the visitor may see; whoever sees it for a body leaves a row in the log of reads.

    Raises:
        Http404: there is none, or it is none of the visitor's business.
    """
    by, one = actor_of(request.user), applications.application(key)
    if one is None or not applications.visible(by, one):
        raise Http404(key)
    if not policies.stands_for(by, one):
        note(request, KIND, [(one.pk, one.person_id or "")])
    return one


@require_safe
def application_page(request: HttpRequest, application_id: str) -> HttpResponse:
    """One application, as the visitor's side sees it.

    Raises:
        Http404: as `seen`.
    """
    return shown(request, seen(request, application_id))


def shown(request: HttpRequest, one: Any, status: int = HTTPStatus.OK) -> HttpResponse:
    """The page of an application that the visitor may see."""
    by, at = actor_of(request.user), timezone.now()
    mine = policies.stands_for(by, one)
    context: dict[str, Any] = {"application": one, "name": name_of(one), "state": state_of(one), "mine": mine}
    if one.state == DRAFT:
        context["tasks"] = tasks_of(one, day_of(at))
        context["ready"] = not missing_of(one, day_of(at)) and bool(one.company_id or one.person_id)
        return render(request, "permits/application_draft.html", context, status=status)
    hindered = hindrance_of(by, one, at)
    context |= {
        "facts": facts_of(one, at),
        "answers": answers_of(one),
        "held": held_facts(one.held, one),
        "papers": papers(one),
        "grounds": [cited(one, each) for each in one.grounds],
        "defects": [cited(one, each) for each in one.defects],
        "timeline": [happening(event, one) for event in applications.timeline(one)],
        "next": next_words(one),
        "resend": mine and one.state == RETURNED and applications.is_needed(one),
        "licence": licence_of(one.pk),
        "does": acts_for(by, one, at),
        "hindered": sentence(DomainError(hindered)) if hindered else "",
    }
    return render(request, "permits/application.html", context, status=status)


def tasks_of(one: Any, day: Any) -> list[Task]:
    """The subjects of a draft with how far each is."""
    lacking = set(missing_of(one, day))
    done, todo = State(_("Answered"), "good"), State(_("To do"), "open")
    parts = ["applicant"] + (["subtypes"] if one.version.subtypes else []) + ["address"]
    parts += ["requirements"] if one.version.requirements else []
    found = []
    for part in parts:
        ready = bool(one.company_id or one.person_id) if part == "applicant" else part not in lacking
        href = reverse("permits-application-part", args=[one.pk, part])
        found.append(Task(PART_WORDS[part], href, state=done if ready else todo))
    if any(paper["held_by"] for paper in papers_of(one.version)):
        href = reverse("permits-application-held", args=[one.pk])
        found.append(Task(PART_WORDS["held"], href, hint=_("You need not bring it."), state=done))
    if to_bring(one, day):
        href = reverse("permits-application-papers", args=[one.pk])
        found.append(Task(PART_WORDS["documents"], href, state=todo if "documents" in lacking else done))
    return found


def facts_of(one: Any, at: datetime) -> list[Fact]:
    """What an application is and how far."""
    today = day_of(at)
    left = applications.days_left(one, today)
    hint = _("%(days)s working days are left.") % {"days": left} if left is not None else ""
    fee_hint = _("Number of the invoice: %(number)s") % {"number": one.invoice_number} if one.invoice_number else ""
    step = applications.step_now(one)
    facts = [
        Fact(_("State"), state_of(one)),
        Fact(_("Number"), one.number),
        Fact(_("For what"), name_of(one), href=reverse("permits-entry", args=[one.entry.number])),
        Fact(_("Kind"), PURPOSE_WORDS[one.purpose]),
        Fact(_("Applicant"), one.applicant_name),
        Fact(_("Number in the register"), one.applicant_identifier),
        Fact(_("Body"), naming.spoken(one.body.names, one.body.name)),
        Fact(_("Step"), naming.spoken(step.names, step.id) if step else ""),
        Fact(_("Last day"), one.due_date, kind="day", hint=hint),
        Fact(_("Fee"), one.fee, kind="money", currency=one.currency),
        Fact(_("How the fee stands"), fee_words(one), hint=fee_hint),
        Fact(
            _("Procedure"),
            _("version %(version)s") % {"version": one.procedure.version},
            href=reverse("permits-procedure", args=[one.entry.number]),
        ),
        Fact(_("Reasons"), one.reasons),
        Fact(_("Appeal"), one.appeal_words),
        Fact(_("Decision about the appeal"), one.appeal_reasons),
    ]
    return [fact for fact in facts if fact.value not in (None, "")]


def fee_words(one: Any) -> object:
    """How the fee stands; of what has ended without it nothing is to be paid any more."""
    if applications.is_withdrawn_fee(one):
        return _("Nothing is to be paid: the invoice was withdrawn")
    return FEE_WORDS[one.fee_state]


def answers_of(one: Any) -> list[Fact]:
    """What the applicant said."""
    version, said = one.version, one.answers
    kinds = ", ".join(naming.spoken(version.subtypes[place]) for place in said.get("subtypes", ()))
    found = [Fact(PART_WORDS["subtypes"], kinds), Fact(PART_WORDS["address"], said.get("address", ""))]
    texts = said.get("requirements", {})
    found += [Fact(naming.spoken(names), texts.get(str(place), "")) for place, names in enumerate(version.requirements)]
    return [fact for fact in found if fact.value]


def held_facts(listed: list[dict[str, Any]], one: Any) -> list[tuple[str, str, list[Fact]]]:
    """What registers hold: of which document, which register, and its facts."""
    found = []
    for each in listed:
        names = one.version.documents[each["place"]]["names"]
        facts = [Fact(FACT_WORDS.get(kind, kind), value) for kind, value in each["lines"]]
        found.append((naming.spoken(names), held_words(each["register"]), facts))
    return found


def papers(one: Any) -> list[tuple[str, Any]]:
    """Documents that were brought, with what each is."""
    listed = one.papers.select_related("upload").order_by("place", "added_at")
    return [(naming.spoken(one.version.documents[each.place]["names"]), each) for each in listed]


def cited(one: Any, each: dict[str, Any]) -> tuple[str, str]:
    """A requirement or document that was cited, with the words about it."""
    listed = one.version.requirements if each["kind"] == "requirement" else [d["names"] for d in one.version.documents]
    return naming.spoken(listed[each["place"]]), each["words"]


def happening(event: Any, one: Any) -> Happening:
    """An entry of the timeline; steps and answers as the procedure calls them."""
    names = applications.answer_names(one)
    step = naming.spoken(names[event.step, ""]) if (event.step, "") in names else ""
    answer = naming.spoken(names[event.step, event.answer]) if (event.step, event.answer) in names else ""
    causes = naming.code_titles("permit_pause")
    title = f"{step}: {answer}" if step and answer else str(HAPPENED_TO_IT.get(event.happened, event.happened))
    text = ": ".join(filter(None, (str(causes.get(event.answer, "")) if event.happened == PAUSED else "", event.words)))
    return Happening(title, event.at, text=text)


def next_words(one: Any) -> str:
    """What happens next, in a sentence."""
    if one.state == UNDER_WAY:
        return turn_words(one)
    if one.state in SETTLED and licence_of(one.pk) is None:
        return _("It is granted. The licence is issued by itself as soon as the fee is paid.")
    if one.state in {REFUSED, RETURNED} and not applications.is_needed(one):
        return _("The permit was abolished: you need it no longer, and there is nothing to send again.")
    listed = _("It stands in the public register. Print it, or show its code.")
    words = {
        PAUSED: _("Do what the body asked for and say so here. Until then its days stand still."),
        RETURNED: _(
            "Send it again with what was missing: only what this notice names may be asked for. You may also appeal."
        ),
        REFUSED: _("You may appeal to another body, or apply again once the requirements are met."),
        APPEALED: _("Another body decides about your appeal."),
        **dict.fromkeys(SETTLED, listed),
    }
    return words.get(one.state, "")


def turn_words(one: Any) -> str:
    """Whose turn it is, and what follows when nobody takes it."""
    step = applications.step_now(one)
    who = participant_of(content_of(one.procedure), step) if step else None
    said = _("Now it is the turn of: %(who)s.") % {"who": naming.spoken(who.names) if who else ""}
    if one.version.silence_is_consent and one.due_date:
        return f"{said} " + _("If nobody decides by the last day, it counts as granted by itself.")
    return f"{said} " + _("You hear of it here.")


def acts_for(by: Actor, one: Any, at: datetime) -> list[tuple[str, object]]:
    """What the visitor may do about an application now: name of the act and its words."""
    found: list[tuple[str, object]] = []
    mine, drawn = policies.stands_for(by, one), is_drawn(by, one)
    step, free = applications.step_now(one), not hindrance_of(by, one, at)
    if one.state == UNDER_WAY and step and applications.takes(by, one, content_of(one.procedure), step) and free:
        found.append(("step", naming.spoken(step.names, step.id)))
    if one.state == UNDER_WAY and one.due_date and drawn and free:
        found.append(("pause", _("Stop the days")))
    if one.state == PAUSED and (mine or drawn):
        found.append(("resume", _("Say that it is done")))
    if mine and one.state in {UNDER_WAY, PAUSED}:
        found.append(("withdraw", _("Take it back")))
    if mine and one.state in {REFUSED, RETURNED} and applications.is_needed(one):
        found.append(("appeal", _("Appeal")))
    if one.state == APPEALED and hears(by, one, day_of(at)) and free:
        found.append(("hear", _("Decide about the appeal")))
    return found


def is_drawn(by: Actor, one: Any) -> bool:
    """Whether the visitor was drawn for an application."""
    return policies.deals(by, one) and by.id in {one.verifier_id, one.decider_id}


def hindrance_of(by: Actor, one: Any, at: datetime) -> str:
    """Why the visitor must not do what would be theirs now, as the code of an error; empty when they may, or it is not theirs."""
    step, procedure, day = applications.step_now(one), content_of(one.procedure), day_of(at)
    if one.state == UNDER_WAY and step and applications.takes(by, one, procedure, step):
        return hindrance(one, procedure, step, by, day)
    concerned = is_drawn(by, one) if one.state == UNDER_WAY else one.state == APPEALED and hears(by, one, day)
    return "permit-conflict" if concerned and is_biased(one, by.id, day) else ""


@require_safe
def held_page(request: HttpRequest, application_id: str) -> HttpResponse:
    """What base registries hold about the applicant of a draft.

    Raises:
        Http404: as `seen`.
    """
    one = seen(request, application_id)
    listed = held_facts(held(one, timezone.localdate()), one)
    return render(request, "permits/application_held.html", {"application": one, "name": name_of(one), "held": listed})
