"""Coming back with the phrase: reading answers, writing again, saying that it is not resolved."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from adaldyq.base.errors import Conflict, DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.measures.reports.actions.filing import Enclosed
from adaldyq.measures.reports.actions.identities import give_identity
from adaldyq.measures.reports.actions.narrowing import Adding, narrowed_by
from adaldyq.measures.reports.actions.reopening import reopen_report
from adaldyq.measures.reports.actions.triage import object_to_setting_aside
from adaldyq.measures.reports.adapters import carried, identities, letters, store
from adaldyq.measures.reports.adapters.departure import opened_pieces
from adaldyq.measures.reports.forms.filing import AddForm, NameForm, PhraseForm, ReportForm
from adaldyq.measures.reports.queries import own
from adaldyq.measures.reports.queries.identities import to_give
from adaldyq.measures.reports.queries.named import officers_named
from adaldyq.measures.reports.queries.narrowing import Heard, offices_of
from adaldyq.measures.reports.views.crowds import crowded, is_full
from adaldyq.measures.reports.views.cut import cut_short
from adaldyq.measures.reports.views.proof import download_proof, ledger_line
from adaldyq.measures.reports.views.protecting import take_in
from adaldyq.measures.reports.views.quiet import LARGEST_IN_ALL, NOBODY, alike, beginning_of_today, not_taken
from adaldyq.measures.reports.views.spoken import (
    said_before_reopening,
    said_in_returning,
    said_of_name,
    said_when_put_back,
    said_when_reopened,
    standing,
)
from adaldyq.ui.downloads import as_download
from adaldyq.ui.facts import Fact
from adaldyq.ui.quiet import Answer


@dataclass(frozen=True, slots=True)
class Shown:
    """A message as its page shows it: whose, of which day, its text, names of its files with their places."""

    ours: bool
    day: Any
    text: str
    files: list[tuple[str, str]]
    answers: list[Fact]


@alike
def return_page(request: HttpRequest) -> Answer:
    """Ask for the phrase, then show the report; whatever is not sent by a form is asked for the phrase."""
    if request.method != "POST":
        return ask(request, PhraseForm())
    files = request.FILES  # the body is read here, and its files sealed
    step = "add" if cut_short(request) and "carried" in request.POST else request.POST.get("step", "")
    if is_full(request):
        return crowded(request, "reports-return")
    if step not in STEPS:
        return opened_by_phrase(request)
    try:
        brought = carried.take(request.POST.get("carried", ""))
        opened = own.Opened(own.one(str(brought.get("report", ""))), str(brought.get("mailbox", "")))
        return STEPS[step](request, opened, files)
    except DomainError as refused:
        form = PhraseForm()
        return ask(request, form, problem=sentence(refused))


def ask(request: HttpRequest, form: PhraseForm, *, problem: str = "") -> HttpResponse:
    """The page that asks for the phrase."""
    context = {"form": form, "adding": AddForm(), "naming": NameForm(), "problem": problem, "said": said_in_returning()}
    return render(request, "reports/phrase.html", context)


def opened_by_phrase(request: HttpRequest) -> HttpResponse:
    """The report of the phrase that was typed, or what is wrong with the phrase."""
    form = PhraseForm(request.POST)
    if form.is_valid():
        try:
            return mailbox(request, own.open_by_phrase(form.cleaned_data["phrase"]), AddForm())
        except DomainError as refused:
            form.add_error("phrase", sentence(refused))
    return ask(request, form)


def mailbox(
    request: HttpRequest,
    opened: own.Opened,
    form: AddForm,
    *,
    naming: NameForm | None = None,
    done: str = "",
) -> HttpResponse:
    """The report with all messages."""
    report = opened.report
    context = {
        "form": form,
        "report": report,
        "messages": [shown(one, opened.secret) for one in own.messages_of(report)],
        "standing": standing(report),
        "may_reopen": own.may_reopen(report),
        "before_reopening": said_before_reopening(report),
        "may_object": own.may_object(report),
        "carried": carried.put({"report": report.pk, "mailbox": opened.secret}),
        "done": done,
        "in_ledger": ledger_line(report),
        "name": said_of_name(report),
        "naming": (naming or NameForm()) if to_give(report, beginning_of_today().date()) else None,
    }
    return render(request, "reports/mailbox.html", context)


def shown(message: Any, secret: str) -> Shown:
    """A message, opened."""
    letter = opened_letter(message, secret)
    if letter is None:
        text = _("This message cannot be opened: it was sealed to other keys or damaged.")
        return Shown(message.side == "reporter", message.sent_date, text, [], [])
    files = [(one.name, one.stored) for one in letter.files]
    asked = ReportForm.base_fields
    answers = [Fact(asked[name].label, text) for name, text in letter.answers.items() if name in asked]
    return Shown(message.side == "reporter", message.sent_date, letter.text, files, answers)


def opened_letter(message: Any, secret: str) -> letters.Letter | None:
    """A letter; none when it does not open: whoever wrote it keeps nobody from the others."""
    try:
        return letters.open_letter(bytes(message.sealed), secret)
    except DomainError:
        return None


def add(request: HttpRequest, opened: own.Opened, files: Any) -> HttpResponse:
    """Take a further message in."""
    form = AddForm(request.POST, files)
    valid = form.is_valid()
    sent = form.cleaned_data.get("enclosures", [])  # an error of another file takes them from the form
    for said in not_taken(request, _("The files are more than 50 MB together, or more than 10. Send fewer at once.")):
        form.add_error("enclosures", said)
        valid = False
    if not valid:
        for one in sent:
            store.drop(one.stored)
        return mailbox(request, opened, form)
    try:
        done = take_in(opened.report, adding_of(opened, form))
    except DomainError as refused:
        form.add_error("text", sentence(refused))
        for one in sent:
            store.drop(one.stored)
        return mailbox(request, opened, form)
    return mailbox(request, opened, AddForm(), done=done)


def adding_of(opened: own.Opened, form: AddForm) -> Adding:
    """The message of a form, sealed; whom it names does not read it.

    Raises:
        DomainError: `nobody-impartial`.
    """
    told, report = form.cleaned_data, opened.report
    day = beginning_of_today().date()
    text = " \n".join([told["text"], *(one.name for one in told["enclosures"])])
    heard = Heard(officers_named(text, day), offices_of([told["about_receiver"]]))
    narrowed = narrowed_by(report, opened.secret, heard, day)
    letter = letters.Letter(letters.MESSAGE, told["text"], {}, told["enclosures"], get_language() or "")
    recipient = narrowed.recipient if narrowed else report.recipient
    return Adding(
        letters.seal(letter, [recipient, report.mailbox_recipient]),
        recipient,
        [Enclosed(one.stored, one.size) for one in told["enclosures"]],
        narrowed=narrowed,
        retaliation=told["retaliation"],
        may_ask=told["may_ask"],
    )


def give_name(request: HttpRequest, opened: own.Opened, files: Any) -> HttpResponse:
    """Seal who the reporter is, apart from the report."""
    form = NameForm(request.POST)
    if not form.is_valid():
        return mailbox(request, opened, AddForm(), naming=form)
    custodians = to_give(opened.report, beginning_of_today().date())
    if custodians:  # else the same form was sent before
        identity = identities.seal(form.cleaned_data["identity"], custodians)
        give_identity(report=opened.report, identity=identity, by=NOBODY, at=beginning_of_today())
    return mailbox(request, opened, AddForm(), done=_("Your name was sealed, and is kept apart."))


def reopen(request: HttpRequest, opened: own.Opened, files: Any) -> HttpResponse:
    """Say that it is not resolved."""
    try:
        again = reopen_report(report=opened.report, by=NOBODY, at=beginning_of_today())
    except Conflict:
        return mailbox(request, opened, AddForm())
    return mailbox(request, own.Opened(again, opened.secret), AddForm(), done=said_when_reopened(again))


def object_to(request: HttpRequest, opened: own.Opened, files: Any) -> HttpResponse:
    """Say that it is a report."""
    mark = object_to_setting_aside(report=opened.report, by=NOBODY, at=beginning_of_today())
    again = own.one(mark.report_id)
    return mailbox(request, own.Opened(again, opened.secret), AddForm(), done=said_when_put_back(again))


def take_file(request: HttpRequest, opened: own.Opened, files: Any) -> Answer:
    """One file of a message, opened as it leaves."""
    wanted = request.POST.get("file", "")
    for message in own.messages_of(opened.report):
        letter = opened_letter(message, opened.secret)
        for one in letter.files if letter else ():
            if one.stored == wanted and own.enclosure(opened.report, wanted):
                return download(wanted, one.key, one.name)
    return mailbox(request, opened, AddForm())


def download(stored: str, key: str, name: str) -> StreamingHttpResponse:
    """A file in the open, for the one who reported; neither the disk of the server nor its memory has the whole of it.

    Raises:
        DomainError: `file-gone`, `envelope-not-opened`; `file-needs-script` when it is larger than a form may bring.
    """
    if store.size_of(stored) > 2 * LARGEST_IN_ALL:
        raise DomainError("file-needs-script", name=name)
    return as_download(opened_pieces(stored, key), name, "application/octet-stream")


def take_proof(request: HttpRequest, opened: own.Opened, files: Any) -> HttpResponse:
    """The proof of filing, or the report with the words that it is still to come."""
    try:
        return download_proof(opened.report)
    except DomainError as refused:
        return mailbox(request, opened, AddForm(), done=sentence(refused))


STEPS: Mapping[str, Callable[[HttpRequest, own.Opened, Any], Answer]] = {
    "add": add,
    "name": give_name,
    "reopen": reopen,
    "object": object_to,
    "file": take_file,
    "proof": take_proof,
}
