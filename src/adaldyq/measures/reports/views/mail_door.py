"""The door of mail servers: one e-mail is one report, or is added to one, and its sender is answered."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import system
from adaldyq.kernel.notifications import channels
from adaldyq.measures.reports.actions.doors import ADDED, FILED, Came, forget_secret, take_in
from adaldyq.measures.reports.adapters import store
from adaldyq.measures.reports.adapters.arrival import sealed_file
from adaldyq.measures.reports.adapters.doors import mails, texts
from adaldyq.measures.reports.queries import own
from adaldyq.measures.reports.queries.words import BY_MAIL
from adaldyq.measures.reports.views import door_answers
from adaldyq.measures.reports.views.quiet import beginning_of_today

BY = system("door")
IGNORED, REFUSED = "ignored", "refused"
LATER = frozenset({"nobody-to-seal-to", "door-answer-not-sent"})
"""Refusals after which the mail server shall bring the message again."""


def take_mail(content: bytes) -> str:
    """Take an e-mail in, and answer its sender.

    Returns:
        What became of it: filed, added, asked, known, ignored (a program sent it) or refused (its sender was told why).

    Raises:
        DomainError: `mail-malformed`; `nobody-to-seal-to` and `door-answer-not-sent`, after which it shall come again.
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
    files = [sealed_file(one.name, one.type, one.content) for one in mail.files]
    came = Came(BY_MAIL, mail.id, mail.sender, mail.text, files)
    what = ""
    try:
        taken = take_in(came=came, by=BY, at=beginning_of_today())
        what, answer = taken.what, door_answers.to_taken(taken, BY_MAIL, language)
    except DomainError as refused:
        if refused.code in LATER:
            raise
        what, answer = REFUSED, door_answers.to_refused(refused, language)
    finally:
        for one in files:
            if what not in {FILED, ADDED} or not store_knows(one.stored):
                store.drop(one.stored)
    if answer:
        answer_by_mail(mail.sender, answer, language)
    forget_secret(came)
    return what


def store_knows(place: str) -> bool:
    """Whether a report holds the file at a place: one that came again is sealed anew, and the first one stays."""
    return bool(own.places_kept([place]))


def answer_by_mail(sender: str, answer: str, language: str) -> None:
    """Send an answer. The address is in memory only.

    Raises:
        DomainError: `door-answer-not-sent`.
    """
    with translation.override(language):
        title = _("Your message")
    letter = channels.Letter(secrets.token_hex(8), sender, title, answer, "", language)
    try:
        channels.send_mail(letter)
    except channels.Unreachable:
        raise DomainError("door-answer-not-sent") from None
    except channels.Refused:
        return
