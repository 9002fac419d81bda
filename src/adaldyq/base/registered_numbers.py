"""By what the number of a thing is known again: a plot, a vehicle, an account.

People part figures as they like, and a plate or a VIN may be typed with the Cyrillic letters that look like its own.
"""

from __future__ import annotations

import unicodedata

CYRILLIC, LATIN = "АВЕЅКМНОРСТУХІЈ", "ABESKMHOPCTYXIJ"
"""Capital letters of two scripts that are drawn alike, place by place."""
LOOK_ALIKE = str.maketrans(CYRILLIC, LATIN)
DRAWN_ALIKE = dict(zip(LATIN, CYRILLIC, strict=True))


def number_key(text: object) -> str:
    """Letters and figures of a number alone, in capitals and in one script where letters look the same.

    Two numbers are the same when their keys are. What has neither letter nor figure is its own key.
    """
    plain = unicodedata.normalize("NFKC", str(text)).upper()
    bare = plain if plain.isascii() and plain.isalnum() else "".join(filter(str.isalnum, plain)).translate(LOOK_ALIKE)
    return bare or plain.strip()
