"""The door between the production server and the pages.

A request reaches a thread only when it is there in whole, and an answer leaves its thread before it is sent. Whoever
sends or reads slowly costs a few bytes and no thread, so that nobody else waits; the server's own door for WSGI lends
its threads to half-sent bodies, and a handful of them stopped it. Of a body that is too large, stalls or finds no room the
pages learn why (`base.cut`), and answer as calmly as ever; those of reporters get its beginning too, and give back what
was typed. Passwords are checked in a thread of their own, and by half of the processors at most, and the hash itself
yields to all else (`portal.sign_in.hashing`): many who sign in at once wait for each other, not those who write for them.
So it is with phrases of receipts, in a thread of theirs: whoever reports and whoever comes back wait each for their own
kind (`base.turns`). Programs that file in bulk have a thread of their own in each process, which leaves the others to
people. Whoever signs a declaration may wait for all who do at that moment (`kernel.grouped`), in threads that do nothing
else.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import re
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import unquote_to_bytes

from granian._granian import RSGIHTTPProtocol as HTTPProtocol
from granian._granian import RSGIProtocolClosed as ProtocolClosed
from granian.rsgi import Scope

from adaldyq.base.cut import CUT, NO_ROOM
from adaldyq.base.passing import PASSING
from adaldyq.base.turns import AT_ONCE, FULL, Turns
from adaldyq.kernel.grouped import GROUPED
from adaldyq.kernel.lent import Lent
from adaldyq.kernel.prepared import vendor
from adaldyq.project.bodies import Body, Unreadable, arrived, length_of, spool
from adaldyq.project.figures import take_room
from adaldyq.project.memory import keep_off_disk
from adaldyq.project.processes import end_with
from adaldyq.project.spools import KEPT_IN_MEMORY

PIECE = 65_536
NAMED = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}
PLAIN = [("content-type", "text/plain; charset=utf-8"), ("connection", "close"), ("retry-after", "30")]

HELD_SEALED = re.compile(r"(?:/[^/]+)?/(?:reports|street/tell)/")
"""Pages whose forms and answers may not touch the disk in the open."""

UNLOCKED = re.compile(r"(?:/[^/]+)?/reports/(file|return)/")
"""Pages of everybody that a phrase locks or opens, which takes a thread as long."""

TOLD, WITHOUT_WORK = re.compile(r"(?:/[^/]+)?/street/tell/now/"), b"work=&"
"""Where people tell openly; what is sent without a calculation begins so, and waits for its turn."""

SECONDS_A_TURN = 0.1
"""How long such a turn lasts, so that no flood tells more than ten times a second in each process. It costs no processor."""

MOST_WAITING = 100
"""Requests to such a page that wait for one another; whoever comes then is told to come again (`views.crowds`)."""

DOOR = re.compile(r"/reports/doors/([a-z]+)/")
"""Doors of programs: each has a thread of its own, so that a flood at one leaves everything else be."""

DOORS = ("sms", "messenger")

SIGNED = re.compile(r"(?:/[^/]+)?/declarations/mine/drafts/[^/]+/sign/")
"""Where declarations are filed: on PostgreSQL those who do at one moment wait for each other, and are kept together."""

MOST_TOGETHER = 128
"""How many who file may wait for each other in a process: threads that do nothing but wait, and cost a little memory."""

BULK = re.compile(r"/api/v1/filings(?:/|$)")
"""Where programs file a hundred declarations at once: one after the other, in a thread of their own."""

HASHED = re.compile(r"(?:/[^/]+)?/(?:sign-in|my/password)/")
"""Pages to which a password is sent, whose check takes a thread as long as a dozen other pages do."""

Environment = dict[str, Any]
Wsgi = Callable[[Environment, Any], Iterable[bytes]]


class Answer:
    """What the pages answered, kept until it is sent.

    Args:
        sealed: whether the file of a long one must hold nothing in the open.
    """

    def __init__(self, *, sealed: bool) -> None:
        self.status = int(HTTPStatus.INTERNAL_SERVER_ERROR)
        self.headers: list[tuple[str, str]] = []
        self.body: IO[bytes] = spool(sealed=sealed)  # closed when sent

    def start(self, status: str, headers: list[tuple[str, str]], exc_info: object = None) -> Callable[[bytes], int]:
        """Take status and headers, as WSGI gives them."""
        self.status = int(status.partition(" ")[0])
        self.headers = [(name.lower(), value) for name, value in headers]
        return self.body.write


class Door:
    """An application of RSGI, the server's own interface, that lets whole requests in to one of WSGI."""

    def __init__(self, application: Wsgi, parent: int, threads: int, turns: Path, together: int = 0) -> None:
        """Open the door.

        Args:
            application: the pages.
            parent: process whose end ends this one.
            threads: how many requests are answered at once.
            turns: folder of the locks by which processes take turns at checking passwords.
            together: how many connections to the database those who file lend each other, if any. They wait for one
                another without one.
        """
        self.application, self.parent = application, parent
        self.turn = turns / str(os.getpid() % max(1, (os.cpu_count() or 1) // 2))
        self.threads = ThreadPoolExecutor(threads, "page")
        self.signing_in = ThreadPoolExecutor(1, "sign-in")  # one after the other, so that a rush leaves the others be
        self.unlocking, self.turns = ThreadPoolExecutor(1, "unlock"), Turns(("file", "return"), MOST_WAITING)
        self.telling = Turns(("tell",), MOST_WAITING)
        self.together = ThreadPoolExecutor(MOST_TOGETHER, "filing") if together else None
        self.lent = Lent(together)
        self.in_bulk = ThreadPoolExecutor(1, "bulk")
        self.doors = {one: ThreadPoolExecutor(1, one) for one in DOORS}

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Watch over the process that started this one, however it ends."""
        threading.Thread(target=end_with, args=(self.parent,), daemon=True).start()

    def __rsgi_del__(self, loop: asyncio.AbstractEventLoop) -> None:
        """Let the threads finish what they are at."""
        self.threads.shutdown()
        self.signing_in.shutdown()
        self.unlocking.shutdown()
        for one in (*self.doors.values(), self.in_bulk, self.together):
            if one is not None:
                one.shutdown()

    async def __rsgi__(self, scope: Scope, protocol: HTTPProtocol) -> None:
        """Take a request in whole, let a thread answer it, and send the answer."""
        if scope.proto != "http":
            return
        try:
            body = await arrived(protocol, length_of(scope), sealed=bool(HELD_SEALED.match(scope.path)))
        except Unreadable as refused:
            protocol.response_str(refused.status, PLAIN, f"{refused.status.phrase}\n")
            return
        loop = asyncio.get_running_loop()
        with body.file:
            environ, sent = environment(scope, body), scope.method == "POST"
            if body.cut:
                answer = await loop.run_in_executor(self.threads, answered, self.application, environ)
            elif sent and HASHED.match(scope.path):
                answer = await loop.run_in_executor(self.signing_in, self.in_turn, environ)
            elif sent and (unlocked := UNLOCKED.match(scope.path)):
                answer = await self.after_others(unlocked[1], environ)
            elif sent and TOLD.match(scope.path):
                answer = await self.told(environ, body.file)
            elif sent:
                answer = await self.sent_to(scope.path, environ)
            else:
                answer = await loop.run_in_executor(self.threads, answered, self.application, environ)
        with answer.body:
            await send(answer, protocol)

    async def after_others(self, kind: str, environ: Environment) -> Answer:
        """Let the pages answer what a phrase locks or opens, after those who came before; at once, when too many wait."""
        loop = asyncio.get_running_loop()
        async with self.turns.turn(kind) as has_turn:
            if has_turn:
                return await loop.run_in_executor(self.unlocking, answered, self.application, environ)
        return await loop.run_in_executor(self.threads, answered, self.application, {**environ, FULL: True})

    async def told(self, environ: Environment, body: IO[bytes]) -> Answer:
        """Let the pages answer whoever tells openly: in turn, or at once whoever says that a calculation was done, or sends none."""
        begins = body.read(len(WITHOUT_WORK))
        body.seek(0)
        if begins == WITHOUT_WORK:
            return await self.in_its_turn(environ)
        loop, marked = asyncio.get_running_loop(), {**environ, AT_ONCE: True}
        return await loop.run_in_executor(self.threads, answered, self.application, marked)

    async def in_its_turn(self, environ: Environment) -> Answer:
        """Let the pages answer after those who came before, and no faster than turns are given out."""
        loop = asyncio.get_running_loop()
        async with self.telling.turn("tell") as has_turn:
            if has_turn:
                answer = await loop.run_in_executor(self.threads, answered, self.application, environ)
                await asyncio.sleep(SECONDS_A_TURN)
                return answer
        return await loop.run_in_executor(self.threads, answered, self.application, {**environ, FULL: True})

    async def sent_to(self, path: str, environ: Environment) -> Answer:
        """Let the pages answer what was sent to one of them; who files may wait for others, if there are threads for it."""
        loop = asyncio.get_running_loop()
        if self.together and SIGNED.match(path):
            return await loop.run_in_executor(self.together, self.among_others, environ)
        return await loop.run_in_executor(self.threads_for(path), answered, self.application, environ)

    def threads_for(self, path: str) -> ThreadPoolExecutor:
        """The threads that answer what is sent to a page."""
        if BULK.match(path):
            return self.in_bulk
        found = DOOR.match(path)
        return self.doors.get(found[1], self.threads) if found else self.threads

    def among_others(self, environ: Environment) -> Answer:
        """Let the pages answer whoever may wait for others, with a connection that is lent to others meanwhile."""
        with self.lent.borrowed():
            return answered(self.application, {**environ, GROUPED: self.lent})

    def in_turn(self, environ: Environment) -> Answer:
        """Let the pages answer what checks a password, on half of the processors at most; the lock ends with its process."""
        with self.turn.open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return answered(self.application, environ)


def environment(scope: Scope, body: Body) -> Environment:
    """What WSGI says of a request (PEP 3333). Headers with an underscore are left out: they could pass for others."""
    host, _, port = scope.server.rpartition(":")
    known: Environment = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(scope.path).decode("latin-1"),
        "QUERY_STRING": scope.query_string.encode().decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body.file,
        "wsgi.errors": ERRORS,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    if scope.authority and "host" not in scope.headers:
        known["HTTP_HOST"] = scope.authority
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = NAMED.get(name) or "HTTP_" + name.upper().replace("-", "_")
        joint = "; " if name == "cookie" else ","
        known[key] = f"{known[key]}{joint}{value}" if key in known else value
    if body.cut:
        known |= {CUT: body.cut, "CONTENT_LENGTH": str(body.size)}
    return known


ERRORS = os.fdopen(2, "w", buffering=1, closefd=False)


def answered(application: Wsgi, environ: Environment) -> Answer:
    """Let the pages answer, to the last byte; what finds no room on the disk is answered with words that say so."""
    try:
        return whole_answer(application, environ)
    except OSError:
        if environ.get(CUT):
            raise
    return whole_answer(application, {**environ, "wsgi.input": BytesIO(), "CONTENT_LENGTH": "0", CUT: NO_ROOM})


def whole_answer(application: Wsgi, environ: Environment) -> Answer:
    """What the pages answer.

    Raises:
        OSError: it finds no room.
    """
    answer = Answer(sealed=bool(HELD_SEALED.match(environ["PATH_INFO"])))
    parts = application(environ, answer.start)
    try:
        for part in parts:
            answer.body.write(part)
    finally:
        getattr(parts, "close", lambda: None)()
    return answer


async def send(answer: Answer, protocol: HTTPProtocol) -> None:
    """Send an answer, a piece after the other when it is long; whoever went away gets none."""
    size = answer.body.tell()
    answer.body.seek(0)
    if size <= KEPT_IN_MEMORY:
        protocol.response_bytes(answer.status, answer.headers, answer.body.read())
        return
    stream = protocol.response_stream(answer.status, answer.headers)
    try:
        while piece := answer.body.read(PIECE):
            await stream.send_bytes(piece)
    except (ProtocolClosed, RuntimeError):
        return


def opened(parent: int, threads: int, together: int, turns: str, secret: bytes) -> Any:
    """The door to our pages, in a process of the server.

    Args:
        secret: what all processes of this server name passing things with.
    """
    PASSING.share(secret)
    keep_off_disk()
    take_room()
    from adaldyq.project.wsgi import application  # noqa: PLC0415  # reads the settings, which only the server's processes need

    kept_together = together if vendor() == "postgresql" else 0
    return Door(cast("Wsgi", application), parent, threads, Path(turns), kept_together)
