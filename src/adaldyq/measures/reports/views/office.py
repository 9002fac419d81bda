"""Pages of receiving officers: the reports of their unit, one report, their keys. What is sealed stays sealed here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.kernel import naming, reads
from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.idempotency import sent_once
from adaldyq.kernel.roles import Role
from adaldyq.kernel.trying import refusal
from adaldyq.measures.reports.actions import handling
from adaldyq.measures.reports.actions.handling import Sealed
from adaldyq.measures.reports.actions.keys import add_key
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.adapters.bundles import bundle
from adaldyq.measures.reports.forms.office import (
    ACKNOWLEDGE,
    ANSWER,
    ASSIGN,
    CLOSE,
    AssignForm,
    CloseForm,
    InboxForm,
    KeyForm,
    LetterForm,
)
from adaldyq.measures.reports.queries import newcomers, own, queue, resealing
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.reviewing import bound_to_leave
from adaldyq.measures.reports.queries.words import CHANNEL_WORDS, END_WORDS, KEY_STATES, STATES
from adaldyq.measures.reports.states import ACKNOWLEDGED, CLOSED, RECEIVED
from adaldyq.measures.reports.views import further
from adaldyq.measures.reports.views.arriving import newcomers_table
from adaldyq.measures.reports.views.office_words import said_in_keeping, said_in_reading
from adaldyq.ui.facts import Fact, Happening, State
from adaldyq.ui.tables import Column, Table, sorted_page

READ = "report"


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Reports of the officer's units, those to be acknowledged first."""
    by, today = actor_of(request.user), timezone.localdate()
    form = InboxForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = queue.chosen(
        by, today, state=chosen.get("state", ""), mine=bool(chosen.get("mine")), unread=bool(chosen.get("unread"))
    )
    page = sorted_page(request, rows, columns({}, {}), default="received_date")
    due, overdue = queue.next_days(page.rows), queue.overdue_since(page.rows)
    reads.note(request, READ, [(one.pk, "") for one in page.rows])
    context = {
        "form": form,
        "total": page.total,
        "referred": "referred" in request.GET,
        "without_key": [naming.spoken(one.body.names, one.body.name) for one in queue.units_without_key(by, today)],
        "table": Table(
            _("Reports"),
            columns(due, overdue),
            page.rows,
            page=page,
            hide_caption=True,
            empty=_("No report fits this choice."),
        ),
    }
    return render(request, "reports/inbox.html", context)


def columns(due: Mapping[str, Any], overdue: Mapping[str, Any]) -> list[Column]:
    """Columns of the list, with the next term and the one that has passed, by report."""
    topics = naming.pack().codes["report_topic"]
    return [
        Column("pk", _("Report"), link=lambda row: reverse("reports-report", args=[row.pk])),
        Column("received_date", _("Received on"), kind="day", sort="received_date"),
        Column("topic", _("About"), value=lambda row: naming.spoken(topics.get(row.topic, {}), row.topic)),
        Column("about", _("Body"), value=about_of),
        Column("due", _("Next term"), kind="day", value=lambda row: due.get(row.pk)),
        Column("overdue", _("Overdue since"), kind="day", value=lambda row: overdue.get(row.pk)),
        Column("channel", _("How it came"), value=lambda row: CHANNEL_WORDS[row.channel]),
        Column("state", _("State"), sort="state", value=lambda row: marked(STATES[row.state], row.pk in overdue)),
        Column("needs", _("Reporter wrote"), value=lambda row: _("yes") if row.needs_attention else ""),
    ]


def marked(state: State, is_overdue: bool) -> State:
    """A report's state, which says so and stands out when a term has passed."""
    return State(_("%(state)s, overdue") % {"state": state}, "attention") if is_overdue else state


def about_of(report: Report) -> str:
    """The body that a report is about, in the reader's language."""
    return naming.spoken(report.about_body.names, report.about_body.name) if report.about_body else ""


def seen(request: HttpRequest, report_id: str) -> tuple[Actor, Report]:
    """The officer and the report that a page is about, its look noted.

    Raises:
        Http404: there is none, or it is not the officer's to see.
    """
    by = actor_of(request.user)
    report = queue.one_report(by, report_id, timezone.localdate())
    if report is None:
        raise Http404(report_id)
    reads.note(request, READ, [(report.pk, "")])
    return by, report


@require_http_methods(["GET", "HEAD", "POST"])
def report_page(request: HttpRequest, report_id: str) -> HttpResponse:
    """One report: what is in the open, the messages as envelopes, and what may be done."""
    by, report = seen(request, report_id)
    asked = request.POST.get("step", "") if request.method == "POST" else ""
    forms_of = forms_for(report, asked, request, leaving=leaves(by, report))
    status = HTTPStatus.OK
    if asked in forms_of:
        form = forms_of[asked]
        if form.is_valid():
            refused = refusal(form, lambda: act(request, by, report, asked, form))
            if refused is None:
                return redirect("reports-report", report.pk)
            status = refused
        else:
            status = HTTPStatus.UNPROCESSABLE_ENTITY
    context = {
        "report": report,
        "facts": facts_of(by, report),
        "happenings": happenings(report),
        "forms": forms_of,
        "wrong": forms_of.get(asked),
        "bundle": reverse("reports-bundle", args=[report.pk]),
        "said": said_in_reading(report),
        "more": further.links(by, report),
        "has_new_readers": bool(resealing.new_readers(report, timezone.localdate())),
        "new": newcomers_table(newcomers.of_report(report, timezone.localdate())),
    }
    return render(request, "reports/report.html", context, status=status)


def forms_for(report: Report, asked: str, request: HttpRequest, *, leaving: bool) -> dict[str, Any]:
    """The forms of the steps that may be taken now; the one that was sent with what was typed.

    Who leaves the report to another officer is offered none; one that was sent all the same comes back with the reason.
    """
    day = timezone.localdate()
    makers: dict[str, Callable[[Any], forms.Form]] = {}
    if report.state == RECEIVED:
        makers[ACKNOWLEDGE] = LetterForm
    if report.state == ACKNOWLEDGED or (report.state == CLOSED and report.needs_attention):
        makers[ANSWER] = LetterForm
    if report.state == ACKNOWLEDGED:
        makers[CLOSE] = CloseForm
    if report.state != CLOSED:
        makers[ASSIGN] = lambda data: AssignForm(data, queue.officers_for(report, day))
    return {
        step: make(request.POST if step == asked else None)
        for step, make in makers.items()
        if step == asked or not leaving
    }


def act(request: HttpRequest, by: Actor, report: Report, step: str, form: forms.Form) -> None:
    """Take a step once, also when its form is sent twice."""

    def perform() -> Mapping[str, Any]:
        now, sent = timezone.now(), form.cleaned_data
        if step == ACKNOWLEDGE:
            handling.acknowledge_report(report=report, message=letter_of(report, sent), by=by, at=now)
        elif step == ANSWER:
            handling.answer_reporter(report=report, message=letter_of(report, sent), by=by, at=now)
        elif step == CLOSE:
            letter = letter_of(report, sent)
            handling.close_report(report=report, outcome=sent["outcome"], message=letter, by=by, at=now)
        else:
            handling.assign_report(report=report, to=queue.officer(sent["to"]), by=by, at=now)
        return {}

    sent_once(request.POST, place=f"reports.{step}.{report.pk}", owner=by.id, at=timezone.now(), perform=perform)


def letter_of(report: Report, sent: Mapping[str, Any]) -> Sealed:
    """What an officer wrote, as the script of the page sealed it, or sealed now."""
    return Sealed(sent["sealed"], sealed_to=sent["sealed_to"]) if sent["sealed"] else sealed(report, sent["text"])


def sealed(report: Report, text: str) -> Sealed:
    """What an officer wrote, sealed to the reporter's mailbox and to the report's key."""
    letter = letters.Letter(letters.ANSWER, text, language=get_language() or "")
    return Sealed(letters.seal(letter, [report.recipient, report.mailbox_recipient]), sealed_to=report.recipient)


def facts_of(by: Actor, report: Report) -> list[Fact]:
    """What is in the open."""
    topics = naming.pack().codes["report_topic"]
    found = [
        Fact(_("State"), STATES[report.state]),
        Fact(_("About"), naming.spoken(topics.get(report.topic, {}), report.topic)),
        Fact(_("Body"), about_of(report) or None),
        Fact(_("Region"), naming.place_name(report.territory_id) if report.territory_id else None),
        Fact(_("How it came"), CHANNEL_WORDS[report.channel]),
        Fact(_("Answers for it"), report.assigned_to.name if report.assigned_to else None),
        Fact(_("To be acknowledged by"), own.due_of(report, "report_acknowledgement"), kind="day"),
        Fact(_("The reporter is told what was done by"), own.due_of(report, "report_feedback"), kind="day"),
        Fact(_("To be looked at again by"), own.due_of(report, "report_second_look"), kind="day"),
        *further.facts(by, report),
        Fact(_("Outcome"), END_WORDS.get(report.outcome) if report.state == CLOSED else None),
        Fact(_("Said not to be resolved"), _("yes") if report.was_reopened else None),
        Fact(_("Decides now"), _("another officer, since you closed it before") if leaves(by, report) else None),
    ]
    return [fact for fact in found if fact.value is not None]


def leaves(by: Actor, report: Report) -> bool:
    """Whether the viewer closed a report that another officer decides now."""
    return by.id in bound_to_leave(report, timezone.localdate())


def happenings(report: Report) -> list[Happening]:
    """The messages, the last first; what they say is in the envelopes."""
    return [
        Happening(
            _("The reporter wrote") if one.side == "reporter" else _("The office wrote"),
            one.sent_date,
            text=" · ".join(filter(None, [files_line(len(one.enclosures.all())), way_of(one.channel)])),
        )
        for one in reversed(own.messages_of(report))
    ]


def way_of(channel: str) -> str:
    """How a message came, if not from the pages."""
    return str(CHANNEL_WORDS[channel]) if channel else ""


def files_line(count: int) -> str:
    """How many files a message has; nothing when it has none."""
    return ngettext("%(count)s file", "%(count)s files", count) % {"count": count} if count else ""


@require_safe
def bundle_file(request: HttpRequest, report_id: str) -> FileResponse:
    """All envelopes of a report in one file, to be opened on the officer's own computer."""
    _by, report = seen(request, report_id)
    file = bundle(report, queue.wrap_of(report), own.messages_of(report))
    return FileResponse(file, as_attachment=True, filename=f"report-{report.pk}.zip", content_type="application/zip")


@require_http_methods(["GET", "HEAD", "POST"])
def keys_page(request: HttpRequest) -> HttpResponse:
    """The officer's keys, and the form that publishes the public half of a new one."""
    by = actor_of(request.user)
    units = [
        (one, naming.spoken(one.body.names, one.body.name)) for one in queue.units_with_keys(by, timezone.localdate())
    ]
    form = KeyForm(request.POST if request.method == "POST" else None, units)
    status = HTTPStatus.OK
    if request.method == "POST":
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        if form.is_valid():
            refused = refusal(form, lambda: publish(request, by, {one.pk: one for one, _name in units}, form))
            if refused is None:
                return redirect("reports-keys")
            status = refused
    table = Table(_("Your keys"), key_columns(), queue.keys_of(by), hide_caption=True, empty=_("You have no key yet."))
    context = {
        "form": form if units else None,
        "table": table,
        "said": said_in_keeping(),
        "receives": by.may(Role.RECEIVING_OFFICER),
    }
    return render(request, "reports/keys.html", context, status=status)


def publish(request: HttpRequest, by: Actor, units: Mapping[str, Any], form: KeyForm) -> None:
    """Publish a key once, also when its form is sent twice."""

    def perform() -> Mapping[str, Any]:
        sent = form.cleaned_data
        add_key(
            unit=units[sent["unit"]],
            public=sent["public"].strip(),
            locked=sent["locked"].encode(),
            by=by,
            at=timezone.now(),
        )
        return {}

    sent_once(request.POST, place="reports.key", owner=by.id, at=timezone.now(), perform=perform)


def key_columns() -> list[Column]:
    """Columns of the officer's keys."""
    return [
        Column("recipient", _("Public key")),
        Column("unit", _("Body"), value=lambda row: naming.spoken(row.unit.body.names, row.unit.body.name)),
        Column("made_at", _("Since"), kind="moment"),
        Column("retired_at", _("Until"), kind="moment"),
        Column("state", _("State"), value=lambda row: KEY_STATES[row.state]),
        Column(
            "locker",
            _("Secret half, locked"),
            value=lambda row: _("Download") if row.locked else "",
            link=lambda row: reverse("reports-locker", args=[row.pk]) if row.locked else "",
        ),
    ]
