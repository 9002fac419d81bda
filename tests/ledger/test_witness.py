"""A witness signs what continues what it saw, and nothing else, whoever asks and however often at once."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.ledger.checkpoints import Checkpoint
from adaldyq.ledger.cosignatures import cosignatures
from adaldyq.ledger.merkle import Frontier, consistency_proof, fold, leaf_hash
from adaldyq.ledger.notes import Note, SignerKey
from adaldyq.ledger.witness import SEEN, Submission, Witness
from adaldyq.ledger.witness_client import Knows, WitnessAddress, WitnessAway, WitnessRefused
from adaldyq.ledger.witness_server import Server

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
LOG = SignerKey.generate("example.kz/ledger")


class History:
    """A log in memory, of lines that begin with a word."""

    def __init__(self, word: str = "line", key: SignerKey = LOG) -> None:
        self.key = key
        self.leaves = [leaf_hash(f"{word} {number}".encode()) for number in range(64)]

    def node(self, height: int, index: int) -> bytes:
        return fold(b"".join(self.leaves[index << height : (index + 1) << height]))

    def note(self, size: int) -> Note:
        frontier = Frontier()
        for leaf in self.leaves[:size]:
            frontier.append(leaf)
        return Checkpoint(self.key.verifier.name, size, frontier.root()).signed(self.key)

    def proof(self, old: int, size: int) -> tuple[bytes, ...]:
        return tuple(consistency_proof(self.node, old, size)) if 0 < old < size else ()

    def asks(self, old: int, size: int) -> bytes:
        return Submission(old, self.proof(old, size), str(self.note(size))).text().encode()


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness.open(tmp_path / "witness", "witness.example/w1", [LOG.verifier])


@pytest.fixture
def served(witness: Witness) -> Iterator[WitnessAddress]:
    with Server(("127.0.0.1", 0), witness, lambda: AT) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield WitnessAddress(f"http://127.0.0.1:{server.server_port}", witness.key)
        server.shutdown()
        thread.join()


def test_a_growing_log_is_cosigned_with_the_time(witness: Witness) -> None:
    log = History()
    for old, size in ((0, 1), (1, 3), (3, 3), (3, 40), (40, 64)):
        line = witness.add_checkpoint(log.asks(old, size), at=AT)
        [found] = cosignatures(log.note(size).with_lines(line), [witness.key])
        assert (found.key, found.at) == (witness.key, AT)


def test_an_empty_log_is_cosigned_before_its_first_line(witness: Witness) -> None:
    log = History()
    witness.add_checkpoint(log.asks(0, 0), at=AT)
    witness.add_checkpoint(log.asks(0, 2), at=AT)


def test_what_was_signed_is_remembered_by_the_next_process(witness: Witness) -> None:
    witness.add_checkpoint(History().asks(0, 5), at=AT)
    again = Witness.open(witness.folder, "another name", [LOG.verifier])
    assert again.key == witness.key
    with pytest.raises(DomainError, match=r"witness-size-differs \(size=5\)"):
        again.add_checkpoint(History("other").asks(0, 7), at=AT)
    again.add_checkpoint(History().asks(5, 7), at=AT)


def test_a_clock_that_steps_back_makes_no_cosignature_older(witness: Witness) -> None:
    log = History()
    witness.add_checkpoint(log.asks(0, 1), at=AT)
    line = witness.add_checkpoint(log.asks(1, 2), at=AT - timedelta(days=1))
    assert cosignatures(log.note(2).with_lines(line), [witness.key])[0].at == AT


def test_two_that_race_give_one_history(witness: Witness) -> None:
    ours, theirs = History(), History("theirs")
    witness.add_checkpoint(ours.asks(0, 1), at=AT)
    ours_2, ours_4 = ours.asks(1, 2), ours.asks(1, 4)
    twin = Witness.open(witness.folder, "x", [LOG.verifier])

    def ask(one: Witness, body: bytes) -> str:
        try:
            return one.add_checkpoint(body, at=AT)
        except DomainError as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as threads:
        asked = [(one, body) for body in (ours_2, ours_4, theirs.asks(0, 3)) * 8 for one in (witness, twin)]
        answers = list(threads.map(lambda pair: ask(*pair), asked))
    signed = [body for (_one, body), answer in zip(asked, answers, strict=True) if answer.startswith("—")]
    assert len(signed) == 1
    assert signed[0] in {ours_2, ours_4}
    assert set(answers) - {"witness-size-differs"} == {answer for answer in answers if answer.startswith("—")}


def test_what_cannot_be_remembered_is_not_signed(witness: Witness) -> None:
    script = (
        "import resource, signal, sys; from pathlib import Path; from datetime import datetime, UTC\n"
        "from adaldyq.ledger.witness import Witness; from adaldyq.ledger.notes import VerifierKey\n"
        "witness = Witness.open(Path(sys.argv[1]), 'x', [VerifierKey.parse(sys.argv[2])])\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (8, 8))\n"
        "print(witness.add_checkpoint(sys.stdin.buffer.read(), at=datetime.now(UTC)))\n"
    )
    command = [sys.executable, "-c", script, str(witness.folder), str(LOG.verifier)]
    done = subprocess.run(command, input=History().asks(0, 5), capture_output=True, check=False)
    assert done.stdout == b""
    assert b"File too large" in done.stderr
    assert witness.memory() == {}
    assert not list(witness.folder.glob("*.new"))


@pytest.mark.parametrize(
    "damage", ["", "{", '{"example.kz/ledger": 5}', "[]", '{"example.kz/ledger": "x\\n1\\nA=\\n\\n"}']
)
def test_a_damaged_memory_signs_nothing(witness: Witness, damage: str) -> None:
    (witness.folder / SEEN).write_text(damage)
    with pytest.raises(DomainError, match="witness-memory-damaged"):
        witness.add_checkpoint(History().asks(0, 1), at=AT)
    with pytest.raises(DomainError, match="witness-memory-damaged"):
        Witness.open(witness.folder, "x", [LOG.verifier])


def test_a_lost_or_forged_memory_signs_nothing(witness: Witness) -> None:
    witness.add_checkpoint(History().asks(0, 5), at=AT)
    (witness.folder / SEEN).write_text(json.dumps({LOG.verifier.name: str(History("other").note(2))}))
    with pytest.raises(DomainError, match="witness-memory-damaged"):
        witness.add_checkpoint(History("other").asks(2, 3), at=AT)
    (witness.folder / SEEN).unlink()
    with pytest.raises(DomainError, match="witness-memory-lost"):
        witness.add_checkpoint(History().asks(0, 1), at=AT)
    with pytest.raises(DomainError, match="witness-memory-lost"):
        Witness.open(witness.folder, "x", [LOG.verifier])


def test_over_http_it_says_what_the_specification_says(served: WitnessAddress) -> None:
    log, other = History(), History("other")
    stranger = History(key=SignerKey.generate("elsewhere.example/ledger"))
    forged = History(key=SignerKey.generate(LOG.verifier.name))

    def post(body: bytes, path: str = "/add-checkpoint") -> tuple[int, str]:
        status, kind, text = served.ask("POST", path, body)
        return status, text if kind == "text/x.tlog.size" else kind

    assert post(log.asks(0, 5))[0] == 200
    assert post(log.asks(0, 7)) == (409, "5\n")
    assert post(other.asks(5, 5)) == (409, "text/plain")
    assert post(other.asks(5, 7)) == (422, "text/plain")
    assert post(Submission(5, log.proof(5, 7)[:-1], str(log.note(7))).text().encode())[0] == 422
    assert post(Submission(5, (bytes(32),), str(log.note(5))).text().encode())[0] == 422
    assert post(log.asks(9, 7))[0] == 400
    assert post(b"old 05\n\nx")[0] == 400
    assert post(stranger.asks(0, 1))[0] == 404
    assert post(forged.asks(5, 7))[0] == 403
    assert post(b"", "/elsewhere")[0] == 404
    assert post(bytes(100_000))[0] == 413
    assert post(log.asks(5, 7))[0] == 200
    assert served.ask("GET", "/elsewhere")[0] == 404
    assert str(served.key) in served.ask("GET", "/")[2]
    path = f"/{sha256(LOG.verifier.name.encode()).hexdigest()}/checkpoint"
    assert Checkpoint.parse(Note.parse(served.ask("GET", path)[2]).text).size == 7


def test_a_log_learns_what_the_witness_knows_and_when_it_refuses(served: WitnessAddress) -> None:
    log, other = History(), History("other")

    def ask(one: History, old: int, size: int) -> Note | Knows:
        return served.cosignature(Submission(old, one.proof(old, size), str(one.note(size))))

    assert served.last(LOG.verifier.name) is None
    assert isinstance(ask(log, 0, 5), Note)
    assert ask(log, 0, 7) == Knows(5)
    with pytest.raises(WitnessRefused, match="two histories"):
        ask(other, 5, 5)
    with pytest.raises(WitnessRefused, match="does not begin"):
        ask(other, 5, 7)
    last = served.last(LOG.verifier.name)
    assert last is not None
    assert last.checked([LOG.verifier, served.key])


def test_an_answer_that_is_not_the_witness_s_own_is_of_no_use(served: WitnessAddress, tmp_path: Path) -> None:
    impostor = WitnessAddress(served.url, Witness.open(tmp_path / "other", "witness.example/w1", []).key)
    with pytest.raises(WitnessAway):
        impostor.cosignature(Submission(0, (), str(History().note(1))))
    with pytest.raises(WitnessAway):
        impostor.last(LOG.verifier.name)
    with pytest.raises(WitnessAway):
        WitnessAddress("http://127.0.0.1:9", served.key).last(LOG.verifier.name)


@pytest.mark.parametrize("text", ["", "https://w.example", "ftp://w.example KEY", "KEY https://w.example"])
def test_what_names_no_witness_is_told(text: str) -> None:
    with pytest.raises(DomainError, match="witness-address-malformed"):
        WitnessAddress.parse(text)
