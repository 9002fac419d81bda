"""`adaldyq ledger`, as a person types it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from adaldyq.ledger.cosignatures import cosign
from adaldyq.ledger.leaves import commit
from adaldyq.ledger.merkle import inclusion_proof
from adaldyq.ledger.notes import Note, SignerKey
from adaldyq.ledger.receipts import Receipt
from adaldyq.ledger.tiles import nodes_of
from adaldyq.ledger.witness import Witness
from adaldyq.project import env
from tests import databases
from tests.ledger.test_offline import AT, write_log
from tests.project.conftest import Shell

LOG = SignerKey.generate("example.kz/ledger")
LINES = [commit("room.record.make", {"record": f"R{number}"}, AT) for number in range(300)]
ENTRIES = [line.entry for line in LINES]


def receipt(place: Path, index: int = 7) -> Receipt:
    """The holder's copy of the receipt of a line of a log in a folder."""
    size = len(ENTRIES)
    nodes = nodes_of(lambda tile: (place / tile.path()).read_bytes(), size)
    note = (place / "checkpoint").read_text(encoding="utf-8")
    line = LINES[index]
    proof = tuple(inclusion_proof(nodes, index, size))
    return Receipt("ABC", line.entry, index, proof, note, (LOG.verifier,), line.salt, line.payload)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return write_log(tmp_path / "log", ENTRIES, LOG)


@contextmanager
def served(place: Path) -> Iterator[str]:
    """A folder on the network."""
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(place))) as running:
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_a_receipt_is_verified_without_a_database(shell: Shell, data: Path, log: Path) -> None:
    found = receipt(log)
    (data / "receipt.json").write_text(found.text(), encoding="utf-8")
    done = shell("ledger", "verify", "receipt.json", "--key", str(LOG.verifier))
    assert done.returncode == 0, done.stderr
    assert "✓ Salt and payload are what the line commits to" in done.stdout
    assert [one.name for one in data.iterdir()] == ["receipt.json"]
    forged = found.text().replace("room.record.make", "room.record.mark")
    done = shell("ledger", "verify", "-", "--key", str(LOG.verifier), input=forged)
    assert done.returncode == 4
    assert "✗ The proof does not lead from the line to the root of the tree." in done.stdout


def test_a_receipt_of_an_unknown_log_is_not_believed_until_its_key_is_known(
    shell: Shell, data: Path, log: Path
) -> None:
    (data / "receipt.json").write_text(receipt(log).text(), encoding="utf-8")
    done = shell("ledger", "verify", "receipt.json")
    assert done.returncode == 1
    assert "give a key that you trust" in done.stdout
    assert shell("ledger", "audit", str(log), "--key", str(LOG.verifier)).returncode == 0
    assert shell("ledger", "verify", "receipt.json").returncode == 0


def test_a_log_is_audited_over_the_network_and_again_from_what_was_saved(shell: Shell, data: Path, log: Path) -> None:
    with served(log) as address:
        done = shell("ledger", "audit", address, "--save", "copy")
        assert done.returncode == 0, done.stdout + done.stderr
        assert "was taken from the log itself" in done.stdout
        assert "room.record.make" in done.stdout
    again = shell("ledger", "audit", "copy")
    assert again.returncode == 0
    assert "its first 300 lines are the same" in again.stdout
    assert json.loads((data / "ledger-seen.json").read_text()).keys() == {"example.kz/ledger"}


def test_a_log_that_was_rolled_back_is_told_in_three_languages(shell: Shell, tmp_path: Path, log: Path) -> None:
    assert shell("ledger", "audit", str(log)).returncode == 0
    older = str(write_log(tmp_path / "older", ENTRIES[:200], LOG))
    for language, words in (("en", "it was rolled back"), ("ru", "журнал откатили назад"), ("kk", "кері қайтарылған")):
        done = shell("ledger", "audit", older, more={"ADALDYQ_LANGUAGE": language})
        assert done.returncode == 4
        assert words in done.stdout


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["verify", "nowhere.json"], 1, "There is nothing at nowhere.json"),
        (["verify", __file__, "--key", "x"], 1, "is not a key"),
        (["audit", "nowhere"], 1, "could not be read"),
        (["audit", "http://127.0.0.1:1/ledger", "--state", "s.json"], 1, "could not be read"),
        (["key", "--add", "--retire", "00000000"], 2, "Give only one"),
        (["sequence"], 1, "adaldyq migrate"),
    ],
)
def test_what_cannot_be_done_is_told(shell: Shell, words: list[str], code: int, told: str) -> None:
    done = shell("ledger", *words)
    assert done.returncode == code
    assert told in done.stdout + done.stderr


def test_lines_are_sequenced_and_keys_replaced_by_hand(shell: Shell, data: Path) -> None:
    databases.prepare(data)
    assert "0 lines" in shell("ledger", "sequence").stdout
    shown = shell("ledger", "key")
    assert shown.returncode == 0
    [first] = shown.stdout.splitlines()
    assert first.startswith("signs  localhost/ledger+")
    assert shell("ledger", "key", "--add").stdout.count("signs") == 2
    old = first.split("+")[1]
    assert shell("ledger", "key", "--retire", old).stdout.count("signs") == 1
    assert "No key with the id ffffffff" in shell("ledger", "key", "--retire", "ffffffff").stderr
    assert oct((data / "ledger-key").stat().st_mode)[-3:] == "600"


def test_sequencing_tells_why_nothing_would_be_signed_although_nothing_waits(shell: Shell, data: Path) -> None:
    databases.prepare(data)
    seen = data / env.OUTSIDE_BACKUPS / "ledger-seen"
    seen.parent.mkdir(exist_ok=True)
    seen.write_text("what another ledger signed", encoding="utf-8")
    done = shell("ledger", "sequence")
    assert done.returncode == 1
    assert "ledger-seen" in done.stderr


def test_fewer_witnesses_than_are_asked_for_prove_nothing(shell: Shell, data: Path, log: Path) -> None:
    local = Witness.open(data / env.OUTSIDE_BACKUPS / "witness", "localhost/witness", [LOG.verifier])
    (data / "receipt.json").write_text(receipt(log).text(), encoding="utf-8")
    done = shell("ledger", "verify", "receipt.json", "--key", str(LOG.verifier), "--least", "1")
    assert done.returncode == 1
    assert "Of the one witness you trust 0 cosigned this, and you ask for 1" in done.stdout
    note = (log / "checkpoint").read_text(encoding="utf-8")
    cosigned = note + str(cosign(Note.parse(note).text, local.signer, at=AT))
    (log / "checkpoint").write_text(cosigned, encoding="utf-8")
    done = shell("ledger", "audit", str(log), "--key", str(LOG.verifier), "--least", "1")
    assert done.returncode == 0, done.stdout
    assert "localhost/witness, a witness you trust, saw this tree" in done.stdout
