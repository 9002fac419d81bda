"""`adaldyq serve`, as a supervisor starts it: several processes that answer as one."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import threading
from functools import partial
from http.client import HTTPConnection
from io import BytesIO
from pathlib import Path
from socket import create_connection
from typing import Any
from urllib.parse import urlsplit

import pytest

from adaldyq.base.cut import CUT, NO_ROOM
from adaldyq.base.turns import AT_ONCE, FULL
from adaldyq.kernel.grouped import GROUPED
from adaldyq.portal.operations import SHARED_FIGURES
from adaldyq.project import figures
from adaldyq.project import serving as serving_door
from adaldyq.project.serving import Door
from tests.conftest import serving
from tests.project.test_bodies import Full
from tools.with_postgresql import free_port

TOKEN = "a token of a test"
EMPTY = 8  # bytes before the first figure
PAGES = 1000  # that many and one process alone never answers all
FIGURE = re.compile(r'adaldyq_requests_total\{method="GET",route="about",status="200"\} (\d+)')


def read(address: str, **headers: str) -> str:
    parts = urlsplit(address)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=120)
    try:
        connection.request("GET", parts._replace(scheme="", netloc="").geturl(), headers=headers)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def used(file: Path) -> int:
    """How many bytes of a file of figures are used, as prometheus-client writes it at its beginning."""
    with file.open("rb") as opened:
        return int.from_bytes(opened.read(4), sys.byteorder)


def read_until_both_answered(address: str, place: Path) -> int:
    """How many pages were read until each of two processes keeps a file of what it counted."""
    for asked in range(1, PAGES):
        read(f"{address}/en/about/?name=Tanatarov")
        if [used(file) > EMPTY for file in place.glob("adaldyq-figures-*/counter_*.db")] == [True, True]:
            return asked
    raise AssertionError("one process answered everything")


def typed_by_hand(address: str, target: str) -> bytes:
    """What is answered to an address whose letters nobody has written in percent signs, as in a shell."""
    parts = urlsplit(address)
    with create_connection((str(parts.hostname), int(parts.port or 80)), timeout=120) as connection:
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        return connection.makefile("rb").read()


def test_two_processes_tell_the_sum_of_what_both_did_and_log_a_line_for_each(
    small_country: Path, tmp_path: Path
) -> None:
    port, more = free_port(), {"ADALDYQ_METRICS_TOKEN": TOKEN, "TMPDIR": str(tmp_path)}
    words = ("serve", "--port", str(port), "--workers", "2", "--threads", "1")
    with (tmp_path / "log").open("w+") as log:
        with serving(small_country, port, *words, more=more, log=log) as address:
            assert json.loads(read(f"{address}/health/live")) == {"status": "live"}
            assert json.loads(read(f"{address}/health/ready")) == {"status": "ready"}
            asked = 1 + read_until_both_answered(address, tmp_path)
            assert typed_by_hand(address, "/en/about/?name=Танатаров").startswith(b"HTTP/1.1 200")
            told = [FIGURE.findall(read(f"{address}/metrics", Authorization=f"Bearer {TOKEN}")) for _ in range(8)]
            assert told == [[str(asked)]] * 8
        log.seek(0)
        lines = [json.loads(line) for line in log if line.startswith("{")]
    assert [line["route"] for line in lines if line["event"] == "request"] == ["about"] * asked
    assert len({line["request"] for line in lines}) == asked
    assert "Tanatarov" not in json.dumps(lines)
    assert list(tmp_path.glob("adaldyq-figures-*")) == []


def test_an_answer_that_finds_no_room_is_another_one_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    spools = [Full(), BytesIO()]
    monkeypatch.setattr(serving_door, "spool", lambda **_how: spools.pop(0))
    answer = serving_door.answered(
        lambda environ, _start: [str(environ.get(CUT)).encode()], {"PATH_INFO": "/en/about/"}
    )
    assert answer.body.getvalue() == str(NO_ROOM).encode()  # type: ignore[attr-defined]  # the one of this test


def test_figures_that_find_no_room_are_kept_by_the_process_for_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(SHARED_FIGURES, str(tmp_path))
    figures.take_room()
    assert sorted(file.stat().st_blocks * 512 >= figures.ROOM for file in tmp_path.iterdir()) == [True, True]
    monkeypatch.setattr(os, "posix_fallocate", lambda *_given: Full().write(b""))
    figures.take_room()
    assert (SHARED_FIGURES in os.environ, list(tmp_path.iterdir())) == (False, [])


def test_what_programs_bring_waits_for_nothing_else_and_nothing_else_for_it(tmp_path: Path) -> None:
    door = Door(lambda _environ, _start: [], 0, 1, tmp_path)
    paths = ("/reports/doors/sms/", "/reports/doors/messenger/", "/api/v1/filings", "/reports/doors/none/")
    threads = [door.threads_for(one) for one in paths]
    assert len({id(one) for one in threads}) == len(paths)
    assert threads[-1] is door.threads


@pytest.mark.parametrize(("together", "marked"), [(0, False), (2, True)])
def test_who_signs_a_declaration_may_wait_for_others_where_there_are_threads_for_it(
    together: int, marked: bool, tmp_path: Path
) -> None:
    seen: list[bool] = []

    def pages(environ: dict[str, Any], _start: object) -> list[bytes]:
        seen.append(GROUPED in environ)
        return []

    async def file() -> None:
        door = Door(pages, 0, 1, tmp_path, together)
        for path in ("/kk/declarations/mine/drafts/D1/sign/", "/declarations/mine/drafts/D1/sign/", "/kk/about/"):
            (await door.sent_to(path, {"PATH_INFO": path})).body.close()
        door.__rsgi_del__(asyncio.get_running_loop())

    asyncio.run(file())
    assert seen == [marked, marked, False]


@pytest.mark.parametrize("what", ["phrases", "telling"])
def test_of_what_takes_turns_one_at_a_time_is_answered_and_who_finds_too_many_waiting_at_once(
    what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_door, "MOST_WAITING", 3)
    monkeypatch.setattr(serving_door, "SECONDS_A_TURN", 0)
    log: list[str] = []
    three, told = threading.Event(), threading.Event()

    def pages(environ: dict[str, Any], _start: object) -> list[bytes]:
        name = f"{environ['PATH_INFO']}{'full' if environ.get(FULL) else ''}"
        log.append(name)
        if len(log) == 3:
            three.set()
        if len(log) == 1:  # goes on when everybody has come
            told.wait(60)
        return []

    async def everybody() -> None:
        door = Door(pages, 0, 2, tmp_path)
        ways: dict[str, Any] = {"phrases": partial(door.after_others, "file"), "telling": door.in_its_turn}
        tasks = [asyncio.create_task(ways[what]({"PATH_INFO": f"{number}"})) for number in range(6)]
        await asyncio.to_thread(three.wait, 60)
        told.set()
        for answer in await asyncio.gather(*tasks):
            answer.body.close()
        door.__rsgi_del__(asyncio.get_running_loop())

    asyncio.run(everybody())
    assert log == ["0", "4full", "5full", "1", "2", "3"]


@pytest.mark.parametrize(("body", "told"), [(b"work=&step=send", False), (b"work=e&work=", True), (b"x=&work=", True)])
def test_who_tells_openly_is_let_in_at_once_only_if_they_say_that_a_calculation_was_done_and_marked_so(
    body: bytes, told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving_door, "SECONDS_A_TURN", 0)
    seen: list[bool] = []

    def pages(environ: dict[str, Any], _start: object) -> list[bytes]:
        seen.append(AT_ONCE in environ)
        return []

    async def tell() -> None:
        door = Door(pages, 0, 1, tmp_path)
        (await door.told({"PATH_INFO": "/"}, BytesIO(body))).body.close()
        door.__rsgi_del__(asyncio.get_running_loop())

    asyncio.run(tell())
    assert seen == [told]
