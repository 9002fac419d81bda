"""People who tell openly, by the act and by the pages, for tests."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.test import Client

from adaldyq.base.ids import new_id
from adaldyq.measures.street.actions.telling import NOBODY, Told, tell_openly
from adaldyq.measures.street.models import StreetReport
from tests import factories

CARRIED = re.compile(r'name="carried" value="([^"]+)"')
ADDRESS = "/en/street/tell/now/"


def told(**facts: Any) -> Told:
    """What somebody tells: a bribe paid at a clinic in Almaty, unless it is said otherwise."""
    place = facts.pop("place", "KZ-75")
    usual = {"happened": "paid", "service": "health", "month": date(2025, 9, 1)}
    return Told(**{"page": new_id(), "territory": factories.territory(place), **usual, **facts})


def tell(count: int, at: datetime, **facts: Any) -> list[StreetReport]:
    """Let so many tell the same on a day."""
    return [tell_openly(told=told(**facts), by=NOBODY, at=at) for _each in range(count)]


def sums(values: list[int], at: datetime, **facts: Any) -> None:
    """Let people tell of sums."""
    for value in values:
        tell(1, at, amount=Decimal(value), **facts)


class Visitor:
    """Somebody who tells by the pages."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.carried = ""

    def open(self) -> str:
        """Open the form."""
        return self.seen(self.client.get(ADDRESS))

    def send(self, step: str, **answers: Any) -> HttpResponse:
        """Send a step of it."""
        answer = self.client.post(ADDRESS, {"carried": self.carried, "step": step, **answers})
        if answer.status_code in {200, 409, 422}:
            self.seen(answer)
        return answer  # type: ignore[return-value]  # the test client's own type has more to it

    def seen(self, answer: Any) -> str:
        """Read what a page carries."""
        text: str = answer.content.decode()
        found = CARRIED.search(text)
        self.carried = found[1] if found else self.carried
        return text
