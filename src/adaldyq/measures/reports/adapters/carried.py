"""What the page of a reporter carries from one step to the next: the secrets of a report that is being written or read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.kernel.carried import SECONDS, Carrier
from adaldyq.measures.reports.adapters.doors import boxes

__all__ = ["SECONDS", "name_of", "name_of_content", "put", "take"]

CARRIER = Carrier(b"adaldyq/report/page/1")
put, take = CARRIER.put, CARRIER.take


def name_of(facts: Mapping[str, Any]) -> str:
    """The name under which it is known that a page has sent its report; only the server makes it of what the page carried.

    Raises:
        DomainError: `page-too-old`: it is no page for a new report.
    """
    secret = facts.get("secret")
    if not isinstance(secret, str):
        raise DomainError("page-too-old")
    return boxes.name_of("page", secret)


def name_of_content(facts: Mapping[str, Any]) -> str:
    """The name under which it is known what a page sent, so that another text from it is not taken for the same."""
    told = json.dumps([facts["answers"], facts["files"]], sort_keys=True)
    return boxes.name_of("content", str(facts["secret"]), told)
