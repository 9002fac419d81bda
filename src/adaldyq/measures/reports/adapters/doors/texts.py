"""What a message of a few words tells of itself: its language, and the phrase of a receipt that it begins with."""

from __future__ import annotations

import re

from adaldyq.base.errors import DomainError
from adaldyq.sealing import phrases

KAZAKH, CYRILLIC = re.compile("[әғқңөұүһі]", re.IGNORECASE), re.compile("[а-яё]", re.IGNORECASE)
AFTER_PHRASE = " \t\r\n,.;:!)]»”\"'-–—"
MISTAKES = 2
"""How many words of a phrase may be mistyped for it still to be taken for one."""


def language_of(text: str) -> str:
    """The language in which a text is answered: by its letters, which is all that can be told of a few words."""
    if KAZAKH.search(text):
        return "kk"
    return "ru" if CYRILLIC.search(text) else "en"


def split(text: str) -> tuple[bytes, str] | None:
    """The secret of the phrase with which a text begins, and what follows it; none when it is a text without a phrase.

    Raises:
        DomainError: `phrase-not-first` when the phrase stands elsewhere; as `phrases.read` when the text begins with words
            that are nearly a phrase. Neither is taken for a report, which officers would read.
    """
    found = phrases.typed_words(text)
    for language in phrases.LANGUAGES:
        count = phrases.length(language)
        first = found[:count]
        known = sum(one.plain in phrases.numbers(language) for one in first)
        if len(first) == count and known >= count - MISTAKES:
            return phrases.read(text[: first[-1].end]), text[first[-1].end :].lstrip(AFTER_PHRASE)
    if phrases.holds_phrase(text):
        raise DomainError("phrase-not-first", field="text")
    return None


def without_phrase(text: str, *, doubtful: bool) -> str:
    """What follows an opening phrase, without phrases in it.

    Args:
        doubtful: take out also what only looks like a phrase, rather than refuse the text.

    Raises:
        DomainError: `phrase-again`: it holds what looks like a phrase with a mistake.
    """
    left = phrases.without_phrases(text, doubtful=doubtful)
    if phrases.holds_phrase(left):
        raise DomainError("phrase-again", field="text")
    return left if left.replace(phrases.TAKEN_OUT, "").strip(AFTER_PHRASE) else ""
