"""What whoever reports through another door is answered, in the language of what they wrote."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence
from adaldyq.measures.reports.actions.doors import ADDED, ASKED, FILED, JOINED, Taken
from adaldyq.measures.reports.queries.words import BY_MAIL, BY_MESSENGER, BY_SMS
from adaldyq.measures.reports.views.spoken import standing
from adaldyq.sealing import phrases

SEEN: Mapping[str, object] = {
    BY_SMS: gettext_lazy("The network and the gateway could read this message."),
    BY_MESSENGER: gettext_lazy("The service of the messenger could read this message."),
    BY_MAIL: gettext_lazy("Mail servers on the way could read this message."),
}
"""Who could read what came through a door, as its reporters are told."""


def to_taken(taken: Taken, channel: str, language: str) -> str:
    """The answer to a message that was taken in; empty when it was answered before."""
    with translation.override(language):
        seen = str(SEEN[channel])
        if taken.what == FILED:
            words = " ".join(phrases.spell(taken.secret, language))
            told = _(
                "Your report was taken. Write down these words on paper, in their order: %(words)s. With them you read the "
                "answer at %(address)s. To add something, begin a message with them. %(seen)s Delete both messages."
            )
            return told % {"words": words, "address": address(), "seen": seen}
        if taken.what == ADDED:
            told = _(
                "It was added to your report. %(seen)s Your phrase was seen too: better go on at %(address)s. Delete both messages."
            )
            return told % {"address": address(), "seen": seen}
        if taken.what == JOINED:
            return _("It was added to the same report.")
        if taken.what == ASKED and taken.report is not None:
            told = _("%(standing)s What was written to you, you read at %(address)s. %(seen)s Delete both messages.")
            return told % {"standing": standing(taken.report), "address": address(), "seen": seen}
    return ""


def to_refused(refused: DomainError, language: str) -> str:
    """The answer to a message that was not taken."""
    with translation.override(language):
        return _("Nothing was taken. %(why)s Or report at %(address)s.") % {
            "why": sentence(refused),
            "address": address(),
        }


def to_command(channel: str, language: str) -> str:
    """What somebody reads who begins to talk to the bot."""
    with translation.override(language):
        told = _(
            "Write here what happened, where and when; officers who receive reports get it sealed. %(seen)s Safer is "
            "%(address)s: there nobody in between reads it."
        )
        return told % {"seen": str(SEEN[channel]), "address": address()}


def to_file(language: str) -> str:
    """What somebody reads who sent a file."""
    with translation.override(language):
        return _("Files are not taken here. Send them at %(address)s.") % {"address": address()}


def to_lone_file(language: str) -> str:
    """What somebody reads who sent a file without a word."""
    with translation.override(language):
        return _(
            "A file alone is not taken. Send it again, and write with it what it shows, or the words of your phrase if it "
            "belongs to your report."
        )


def to_lost_file(refused: DomainError, language: str) -> str:
    """What somebody reads whose text was taken and whose file was not."""
    with translation.override(language):
        told = _("The file was not taken: %(why)s Send it at %(address)s.")
        return told % {"why": sentence(refused), "address": address()}


def language_of_country() -> str:
    """The first language of the country, if phrases are spelt in it."""
    return settings.LANGUAGE_CODE if settings.LANGUAGE_CODE in phrases.LANGUAGES else "en"


def address() -> str:
    """Where one reports and comes back, in the language in force."""
    return settings.SITE_ADDRESS + reverse("reports-start")
