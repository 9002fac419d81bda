"""What a reporter who comes back writes, whether it asks for protection, and what the reporter reads of that and of a reward."""

from __future__ import annotations

from django.utils.translation import gettext as _

from adaldyq.kernel import naming
from adaldyq.measures.reports.actions.filing import RELIEF
from adaldyq.measures.reports.actions.narrowing import Adding, add_heeding
from adaldyq.measures.reports.actions.triage import object_to_setting_aside
from adaldyq.measures.reports.queries import own, protection, rewards
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.words import PROTECTION_OUTCOMES
from adaldyq.measures.reports.states import ANSWERED, ASKED, CLOSED, GRANTED, LAPSED, OPENED, PAID, PRESUMED, REFUSED
from adaldyq.measures.reports.views.quiet import NOBODY, beginning_of_today
from adaldyq.ui.formats.values import day


def take_in(report: Report, adding: Adding) -> str:
    """Take a message in, open a protection file with it when that is asked, and say what was done."""
    at, before = beginning_of_today(), report.unit_id
    add_heeding(report=report, adding=adding, by=NOBODY, at=at)
    report.refresh_from_db()
    if adding.retaliation and own.may_object(report):  # who suffers for it has reported
        object_to_setting_aside(report=report, by=NOBODY, at=at)
    sent = _("Your message was sent, and a protection file is open.") if adding.retaliation else said_when_sent()
    return " ".join(filter(None, (sent, said_of_narrowing(adding, moved=report.unit_id != before))))


def said_when_sent() -> str:
    """That a message was sent."""
    return _("Your message was sent.")


def said_of_narrowing(adding: Adding, *, moved: bool) -> str:
    """What becomes of a report whose reporter names somebody who could read it; empty when nobody is named."""
    if adding.narrowed is None or not adding.narrowed.heard:
        return ""
    told = _(
        "Whoever is called as a name in your message, and may have read the report, gets nothing of it from now on; what they read before they have read."
    )
    if not moved:
        return told
    body = adding.narrowed.readers.unit.body
    office = {"office": naming.spoken(body.names, body.name)}
    return " ".join((told, _("The report is now with: %(office)s.") % office))


def protected(report: Report) -> str:
    """How the protection file of a report stands, as its reporter reads it; empty when there is none."""
    file = protection.file_of(report)
    if file is None:
        return ""
    due = own.due_of(report, "employer_reason")
    told = {
        OPENED: _("A protection file is open. An officer takes it up."),
        ASKED: _("Your employer must show another reason than your report by %(day)s.") % {"day": day(due)}
        if due
        else "",
        PRESUMED: _("Your employer has shown no other reason in time: you are taken to suffer because of your report."),
        ANSWERED: _("Your employer has answered; it stands among the messages. Say what there is to say against it."),
        CLOSED: " ".join([_("Your protection file is closed."), str(PROTECTION_OUTCOMES.get(file.outcome, ""))]),
    }.get(file.state) or _("Your protection file is being worked on.")
    relief = own.due_of(report, RELIEF)
    more = _("Interim relief is decided by %(day)s.") % {"day": day(relief)} if relief else ""
    return f"{told} {more}".strip()


def rewarded(report: Report) -> str:
    """How the reward for a report stands, as its reporter reads it; empty while none was decided."""
    reward = rewards.of_report(report)
    if reward is None:
        return ""
    until = {"day": day(reward.claim_until)}
    return {
        GRANTED: _("A reward was granted. The code against which it is paid until %(day)s stands among the messages.")
        % until,
        LAPSED: _("The reward was not fetched until %(day)s, and has lapsed.") % until,
        PAID: _("Your reward was paid."),
        REFUSED: _("No reward is given; the reason stands among the messages."),
    }.get(reward.state, "")
