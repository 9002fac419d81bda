"""Draws wait for a round of the public beacon that was named before: late, away or wrong, nobody puts another in its place."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django import Settings

from adaldyq.base.beacons import QUICKNET
from adaldyq.kernel.models import RoleGrant
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.permits.actions import drawing
from adaldyq.measures.permits.models import PermitApplication, PermitDraw
from adaldyq.measures.permits.queries.draws import bundle_of
from adaldyq.project.cli.drawing import verify
from tests.base.test_beacons import PUBLISHED
from tests.factories import BY
from tests.measures.permits.applying import AT, applicant, fresh, officers, opened, sent

pytestmark = pytest.mark.django_db
ROUND = 1000
FIXED = QUICKNET.time_of(ROUND) - drawing.AHEAD - timedelta(seconds=1)
"""An instant at which the recorded round was still to come, as far ahead as a draw names it."""
HOUR = timedelta(hours=1)


class Relay:
    """A relay on this machine that serves recorded rounds, once they are there."""

    def __init__(self) -> None:
        self.rounds: dict[int, str] = {}
        self.address = ""


@pytest.fixture
def relay(settings: Settings) -> Iterator[Relay]:
    found = Relay()

    class Serving(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            number = int(self.path.rpartition("/")[2])
            there = self.path == f"/{QUICKNET.hash}/public/{number}" and number in found.rounds
            self.send_response(200 if there else 404)
            self.end_headers()
            if there:
                self.wfile.write(json.dumps({"round": number, "signature": found.rounds[number]}).encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named so by its class
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Serving)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    settings.DRAND = found.address = f"http://127.0.0.1:{server.server_port}"
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def waiting() -> PermitApplication:
    """An application for which nobody was drawn; the officers were there when the recorded round came."""
    of = opened()
    officers(of.body)
    RoleGrant.objects.update(valid_from=FIXED.date())
    return sent(of, applicant())


def page(draw: PermitDraw) -> str:
    """The page of a draw."""
    return Client().get(f"/en/permits/draws/{draw.pk}/").content.decode()


def test_a_draw_waits_for_its_round_and_anybody_checks_it_without_a_network(relay: Relay, tmp_path: Path) -> None:
    one = waiting()
    of = one.entry
    made = drawing.fix_frame(body=of.body, by=BY, at=FIXED)
    sequence(at=FIXED)
    assert (made.beacon_kind, made.round) == ("drand", ROUND)
    assert drawing.draw_all(by=BY, at=AT) == 0
    assert "The draw waits for it" in page(made)
    relay.rounds[ROUND] = PUBLISHED[657_413][0]  # a round, but another
    assert drawing.draw_all(by=BY, at=AT + 25 * HOUR) == 0
    assert fresh(one).verifier_id is None
    relay.rounds[ROUND] = PUBLISHED[ROUND][0]
    assert drawing.draw_all(by=BY, at=AT + 26 * HOUR) == 1
    assert fresh(one).verifier_id
    assert "The draw waits for it" not in page(made)
    file = tmp_path / "draw.json"
    told = bundle_of(PermitDraw.objects.get())
    file.write_text(json.dumps(told))
    relay.rounds.clear()
    said = CliRunner().invoke(verify, [str(file)])
    assert said.exit_code == 0, said.output
    assert "holds: The beacon is the round that was named before, signed by drand’s public chain." in said.output
    assert "holds: The line of the ledger names the round of the beacon." in said.output
    file.write_text(json.dumps({**told, "round": ROUND + 1}))
    assert CliRunner().invoke(verify, [str(file)]).exit_code != 0
    file.write_text(json.dumps({**told, "beacon": told["beacon"].replace(PUBLISHED[ROUND][0], PUBLISHED[657_413][0])}))
    assert CliRunner().invoke(verify, [str(file)]).exit_code != 0


def test_a_relay_that_is_away_holds_nothing_up_but_the_draw(settings: Settings, relay: Relay) -> None:
    of = waiting().entry
    settings.DRAND = "http://127.0.0.1:9"
    drawing.fix_frame(body=of.body, by=BY, at=FIXED)
    assert drawing.draw_all(by=BY, at=AT) == 0
    settings.DRAND = ""
    assert drawing.draw_all(by=BY, at=AT + HOUR) == 0
    assert PermitDraw.objects.get().drawn_at is None
