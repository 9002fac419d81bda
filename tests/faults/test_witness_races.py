"""Two histories race for the witnesses: each witness signs one of them, in however many processes it runs."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.ledger.checkpoints import Checkpoint
from adaldyq.ledger.cosignatures import CosignerKey, cosignatures
from adaldyq.ledger.notes import Note
from adaldyq.ledger.witness import MARK, SEEN, Witness
from adaldyq.ledger.witness_client import WitnessAddress
from tests.faults.attacks.witnesses import History
from tests.faults.attacks.world import AT, LOG, ORIGIN
from tests.ledger.witnesses import witness_process
from tools.with_postgresql import free_port

OURS, THEIRS = History("ours"), History("theirs")
ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Answer:
    """What a process of a witness answered to a request for a checkpoint."""

    history: History
    size: int
    status: int
    line: str

    def note(self) -> Note:
        """The checkpoint as the witness cosigned it."""
        return self.history.note(self.size).with_lines(self.line)


def asked(process: WitnessAddress, history: History, old: int, size: int) -> Answer:
    status, _kind, said = process.ask("POST", "/add-checkpoint", history.asks(old, size))
    return Answer(history, size, status, said)


@contextmanager
def processes(folder: Path, count: int) -> Iterator[list[WitnessAddress]]:
    """One witness in several processes."""
    with ExitStack() as stack:
        yield [stack.enter_context(witness_process(folder, LOG.verifier, folder.name)) for _number in range(count)]


def newest(process: WitnessAddress) -> Checkpoint:
    found = process.last(ORIGIN)
    assert found is not None
    return Checkpoint.parse(found.text)


def test_two_histories_that_race_at_two_witnesses_and_twice_at_one(tmp_path: Path) -> None:
    with processes(tmp_path / "first", 2) as first, processes(tmp_path / "second", 1) as second:
        everywhere = [*first, *second]
        signed: dict[CosignerKey, list[Answer]] = {first[0].key: [], second[0].key: []}
        with ThreadPoolExecutor(8) as threads:
            for turn in range(ROUNDS):
                old, size = turn * 5, turn * 5 + 5
                tries = [
                    (one, history, old, size + wide)
                    for wide in (0, 3)
                    for history in (OURS, THEIRS)
                    for one in everywhere
                ]
                answers = list(threads.map(lambda words: asked(*words), tries))
                for (process, *_words), answer in zip(tries, answers, strict=True):
                    assert answer.status in {200, 409, 422}
                    if answer.status == 200:
                        signed[process.key].append(answer)
                # Before the next turn each witness is led on, from wherever the race left it, to the same size.
                for process in (first[0], second[0]):
                    know = newest(process)
                    for history in (OURS, THEIRS):
                        caught = asked(process, history, know.size, turn * 5 + 10)
                        if caught.status == 200:
                            signed[process.key].append(caught)
        for process in (first[0], second[0]):
            one_history(signed[process.key], process)
        the_two_find_out(signed, first[0], second[0])


def one_history(answers: list[Answer], process: WitnessAddress) -> None:
    """All that a witness signed is of one history, each larger than the one before, and it remembers the largest."""
    assert answers
    assert len({id(answer.history) for answer in answers}) == 1
    sizes = [answer.size for answer in answers]
    assert len(set(sizes)) == len(sizes), "no size was signed twice in a race"
    assert newest(process).size == max(sizes)
    assert all(cosignatures(answer.note(), [process.key]) for answer in answers)


def the_two_find_out(signed: dict[CosignerKey, list[Answer]], first: WitnessAddress, second: WitnessAddress) -> None:
    """Whoever shows each witness the other history is refused, and holds the proof that the log signed both."""
    for mine in (first, second):
        here = signed[mine.key][-1].history
        other = THEIRS if here is OURS else OURS
        known = newest(mine).size
        assert asked(mine, other, known, known).status == 409
        assert asked(mine, other, known, known + 1).status == 422


def test_a_witness_that_is_killed_remembers_all_that_it_signed(tmp_path: Path) -> None:
    folder = tmp_path / "witness"
    key = Witness.open(folder, "witness.example/1", [LOG.verifier]).key
    port, signed = free_port(), 0
    words = ["--name", "x", "--folder", str(folder), "--port", str(port), "--log", str(LOG.verifier)]
    for turn in range(3):
        command = [sys.executable, "-m", "adaldyq.ledger.witness_server", *words]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            process.stdout.readline()
            address = WitnessAddress(f"http://127.0.0.1:{port}", key)
            for size in range(signed + 1, signed + 4):
                assert asked(address, OURS, signed, size).status == 200
                signed = size
            hanging = socket.create_connection(("127.0.0.1", port))
            body = OURS.asks(signed, signed + 1 + turn)
            hanging.sendall(b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
            os.kill(process.pid, signal.SIGKILL)
            hanging.close()
        again = Witness.open(folder, "x", [LOG.verifier])
        told = again.newest(sha256(ORIGIN.encode()).hexdigest())
        assert told is not None
        kept = Checkpoint.parse(Note.parse(told).text).size
        assert kept in {signed, signed + 1 + turn}
        signed = kept


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    found = Witness.open(tmp_path / "witness", "witness.example/1", [LOG.verifier])
    found.add_checkpoint(OURS.asks(0, 5), at=AT)
    return found


def test_a_memory_put_back_from_a_backup_signs_nothing(witness: Witness) -> None:
    old = (witness.folder / SEEN).read_text()
    witness.add_checkpoint(OURS.asks(5, 9), at=AT)
    (witness.folder / SEEN).write_text(old)
    with pytest.raises(DomainError, match="witness-memory-old"):
        witness.add_checkpoint(OURS.asks(5, 7), at=AT)
    with pytest.raises(DomainError, match="witness-memory-old"):
        Witness.open(witness.folder, "x", [LOG.verifier])


def test_a_death_between_the_two_files_leaves_a_witness_that_goes_on(witness: Witness) -> None:
    before = (witness.folder / SEEN).read_text(), (witness.folder / MARK).read_text()
    witness.add_checkpoint(OURS.asks(5, 9), at=AT)
    after = (witness.folder / MARK).read_text()
    (witness.folder / SEEN).write_text(before[0])
    (witness.folder / MARK).write_text(before[1] + after)
    again = Witness.open(witness.folder, "x", [LOG.verifier])
    again.add_checkpoint(OURS.asks(5, 7), at=AT)


def test_a_whole_folder_put_back_is_told_by_the_other_witness_and_by_whoever_saw(
    tmp_path: Path, witness: Witness
) -> None:
    other = Witness.open(tmp_path / "other", "witness.example/2", [LOG.verifier])
    shutil.copytree(witness.folder, tmp_path / "backup")
    fork = History("theirs", same=5)
    fork.leaves[:5] = OURS.leaves[:5]
    first = witness.add_checkpoint(OURS.asks(5, 9), at=AT)
    other.add_checkpoint(OURS.asks(0, 9), at=AT)
    restored = Witness.open(tmp_path / "backup", "x", [LOG.verifier])
    second = restored.add_checkpoint(fork.asks(5, 9), at=AT)
    with pytest.raises(DomainError, match="witness-root-differs"):
        other.add_checkpoint(fork.asks(9, 9), at=AT)
    roots = {Checkpoint.parse(one.text).root for one in (OURS.note(9), fork.note(9))}
    assert len(roots) == 2
    for history, line in ((OURS, first), (fork, second)):
        assert cosignatures(history.note(9).with_lines(line), [witness.key]), "proof that the witness signed both"
