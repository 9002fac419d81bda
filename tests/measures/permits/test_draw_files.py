"""Whoever repeats a draw from its file finds out a beacon that was chosen, secrets that were made afterwards, and one order for another."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from pytest_django import Settings

from adaldyq.base import draw as chance
from adaldyq.ledger.cosignatures import cosign, cosigner
from adaldyq.ledger.keys import public_keys
from adaldyq.ledger.models import StoredCheckpoint, StoredCosignature
from adaldyq.ledger.sequencer import sequence
from adaldyq.measures.permits.actions import drawing
from adaldyq.measures.permits.models import PermitDraw, PermitSecret
from adaldyq.project.cli.drawing import verify
from tests import factories
from tests.factories import BY
from tests.measures.permits.applying import AT, applicant, drawn, officers, opened, sent
from tests.measures.permits.test_draws import digest

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
WITNESS = "witness.example/w"
Bundle = dict[str, Any]


def told_of(draw: PermitDraw) -> Bundle:
    """The file of a draw, once the line about its result has its place."""
    sequence(at=AT + 30 * HOUR)
    found: Bundle = json.loads(Client().get(f"/en/permits/draws/{draw.pk}/draw.json").content)
    return found


def again(told: Bundle, beacon: str, **changes: object) -> Bundle:
    """The file with another beacon and all that follows from it."""
    frame = chance.Frame(**{name: value for name, value in told["frame"].items() if name != "algorithm"})
    return {**told, **changes, **json.loads(json.dumps(chance.bundle(frame, beacon)))}


def said_of(told: Bundle, folder: Path, more: Sequence[str] = ()) -> tuple[int, str]:
    """What the shell says of a file."""
    file = folder / "draw.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    done = CliRunner().invoke(verify, [str(file), "--key", str(public_keys()[0]), *more])
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def by_the_log() -> PermitDraw:
    """A draw whose seed the log's own signature made."""
    of = opened()
    officers(of.body, "a", "b", "c")
    draw = drawn(sent(of, applicant())).draw
    assert draw is not None
    return draw


def by_offices(*, withhold: bool = False) -> PermitDraw:
    """A draw whose seed two offices' secrets made, or would have."""
    of = opened()
    officers(of.body, "a", "b", "c")
    sent(of, applicant())
    for number in range(2):
        drawing.commit_secrets(office=factories.body(f"O{number}"), digests=[digest(f"s{number}")], by=BY, at=AT)
    drawing.draw_all(by=BY, at=AT)
    sequence(at=AT)
    for number in range(1 if withhold else 2):
        drawing.reveal_secret(
            secret=PermitSecret.objects.get(digest=digest(f"s{number}")), text=f"s{number}", by=BY, at=AT
        )
    drawing.draw_all(by=BY, at=AT + 25 * HOUR)
    if withhold:
        sequence(at=AT + 25 * HOUR)
        drawing.draw_all(by=BY, at=AT + 26 * HOUR)
    return PermitDraw.objects.get()


def test_a_beacon_that_somebody_chose_is_found_out(tmp_path: Path) -> None:
    told = told_of(by_the_log())
    assert said_of(told, tmp_path)[0] == 0
    assert said_of(again(told, "chosen"), tmp_path)[0] == 1
    later = StoredCheckpoint.objects.order_by("-size")[0].note
    assert later != told["beacon"]
    assert said_of(again(told, later), tmp_path)[0] == 1
    before = again(told, told["beacon"].replace("\n", "\n\n", 1))
    assert said_of(before, tmp_path)[0] == 1


def test_secrets_that_were_made_afterwards_or_stand_in_another_order_are_found_out(tmp_path: Path) -> None:
    told = told_of(by_offices())
    assert told["beacon_kind"] == "offices"
    assert said_of(told, tmp_path)[0] == 0
    bare = {**told, "seed_receipt": None}
    forged = [
        {**one, "secret": f"f{place}", "digest": digest(f"f{place}")} for place, one in enumerate(told["secrets"])
    ]
    assert said_of(again(bare, "f0\nf1", secrets=forged), tmp_path)[0] == 1
    turned = told["secrets"][::-1]
    beacon = "\n".join(one["secret"] for one in turned)
    assert said_of(again(bare, beacon, secrets=turned), tmp_path)[0] == 1
    other = StoredCheckpoint.objects.order_by("-size")[0].note
    assert said_of(again(bare, other, beacon_kind="witnesses"), tmp_path)[0] == 1


def test_what_an_office_kept_back_lets_the_witnesses_decide_and_only_that(tmp_path: Path) -> None:
    told = told_of(by_offices(withhold=True))
    assert (told["beacon_kind"], told["given_up_receipt"] is not None) == ("witnesses", True)
    assert said_of(told, tmp_path)[0] == 0
    assert said_of({**told, "given_up_receipt": None}, tmp_path)[0] == 1


def test_the_witnesses_that_were_named_have_signed_the_beacon(tmp_path: Path, settings: Settings) -> None:
    signer, other = cosigner(WITNESS), cosigner(WITNESS)
    settings.LEDGER_WITNESSES = f"http://127.0.0.1:9 {signer.verifier}"
    of = opened()
    officers(of.body, "a", "b", "c")
    sent(of, applicant())
    drawing.draw_all(by=BY, at=AT)
    sequence(at=AT)
    newest = StoredCheckpoint.objects.order_by("-size")[0]
    line = str(cosign(newest.note.partition("\n\n")[0] + "\n", signer, at=AT))
    StoredCosignature.objects.create(checkpoint=newest, witness=WITNESS, line=line, stated_at=AT)
    assert drawing.draw_all(by=BY, at=AT + HOUR) == 1
    told = told_of(PermitDraw.objects.get())
    status, words = said_of(told, tmp_path, ["--witness", str(signer.verifier)])
    assert (status, told["beacon"].count(WITNESS)) == (0, 1), words
    assert said_of(told, tmp_path)[0] == 0
    forged = told["beacon"].replace(line, str(cosign(newest.note.partition("\n\n")[0] + "\n", other, at=AT)))
    bare = {**told, "seed_receipt": None}
    assert said_of(again(bare, forged), tmp_path, ["--witness", str(signer.verifier)])[0] == 1
    assert said_of(again(bare, newest.note), tmp_path)[0] == 1, "without a signature of the witness"
