"""Marks sentences for translation in rooms that may not import Django.

A pure module keeps the English sentence; whoever shows it translates it. GNU gettext finds the
sentences by the names of these functions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Counted(NamedTuple):
    """A sentence that counts something.

    Attributes:
        one: its English form for one.
        many: for any other number.
        by: the fact that is counted, a whole number.
    """

    one: str
    many: str
    by: str


class Translation(NamedTuple):
    """Turns English sentences into those of a language.

    Attributes:
        alone: a sentence that does not count.
        counted: both forms of one that does, and the number.
    """

    alone: Callable[[str], str]
    counted: Callable[[str, str, int], str]


ENGLISH = Translation(str, lambda one, many, number: one if number == 1 else many)


def gettext_noop(sentence: str) -> str:
    """Return `sentence` unchanged, marked for the translation catalogues."""
    return sentence


def ngettext_lazy(one: str, many: str, by: str) -> Counted:
    """Return both forms of a sentence, marked for the translation catalogues."""
    return Counted(one, many, by)


def worded(sentence: str | Counted, facts: Mapping[str, object], translation: Translation = ENGLISH) -> str:
    """A sentence in a language, with its facts."""
    if isinstance(sentence, Counted):
        text = translation.counted(sentence.one, sentence.many, int(str(facts[sentence.by])))
    else:
        text = translation.alone(sentence)
    return text % dict(facts)
