"""The door of mail servers: one e-mail is one report, or is added to one, and its sender is answered."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import system
from adaldyq.kernel.notifications import channels
from adaldyq.measures.reports.actions.doors import Came, forget_secret, take_in
from adaldyq.measures.reports.adapters import store
from adaldyq.measures.reports.adapters.arrival import SealedFile, sealed_file
from adaldyq.measures.reports.adapters.doors import mails, texts
from adaldyq.measures.reports.queries.words import BY_MAIL
from adaldyq.measures.reports.views import door_answers
from adaldyq.measures.reports.views.door_files import held_or_dropped
from adaldyq.measures.reports.views.quiet import beginning_of_today

BY = system("door")
IGNORED, REFUSED = "ignored", "refused"
LATER = frozenset({"nobody-to-seal-to", "door-answer-not-sent", "scanner-away"})
"""Refusals after which the mail server shall bring the message again."""


def take_mail(content: bytes) -> str:
    """Take an e-mail in, and answer its sender.

    Returns:
        What became of it: filed, added, asked, known, ignored (a program sent it) or refused (its sender was told why).

    Raises:
        DomainError: `mail-malformed`; one of `LATER`, after which it shall come again.
    """
    own_address = settings.DEFAULT_FROM_EMAIL
    try:
        mail = mails.read(content, own_address)
    except DomainError as refused:
        if sender := mails.sender_of(content, own_address):
            language = door_answers.language_of_country()
            answer_by_mail(sender, door_answers.to_refused(refused, language), language)
        return REFUSED
    if mail is None:
        return IGNORED
    language = texts.language_of(mail.text)
    files, lost = sealed_files(mail, language)
    came = Came(BY_MAIL, mail.id, mail.sender, mail.text, files, beyond=mail.beyond)
    try:
        with held_or_dropped(files):
            taken = take_in(came=came, by=BY, at=beginning_of_today())
        what, answer = taken.what, door_answers.to_taken(taken, BY_MAIL, language)
        answer = "\n\n".join([answer, *lost]) if answer else answer
    except DomainError as refused:
        if refused.code in LATER:
            raise
        what, answer = REFUSED, door_answers.to_refused(refused, language)
    if answer:
        answer_by_mail(mail.sender, answer, language)
    forget_secret(came)
    return what


def sealed_files(mail: mails.Mail, language: str) -> tuple[list[SealedFile], list[str]]:
    """The files of an e-mail, sealed, and what its sender is told of those that are not taken; the words are all the same.

    Raises:
        DomainError: `scanner-away`; nothing is left of the files then.
    """
    files: list[SealedFile] = []
    lost: list[str] = []
    for one in mail.files:
        try:
            files.append(sealed_file(one.name, one.type, one.content))
        except DomainError as refused:
            if refused.code in LATER:
                for kept in files:
                    store.drop(kept.stored)
                raise
            lost.append(door_answers.to_lost_file(refused, language))
    return files, lost


def answer_by_mail(sender: str, answer: str, language: str) -> None:
    """Send an answer. The address is in memory only.

    Raises:
        DomainError: `door-answer-not-sent`.
    """
    with translation.override(language):
        title = _("Your message")
    letter = channels.Letter(secrets.token_hex(8), sender, title, answer, "", language, answered=True)
    try:
        channels.send_mail(letter)
    except channels.Unreachable:
        raise DomainError("door-answer-not-sent") from None
    except channels.Refused:
        return
