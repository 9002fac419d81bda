"""What a request looks like whose body did not come in whole: too large, stalled, or no room for it."""

from __future__ import annotations

CUT = "adaldyq.cut"
"""Set in the environment of a request (PEP 3333) to the HTTP status that says why; its body is then the beginning only."""

TOO_LARGE, NO_ROOM, STALLED = 413, 503, 408
