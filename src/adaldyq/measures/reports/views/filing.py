"""Reporting without a script: one address for all steps, and nothing kept between them but in the reporter's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from adaldyq.base.errors import DomainError
from adaldyq.kernel import naming
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.queries import lookup
from adaldyq.kernel.recent import recent
from adaldyq.measures.reports.actions.composing import Told, sealed_filing
from adaldyq.measures.reports.actions.filing import ACKNOWLEDGEMENT, FEEDBACK, Filing, file_report
from adaldyq.measures.reports.adapters import carried
from adaldyq.measures.reports.adapters.arrival import SealedFile
from adaldyq.measures.reports.forms.filing import ReportForm, office_in
from adaldyq.measures.reports.queries import own, words
from adaldyq.measures.reports.queries.named import officers_named
from adaldyq.measures.reports.queries.routing import has_custodians
from adaldyq.measures.reports.queries.words import term_words
from adaldyq.measures.reports.views.crowds import AWAY, come_again, crowded, is_full, said_when_full
from adaldyq.measures.reports.views.cut import cut_short
from adaldyq.measures.reports.views.quiet import NOBODY, beginning_of_today, not_taken, quiet
from adaldyq.measures.reports.views.spoken import open_facts, said_in_filing
from adaldyq.sealing import phrases, receipts
from adaldyq.ui.facts import Fact
from adaldyq.ui.lookup import OWN_WORDS, Typed

UNPROCESSABLE, CONFLICT = 422, 409
ASKED = ("what", "when", "who", "amount")
ORDER = ("what", "topic", "about", "about_receiver", "kept_from", "place", "when", "who", "amount", "identity")


@require_safe
@quiet
def start_page(request: HttpRequest) -> HttpResponse:
    """What may be reported, what becomes of it, and how to stay safe."""
    terms = naming.pack().terms(beginning_of_today().date())
    context = {"acknowledgement": term_words(terms[ACKNOWLEDGEMENT]), "feedback": term_words(terms[FEEDBACK])}
    return render(request, "reports/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@quiet
def file_page(request: HttpRequest) -> HttpResponse:
    """The form, the check of what was typed, and the receipt."""
    if request.method != "POST":
        return form_page(request, None, fresh())
    files = request.FILES  # the body is read here, and its files sealed
    step = "" if cut_short(request) else request.POST.get("step", "")
    try:
        brought = dict(carried.take(request.POST.get("carried", "")))
        carried.name_of(brought)  # a page on which a report is read carries something else
    except DomainError as stale:
        form = ReportForm(request.POST, files)
        form.add_error(None, sentence(stale))
        return form_page(request, form, fresh(), status=CONFLICT)
    if step == "send" and "answers" in brought:
        return crowded(request, "reports-file") if is_full(request) else sent(request, brought)
    if step == "change" and "answers" in brought:
        return form_page(request, ReportForm(initial=typed_before(brought["answers"])), brought)
    if is_full(request):
        form = ReportForm(request.POST)
        form.add_error(None, said_when_full(request))
        return come_again(form_page(request, form, brought, status=AWAY))
    return checked(request, brought)


def fresh() -> dict[str, Any]:
    """What a new form carries: the secret of the receipt that it will get, so that sent twice it is one report."""
    return {"secret": phrases.new_entropy().hex(), "files": []}


def form_page(
    request: HttpRequest, form: ReportForm | None, brought: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """The form; an empty one when none is given."""
    context = {
        "form": form,
        "questions": empty_questions() if form is None else None,
        "carried": carried.put(brought),
        "kept": [one["name"] for one in brought["files"]],
        "said": said_in_filing(),
    }
    return render(request, "reports/form.html", context, status=status)


def empty_questions() -> SafeString:
    """The questions of a form that nobody has answered, which are the same for everybody."""
    asked = "with a name" if has_custodians(beginning_of_today().date()) else ""
    return recent(
        f"questions of a report, {get_language()}, {asked}",
        lambda: render_to_string("reports/part_questions.html", {"form": ReportForm()}),
    )


def checked(request: HttpRequest, brought: dict[str, Any]) -> HttpResponse:
    """What was typed, to be looked at once more before it is sent; or the form again with what is wrong."""
    form = ReportForm(request.POST, request.FILES)
    if request.POST.get("without_files"):
        brought["files"] = []
    form.carried_files = [str(one["name"]) for one in brought["files"]]
    valid = form.is_valid()
    taken = form.cleaned_data.get("enclosures", ())  # an error of another file takes it from the form
    for said in not_taken(
        request,
        _("The files are more than 50 MB together, or more than 10. Send some of them later, with your phrase."),
    ):
        form.add_error("enclosures", said)
        valid = False
    brought["files"] += [asdict(one) for one in taken]
    if not valid:
        return form_page(request, form, brought, status=UNPROCESSABLE)
    brought["answers"] = answers = answers_of(form)
    files = [str(one["name"]) for one in brought["files"]]
    context = {
        "facts": facts_of(form, answers, files),
        "files": files,
        "carried": carried.put(brought),
    }
    return render(request, "reports/check.html", context)


def answers_of(form: ReportForm) -> dict[str, Any]:
    """What was answered, as a page carries it."""
    answers = {name: form.cleaned_data[name] for name in (*ASKED, "topic", "place", "about_receiver")}
    answers["about"] = form.cleaned_data["about"].pk if form.cleaned_data["about"] else ""
    answers["about_words"] = form.cleaned_data["about_words"]
    answers["identity"] = form.cleaned_data.get("identity", "")
    return answers


def typed_before(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    """Answers that a page carried, as the form shows them again."""
    words = str(answers.get("about_words", ""))
    return {**answers, "about": Typed(words, OWN_WORDS, words)} if words else answers


def facts_of(form: ReportForm, answers: Mapping[str, Any], files: Sequence[str]) -> list[Fact]:
    """The answers as the check page shows them, and who gets the report, by them and the names of files."""
    about = lookup.body(answers["about"]) if answers["about"] else None
    told = " \n".join([*(str(answers[name]) for name in (*ASKED, "about_words")), *files])
    facts = open_facts({**answers, "about": about}, officers_named(told, beginning_of_today().date()))
    if answers["about_words"]:
        facts["about"] = Fact(form.fields["about"].label, answers["about_words"])
    for name in (*ASKED, "identity"):
        if answers[name]:
            facts[name] = Fact(form.fields[name].label, answers[name])
    return [facts[name] for name in ORDER if name in facts]


def sent(request: HttpRequest, brought: Mapping[str, Any]) -> HttpResponse:
    """Seal and file the report, and show its phrase; sent again, the same page comes again.

    Another text from a form that has sent its report is kept for the next press of the button, as a report of its own.
    """
    secret = bytes.fromhex(brought["secret"])
    try:
        file_once(brought, secret)
    except DomainError as refused:
        if refused.code == "page-used":
            brought, refused = {**brought, "secret": fresh()["secret"]}, DomainError("page-sent-other")
        context = {"problem": sentence(refused), "carried": carried.put(brought)}
        return render(request, "reports/not_taken.html", context, status=UNPROCESSABLE)
    language = get_language() if get_language() in phrases.LANGUAGES else "en"
    return render(request, "reports/receipt.html", {"words": phrases.spell(secret, str(language))})


def file_once(brought: Mapping[str, Any], secret: bytes) -> None:
    """File what a page carries, if that is not done; what is costly is not done twice.

    Raises:
        DomainError: as `file_report` and `filing_of`; `page-used` when another text was filed from the form.
    """
    content = carried.name_of_content(brought)
    if not own.is_filed(receipts.lookup(secret)):
        filing = replace(filing_of(brought, secret), page=carried.name_of(brought), content=content)
        file_report(filing=filing, by=NOBODY, at=beginning_of_today())
    if not own.is_of_page(content):
        raise DomainError("page-used")


def filing_of(brought: Mapping[str, Any], secret: bytes, channel: str = words.WITHOUT_SCRIPT) -> Filing:
    """The report of what was carried, sealed.

    Args:
        channel: on which way it came.

    Raises:
        DomainError: as `sealed_filing`.
    """
    answers = brought["answers"]
    sealed = {"about": answers.get("about_words", ""), **{name: answers[name] for name in ("when", "who", "amount")}}
    told = Told(
        text=str(answers["what"]),
        channel=channel,
        answers={name: str(text) for name, text in sealed.items() if text},
        topic=str(answers["topic"]),
        about=lookup.body(answers["about"]) if answers["about"] else None,
        about_office=office_in(answers["about_receiver"]),
        place=str(answers["place"]),
        name=str(answers.get("identity", "")),
        files=[SealedFile(**one) for one in brought["files"]],
        language=str(answers.get("language") or get_language() or ""),
    )
    return sealed_filing(told, secret, beginning_of_today().date())
