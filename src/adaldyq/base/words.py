"""Marks sentences for translation in rooms that may not import Django.

A pure module keeps the English sentence; whoever shows it translates it. GNU gettext finds the
sentence by the name of this function.
"""

from __future__ import annotations


def gettext_noop(sentence: str) -> str:
    """Return `sentence` unchanged, marked for the translation catalogues."""
    return sentence
