"""Doors for programs: an SMS gateway and a messenger bring what people wrote to them.

Nothing of a call is logged or counted, no sender is kept, and what was written is in the open in memory only.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Iterator
from dataclasses import replace
from http import HTTPStatus
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import system
from adaldyq.kernel.away import NO_ROOM
from adaldyq.kernel.notifications import channels
from adaldyq.kernel.problems import sentence
from adaldyq.measures.reports.actions.doors import (
    Came,
    drop_parts,
    forget_secret,
    gather,
    report_of_album,
    take_in,
)
from adaldyq.measures.reports.actions.paces import count_sender
from adaldyq.measures.reports.adapters.arrival import SealedFile, sealed_file
from adaldyq.measures.reports.adapters.doors import attachments, paces, signatures, sms, texts, updates
from adaldyq.measures.reports.queries.words import BY_MESSENGER, BY_SMS
from adaldyq.measures.reports.views import door_answers
from adaldyq.measures.reports.views.door_files import held_or_dropped
from adaldyq.measures.reports.views.quiet import beginning_of_today
from adaldyq.sealing import phrases

LARGEST_BODY = 64 * 1024
TOKEN = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # the name of a header
BY = system("door")
LATER = frozenset({"nobody-to-seal-to", "door-answer-not-sent", "door-file-later", "scanner-away"})
"""Refusals after which the carrier shall come again."""

log = structlog.stdlib.get_logger(__name__)


@csrf_exempt
@require_POST
def sms_door(request: HttpRequest) -> HttpResponse:
    """Take an SMS from the gateway, and answer its sender through the gateway.

    Raises:
        Http404: the door is shut: no secret is set, or no SMS can be sent.
    """
    if not settings.DOOR_SMS or not settings.SMS_GATEWAY:
        raise Http404
    try:
        body = body_of(request)
        own = signatures.checked(request.headers, body, settings.DOOR_SMS, timezone.now())
        return JsonResponse({"taken": sms_taken(own, sms.read(body))})
    except DomainError as refused:
        return refusal(request, refused, BY_SMS)


def sms_taken(own: str, read: sms.Sms) -> str:
    """What became of an SMS; its sender is answered.

    Raises:
        DomainError: `door-answer-not-sent`, `nobody-to-seal-to`: the gateway brings it again.
    """
    came: Came | None = Came(BY_SMS, own, read.sender, read.text)
    slow = too_often(BY_SMS, read.sender)
    if came is not None and read.whole and slow is None:
        at = beginning_of_today()
        came = gather(came=came, whole=read.whole, place=read.place, parts=read.parts, by=BY, at=at)
    if came is None:
        return "waits"
    language = texts.language_of(came.text)
    taken, answer = taken_and_answer(came, language) if slow is None else ("refused", slow(language))
    if answer:
        answer_by_sms(came, answer, language)
    forget_secret(came)
    drop_parts(came)
    return taken


def too_often(channel: str, sender: str) -> Callable[[str], str] | None:
    """What a sender is answered who has sent more than is taken within the hour, once; none for everybody else."""
    sent = count_sender(channel=channel, sender=sender, by=BY, at=timezone.now())
    if sent <= paces.MOST:
        return None
    slow = DomainError("door-too-often", most=paces.MOST)
    return lambda language: door_answers.to_refused(slow, language) if sent == paces.MOST + 1 else ""


def taken_and_answer(came: Came, language: str) -> tuple[str, str]:
    """What became of a message, and what its sender is answered.

    Raises:
        DomainError: the carrier shall come again.
    """
    try:
        taken = take_in(came=came, by=BY, at=beginning_of_today())
    except DomainError as refused:
        if refused.code in LATER:
            raise
        return "refused", door_answers.to_refused(refused, language)
    return taken.what, door_answers.to_taken(taken, came.channel, language)


def answer_by_sms(came: Came, answer: str, language: str) -> None:
    """Hand an answer to the gateway that sends SMS. The number is in memory only.

    Raises:
        DomainError: `door-answer-not-sent`.
    """
    letter = channels.Letter(secrets.token_hex(8), came.sender, answer.rstrip("."), "", "", language)
    try:
        channels.send_sms(letter)
    except channels.Unreachable:
        raise DomainError("door-answer-not-sent") from None
    except channels.Refused:
        log.warning("door answer refused", door=came.channel)


@csrf_exempt
@require_POST
def messenger_door(request: HttpRequest) -> HttpResponse:
    """Take a message of a messenger; what is answered to the call is what the bot says.

    Raises:
        Http404: the door is shut: no token is set.
    """
    if not settings.DOOR_MESSENGER:
        raise Http404
    try:
        body = body_of(request)
        check_token(request)
        update = updates.read(body)
        return JsonResponse(said_to(update) if update else {})
    except DomainError as refused:
        return refusal(request, refused, BY_MESSENGER)


def check_token(request: HttpRequest) -> None:
    """Refuse a call without the token.

    Raises:
        DomainError: `door-not-signed`.
    """
    if not hmac.compare_digest(request.headers.get(TOKEN, "").encode(), settings.DOOR_MESSENGER.encode()):
        raise DomainError("door-not-signed")


def said_to(update: updates.Update) -> dict[str, Any]:
    """The call with which the bot answers, as the Bot API takes it for the answer to a webhook."""
    language = texts.language_of(update.text)
    if update.is_command or not update.text:
        own = update.language.partition("-")[0]
        language = own if own in phrases.LANGUAGES else door_answers.language_of_country()
    slow = too_often(BY_MESSENGER, str(update.chat))
    text = slow(language) if slow is not None else " ".join(filter(None, words_to(update, language)))
    return {"method": "sendMessage", "chat_id": update.chat, "text": text} if text else {}


def words_to(update: updates.Update, language: str) -> Iterator[str]:
    """What a message is answered.

    Raises:
        DomainError: the messenger shall bring it again.
    """
    came = Came(BY_MESSENGER, update.id, str(update.chat), update.text, album=update.album)
    if update.is_command:
        yield door_answers.to_command(BY_MESSENGER, language)
    elif not update.text and not (settings.MESSENGER_BOT and report_of_album(came)):
        yield door_answers.to_lone_file(language) if settings.MESSENGER_BOT else door_answers.to_file(language)
    else:
        files, lost = files_of(update, language)
        if update.text or files:
            with held_or_dropped(files):
                yield taken_and_answer(replace(came, files=files), language)[1]
        yield lost


def files_of(update: updates.Update, language: str) -> tuple[list[SealedFile], str]:
    """The file beside a message, sealed, and what its sender is told when it cannot be had; the text is taken all the same.

    Raises:
        DomainError: `door-file-later`: the messenger shall bring the message again.
    """
    if update.file is None:
        return [], ""
    if not settings.MESSENGER_BOT:
        return [], door_answers.to_file(language)
    try:
        found = attachments.fetch(update.file, settings.MESSENGER_BOT)
        return [sealed_file(found.name, found.type, found.content)], ""
    except DomainError as refused:
        if refused.code in LATER:
            raise
        return [], door_answers.to_lost_file(refused, language)
    except OSError as error:
        if error.errno not in NO_ROOM:
            raise
        raise DomainError("door-file-later") from None


def body_of(request: HttpRequest) -> bytes:
    """What was sent.

    Raises:
        DomainError: `door-too-large`.
    """
    try:
        body = request.body
    except RequestDataTooBig:
        raise DomainError("door-too-large", field="body") from None
    if len(body) > LARGEST_BODY:
        raise DomainError("door-too-large", field="body")
    return body


STATUSES = {
    "door-not-signed": HTTPStatus.UNAUTHORIZED,
    "door-too-old": HTTPStatus.UNAUTHORIZED,
    "door-malformed": HTTPStatus.BAD_REQUEST,
    "door-too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "door-answer-not-sent": HTTPStatus.SERVICE_UNAVAILABLE,
    "nobody-to-seal-to": HTTPStatus.SERVICE_UNAVAILABLE,
    "door-file-later": HTTPStatus.SERVICE_UNAVAILABLE,
    "scanner-away": HTTPStatus.SERVICE_UNAVAILABLE,
}


def refusal(request: HttpRequest, refused: DomainError, channel: str) -> JsonResponse:
    """The answer to a carrier whose call was not taken; the log has the reason, and nothing of the call."""
    log.warning("door refused", door=channel, why=refused.code)
    status = STATUSES.get(refused.code, HTTPStatus.UNPROCESSABLE_ENTITY)
    with translation.override("en"):
        told = {"error": refused.code, "field": refused.field or "", "detail": sentence(refused)}
    return JsonResponse(told, status=status)
