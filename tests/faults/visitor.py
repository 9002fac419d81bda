"""Who files under load: a registrar at the pages, and a program of an institution at the API.

Both register companies without a number, so that nothing but the key of a request keeps its company from being
registered twice.
"""

from __future__ import annotations

import http.client
import json
import re
import secrets
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Protocol
from urllib.parse import urlencode

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

REGISTRAR, PASSWORD = "registrar", "a password of the trial"
FORM = "/en/registers/new/company/"
PAGE = re.compile(r"/en/registers/companies/(?P<company>[^/]+)/")
KEY = re.compile(r'name="form_key" value="(?P<key>[\w-]+)"')
OPERATION = "/api/v1/events/companies"
UNDER_WAY = "The same request is being dealt with just now"
OK, CREATED, FOUND, AWAY = 200, 201, 302, 503
SECONDS = 60


class Unanswered(Exception):
    """Nobody knows what became of a request."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def asks_to_come_again(self) -> bool:
        """Whether it says that the same should be sent again later, and nothing of what is inside."""
        away = self.status == AWAY and "Retry-After" in self.headers
        return (away or UNDER_WAY in self.text) and "Traceback" not in self.text


class Filer(Protocol):
    """Somebody who files."""

    def key(self) -> str:
        """A key for the next request.

        Raises:
            Unanswered: none was given.
        """

    def register(self, reference: str, key: str) -> Answer:
        """Ask to register the company of a reference.

        Raises:
            Unanswered: no whole answer came.
        """

    def company_of(self, answer: Answer) -> str | None:
        """The company that an answer acknowledges; none when it acknowledges nothing."""


def asked(port: int, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
    """Send a request and read its whole answer.

    Raises:
        Unanswered: no whole answer came.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode())
    except (OSError, http.client.HTTPException) as broken:
        raise Unanswered(str(broken)) from broken
    finally:
        connection.close()


@dataclass
class Visitor:
    """A registrar with a browser. The key of each form is the one that its page was shown with."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        """Send a request with the cookies, and keep those that come back.

        Raises:
            Unanswered: no whole answer came.
        """
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if form is not None:
            body = urlencode({**form, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        answer = asked(self.port, method, path, body, headers)
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer

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
        assert self.ask("GET", FORM).status == OK

    def key(self) -> str:
        found = KEY.search(self.ask("GET", FORM).text)
        if found is None:
            raise Unanswered("the form did not come")
        return found["key"]

    def register(self, reference: str, key: str) -> Answer:
        days = {f"{name}_{part}": text for name in ("registered", "as_of") for part, text in DAY.items()}
        facts = {"name": f"Company {reference}", "legal_form": "too", "source": "trial", "form_key": key}
        return self.ask("POST", FORM, facts | days)

    def company_of(self, answer: Answer) -> str | None:
        found = PAGE.fullmatch(answer.headers.get("Location", "")) if answer.status == FOUND else None
        return found["company"] if found else None


@dataclass
class Program:
    """A program that has the token of an institution, and makes keys itself."""

    port: int
    token: str

    def key(self) -> str:
        return secrets.token_hex(16)

    def register(self, reference: str, key: str) -> Answer:
        facts = {"name": f"Company {reference}", "legal_form": "too", "registered": "2024-03-27"}
        headers = {
            "Accept-Language": "en",
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": key,
            "Content-Type": "application/json",
        }
        body = json.dumps(facts | {"source": "trial", "as_of": "2024-03-27"})
        return asked(self.port, "POST", OPERATION, body, headers)

    def company_of(self, answer: Answer) -> str | None:
        return str(json.loads(answer.text)["id"]) if answer.status == CREATED else None


DAY = {"day": "27", "month": "3", "year": "2024"}
