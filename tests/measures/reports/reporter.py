"""Somebody who reports without a script: a browser that keeps nothing but the page it sees."""

from __future__ import annotations

import html
import re
from typing import Any

from django.test import Client
from django.urls import reverse

CARRIED = re.compile(r'name="carried" value="([^"]*)"')


class Reporter:
    """Goes through the pages as a browser without scripts does."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.page = ""
        self.status = 0

    def look(self, route: str) -> str:
        """Open a page."""
        return self.seen(self.client.get(reverse(route)))

    def post(self, route: str, **answers: Any) -> str:
        """Send the form of the page that is open."""
        found = CARRIED.search(self.page)
        if found and "carried" not in answers:
            answers["carried"] = html.unescape(found[1])
        return self.seen(self.client.post(reverse(route), answers))

    def seen(self, response: Any) -> str:
        """Keep what came."""
        self.response, self.status = response, response.status_code
        self.page = response.getvalue().decode(errors="replace")
        return self.page

    def report(self, what: str, **answers: Any) -> list[str]:
        """Report something; the words of the receipt."""
        self.look("reports-file")
        self.post("reports-file", step="check", what=what, **answers)
        assert self.status == 200, self.page
        self.post("reports-file", step="send")
        return self.words()

    def words(self) -> list[str]:
        """The words of the receipt that is shown."""
        listed = re.search(r'app-phrase">(.*?)</ol>', self.page, re.DOTALL)
        assert listed, self.page
        return re.findall(r"<li>([^<]+)</li>", listed[1])

    def come_back(self, words: list[str]) -> str:
        """Type the phrase."""
        self.look("reports-return")
        return self.post("reports-return", step="open", phrase=" ".join(words))
