"""The door for scripts of those who report: one address, by which only what is sealed comes in."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import date
from http import HTTPStatus
from typing import Any

from django.forms import RadioSelect
from django.http import FileResponse, HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from adaldyq.base.cut import NO_ROOM, STALLED
from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.kernel.queries import lookup
from adaldyq.measures.reports.actions.filing import Enclosed, Filing, file_report
from adaldyq.measures.reports.actions.identities import give_identity
from adaldyq.measures.reports.actions.narrowing import Adding, Narrowed, is_unread
from adaldyq.measures.reports.actions.reopening import reopen_report
from adaldyq.measures.reports.actions.sealing import check_sealed
from adaldyq.measures.reports.actions.triage import object_to_setting_aside
from adaldyq.measures.reports.adapters import carried, heads, pieces, store
from adaldyq.measures.reports.adapters.heads import Head, bytes_of, lookup_of, text_of, texts_of
from adaldyq.measures.reports.adapters.identities import SealedIdentity
from adaldyq.measures.reports.adapters.work import WORK
from adaldyq.measures.reports.forms.filing import OPEN, OTHER, OpenForm, office_in
from adaldyq.measures.reports.queries import own, words
from adaldyq.measures.reports.queries.barring import readers_of
from adaldyq.measures.reports.queries.identities import to_give
from adaldyq.measures.reports.queries.named import accounts_of, told_to_scripts
from adaldyq.measures.reports.queries.narrowing import Heard, left_after, offices_of
from adaldyq.measures.reports.queries.offices import offices_of_house
from adaldyq.measures.reports.queries.queue import Report
from adaldyq.measures.reports.queries.routing import place_of, route
from adaldyq.measures.reports.states import CLOSED
from adaldyq.measures.reports.views.cut import cut_short
from adaldyq.measures.reports.views.proof import download_proof, ledger_line
from adaldyq.measures.reports.views.protecting import said_when_sent, take_in
from adaldyq.measures.reports.views.quiet import NOBODY, alike, beginning_of_today
from adaldyq.measures.reports.views.spoken import (
    open_facts,
    said_before_reopening,
    said_of_name,
    said_when_put_back,
    said_when_reopened,
    standing,
)
from adaldyq.sealing import envelopes
from adaldyq.ui.formats.values import day


@alike
def sealed_page(request: HttpRequest) -> HttpResponse | FileResponse:
    """Take a step of a script; what is wrong comes back as a code and its sentence, with the status of what is right."""
    try:
        head, piece = read(request)
        return STEPS.get(text_of(head, "step"), unknown)(head, piece)
    except DomainError as refused:
        status: int = HTTPStatus.INSUFFICIENT_STORAGE if refused.code == "storage-full" else HTTPStatus.OK
        if cut_short(request) == STALLED:
            status = STALLED  # the script sends it again
        return JsonResponse({"code": refused.code, "message": sentence(refused)}, status=status)


def unknown(_head: Head, _piece: bytes) -> HttpResponse:
    """A step that no script of ours takes.

    Raises:
        DomainError: `envelope-damaged`.
    """
    raise DomainError("envelope-damaged")


def read(request: HttpRequest) -> tuple[Head, bytes]:
    """The head of a step and the bytes behind it.

    Raises:
        DomainError: `envelope-damaged`: it is larger than any step, or no such thing; `storage-full`.
    """
    if request.method != "POST":
        raise DomainError("envelope-damaged")
    if cut := cut_short(request):
        raise DomainError("storage-full" if cut == NO_ROOM else "envelope-damaged")
    most = heads.LARGEST + pieces.LARGEST_PIECE
    body = request.read(most + 1)
    text, _line, piece = body.partition(b"\n")
    if len(body) > most:
        raise DomainError("envelope-damaged")
    return heads.read(text), piece


def routed(head: Head, _piece: bytes) -> HttpResponse:
    """To whom a report is to be sealed, by what stands in the open, and what to calculate; or what is wrong with that."""
    page = carried.name_of(carried.take(text_of(head, "token")))
    day_of_page = beginning_of_today().date()
    if is_stale(head, day_of_page):
        return JsonResponse({"named": told_to_scripts(day_of_page)})
    form = OpenForm({name: text_of(head, name) for name in (*OPEN, "about_choice", "about_asked")})
    valid = form.is_valid()
    wrong = {control_of(form, name): str(errors[0]) for name, errors in form.errors.items()}
    fields = {name: render_to_string("reports/part_field.html", {"field": form[name]}) for name in ("about",)}
    if not valid:
        return JsonResponse({"errors": wrong, "fields": fields})
    answers, named = form.cleaned_data, accounts_of(texts_of(head, "left_out"))
    about, office = answers["about"], office_in(answers["about_receiver"])
    goes = route(about, day_of_page, about_office=office, without=named)
    return JsonResponse(
        {
            "errors": {},
            "fields": fields,
            "facts": {name: (str(one.key), str(one.value)) for name, one in open_facts(answers, named).items()},
            "about": about.pk if about else "",
            "about_offices": offices_of_house(about, day_of_page) if about else [],
            "about_words": answers["about_words"],
            "recipients": goes.recipients,
            "custodians": goes.custodians,
            "work": WORK.challenge(page),
        }
    )


def is_stale(head: Head, today: date) -> bool:
    """Whether a script looked for the names of officers in a list that is older than what is known."""
    version = text_of(head, "named")
    return bool(version) and version != told_to_scripts(today)["version"]


def control_of(form: OpenForm, name: str) -> str:
    """The control at which a script shows what is wrong with an answer: of several boxes the first."""
    is_choice = name in form.fields and isinstance(form.fields[name].widget, RadioSelect)
    return f"{name}_0" if is_choice else name


def piece_of_file(head: Head, piece: bytes) -> HttpResponse:
    """A piece of an envelope of a file."""
    carried.take(text_of(head, "token"))
    return JsonResponse(pieces.take_piece(text_of(head, "kept"), piece, last=head.get("last") is True))


def enclosed_of(head: Head) -> list[Enclosed]:
    """The files of a letter, which came before it."""
    return [Enclosed(*pieces.finished(one)) for one in texts_of(head, "files")]


def filed(head: Head, _piece: bytes) -> HttpResponse:
    """A report, once its page has done its work; the same sent again costs neither."""
    page = carried.name_of(carried.take(text_of(head, "token")))
    if own.is_filed(lookup_of(head, "envelope-damaged")):
        return JsonResponse({"filed": True})
    WORK.check(page, text_of(head, "work"))
    about = lookup.body(text_of(head, "about")) if text_of(head, "about") else None
    office, named = office_in(text_of(head, "about_receiver")), accounts_of(texts_of(head, "left_out"))
    today = beginning_of_today().date()
    goes = route(about, today, about_office=office, without=named)
    recipients = texts_of(head, "recipients")
    identity = identity_of(head)
    are_others = set(recipients) != set(goes.recipients)
    if are_others or (identity and set(identity.sealed_to) != set(goes.custodians)) or is_stale(head, today):
        raise DomainError("keys-changed")
    filing = Filing(
        unit=goes.unit,
        channel=words.WITH_SCRIPT,
        about=about,
        about_office=office,
        named=named,
        sealed_to=goes.recipients,
        enclosed=enclosed_of(head),
        identity=identity,
        page=page,
        **sealed_part(head),
    )
    check_sealed(filing, readers=len(goes.recipients))
    file_report(filing=filing, by=NOBODY, at=beginning_of_today())
    WORK.load.count()
    return JsonResponse({"filed": True})


def sealed_part(head: Head) -> dict[str, Any]:
    """What a script sealed of a report, and what it left in the open."""
    return {
        "topic": text_of(head, "topic") or OTHER,
        "territory": place_of(text_of(head, "place")),
        "recipient": text_of(head, "recipient"),
        "wrapped": bytes_of(head, "wrapped"),
        "lookup": lookup_of(head, "envelope-damaged"),
        "mailbox": text_of(head, "mailbox"),
        "locked_mailbox": bytes_of(head, "locked"),
        "sealed": bytes_of(head, "sealed"),
    }


def identity_of(head: Head) -> SealedIdentity | None:
    """Who the reporter is, sealed to custodians; none when they did not say."""
    if not text_of(head, "identity_sealed"):
        return None
    return SealedIdentity(
        text_of(head, "identity_recipient"),
        bytes_of(head, "identity_wrapped"),
        bytes_of(head, "identity_sealed"),
        texts_of(head, "custodians"),
    )


def opened(head: Head, _piece: bytes) -> HttpResponse:
    """The envelopes of a report, for whoever has its lookup; what the page then carries opens with the mailbox only."""
    report = own.found_by(lookup_of(head, "no-such-report"))
    challenge = envelopes.seal(
        {"kind": "page"}, carried.put({"report": report.pk}).encode(), [report.mailbox_recipient]
    )
    return JsonResponse(
        {
            "recipient": report.recipient,
            "mailbox": report.mailbox_recipient,
            "locked": in_base64(report.locked_mailbox),
            "challenge": in_base64(challenge),
            "standing": standing(report),
            "may_reopen": own.may_reopen(report),
            "before_reopening": said_before_reopening(report),
            "may_object": own.may_object(report),
            "in_ledger": ledger_line(report),
            "name": said_of_name(report),
            "custodians": to_give(report, beginning_of_today().date()),
            "messages": [
                {"ours": one.side == "reporter", "day": str(day(one.sent_date)), "sealed": in_base64(one.sealed)}
                for one in own.messages_of(report)
            ],
        }
    )


def in_base64(content: bytes | memoryview) -> str:
    """Bytes as a script reads them."""
    return base64.b64encode(bytes(content)).decode()


def report_of(head: Head) -> Any:
    """The report whose mailbox was opened.

    Raises:
        DomainError: `page-too-old`, `no-such-report`.
    """
    return own.one(str(carried.take(text_of(head, "opened")).get("report", "")))


def narrowed(head: Head, _piece: bytes) -> HttpResponse:
    """In what a script looks for names before it adds a message, and to whom the mailbox's key is sealed if it finds one.

    With it comes the key that the report has now, to which a message that names nobody is sealed, and whether nobody at its
    office opens that key yet: then the mailbox's key is sealed to them by any message.
    """
    report, today = report_of(head), beginning_of_today().date()
    if not text_of(head, "named") or is_stale(head, today):
        return JsonResponse({"named": told_to_scripts(today)})
    heard, unread = heard_of(head), is_unread(report)
    readers = left_after(report, heard, today).recipients if heard or unread else keys_of(report, today)
    return JsonResponse({"readers": readers, "recipient": report.recipient, "unread": int(unread)})


def keys_of(report: Report, today: date) -> list[str]:
    """Public keys of those who read a report, so that a step that names nobody is as long as one that does."""
    return [one.recipient for one in readers_of(report, report.unit, today)]


def heard_of(head: Head) -> Heard:
    """Whom a message names, as a script found it."""
    return Heard(accounts_of(texts_of(head, "left_out")), offices_of([text_of(head, "about_receiver")]))


def added(head: Head, piece: bytes) -> HttpResponse:
    """A further message, which may ask for protection, and after which others read the report when it names somebody."""
    report, heard, made = report_of(head), heard_of(head), None
    today = beginning_of_today().date()
    if own.has_message(report, piece):  # its answer was lost, and it is sent again
        return JsonResponse({"added": True, "done": said_when_sent()})
    if is_stale(head, today):
        raise DomainError("keys-changed")
    if heard or is_unread(report):
        readers = left_after(report, heard, today)
        if set(texts_of(head, "readers")) != set(readers.recipients):
            raise DomainError("keys-changed")
        made = Narrowed(heard, readers, text_of(head, "recipient"), bytes_of(head, "wrapped"))
    retaliation, may_ask = (head.get(name) is True for name in ("retaliation", "may_ask"))
    adding = Adding(
        piece, text_of(head, "sealed_to"), enclosed_of(head), narrowed=made, retaliation=retaliation, may_ask=may_ask
    )
    done = take_in(report, adding)
    return JsonResponse({"added": True, "done": done})


def named(head: Head, _piece: bytes) -> HttpResponse:
    """Who the reporter is, said later."""
    report, identity = report_of(head), identity_of(head)
    if identity is None:
        raise DomainError("envelope-damaged", field="identity")
    give_identity(report=report, identity=identity, by=NOBODY, at=beginning_of_today())
    return JsonResponse({"named": True})


def reopened(head: Head, _piece: bytes) -> HttpResponse:
    """That it is not resolved."""
    report = report_of(head)
    if report.state == CLOSED or not report.was_reopened:  # else its answer was lost, and it is sent again
        reopen_report(report=report, by=NOBODY, at=beginning_of_today())
    return JsonResponse({"reopened": True, "done": said_when_reopened(report)})


def objected(head: Head, _piece: bytes) -> HttpResponse:
    """That it is a report."""
    report = report_of(head)
    if own.may_object(report):  # else its answer was lost, and it is sent again
        object_to_setting_aside(report=report, by=NOBODY, at=beginning_of_today())
    return JsonResponse({"objected": True, "done": said_when_put_back(report)})


def taken(head: Head, _piece: bytes) -> FileResponse:
    """The envelope of a file."""
    report, wanted = report_of(head), text_of(head, "file")
    if own.enclosure(report, wanted) is None:
        raise DomainError("file-gone")
    return FileResponse(store.path_of(wanted).open("rb"), content_type="application/octet-stream")


def proved(head: Head, _piece: bytes) -> HttpResponse:
    """The proof of filing."""
    return download_proof(report_of(head))


STEPS: Mapping[str, Callable[[Head, bytes], HttpResponse | FileResponse]] = {
    "route": routed,
    "file": piece_of_file,
    "send": filed,
    "open": opened,
    "narrow": narrowed,
    "add": added,
    "name": named,
    "reopen": reopened,
    "object": objected,
    "proof": proved,
    "take": taken,
}
