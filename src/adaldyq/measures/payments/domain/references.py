"""The structured creditor reference to remittance information (ISO 11649): `RF`, two check digits, up to 21 characters.

The payer's bank carries it to ours, so that a payment finds its invoice by itself. The check digits are those of
ISO 7064 MOD 97-10: the reference with its first four characters moved to the end, and each letter written as a number
from 10 to 35, leaves 1 when it is divided by 97. They run from 02 to 98, so that a number has one reference.
"""

from __future__ import annotations

import re
from string import ascii_uppercase

PREFIX = "RF"
LONGEST = 21
BODY = re.compile(r"[0-9A-Z]{1,21}")
WHOLE = re.compile(r"RF[0-9]{2}[0-9A-Z]{1,21}")
MODULUS, LEAVES = 97, 1
NUMBERS = str.maketrans({letter: str(number) for number, letter in enumerate(ascii_uppercase, 10)})
"""Letters as numbers from 10 to 35."""
GROUP = 4


def remainder(text: str) -> int:
    """What is left when the text, letters as numbers from 10 to 35, is divided by 97."""
    return int(text.translate(NUMBERS)) % MODULUS


def reference_of(body: str) -> str:
    """The reference around a number of ours.

    Args:
        body: Latin capitals and digits, at most 21.

    Raises:
        ValueError: it is something else.
    """
    if not BODY.fullmatch(body):
        raise ValueError(f"{body!r} cannot stand in a creditor reference")
    check = MODULUS + LEAVES - remainder(f"{body}{PREFIX}00")
    return f"{PREFIX}{check:02}{body}"


def plain(text: str) -> str:
    """A reference as banks send it or people write it: without spaces and hyphens, in capitals."""
    return re.sub(r"[\s\-]", "", text).upper()


def is_reference(text: str) -> bool:
    """Whether a text is a reference with the right check digits, however it is spaced."""
    found = plain(text)
    return WHOLE.fullmatch(found) is not None and reference_of(found[4:]) == found


def shown(reference: str) -> str:
    """A reference in groups of four, as the standard prints it."""
    found = plain(reference)
    return " ".join(found[start : start + GROUP] for start in range(0, len(found), GROUP))
