"""Attacks on whoever runs the ledger: the page that checks receipts, and the sequencer with its database."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from adaldyq.base.errors import DomainError
from adaldyq.ledger import keys
from adaldyq.ledger.actions import append
from adaldyq.ledger.guard import Guard, cosign_guarded, sequence_guarded
from adaldyq.ledger.models import Leaf, LogKey, StoredCheckpoint
from adaldyq.ledger.witness import Witness
from adaldyq.ledger.witness_server import Server
from adaldyq.ledger.witnessing import Rounds
from tests.faults.attacks import databases
from tests.faults.attacks.world import AT, LOG, SECOND, Attack, attacks, honest, says, text_of, witness_key
from tests.faults.test_attacks import forged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    settings.LEDGER_SEEN = tmp_path / "outside" / "seen"
    settings.LEDGER_WITNESSES = ""


def shown(text: str) -> tuple[int, str]:
    """What the page says of a receipt."""
    answer = Client().post("/en/ledger/check/", {"file": SimpleUploadedFile("receipt.json", text.encode("utf-8"))})
    words = re.sub(r"<[^>]+>", "", answer.content.decode())
    return answer.status_code, html.unescape(words)


def test_the_page_refuses_every_forged_receipt_with_its_reason(settings: Settings) -> None:
    settings.LEDGER_WITNESSES = ",".join(f"http://127.0.0.1:9 {witness_key(number)}" for number in range(2))
    LogKey.objects.bulk_create(LogKey(text=str(key.verifier), first_signed_at=AT) for key in (LOG, SECOND))
    assert (
        "Cosigned by 2 of the 2 known witnesses: witness.example/1, witness.example/2." in shown(text_of(honest()))[1]
    )
    through: list[str] = []
    for attack in [*attacks("receipt"), *attacks("note")]:
        status, page = shown(forged(attack))
        if attack.refused == "witnesses-too-few":
            caught = "1 of the 2 known witnesses" in page or "None of the 2 known witnesses" in page
        else:
            refused = "This is too long to be a receipt." in page or says(attack.refused, page)
            caught = refused and "The receipt holds" not in page
        if not caught or status not in {200, 422}:
            through.append(attack.name)
    assert not through


@pytest.fixture
def log(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """A log of 9 lines, cosigned by a witness on the network, and 2 lines that wait."""
    watched = Witness.open(tmp_path / "witness", "witness.example/1", [keys.signing_keys()[0].verifier])
    with Server(("127.0.0.1", 0), watched, lambda: AT) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        settings.LEDGER_WITNESSES = f"http://127.0.0.1:{server.server_port} {watched.key}"
        for count in (5, 4, 2):
            with transaction.atomic():
                append(act="room.record.make", payloads=[{"record": f"R{number}"} for number in range(count)], at=AT)
            if count > 2:
                guard = Guard.of_settings()
                sequence_guarded(guard, at=AT)
                assert cosign_guarded(guard, Rounds(guard.witnesses)) == 1
        yield
        server.shutdown()
        thread.join()


def rows() -> list[object]:
    return [pytest.param(one, id=one.name) for one in attacks("sequencer")]


@pytest.mark.parametrize("attack", rows())
def test_a_bent_database_is_not_signed(log: None, attack: Attack) -> None:
    attack.of(databases)()
    signed = set(StoredCheckpoint.objects.values_list("note", flat=True))
    waiting = set(Leaf.objects.filter(position=None).values_list("pk", flat=True))
    with pytest.raises(DomainError) as refusal:
        sequence_guarded(Guard.of_settings(), at=AT)
    assert refusal.value.code == attack.refused
    assert set(StoredCheckpoint.objects.values_list("note", flat=True)) == signed
    assert set(Leaf.objects.filter(position=None).values_list("pk", flat=True)) == waiting
