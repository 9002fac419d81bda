"""The witness as a process of its own, over HTTP.

    python -m adaldyq.ledger.witness_server --name NAME --log KEY [--folder DIR] [--host HOST] [--port PORT]

`POST /add-checkpoint` is that of C2SP tlog-witness; `GET /HASH/checkpoint` (SHA-256 of a log's origin) shows monitors
what was signed last; `GET /` names the witness, its key and its logs.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import socket

from adaldyq.base.errors import DomainError
from adaldyq.ledger.notes import VerifierKey
from adaldyq.ledger.witness import BAD, GOOD, MOST_BYTES, STATUS, UNKNOWN, Witness
from adaldyq.ledger.wording import english

SECONDS = 10.0
MOST_AT_ONCE = 64
MISSING_LENGTH, TOO_LARGE, FAULT, AWAY = 411, 413, 500, 503
TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"
HASH = re.compile("/(?P<hash>[0-9a-f]{64})/checkpoint")
DIGITS = 9

Clock = Callable[[], datetime]


class Server(ThreadingHTTPServer):
    """Serves one witness, a thread a connection."""

    daemon_threads = True
    request_queue_size = MOST_AT_ONCE

    def __init__(self, address: tuple[str, int] | socket, witness: Witness, clock: Clock) -> None:
        self.witness, self.clock = witness, clock
        given = isinstance(address, socket)
        super().__init__(address.getsockname()[:2] if isinstance(address, socket) else address, Door, not given)
        if isinstance(address, socket):
            self.socket.close()
            self.socket = address

    def handle_error(self, request: object, client_address: object) -> None:
        """Say in one line that a connection broke; what it asked was answered, or never came whole."""
        problem = sys.exc_info()[1]
        print(f"{type(problem).__name__}: {problem}", file=sys.stderr)  # noqa: T201  # the record of a process of its own


class Door(BaseHTTPRequestHandler):
    """Answers requests."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "adaldyq-witness", ""
    timeout = SECONDS

    def do_POST(self) -> None:
        """Take a checkpoint to sign."""
        [length, *more] = self.headers.get_all("Content-Length", [""])
        if more or "Transfer-Encoding" in self.headers:
            # Whoever stands before this server may take another end of the body for the right one.
            self.refuse(BAD, english(DomainError("witness-request-malformed")) + "\n")
        elif not (length.isascii() and length.isdecimal()) or len(length) > DIGITS:
            self.refuse(MISSING_LENGTH, "Content-Length?\n")
        elif int(length) > MOST_BYTES:
            self.refuse(TOO_LARGE, english(DomainError("witness-request-malformed")) + "\n")
        elif self.path != "/add-checkpoint":
            self.rfile.read(int(length))
            self.answer(UNKNOWN, f"{self.path}?\n")
        else:
            self.add_checkpoint(self.rfile.read(int(length)))

    def add_checkpoint(self, body: bytes) -> None:
        """Sign, or say why not."""
        try:
            line = self.server.witness.add_checkpoint(body, at=self.server.clock())
        except DomainError as error:
            if error.code == "witness-size-differs":
                self.answer(STATUS[error.code], f"{error.parameters['size']}\n", SIZE)
            else:
                self.answer(STATUS.get(error.code, FAULT), english(error) + "\n")
        except OSError as error:
            self.answer(AWAY, f"{error.strerror}\n")
        else:
            self.answer(GOOD, line)

    def do_GET(self) -> None:
        """Show what was signed last, or who this is."""
        if self.path == "/":
            self.answer(GOOD, introduction(self.server.witness))
            return
        asked = HASH.fullmatch(self.path)
        try:
            note = self.server.witness.newest(asked["hash"]) if asked else None
        except DomainError as error:
            self.answer(FAULT, english(error) + "\n")
        except OSError as error:
            self.answer(AWAY, f"{error.strerror}\n")
        else:
            self.answer(GOOD if note else UNKNOWN, note or f"{self.path}?\n")

    def answer(self, status: int, text: str, kind: str = TEXT) -> None:
        """Send an answer."""
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def refuse(self, status: int, text: str) -> None:
        """Send an answer and close, because the rest of the request was not read."""
        self.close_connection = True
        self.answer(status, text)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name that the base class gives it
        """Keep no record of who asked."""


def introduction(witness: Witness) -> str:
    """Name and key of a witness, and the logs that it watches."""
    logs = "".join(f"log {key}\n" for keys in witness.logs.values() for key in keys)
    return f"witness {witness.key}\n{logs}"


def serve(witness: Witness, place: tuple[str, int] | socket, *, clock: Clock, opened: Callable[[], None]) -> None:
    """Serve until the process is told to end.

    Args:
        place: address and port, or a socket that listens already.
        opened: called once connections are taken.

    Raises:
        OSError: the port is taken.
    """
    with Server(place, witness, clock) as server:
        opened()
        server.serve_forever(poll_interval=0.5)


def now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


def main(arguments: Sequence[str]) -> int:
    """Be a witness until told to end; 1 when it cannot be one, with the reason."""
    parser = argparse.ArgumentParser(prog="witness", description=str(__doc__).partition("\n")[0])
    parser.add_argument("--name", required=True)
    parser.add_argument("--log", action="append", required=True, metavar="KEY")
    parser.add_argument("--folder", type=Path, default=Path("witness"))
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8010)
    given = parser.parse_args(arguments)
    try:
        witness = Witness.open(given.folder, given.name, map(VerifierKey.parse, given.log))
        serve(witness, (given.host, given.port), clock=now, opened=lambda: print(introduction(witness), flush=True))  # noqa: T201  # tells its key to whoever started it
    except DomainError as error:
        print(english(error), file=sys.stderr)  # noqa: T201  # the door of a command
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
