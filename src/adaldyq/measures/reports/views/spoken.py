"""What pages of reporters say, to those who read them and to their scripts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.models import Body
from adaldyq.kernel.sealing_problems import SENTENCES
from adaldyq.measures.reports.actions.filing import ACKNOWLEDGEMENT, FEEDBACK, SECOND_LOOK
from adaldyq.measures.reports.forms.filing import ABOUT_IN_THE_OPEN, KEPT_FROM, ReportForm, office_in
from adaldyq.measures.reports.forms.said import said_of_forms
from adaldyq.measures.reports.queries import identities, own
from adaldyq.measures.reports.queries.named import told_to_scripts
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.reviewing import has_another
from adaldyq.measures.reports.queries.routing import route
from adaldyq.measures.reports.queries.words import END_WORDS, REASONS
from adaldyq.measures.reports.states import ACKNOWLEDGED, CLOSED, RECEIVED
from adaldyq.measures.reports.views.protecting import protected, rewarded
from adaldyq.sealing import phrases
from adaldyq.ui.facts import Fact
from adaldyq.ui.formats.values import day

OF_PHRASES = (
    "phrase-length",
    "phrase-word-unknown",
    "phrase-word-unknown-but-near",
    "phrase-words-unknown",
    "phrase-check",
)


def open_facts(answers: Mapping[str, Any], named: Collection[str] = ()) -> dict[str, Fact]:
    """What of a report stands in the open, by the name of the question, as its reporter checks it, and who gets it.

    Args:
        answers: topic, about (a body or nothing), place, about_receiver.
        named: accounts of officers whom the report names.
    """
    topics, asked = naming.pack().codes["report_topic"], ReportForm.base_fields
    about: Body | None = answers["about"]
    shown = {
        "topic": naming.spoken(topics[answers["topic"]], answers["topic"]),
        "about": naming.spoken(about.names, about.name) if about else "",
        "place": naming.place_name(answers["place"]) if answers["place"] else "",
    }
    facts = {name: Fact(asked[name].label, text) for name, text in shown.items() if text}
    with suppress(DomainError):  # nobody could have it, which is said when it is sent
        office = office_in(answers["about_receiver"])
        receiver = route(about, timezone.localdate(), about_office=office, without=named).unit.body
        facts["about_receiver"] = Fact(_("Who gets it"), naming.spoken(receiver.names, receiver.name))
    if named:
        facts["kept_from"] = Fact(_("Who does not get it"), str(KEPT_FROM))
    return facts


def standing(report: Report) -> str:
    """How a report, its protection file and its reward stand, and by when its reporter hears more."""
    return " ".join(filter(None, (standing_of_report(report).strip(), protected(report), rewarded(report))))


def standing_of_report(report: Report) -> str:
    """How a report stands, and by when its reporter hears more."""
    if report.state == RECEIVED:
        due = own.due_of(report, ACKNOWLEDGEMENT)
        if due is None:
            late = _(
                "It was received. No officer has written yet; the term has passed, and those above them were told."
            )
            told = own.due_of(report, FEEDBACK)
            until = _("By %(day)s you should be told here what was done.") % {"day": day(told)} if told else ""
            return " ".join(filter(None, (late, until)))
        return _("It was received. By %(day)s an officer writes to you here.") % {"day": day(due)}
    if report.state == ACKNOWLEDGED:
        due = own.due_of(report, FEEDBACK)
        if due is None:
            return _(
                "It is being looked into. The term in which you should have been told what was done has passed, and those above them were told."
            )
        return _("It is being looked into. By %(day)s you are told here what was done.") % {"day": day(due)}
    if own.may_object(report):
        return standing_of_doubted(report)
    return " ".join((_("It is closed."), str(END_WORDS.get(report.outcome, ""))))


def said_of_another(report: Report) -> str:
    """Who looks at a report again: another officer, or that the office has none."""
    if has_another(report, timezone.localdate()):
        return _("Another officer will look at it.")
    return _("The office has no other officer who may have it, so the one who decided before may look at it again.")


def said_before_reopening(report: Report) -> str:
    """What follows when the reporter says that it is not resolved."""
    return " ".join((_("You may say so once. It counts in the public numbers."), said_of_another(report)))


def said_when_reopened(report: Report) -> str:
    """That a report is open again, and who looks at it."""
    return " ".join((_("The report is open again."), said_of_another(report)))


def said_when_put_back(report: Report) -> str:
    """That a report is among the others again, and who looks at it."""
    return " ".join((_("It is among the reports again."), said_of_another(report)))


def standing_of_doubted(report: Report) -> str:
    """How a report stands that was set aside as none, and what its reporter can do against it."""
    wrong = _("If that is wrong, say so below. Then nobody sets it aside again.")
    against = f"{wrong} {said_of_another(report)}"
    if report.state == CLOSED:
        return " ".join((_("It is closed."), str(END_WORDS[report.outcome]), against))
    due = own.due_of(report, SECOND_LOOK)
    until = _("Another officer looks at it again by %(day)s.") % {"day": day(due)} if due else ""
    return " ".join(filter(None, (_("An officer thinks that this is no report of corruption."), until, against)))


def said_of_name(report: Report) -> list[str]:
    """What became of the reporter's name: that it is kept apart, and each opening with its day and reason."""
    identity = identities.of_report(report)
    if identity is None:
        return []
    openings = [
        _("On %(day)s a custodian opened your name. The reason: %(reason)s.")
        % {"day": day(one.made_date), "reason": REASONS[one.reason]}
        for one in identity.openings.all()
    ]
    if not identities.is_kept(identity):
        destroyed = _(
            "The name that you gave was destroyed: the report may be about the office that kept it. You can give it anew, to the office that has the report now."
        )
        return [*openings, destroyed]
    return openings or [_("Your name is sealed apart from the report. Nobody has opened it.")]


def said_in_filing() -> dict[str, Any]:
    """What the script that seals a report says."""
    return {
        **said_in_sealing(),
        "named": told_to_scripts(timezone.localdate()),
        "sealing": _("Your browser is sealing the report. This takes a moment."),
        "aboutHint": str(ABOUT_IN_THE_OPEN),
        "working": _("Your device is doing a short calculation. This takes some seconds."),
        "filesHint": _(
            "Photos, documents, recordings: up to 10 files, each up to 600 MB. A photo may hold the place and the device that took it; whoever gets the file sees them."
        ),
    }


def said_in_returning() -> dict[str, Any]:
    """What the script that opens a report says."""
    asked = ReportForm.base_fields
    return {
        **said_in_sealing(),
        **{code: _(str(SENTENCES[code])) for code in OF_PHRASES},
        "sealing": _("Your browser is sealing the message. This takes a moment."),
        "opening": _("Your browser is opening it. This takes a moment."),
        "filesHint": _("Up to 10 files, each up to 600 MB."),
        "empty": _("Write a message or choose a file."),
        "named": _("Your name was sealed, and is kept apart."),
        "you": _("You"),
        "office": _("The office"),
        "damaged": _("This message cannot be opened: it was sealed to other keys or damaged."),
        "questions": {name: str(asked[name].label) for name in ("about", "when", "who", "amount")},
    }


def said_in_sealing() -> dict[str, Any]:
    """What both say, where they send, and the lists of words."""
    return {
        **said_of_forms(),
        "door": reverse("reports-sealed"),
        "lists": [static(f"reports/words-{one}.txt") for one in phrases.LANGUAGES],
        "sendingFile": _("File %(at)s of %(count)s: %(part)s %% sent.").replace("%%", "%"),
        "away": _("The server does not answer. Nothing is lost: wait a little and send it again."),
    }
