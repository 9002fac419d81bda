"""The key that a program gives a request, so that it may be sent again and acts once."""

from __future__ import annotations

from typing import Annotated

from ninja import Header

from adaldyq.kernel.models.requests import LONGEST_KEY

KEY_HEADER = "Idempotency-Key"
KEY_PATTERN = "^[!-~]+$"

Key = Annotated[
    str,
    Header(
        alias=KEY_HEADER,
        min_length=1,
        max_length=LONGEST_KEY,
        pattern=KEY_PATTERN,
        description="Chosen by you, new for each request, such as a UUID. The same request with the same key acts once.",
    ),
]
