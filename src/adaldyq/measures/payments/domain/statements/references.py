"""Creditor references (ISO 11649) as payers write them: with blanks, in small letters, within other words."""

from __future__ import annotations

import re

from adaldyq.measures.payments.domain.references import is_reference, plain
from adaldyq.measures.payments.domain.statements.statement import NOTHING

WRITTEN = re.compile(r"(?<![A-Z0-9])RF ?\d{2}(?: ?[A-Z0-9]){1,21}")
SHORTEST = 5


def creditor_reference_in(text: str) -> str:
    """The first reference within words, without blanks; empty when there is none.

    A word that follows without a mark may look like a part of it: of all its beginnings, the longest that is right is meant.
    """
    for found in WRITTEN.finditer(text.upper()):
        whole = found[0]
        for end in range(len(whole), SHORTEST - 1, -1):
            tried = whole[:end].replace(" ", "")
            ends_here = end == len(whole) or not whole[end - 1].isalnum() or whole[end] == " "
            if ends_here and is_reference(tried):
                return tried
    return ""


def reference_of(structured: str, others: str, words: str) -> str:
    """The payer's reference of an entry: the structured one, else a creditor reference in other fields or in the words."""
    if is_reference(structured):
        return plain(structured)
    if structured not in NOTHING:
        return creditor_reference_in(structured) or structured
    return creditor_reference_in(others) or creditor_reference_in(words)
