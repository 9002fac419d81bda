"""A registrar at the pages: signs in, and registers companies by the form."""

from __future__ import annotations

import http.client
import re
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

REGISTRAR, PASSWORD = "registrar", "a password of the trial"
PAGE = re.compile(r"/en/registers/companies/(?P<company>[^/]+)/")
FOUND, UNPROCESSABLE = 302, 422
SECONDS = 10


class Unanswered(Exception):
    """Nobody knows what became of a request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    text: str


@dataclass
class Visitor:
    """Somebody with a browser."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        """Send a request and read its whole answer.

        Raises:
            Unanswered: no whole answer came.
        """
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode({**form, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as broken:
            raise Unanswered(str(broken)) from broken
        finally:
            connection.close()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return Answer(answer.status, answer.headers, text)

    def sign_in(self, app: str) -> None:
        """Give password and code."""
        self.ask("GET", "/en/sign-in/")
        given = self.ask("POST", "/en/sign-in/", {"username": REGISTRAR, "password": PASSWORD})
        assert given.status == FOUND, given.text[:500]
        second = given.headers["Location"]
        code = str(format_hotp_value(hotp_value(app, int(time.time()) // 30)))
        self.ask("GET", second)
        given = self.ask("POST", second, {"code": code})
        assert given.status == FOUND, given.text[:500]
        assert self.ask("GET", "/en/registers/new/company/").status == http.client.OK

    def register(self, reference: str) -> Answer:
        """Send the form that registers a company under a number of its own.

        Raises:
            Unanswered: no whole answer came.
        """
        days = {f"{name}_{part}": text for name in ("registered", "as_of") for part, text in DAY.items()}
        facts = {"name": f"Company {reference}", "identifier": reference, "legal_form": "too", "source": "trial"}
        return self.ask("POST", "/en/registers/new/company/", facts | days)


DAY = {"day": "27", "month": "3", "year": "2024"}


def company_of(answer: Answer) -> str | None:
    """The company that an answer acknowledges; none when it acknowledges nothing."""
    found = PAGE.fullmatch(answer.headers.get("Location", "")) if answer.status == FOUND else None
    return found["company"] if found else None


def is_there_already(answer: Answer) -> bool:
    """Whether an answer says that the register holds this number: the act was done before, unacknowledged."""
    return answer.status == UNPROCESSABLE and "company" in answer.text and "already" in answer.text
