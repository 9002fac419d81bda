"""Rewards: what an officer proposes, what a custodian decides without reading the report, and the code for the reporter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.trying import refusal
from adaldyq.measures.reports.actions import rewards as acts
from adaldyq.measures.reports.forms.rewards import GRANT, RETURN, DecideForm, ProposeForm
from adaldyq.measures.reports.queries import rewards
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.rewards import Reward
from adaldyq.measures.reports.queries.words import REWARD_STATES
from adaldyq.measures.reports.states import PROPOSED
from adaldyq.measures.reports.views.office import READ, sealed
from adaldyq.measures.reports.views.steps import Step, step_page
from adaldyq.ui.facts import Fact
from adaldyq.ui.formats.values import day, money
from adaldyq.ui.tables import Column, Table, sorted_page


@require_http_methods(["GET", "HEAD", "POST"])
def propose_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """Propose a reward for a report."""
    return step_page(request, report_id, propose_step)


def propose_step(by: Actor, report: Report, sent: Any) -> Step:
    """The step that proposes a reward; no form stands there before its case ended, or once it was decided."""

    def perform(told: Mapping[str, Any], who: Actor, now: datetime) -> object:
        proposal = acts.Proposal(told["offence"], told["ground"], told["refusal"])
        return acts.propose_reward(report=report, proposal=proposal, by=who, at=now)

    able = rewards.may_be_proposed(report)
    told = [] if able else [_("There is nothing to propose: no judgment of its case is in force, or it was proposed.")]
    return Step(
        "reward",
        _("Propose a reward"),
        _("Propose it"),
        ProposeForm(sent) if able else None,
        perform,
        (
            _("How much it is follows from the law of the country and the money that came back; you do not type it."),
            _("A custodian decides, who reads no report. It is paid against a code that only the reporter reads."),
            *told,
        ),
    )


@require_safe
def rewards_page(request: HttpRequest) -> HttpResponse:
    """Rewards that were proposed to the custodian's office."""
    by = actor_of(request.user)
    page = sorted_page(request, rewards.kept(by, timezone.localdate()), columns(), default="-proposed_date")
    reads.note(request, READ, [(one.report_id, "") for one in page.rows])
    empty = _("No reward has been proposed.")
    table = Table(_("Rewards"), columns(), page.rows, page=page, hide_caption=True, empty=empty)
    return render(request, "reports/rewards.html", {"table": table})


def columns() -> list[Column]:
    """Columns of the list."""
    return [
        Column("report_id", _("Report"), link=lambda row: reverse("reports-reward-decide", args=[row.report_id])),
        Column("proposed_date", _("Proposed on"), kind="day", sort="proposed_date"),
        Column(
            "amount",
            _("Reward"),
            kind="money",
            currency="currency",
            value=lambda row: None if row.refusal else row.amount,
        ),
        Column("state", _("State"), value=lambda row: REWARD_STATES[row.state], sort="state"),
        Column("decided_date", _("Decided on"), kind="day"),
        Column("paid_date", _("Paid on"), kind="day"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def decide_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """One reward: how it was worked out, and the decision.

    Raises:
        Http404: there is none, or it is not the custodian's to decide.
    """
    by = actor_of(request.user)
    reward = rewards.one_kept(by, report_id, timezone.localdate())
    if reward is None:
        raise Http404(report_id)
    reads.note(request, READ, [(report_id, "")])
    sent = request.POST if request.method == "POST" else None
    form = DecideForm(sent, refusal=bool(reward.refusal)) if reward.state == PROPOSED else None
    status = HTTPStatus.OK
    if sent is not None and form is not None:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refused = refusal(form, lambda: decide_once(request, by, reward, form.cleaned_data["step"]))
            if refused is None:
                return redirect("reports-rewards")
            status = refused
    context = {"reward": reward, "form": form, "facts": facts_of(reward)}
    return render(request, "reports/reward.html", context, status=status)


def facts_of(reward: Reward) -> list[Fact]:
    """How a reward was worked out; what has not come to pass is left out."""
    codes, currency = naming.pack().codes, reward.currency
    offence = naming.spoken(codes["reward_class"].get(reward.offence, {}), reward.offence)
    refused = naming.spoken(codes["reward_refusal"].get(reward.refusal, {}), reward.refusal)
    found = [
        Fact(_("State"), REWARD_STATES[reward.state]),
        Fact(_("Case"), reward.request.case),
        Fact(_("In force since"), reward.request.ended_date, kind="day"),
        Fact(_("What was established"), offence),
        Fact(_("It rests on"), reward.ground or None),
        Fact(_("Money that came back"), reward.back, kind="money", currency=currency),
        Fact(_("Reports that led to the case"), reward.shared_by, kind="number"),
        Fact(_("Reward"), reward.amount, kind="money", currency=currency, hint=reward.law),
        Fact(_("No reward, because"), refused or None),
        Fact(_("Proposed by"), reward.proposed_by.name),
        Fact(_("Decided by"), reward.decided_by.name if reward.decided_by else None),
        Fact(_("To be fetched by"), reward.claim_until, kind="day"),
        Fact(_("Paid on"), reward.paid_date, kind="day"),
    ]
    return [fact for fact in found if fact.value is not None]


def decide_once(request: HttpRequest, by: Actor, reward: Reward, step: str) -> None:
    """Decide once, also when the form is sent twice."""
    now = timezone.now()

    def perform() -> Mapping[str, Any]:
        if step == RETURN:
            acts.return_reward(reward=reward, by=by, at=now)
        elif step == GRANT:
            code = rewards.new_code()
            letter = sealed(reward.report, in_every_language(granted_words, reward, code))
            digest = rewards.digest_of(code)
            acts.grant_reward(reward=reward, code_sha256=digest, message=letter, by=by, at=now)
        else:
            letter = sealed(reward.report, in_every_language(refused_words, reward, ""))
            acts.refuse_reward(reward=reward, message=letter, by=by, at=now)
        return {}

    sent_once(request.POST, place=f"reports.reward.{reward.pk}", owner=by.id, at=now, perform=perform)


def in_every_language(words: Any, reward: Reward, code: str) -> str:
    """What the reporter is told, in each language of the country: in which one they wrote, nobody here knows."""
    told = []
    for language in naming.pack().languages:
        with translation.override(language):
            told.append(words(reward, code))
    return "\n\n".join(told)


def granted_words(reward: Reward, code: str) -> str:
    """That a reward was granted, and the code."""
    amount = money(reward.amount, reward.currency)
    return _(
        "For your report a reward of %(amount)s was granted. It is paid to whoever tells this code until %(day)s, and nobody asks who that is: %(code)s. Keep it as you keep your phrase."
    ) % {"amount": amount, "code": code, "day": day(rewards.last_day(timezone.localdate()))}


def refused_words(reward: Reward, _code: str) -> str:
    """That no reward is given, and why."""
    codes = naming.pack().codes["reward_refusal"]
    reason = naming.spoken(codes.get(reward.refusal, {}), reward.refusal)
    return _("For your report no reward is given: %(reason)s.") % {"reason": reason}
