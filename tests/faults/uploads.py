"""Large files of reporters through a real server: whole, broken off, stalled, beyond the limit, and on a full disk.

A file with a script is an envelope that a browser made; it comes in pieces, each a request. Without a script it stands in
the form and is sealed as it comes.
"""

from __future__ import annotations

import hashlib
import html
import http.client
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyrage

from adaldyq.kernel.uploads.store import LEFT_FREE
from adaldyq.measures.reports.adapters.arrival import Reading
from adaldyq.measures.reports.adapters.pieces import LARGEST_PIECE
from adaldyq.sealing import containers, envelopes
from tests.faults.installation import WEB, Installation, children_of, running
from tests.faults.wrongs import TOP_UP, new_installation, small_disk

MEGABYTE = 1_000_000
LARGE, MOST_WITHOUT = 600, 50
DISK = LEFT_FREE // MEGABYTE + 150
"""Megabytes of a disk that takes a part of the large file before it says that it is full."""
STEP = 1 << 20
FORM, DOOR = "/en/reports/file/", "/en/reports/sealed/"
CARRIED = re.compile(r'name="carried" value="([^"]+)"')
SECONDS = 300
OK, TIMED_OUT, UNPROCESSABLE, NO_ROOM = 200, 408, 422, 507
BEFORE_FILE = '--b\r\nContent-Disposition: form-data; name="enclosures"; filename="film.mp4"\r\n\r\n'


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of an upload.

    Attributes:
        status: of the last answer.
        expected: what it should be.
        seconds: from the first byte to the last answer.
        memory: megabytes by which the largest process of the pages grew at its peak.
        left: bytes in the folder of files afterwards, besides what was taken.
        whole: whether what was taken is what was sent, where it was to be taken.
    """

    what: str
    status: int
    expected: int
    seconds: float
    memory: float
    left: int
    whole: bool = True

    @property
    def right(self) -> bool:
        """Whether it went as it should."""
        return self.status == self.expected and not self.left and self.whole


class Sender:
    """Somebody who sends a file."""

    def __init__(self, installation: Installation, files: Path) -> None:
        """Look at the page.

        Args:
            files: folder in which the installation keeps files.
        """
        self.installation, self.port, self.files = installation, installation.port, files
        page = self.ask("GET", FORM, [b""])[1]
        found = CARRIED.search(page)
        assert found, page[:500]
        self.token = html.unescape(found[1])

    def ask(self, method: str, path: str, parts: list[bytes] | Iterator[bytes], length: int = 0) -> tuple[int, str]:
        """Send a request whose body comes in parts; status and text of the answer, which may come before the end."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        kind = "application/octet-stream" if path == DOOR else "multipart/form-data; boundary=b"
        connection.putrequest(method, path)
        connection.putheader("Content-Type", kind)
        connection.putheader("Content-Length", str(length))
        connection.endheaders()
        try:
            for part in parts:
                connection.send(part)
        except (BrokenPipeError, ConnectionResetError):
            pass  # it was refused before all of it was sent
        try:
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (ConnectionError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def piece(self, content: bytes, kept: str, *, last: bool, sent: int | None = None) -> tuple[int, dict[str, Any]]:
        """Send a piece of an envelope, or only so many bytes of it."""
        head = json.dumps({"step": "file", "token": self.token, "kept": kept, "last": last}).encode() + b"\n"
        body = head + content
        status, text = self.ask("POST", DOOR, [body[:sent]], len(body))
        return status, json.loads(text) if text.startswith("{") else {}

    def envelope(self, sealed: Path, broken: Callable[[Sender, bytes, str], None] | None = None) -> tuple[int, str]:
        """Send an envelope piece by piece; the last status, and where it lies.

        Args:
            broken: what goes wrong with the second piece before it is sent again.
        """
        size, kept, stored, number = sealed.stat().st_size, "", "", 0
        with sealed.open("rb") as file:
            while content := file.read(LARGEST_PIECE):
                number += 1
                if broken and number == 2:  # the second
                    broken(self, content, kept)
                status, told = self.piece(content, kept, last=file.tell() == size)
                if status != OK:
                    assert told.get("message"), "nothing was said"
                    return status, stored
                kept, stored = told["kept"], told["stored"]
        return status, stored

    def in_form(self, megabytes: int, broken_after: int | None = None) -> int:
        """Send a form with a file; its status.

        Args:
            broken_after: megabytes after which nothing more comes, and the connection is closed.
        """
        fields = {"carried": self.token, "step": "check", "what": "see the film"}
        told = "".join(
            f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n' for name, text in fields.items()
        )
        begin, end = (told + BEFORE_FILE).encode(), b"\r\n--b--\r\n"
        whole = megabytes * MEGABYTE
        sent = whole if broken_after is None else broken_after * MEGABYTE

        def parts() -> Iterator[bytes]:
            yield begin
            for start in range(0, sent, STEP):
                yield bytes(min(STEP, sent - start))
            if broken_after is None:
                yield end

        return self.ask("POST", FORM, parts(), len(begin) + whole + len(end))[0]


def sealed_film(folder: Path, megabytes: int) -> tuple[Path, str, str]:
    """The envelope of a large file, as a browser seals one; with the key that opens it, and the SHA-256 of the file."""
    secret, public = envelopes.new_identity()
    digest, target = hashlib.sha256(), folder / "film.age"

    def pieces() -> Iterator[bytes]:
        for number in range(megabytes):
            piece = number.to_bytes(4, "big") * (MEGABYTE // 4)
            digest.update(piece)
            yield piece

    with target.open("wb") as file:
        packed = Reading(containers.packing({"kind": "file"}, pieces()))
        pyrage.encrypt_io(packed, file, [envelopes.recipient(public)])
    return target, secret, digest.hexdigest()


def peaks(installation: Installation) -> list[int]:
    """The most memory that each process of the pages has held, in kB, since it was reset."""
    return [
        int(line.split()[1])
        for pid in children_of(installation.processes[WEB].pid)
        for line in Path(f"/proc/{pid}/status").read_text().splitlines()
        if line.startswith("VmHWM")
    ]


def reset(installation: Installation) -> list[int]:
    """Count the peak of each process from now; what each holds now."""
    for pid in children_of(installation.processes[WEB].pid):
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    return peaks(installation)


def held(*folders: Path) -> int:
    """Bytes of all files in some folders."""
    return sum(one.stat().st_size for folder in folders for one in folder.rglob("*") if one.is_file())


@contextmanager
def receiving(folder: Path, files: Path) -> Iterator[Installation]:
    """Pages that receive reports, and keep what people send in a folder that is given."""
    folder.mkdir(exist_ok=True)
    more = {"ADALDYQ_FILES": str(files / "files"), "TMPDIR": str(folder)}
    installation = new_installation(folder, "uploads")
    installation.more, installation.parts = more, (WEB,)
    installation.run("-m", "adaldyq", "migrate")
    installation.prepare()
    installation.run("-m", "bench.reports_data", envelopes.new_identity()[1])
    with running(installation):
        yield installation


def tried(what: str, sender: Sender, expected: int, send: Callable[[], int]) -> Upload:
    """Let something be sent, and look at memory and disk."""
    before, there = reset(sender.installation), held(sender.files)
    began = time.monotonic()
    status = send()
    seconds = time.monotonic() - began
    time.sleep(0.5)  # what is put away is put away after the answer
    grown = max(after - one for after, one in zip(peaks(sender.installation), before, strict=True))
    return Upload(what, status, expected, seconds, grown / 1000, held(sender.files) - there)


def uploads(folder: Path) -> list[Upload]:
    """Try everything on a disk with room, then on one that fills."""
    sealed, secret, digest = sealed_film(folder, LARGE)
    found = on_a_wide_disk(folder, sealed, secret, digest)
    if os.geteuid() == 0:
        found += on_a_full_disk(folder, sealed)
    return found


def on_a_wide_disk(folder: Path, sealed: Path, secret: str, digest: str) -> list[Upload]:
    """Uploads for which there is room."""
    files = folder / "wide"
    files.mkdir()
    with receiving(folder / "on-wide", files) as installation:
        sender = Sender(installation, files)
        film = Film(sealed, secret, digest, folder / "opened")
        with sealed.open("rb") as envelope:
            piece = envelope.read(LARGEST_PIECE)
        found = [
            film.sent("whole", sender),
            film.sent("cut off in the middle of a piece, and sent again", sender, cut_off),
            taken_in_form(sender, MOST_WITHOUT - 1),
        ]
        for what, expected, send in (
            (f"{LARGE} MB with a script, a piece that stalls", TIMED_OUT, lambda: stalled(sender, piece)),
            (f"{MOST_WITHOUT + 10} MB without a script", UNPROCESSABLE, lambda: sender.in_form(MOST_WITHOUT + 10)),
            (f"{LARGE} MB without a script", UNPROCESSABLE, lambda: sender.in_form(LARGE)),
            ("40 MB without a script, broken off after 20", 0, lambda: broken_off(sender)),
        ):
            found.append(tried(what, sender, expected, send))
    return found


@dataclass(frozen=True, slots=True)
class Film:
    """The large file: its envelope, what opens it, its SHA-256, and where it is opened."""

    sealed: Path
    secret: str
    digest: str
    opened: Path

    def sent(self, what: str, sender: Sender, broken: Callable[[Sender, bytes, str], None] | None = None) -> Upload:
        """Send it, open what the server keeps of it, and remove both."""
        stored: list[str] = []

        def send() -> int:
            status, place = sender.envelope(self.sealed, broken)
            stored.append(place)
            return status

        one = tried(f"{LARGE} MB with a script, {what}", sender, OK, send)
        kept = sender.files / "files" / stored[0]
        with kept.open("rb") as envelope:
            envelopes.open_file(envelope, self.opened, [self.secret])
        with self.opened.open("rb") as opened:
            same = hashlib.file_digest(opened, "sha256").hexdigest() == self.digest
        left = one.left - kept.stat().st_size
        kept.unlink()
        self.opened.unlink()
        return replace(one, left=left, whole=same)


def taken_in_form(sender: Sender, megabytes: int) -> Upload:
    """A file that a form brings, of which one envelope is kept."""
    one = tried(f"{megabytes} MB without a script", sender, OK, lambda: sender.in_form(megabytes))
    (kept,) = [path for path in sender.files.rglob("*") if path.is_file()]
    size = kept.stat().st_size
    kept.unlink()
    return replace(one, left=one.left - size, whole=size > megabytes * MEGABYTE)


def cut_off(sender: Sender, content: bytes, kept: str) -> None:
    """Send half of a piece, and close the connection."""
    connection = http.client.HTTPConnection("127.0.0.1", sender.port, timeout=SECONDS)
    head = json.dumps({"step": "file", "token": sender.token, "kept": kept, "last": False}).encode() + b"\n"
    connection.putrequest("POST", DOOR)
    connection.putheader("Content-Length", str(len(head) + len(content)))
    connection.endheaders(head + content[: len(content) // 2])
    connection.close()


def stalled(sender: Sender, content: bytes) -> int:
    """Send half of a piece and wait; the status that comes."""
    return sender.piece(content, "", last=False, sent=len(content) // 2)[0]


def broken_off(sender: Sender) -> int:
    """Send half of a form, and close the connection; 0, since nothing is answered to nobody."""
    connection = http.client.HTTPConnection("127.0.0.1", sender.port, timeout=SECONDS)
    connection.putrequest("POST", FORM)
    connection.putheader("Content-Type", "multipart/form-data; boundary=b")
    connection.putheader("Content-Length", str(40 * MEGABYTE))
    connection.endheaders(BEFORE_FILE.encode())
    for _each in range(20):
        connection.send(bytes(MEGABYTE))
    connection.close()
    return 0


def on_a_full_disk(folder: Path, sealed: Path) -> list[Upload]:
    """Uploads for which there is no room."""
    files = folder / "full-files"
    with small_disk(files, DISK), receiving(folder / "on-full", files) as installation:
        sender = Sender(installation, files)

        def large() -> int:
            status, place = sender.envelope(sealed)
            (files / "files" / place).with_suffix(".part").unlink()  # the work of the night, once it is a day old
            return status

        found = [tried(f"{LARGE} MB with a script, on a disk that fills", sender, NO_ROOM, large)]
        fill(files / "ballast")
        form = "20 MB without a script, on a disk that is full"
        found.append(tried(form, sender, UNPROCESSABLE, lambda: sender.in_form(20)))
        (files / "ballast").unlink()
        return found


def fill(ballast: Path) -> None:
    """Leave no room on a disk."""
    with ballast.open("wb", buffering=0) as file:
        for size in TOP_UP:
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
