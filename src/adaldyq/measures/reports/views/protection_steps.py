"""The steps of a protection file: what each asks, and the act that it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from adaldyq.kernel import naming
from adaldyq.measures.reports.actions import protection as acts
from adaldyq.measures.reports.actions import relief
from adaldyq.measures.reports.actions.filing import REASON
from adaldyq.measures.reports.actions.handling import Sealed
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.forms.office import AssignForm, LetterForm
from adaldyq.measures.reports.forms.protection import (
    GRANT,
    ActForm,
    CloseForm,
    ConsentForm,
    DecisionForm,
    OpenForm,
    SupportForm,
)
from adaldyq.measures.reports.queries import queue
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.words import term_words
from adaldyq.measures.reports.views.office import letter_of
from adaldyq.measures.reports.views.office_words import said_in_noting
from adaldyq.measures.reports.views.steps import Step
from adaldyq.ui.formats.values import day

Perform = Callable[[Mapping[str, Any], Any, Any], object]


def titles() -> dict[str, str]:
    """The title of each step, which is also what its button says."""
    return {
        "open": _("Open a protection file"),
        "take": _("Take up the file"),
        "appoint": _("Say who protects"),
        "consent": _("Note that the employer may be asked"),
        "note": _("Note an act of retaliation"),
        "ask": _("Ask the employer for another reason"),
        "answer": _("Take in the employer's answer"),
        "relief": _("Ask for interim relief"),
        "decide": _("Note the decision on interim relief"),
        "support": _("Note support that was given"),
        "close": _("Decide and close the file"),
    }


def address(report: Report) -> str:
    """The page of the file of a report."""
    return reverse("reports-protection", args=[report.pk])


def step(report: Report, name: str, form: forms.Form, perform: Perform, *words: str) -> Step:
    """A step that leads back to the file."""
    title = titles()[name]
    return Step(f"protection-{name}", title, title, form, perform, words, back=address(report))


def open_step(report: Report, sent: Any) -> Step:
    """Open a file on the reporter's word."""

    def perform(told: Mapping[str, Any], by: Any, at: Any) -> object:
        letter = letter_of(report, told)
        return acts.open_protection(report=report, may_ask=told["may_ask"], message=letter, by=by, at=at)

    words = (
        _("Only when the reporter says so. You protect from then on; the reporter reads what you write."),
        _("Say what there is: the employer must show another reason, interim relief, support."),
    )
    return step(report, "open", OpenForm(sent), perform, *words)


def take_step(report: Report, sent: Any) -> Step:
    """Take up a file that the reporter opened."""

    def perform(told: Mapping[str, Any], by: Any, at: Any) -> object:
        return acts.take_protection(report=report, message=letter_of(report, told), by=by, at=at)

    words = _("Say what there is: the employer must show another reason, interim relief, support.")
    return step(report, "take", LetterForm(sent), perform, words)


def appoint_step(report: Report, sent: Any) -> Step:
    """Say which officer protects."""

    def perform(told: Mapping[str, Any], by: Any, at: Any) -> object:
        return acts.appoint_protector(report=report, to=queue.officer(told["to"]), by=by, at=at)

    words = _("Besides whoever answers for the report, nobody else sees the file.")
    form = AssignForm(sent, queue.officers_for(report, timezone.localdate()))
    return step(report, "appoint", form, perform, words)


def consent_step(report: Report, sent: Any) -> Step:
    """Note the reporter's leave."""

    def perform(_told: Mapping[str, Any], by: Any, at: Any) -> object:
        return acts.note_consent(report=report, by=by, at=at)

    words = _("Whoever asks the employer tells that there is a report. That is for the reporter to decide.")
    return step(report, "consent", ConsentForm(sent), perform, words)


def note_step(report: Report, sent: Any) -> Step:
    """Note an act of retaliation."""

    def perform(told: Mapping[str, Any], by: Any, at: Any) -> object:
        return acts.note_retaliation(report=report, message=noted(report, told), by=by, at=at)

    words = _(
        "Kind, day and names are sealed as one message, which the reporter reads too. Only that there is one is seen."
    )
    return replace(step(report, "note", ActForm(sent), perform, words), said=said_in_noting())


def noted(report: Report, told: Mapping[str, Any]) -> Sealed:
    """What was noted of an act of retaliation, as the script of the page sealed it, or sealed now."""
    if told["sealed"]:
        return Sealed(told["sealed"], sealed_to=told["sealed_to"])
    kinds = naming.pack().codes["retaliation_act"]
    kind = naming.spoken(kinds.get(told["kind"], {}), told["kind"])
    text = "\n".join([_("Act of retaliation: %(kind)s") % {"kind": kind}, told["text"]])
    answers = {"when": str(day(told["day"])), "who": told["who"]}
    given = {name: answer for name, answer in answers.items() if answer}
    letter = letters.Letter(letters.ANSWER, text, given, language=get_language() or "")
    return Sealed(letters.seal(letter, [report.recipient, report.mailbox_recipient]), sealed_to=report.recipient)


def ask_step(report: Report, sent: Any) -> Step:
    """Ask the employer."""

    def perform(told: Mapping[str, Any], by: Any, at: Any) -> object:
        return acts.ask_employer(report=report, message=letter_of(report, told), by=by, at=at)

    term = naming.pack().terms(timezone.localdate())[REASON]
    words = (
        _(
            "Write to the employer by the usual way. From today the employer has %(term)s to show another reason; an employer who is silent has shown none."
        )
        % {"term": term_words(term)},
        _("Below, tell the reporter whom you asked, and until when."),
    )
    return step(report, "ask", LetterForm(sent), perform, *words)


def answer_step(report: Report, sent: Any) -> Step:
    """Take in the employer's answer."""

    def perform(told: Mapping[str, Any], by: Any, at: Any) -> object:
        return acts.record_answer(report=report, message=letter_of(report, told), by=by, at=at)

    words = _("Tell the reporter what the employer says, and ask what there is to say against it.")
    return step(report, "answer", LetterForm(sent), perform, words)


def relief_step(report: Report, sent: Any) -> Step:
    """Ask for interim relief."""

    def perform(told: Mapping[str, Any], by: Any, at: Any) -> object:
        return relief.ask_relief(report=report, message=letter_of(report, told), by=by, at=at)

    words = _(
        "Such as to stay at work, or to be paid, until the file is decided. A term for the decision begins today."
    )
    return step(report, "relief", LetterForm(sent), perform, words)


def decide_step(report: Report, sent: Any) -> Step:
    """Note a decision on interim relief."""

    def perform(told: Mapping[str, Any], by: Any, at: Any) -> object:
        letter, granted = letter_of(report, told), told["decided"] == GRANT
        return relief.decide_relief(report=report, granted=granted, message=letter, by=by, at=at)

    return step(report, "decide", DecisionForm(sent), perform)


def support_step(report: Report, sent: Any) -> Step:
    """Note support."""

    def perform(told: Mapping[str, Any], by: Any, at: Any) -> object:
        return relief.give_support(report=report, kind=told["kind"], by=by, at=at)

    words = _("The kind stands in the open, for the counts. Where and by whom it was given belongs into a message.")
    return step(report, "support", SupportForm(sent), perform, words)


def close_step(report: Report, sent: Any) -> Step:
    """Decide and close a file."""

    def perform(told: Mapping[str, Any], by: Any, at: Any) -> object:
        letter = letter_of(report, told)
        return acts.close_protection(report=report, outcome=told["outcome"], message=letter, by=by, at=at)

    words = _(
        "The reporter need not show why they suffer. “Another reason” may be chosen only when the employer has answered."
    )
    return step(report, "close", CloseForm(sent), perform, words)


MAKERS: dict[str, Callable[[Report, Any], Step]] = {
    "open": open_step,
    "take": take_step,
    "appoint": appoint_step,
    "consent": consent_step,
    "note": note_step,
    "ask": ask_step,
    "answer": answer_step,
    "relief": relief_step,
    "decide": decide_step,
    "support": support_step,
    "close": close_step,
}
