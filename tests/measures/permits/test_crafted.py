"""What somebody crafted is a licence of nobody: the check says so and never breaks."""

from __future__ import annotations

import base64
import json

import pytest
from click.testing import CliRunner
from django.test import Client

from adaldyq.project.cli.permits import verify

pytestmark = pytest.mark.django_db


def crafted(**facts: object) -> str:
    """A token that nobody signed."""
    said = {
        "body": "x", "entry": "L-001", "from": "2025-01-01", "holder": "x", "key": "00000000", "number": "L-1",
        "serial": 1, "until": "", **facts,
    }  # fmt: skip
    raw = json.dumps(said, sort_keys=True, separators=(",", ":")).encode()
    parts = (base64.urlsafe_b64encode(one).decode().rstrip("=") for one in (raw, b"1" * 64))
    return ".".join(parts)


@pytest.mark.parametrize("name", ["body", "holder", "number", "entry", "key"])
def test_half_of_a_character_in_a_token_is_no_licence(name: str) -> None:
    token = crafted(**{name: "\ud800"})
    page = Client().get("/en/permits/verify/", {"t": token})
    answer = Client().get("/api/v1/permits/verify", {"token": token})
    assert (page.status_code, answer.status_code, answer.json()["state"]) == (200, 200, "unknown")
    assert "Unknown" in page.content.decode()
    done = CliRunner().invoke(verify, [token])
    assert (done.exit_code, type(done.exception)) == (1, SystemExit)


@pytest.mark.parametrize("text", ["\x00", "1\x00", "L-001\x00"])
def test_a_number_that_holds_nothing_like_a_letter_is_of_no_licence(text: str) -> None:
    assert Client().get("/en/permits/verify/", {"t": text}).status_code == 200
    assert Client().get("/api/v1/permits/verify", {"token": text}).status_code in {200, 422}
    assert Client().get("/api/v1/permits/licences/1%00").status_code == 404
    assert Client().get("/en/permits/licences/1%00/").status_code == 404
    assert Client().get("/en/permits/1%00/").status_code == 404
    for asked in ({"event": text}, {"event": "any", "activity": text}):
        assert Client().get("/en/permits/guide/", asked).status_code in {200, 422}
