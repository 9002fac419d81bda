"""A sentence of a reporter is looked for in everything that a real server leaves behind: files, logs, memory, backups."""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import secrets
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from adaldyq.measures.reports.adapters import letters
from adaldyq.sealing import envelopes, phrases, receipts
from tests.conftest import COLLECT, serving, shell
from tests.faults.installation import children_of
from tests.measures.reports.reporter import CARRIED
from tests.measures.reports.script import in_base64, solved
from tests.project.conftest import run
from tools.with_postgresql import free_port, programs
from tools.with_postgresql import serving as postgresql

UNIT = Path(__file__).parents[3] / "docs" / "how-to" / "deploy" / "adaldyq-web.service"
FORM, BACK, DOOR = "/en/reports/file/", "/en/reports/return/", "/en/reports/sealed/"
FILE = re.compile(r'name="file" value="([^"]+)"')
WORDS = re.compile(r'app-phrase">(.*?)</ol>', re.DOTALL)
HELD_BACK, TIMES = 64, 300_000
ATTEMPTS, SECONDS_TO_LOOK = 12, 5.0
"""Bytes of a body that come late, and how often the sentence stands in the file: more than is kept in memory."""
MOST_COPIES = 120
"""How many may be left in memory: the end of one buffer, some fifty as measured, where without the unit's settings more are
left than there were."""
PEOPLE = "100"
TELLS_ALL = ("log_statement=all", "log_parameter_max_length=-1", "wal_level=logical")
"""Settings under which PostgreSQL writes down more than by itself: each statement with its values, and whole rows."""


@dataclass
class Installed:
    """An installation, and where what it writes lies.

    Attributes:
        data: its data folder.
        more: variables that name its database.
        searched: folders that are searched with it.
    """

    data: Path
    more: Mapping[str, str]
    searched: Sequence[Path] = ()


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """An installation with a sample country on each database; PostgreSQL with its write-ahead log and its own log."""
    if request.param == "SQLite":
        yield Installed(request.getfixturevalue("small_country"), {})
        return
    if programs() is None:
        pytest.skip("there is no PostgreSQL server program (Debian: apt install postgresql)")
    data = tmp_path_factory.mktemp("on-postgresql")
    with postgresql(TELLS_ALL) as server:
        more = {"DATABASE_URL": server.url}
        for command in (["-m", "adaldyq", "migrate"], ["-m", "adaldyq", "demo", "--people", PEOPLE], ["-c", COLLECT]):
            subprocess.run([sys.executable, *command], env=shell(data, **more), cwd=data, check=True)
        yield Installed(data, more, [server.folder])


@dataclass
class Visit:
    """A browser that keeps nothing, without scripts or with one of its own."""

    address: str
    page: str = ""

    def form(self, path: str, **answers: str) -> bytes:
        """The body of a form with what the page carries; files by `file`, the content."""
        found = CARRIED.search(self.page)
        parts = {"carried": html.unescape(found[1]) if found else "", **answers}
        named = {"file": 'enclosures"; filename="a.txt', "stored": "file"}
        told = (
            f'--b\r\nContent-Disposition: form-data; name="{named.get(name, name)}"\r\n\r\n{text}\r\n'
            for name, text in parts.items()
        )
        return ("".join(told) + "--b--\r\n").encode()

    def begin(self, path: str, body: bytes, kind: str = "multipart/form-data; boundary=b") -> HTTPConnection:
        """Send a request but for its last bytes."""
        parts = urlsplit(self.address)
        connection = HTTPConnection(str(parts.hostname), parts.port, timeout=120)
        connection.putrequest("POST" if body else "GET", path)
        connection.putheader("Content-Type", kind)
        connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body[:-HELD_BACK])
        return connection

    def end(self, connection: HTTPConnection, body: bytes) -> str:
        """Send the rest; the page that comes."""
        connection.send(body[-HELD_BACK:])
        answer: HTTPResponse = connection.getresponse()
        self.page = answer.read().decode()
        assert answer.status == 200, self.page[:2000]
        connection.close()
        return self.page

    def save(self, file: str, pids: Iterable[int], folder: Path) -> bytes:
        """Take a file back, and look at what the server has open before more than its beginning is read.

        It may have sent all of it before anybody looks; then it is asked for once more.
        """
        for _attempt in range(ATTEMPTS):
            body = self.form(BACK, step="file", stored=file)
            coming = self.begin(BACK, body)
            coming.send(body[-HELD_BACK:])
            answer = coming.getresponse()
            held = spool_of(pids, folder, SECONDS_TO_LOOK)
            whole = answer.read()
            coming.close()
            if held:
                assert not any(whole[:40] in content for _name, content in held)
                return whole
        raise AssertionError("nobody saw the file open")

    def ask(self, path: str, body: bytes = b"", kind: str = "multipart/form-data; boundary=b") -> str:
        """Send a request and read the answer."""
        return self.end(self.begin(path, body, kind), body)

    def step(self, **head: object) -> dict[str, object]:
        """A step of a script."""
        told: dict[str, object] = json.loads(
            self.ask(DOOR, json.dumps(head).encode() + b"\n" + b" " * HELD_BACK, "application/octet-stream")
        )
        return told


def report_with_script(visit: Visit, text: str) -> None:
    """Report as a browser does that seals."""
    found = CARRIED.search(visit.ask(FORM))
    assert found
    token, secret = html.unescape(found[1]), phrases.new_entropy()
    routed = visit.step(step="route", token=token)
    (own_secret, own), (box_secret, box) = envelopes.new_identity(), envelopes.new_identity()
    parts = {
        "wrapped": envelopes.wrap(own_secret, list(routed["recipients"])),  # type: ignore[call-overload]  # of JSON
        "locked": receipts.lock(secret, box_secret),
        "sealed": letters.seal(letters.Letter(letters.REPORT, text), [own, box]),
    }
    done = visit.step(
        step="send",
        token=token,
        recipients=routed["recipients"],
        recipient=own,
        lookup=receipts.lookup(secret).hex(),
        mailbox=box,
        work=solved(routed["work"]),  # type: ignore[arg-type]  # of JSON
        **{name: in_base64(part) for name, part in parts.items()},
    )
    assert done == {"filed": True}


def files_under(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """All files of some folders, with their content."""
    for folder in folders:
        for one in folder.rglob("*"):
            with suppress(FileNotFoundError):  # PostgreSQL puts files away while it is looked at
                if one.is_file():
                    yield str(one), one.read_bytes()


def open_files(processes: Iterable[int], folder: Path) -> Iterator[tuple[str, bytes]]:
    """What processes have open in a folder, files without a name among them."""
    for pid in processes:
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            if str(folder) in str(handle.readlink()):
                yield str(handle), handle.read_bytes()


def dumped(pid: int) -> Iterator[bytes]:
    """The memory that a process may write to, as swap or a core would have it."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            place, rights, *_rest = line.split()
            start, end = (int(one, 16) for one in place.split("-"))
            if rights.startswith("rw"):
                memory.seek(start)
                yield memory.read(end - start) or b""


def backed_up(place: Installed, folder: Path) -> Iterator[tuple[str, bytes]]:
    """What is in a backup that nobody encrypted."""
    made = folder / "backup.tar"
    assert run(place.data, "backup", str(made), more=place.more).returncode == 0
    with tarfile.open(made) as archive:
        for one in archive:
            content = archive.extractfile(one)
            if content is not None:
                whole = content.read()
                yield one.name, gzip.decompress(whole) if one.name.endswith(".gz") else whole


def of_unit() -> dict[str, str]:
    """Variables with which the unit for servers starts the pages."""
    lines = [one for one in UNIT.read_text().splitlines() if one.startswith("Environment=")]
    return dict(pair.split("=", 1) for one in lines for pair in one.removeprefix("Environment=").split())


@pytest.mark.journey
@pytest.mark.skipif(os.geteuid() != 0, reason="only root reads the memory of the server's processes")
def test_a_sentence_of_a_reporter_is_found_on_no_disk_and_hardly_in_memory(
    installed: Installed, tmp_path: Path
) -> None:
    told, sealed = (f"canary-{secrets.token_hex(6)} he asked for money" for _one in range(2))
    port, temporary = free_port(), tmp_path / "temporary"
    temporary.mkdir()
    words = ("serve", "--port", str(port), "--workers", "1", "--threads", "1")
    more = {**of_unit(), "TMPDIR": str(temporary), "ADALDYQ_REPORT_WORK": "1", **installed.more}
    searched = [installed.data, tmp_path, *installed.searched]
    with (tmp_path / "log").open("w+") as log, serving(installed.data, port, *words, more=more, log=log) as address:
        visit = Visit(address)
        visit.ask(FORM)
        body = visit.form(FORM, step="check", what=told, who=told, file=told * TIMES)
        coming = visit.begin(FORM, body)
        pids = server_of(port)
        held = wait_for_spool(pids, temporary)
        assert not any(told.encode() in one for _name, one in held)
        assert told in visit.end(coming, body)
        visit.ask(FORM, visit.form(FORM, step="send"))
        phrase = re.findall(r"<li>([^<]+)</li>", str(WORDS.findall(visit.page)[0]))
        visit.ask(BACK)
        assert told in visit.ask(BACK, visit.form(BACK, step="open", phrase=" ".join(phrase)))
        visit.ask(BACK, visit.form(BACK, step="add", text=told))
        assert visit.save(FILE.findall(visit.page)[0], pids, temporary).count(told.encode()) == TIMES
        report_with_script(visit, sealed)
        memory = {pid: [piece.count(told.encode()) for piece in dumped(pid)] for pid in pids}
        assert not any(sealed.encode() in piece for pid in pids for piece in dumped(pid))
        assert sum(map(sum, memory.values())) <= MOST_COPIES, memory
        running = list(files_under(*searched))
    ended, backup = list(files_under(*searched)), list(backed_up(installed, tmp_path))
    assert any(name.startswith("database.") for name, _content in backup)
    if installed.searched:
        assert any("pg_wal" in name for name, _content in ended)
        assert any(b'INSERT INTO "reports_message"' in content for name, content in ended if name.endswith("/log"))
    wanted = [one.encode() for one in (told, sealed, " ".join(phrase))]
    left = (*running, *ended, *backup)
    assert [name for name, content in left if any(one in content for one in wanted)] == []


def server_of(port: int) -> list[int]:
    """The processes of the server that was started here last: the one that serves, and those that it started."""
    ours = [one for one in children_of(os.getpid()) if f"--port\0{port}" in Path(f"/proc/{one}/cmdline").read_text()]
    return [*ours, *(child for one in ours for child in children_of(one))]


def wait_for_spool(pids: Iterable[int], folder: Path) -> list[tuple[str, bytes]]:
    """What the server has open in its temporary folder once most of a large body has come."""
    held = spool_of(pids, folder, 60)
    assert held, "the body never came"
    return held


def spool_of(pids: Iterable[int], folder: Path, seconds: float) -> list[tuple[str, bytes]]:
    """What the server has open of a large body or file within some time; nothing when it has none."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        held = list(open_files(pids, folder))
        if sum(len(content) for _name, content in held) > 256_000:
            return held
        time.sleep(0.05)
    return []
