"""`adaldyq serve`, as a supervisor starts it: several processes that answer as one."""

from __future__ import annotations

import json
import re
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from tests.conftest import serving
from tools.with_postgresql import free_port

TOKEN = "a token of a test"
PAGES = 20
FIGURE = re.compile(r'adaldyq_requests_total\{method="GET",route="about",status="200"\} (\d+)')


def read(address: str, **headers: str) -> str:
    parts = urlsplit(address)
    connection = HTTPConnection(str(parts.hostname), parts.port, timeout=120)
    try:
        connection.request("GET", parts._replace(scheme="", netloc="").geturl(), headers=headers)
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def test_two_processes_tell_the_sum_of_what_both_did_and_log_a_line_for_each(
    small_country: Path, tmp_path: Path
) -> None:
    port, more = free_port(), {"ADALDYQ_METRICS_TOKEN": TOKEN, "TMPDIR": str(tmp_path)}
    words = ("serve", "--port", str(port), "--workers", "2", "--threads", "1")
    with (tmp_path / "log").open("w+") as log:
        with serving(small_country, port, *words, more=more, log=log) as address:
            assert json.loads(read(f"{address}/health/live")) == {"status": "live"}
            assert json.loads(read(f"{address}/health/ready")) == {"status": "ready"}
            for _ in range(PAGES):
                read(f"{address}/en/about/?name=Tanatarov")
            told = [FIGURE.findall(read(f"{address}/metrics", Authorization=f"Bearer {TOKEN}")) for _ in range(8)]
            assert told == [[str(PAGES)]] * 8
            assert len(list(tmp_path.glob("adaldyq-figures-*/counter_*.db"))) == 2
        log.seek(0)
        lines = [json.loads(line) for line in log if line.startswith("{")]
    assert [line["route"] for line in lines if line["event"] == "request"] == ["about"] * PAGES
    assert len({line["request"] for line in lines}) == PAGES
    assert "Tanatarov" not in json.dumps(lines)
    assert list(tmp_path.glob("adaldyq-figures-*")) == []
