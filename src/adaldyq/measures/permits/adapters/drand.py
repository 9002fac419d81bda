"""Fetches rounds of the public beacon from a relay of drand; what does not bear the chain's signature counts as not there."""

from __future__ import annotations

from http import HTTPStatus

import requests
import structlog
from django.conf import settings

from adaldyq.base.beacons import QUICKNET, Round, holds

SECONDS = (3.0, 10.0)
"""To connect, and to be answered."""

log = structlog.stdlib.get_logger(__name__)


def fetched(number: int) -> Round | None:
    """A round with a signature that holds; none while it is late, the relay away, or what it says wrong."""
    address = f"{settings.DRAND}/{QUICKNET.hash}/public/{number}"
    try:
        answer = requests.get(address, timeout=SECONDS, allow_redirects=False)
        said = answer.json() if answer.status_code == HTTPStatus.OK else {}
        found = Round(int(said["round"]), str(said["signature"]))
    except (requests.RequestException, ValueError, TypeError, LookupError) as failed:
        log.warning("a round of the beacon is not there", round=number, problem=type(failed).__name__)
        return None
    if found.number != number or not holds(found):
        log.error("a relay of the beacon told a round that does not hold", round=number)
        return None
    return found
