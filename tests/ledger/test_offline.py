"""Receipts and whole logs are checked far from the system, and every way to bend a log is caught."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.ledger.audit import Audit, Seen, audit
from adaldyq.ledger.checkpoints import Checkpoint, key_lines
from adaldyq.ledger.leaves import commit
from adaldyq.ledger.merkle import inclusion_proof, leaf_hash
from adaldyq.ledger.notes import SignerKey
from adaldyq.ledger.offline import exit_code, lines_of, main
from adaldyq.ledger.receipts import Receipt
from adaldyq.ledger.sources import Folder, Kept, Web, source_of
from adaldyq.ledger.tiles import Edge, Tile, bundle, bundles_of, nodes_of, tiles_of

AT = datetime(2026, 3, 1, 12, 34, 56, tzinfo=UTC)
LOG = SignerKey.generate("example.kz/ledger")
LINES = [commit("room.record.make", {"record": f"R{number}"}, AT) for number in range(700)]
ENTRIES = [line.entry for line in LINES]


def write_log(place: Path, entries: list[bytes], *signers: SignerKey, named: tuple[str, ...] = ()) -> Path:
    """A log as files.

    Args:
        named: extensions of its checkpoint.
    """
    edge = Edge()
    for entry in entries:
        edge.append(leaf_hash(entry))
    files = {tile.path(): hashes for tile, hashes in {**edge.full, **edge.partial()}.items()}
    for tile in bundles_of(len(entries)):
        files[tile.path()] = bundle(entries[tile.index * 256 : tile.index * 256 + tile.width])
    note = Checkpoint("example.kz/ledger", edge.size, edge.root(), named).signed(*(signers or (LOG,)))
    files["checkpoint"] = str(note).encode()
    files["keys"] = "".join(f"{key.verifier}\n" for key in signers or (LOG,)).encode()
    for path, data in files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(data)
    return place


def look(place: Path, *, state: Path | None = None, keys: tuple[SignerKey, ...] = (LOG,)) -> Audit:
    seen = Seen.load(state or place.parent / "seen.json")
    return audit(Folder(place), seen, keys=[key.verifier for key in keys])


def codes(found: Audit) -> list[str]:
    return [step.code for step in found.verdict.steps]


def receipt(index: int = 5) -> Receipt:
    edge = Edge()
    for entry in ENTRIES:
        edge.append(leaf_hash(entry))
    held = {**edge.full, **edge.partial()}
    proof = inclusion_proof(nodes_of(held.__getitem__, edge.size), index, edge.size)
    note = str(Checkpoint("example.kz/ledger", edge.size, edge.root()).signed(LOG))
    line = LINES[index]
    return Receipt("ABC", line.entry, index, tuple(proof), note, (LOG.verifier,), line.salt, line.payload)


@pytest.fixture
def said() -> list[str]:
    return []


def test_nothing_but_base_and_a_cryptographic_library_is_imported() -> None:
    code = (
        "import sys; before = set(sys.modules); import adaldyq.ledger.offline, adaldyq.ledger.audit, adaldyq.ledger.sources;"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}"
        " - set(sys.stdlib_module_names)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert set(found) <= {"adaldyq", "cryptography", "_cffi_backend", "_openssl"}


def test_a_log_that_holds_is_told_step_by_step(tmp_path: Path) -> None:
    found = look(write_log(tmp_path / "log", ENTRIES))
    assert codes(found) == [
        "audit-read",
        "step-signed",
        "audit-lines",
        "audit-tiles",
        "audit-first",
        "step-no-witness-known",
    ]
    assert found.verdict.holds
    assert found.acts == {"room.record.make": 700}
    tiles = len(list(tiles_of(700)))
    assert f"✓ All {tiles} tiles hold the hashes of the lines." in lines_of(found.verdict)


def test_a_log_of_one_line_is_told_in_the_singular(tmp_path: Path) -> None:
    told = lines_of(look(write_log(tmp_path / "log", ENTRIES[:1])).verdict)
    assert told[0].endswith(" was read: 1 line.")
    assert "✓ The only line was fetched and hashed; it gives the root that was signed." in told


def test_a_log_that_grew_continues_what_was_seen(tmp_path: Path) -> None:
    for size in (3, 256, 257, 700, 700):
        found = look(write_log(tmp_path / "log", ENTRIES[:size]))
        assert found.verdict.holds
    assert "audit-continued" in codes(found)


def test_an_empty_log_holds(tmp_path: Path) -> None:
    assert look(write_log(tmp_path / "log", [])).verdict.holds
    assert look(write_log(tmp_path / "log", ENTRIES[:2])).verdict.holds


def test_a_log_that_was_rolled_back_is_caught_with_evidence(tmp_path: Path) -> None:
    look(write_log(tmp_path / "log", ENTRIES))
    older = write_log(tmp_path / "older", ENTRIES[:600])
    found = look(older)
    assert codes(found)[-1] == "log-shorter"
    assert exit_code(found.verdict) == 4
    evidence = (tmp_path / "seen-fork-700-600.txt").read_text()
    assert "\n700\n" in evidence
    assert "\n600\n" in evidence
    assert Seen.load(tmp_path / "seen.json").checkpoint("example.kz/ledger").split("\n")[1] == "700"


@pytest.mark.parametrize("size", [500, 501, 700])
def test_a_log_that_signed_two_histories_is_caught(tmp_path: Path, size: int) -> None:
    look(write_log(tmp_path / "log", ENTRIES[:500]))
    forked = [*ENTRIES[:499], b"another", *ENTRIES[500:]][:size]
    found = look(write_log(tmp_path / "forked", forked))
    assert codes(found)[-1] == "log-forked"
    assert not found.verdict.holds


def test_a_log_signed_by_a_stranger_is_caught(tmp_path: Path) -> None:
    stranger = SignerKey.generate("example.kz/ledger")
    found = look(write_log(tmp_path / "log", ENTRIES, stranger))
    assert codes(found) == ["not-signed"]


def damage(path: str, change: Callable[[bytes], bytes | None]) -> Callable[[Path], None]:
    def do(place: Path) -> None:
        data = change((place / path).read_bytes())
        (place / path).unlink()
        if data is not None:
            (place / path).write_bytes(data)

    return do


def flip(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (damage("tile/entries/001", flip), "tile-wrong"),
        (damage("tile/entries/001", lambda data: data + b"\x00\x00"), "bundle-malformed"),
        (damage("tile/entries/001", lambda data: data[:-1]), "bundle-malformed"),
        (damage("tile/entries/002.p/188", flip), "tile-wrong"),
        (damage("tile/entries/000", lambda _data: None), "tile-wrong"),
        (damage("tile/0/000", flip), "tile-wrong"),
        (damage("tile/1/000.p/2", flip), "tile-wrong"),
        (damage("tile/0/002.p/188", lambda _data: None), "tile-wrong"),
        (damage("checkpoint", lambda data: data.replace(b"\n700\n", b"\n699\n")), "signature-wrong"),
        (damage("checkpoint", flip), "note-malformed"),
    ],
)
def test_whatever_is_changed_in_a_log_is_caught(tmp_path: Path, change: Callable[[Path], None], told: str) -> None:
    place = write_log(tmp_path / "log", ENTRIES)
    change(place)
    found = look(place)
    assert codes(found)[-1] == told
    assert exit_code(found.verdict) == 4
    assert not (tmp_path / "seen.json").exists()


def test_lines_that_do_not_give_the_signed_root_are_caught(tmp_path: Path) -> None:
    place = write_log(tmp_path / "log", ENTRIES)
    note = Checkpoint("example.kz/ledger", 700, bytes(32)).signed(LOG)
    (place / "checkpoint").write_text(str(note))
    assert codes(look(place))[-1] == "root-wrong"


def test_a_whole_tile_stands_for_a_partial_one_that_is_gone(tmp_path: Path) -> None:
    place = write_log(tmp_path / "log", ENTRIES[:200])
    write_log(place, ENTRIES)
    older = Checkpoint("example.kz/ledger", 200, Edge_root(200)).signed(LOG)
    (place / "checkpoint").write_text(str(older))
    for path in (Tile(0, 0, 200).path(), Tile(None, 0, 200).path()):
        (place / path).unlink()
    assert look(place).verdict.holds


def Edge_root(size: int) -> bytes:  # noqa: N802  # reads as what it gives
    edge = Edge()
    for entry in ENTRIES[:size]:
        edge.append(leaf_hash(entry))
    return edge.root()


def test_keys_of_the_first_look_are_taken_from_the_log_and_said_so(tmp_path: Path) -> None:
    found = look(write_log(tmp_path / "log", ENTRIES), keys=())
    assert codes(found)[0] == "audit-key-taken"
    assert found.verdict.holds
    stranger = write_log(tmp_path / "other", ENTRIES, SignerKey.generate("example.kz/ledger"))
    assert codes(look(stranger, keys=())) == ["not-signed"]


def test_a_key_is_replaced_when_the_old_one_signed_its_name(tmp_path: Path) -> None:
    new = SignerKey.generate("example.kz/ledger")
    look(write_log(tmp_path / "log", ENTRIES[:5]))
    named = key_lines([LOG.verifier, new.verifier])
    assert "audit-key-added" in codes(look(write_log(tmp_path / "log", ENTRIES[:6], LOG, new, named=named), keys=()))
    assert look(write_log(tmp_path / "log", ENTRIES[:7], new), keys=()).verdict.holds


def test_a_log_without_keys_cannot_be_judged(tmp_path: Path) -> None:
    place = write_log(tmp_path / "log", ENTRIES[:2])
    (place / "keys").write_text("no key\n")
    with pytest.raises(DomainError, match="keys-missing"):
        look(place, keys=())


@pytest.mark.parametrize("text", ["", "[]", '{"a":1}', "[" * 100_000, '{"example.kz/ledger":{"keys":["x"]}}'])
def test_a_state_file_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    state = tmp_path / "seen.json"
    state.write_text(text)
    with pytest.raises(DomainError, match="state-malformed"):
        look(write_log(tmp_path / "log", ENTRIES[:2]), state=state, keys=())


def test_what_was_fetched_is_kept_and_can_be_audited_again(tmp_path: Path) -> None:
    place = write_log(tmp_path / "log", ENTRIES)
    seen = Seen(tmp_path / "seen.json")
    audit(Kept(Folder(place), tmp_path / "copy"), seen, keys=[LOG.verifier])
    assert look(tmp_path / "copy").verdict.holds


class Server(ThreadingHTTPServer):
    """A log on the network whose first answers may be as busy as a test wants."""

    place: Path
    busy = 0


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        file = self.server.place / self.path.removeprefix("/ledger/")
        status, data = (200, file.read_bytes()) if file.is_file() else (404, b"")
        if self.server.busy:
            self.server.busy -= 1
            status, data = 503, b"later"
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # named by the library
        """Say nothing."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with Server(("127.0.0.1", 0), Handler) as running:
        running.place = write_log(tmp_path / "log", ENTRIES)
        thread = threading.Thread(target=running.serve_forever, args=(0.01,))
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_a_log_is_audited_over_the_network_with_patience(server: Server, tmp_path: Path) -> None:
    server.busy = 2
    source = Web(f"http://127.0.0.1:{server.server_port}/ledger/", pause=0)
    assert audit(source, Seen(tmp_path / "seen.json"), keys=[LOG.verifier]).verdict.holds
    server.busy = 100
    with pytest.raises(DomainError, match="source-unreachable"):
        audit(source, Seen(tmp_path / "seen.json"), keys=[LOG.verifier])
    source.connection.close()


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/ledger", "ftp://example.kz/", "http:///x"])
def test_an_address_that_does_not_answer_is_told(address: str) -> None:
    with pytest.raises(DomainError, match="source-unreachable"):
        Web(address, pause=0).read("checkpoint")


def test_a_folder_without_a_log_is_told(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="source-unreachable"):
        audit(source_of(str(tmp_path)), Seen(tmp_path / "seen.json"))


def test_the_door_checks_a_receipt(tmp_path: Path, said: list[str]) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(receipt().text(), encoding="utf-8")
    assert main(["verify", str(file), "--key", str(LOG.verifier)], said.append) == 0
    assert said[1] == "✓ Salt and payload are what the line commits to, so this is what the act said."
    assert main(["verify", str(file)], said.append) == 1
    file.write_text(file.read_text().replace("room.record.make", "room.record.mark"), encoding="utf-8")
    assert main(["verify", str(file), f"--key={LOG.verifier}"], said.append) == 4
    assert "✗ The proof does not lead from the line to the root of the tree." in said


def test_the_door_audits_a_log(tmp_path: Path, said: list[str]) -> None:
    place = write_log(tmp_path / "log", ENTRIES)
    state = ["--state", str(tmp_path / "seen.json")]
    assert main(["audit", str(place), *state, "--save", str(tmp_path / "copy")], said.append) == 0
    assert main(["audit", str(tmp_path / "copy"), *state], said.append) == 0
    assert main(["audit", str(write_log(tmp_path / "old", ENTRIES[:9])), *state], said.append) == 4
    assert json.loads((tmp_path / "seen.json").read_text()).keys() == {"example.kz/ledger"}


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["verify"],
        ["burn", "x"],
        ["verify", "x", "--key"],
        ["verify", "x", "--colour", "red"],
        ["audit", "x", "--state", "a", "--state", "b"],
    ],
)
def test_a_wrong_command_line_is_answered_with_how_it_goes(arguments: list[str], said: list[str]) -> None:
    assert main(arguments, said.append) == 2
    assert "python -m adaldyq.ledger.offline verify" in said[0]


@pytest.mark.parametrize(
    "arguments", [["verify", "/nowhere"], ["verify", __file__, "--key", "x"], ["audit", "/nowhere"]]
)
def test_what_cannot_be_read_is_told_in_a_sentence(arguments: list[str], said: list[str]) -> None:
    assert main(arguments, said.append) == 1
    assert len(said) == 1


def test_the_door_opens_without_the_rest(tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(receipt().text(), encoding="utf-8")
    command = [sys.executable, "-m", "adaldyq.ledger.offline", "verify", "-", "--key", str(LOG.verifier)]
    with file.open() as text:
        found = subprocess.run(
            command,
            stdin=text,
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONPATH": "src", "PYTHONIOENCODING": "utf-8"},
        )
    assert found.returncode == 0, found.stderr
    assert found.stdout.count("✓") == 4
