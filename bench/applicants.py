"""Measures a thousand entrepreneurs who apply for a permit at once, on PostgreSQL.

`make bench` lets as many clients as there are applicants go through all pages at the same time, against the server that `adaldyq run`
starts, with its worker: the guided questions, the page of the permit, each subject of the application, the check, and sending. Between
an answer and the next request each reads for some seconds. The worker asks payments for the fees meanwhile.

Afterwards each application that was acknowledged must be there once, with its number, its term and its invoice. Exit code 1 when a
limit is not kept.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import resource
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.filers import INPUT
from bench.http_client import CHANCE, CSRF, FOUND, Client, Measured
from bench.installed import installed
from bench.report import Limit, add_kinds, limits_table, machine, written

KINDS = ("PostgreSQL",)
APPLICANTS, PAUSE, SECONDS_TO_ASK, SPARE_FILES = 1_000, 10.0, 600.0, 200
HOME = "/kk/permits/"
GUIDE = ("guide/", "guide/?event=open_business", "guide/?event=open_business&activity=56")
PARTS = ("applicant", "subtypes", "address", "requirements")
NINETY_FIVE, NINETY_NINE, HALF = 0.95, 0.99, 0.5


@dataclass
class Found:
    """What was measured.

    Attributes:
        sent: addresses of applications that were acknowledged.
        seconds: from the first request to the last answer.
    """

    measured: Measured = field(default_factory=Measured)
    sent: list[str] = field(default_factory=list)
    seconds: float = 0.0
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def errors(self) -> Counter[str]:
        """All that went wrong."""
        return self.measured.wrong + self.wrong


async def applies(client: Client, one: dict[str, str], entry: str, found: Found) -> None:
    """Apply for a permit, from the first question to the page that says whose turn it is."""
    await asyncio.sleep(CHANCE.uniform(0, client.pause))
    client.cookies = {"csrftoken": CSRF, "sessionid": one["session"]}
    for path in GUIDE:
        await client.get("guided questions", HOME + path)
    start = f"{HOME}{entry}/apply/"
    address = (await put(client, "begin", start, {})).path
    if not address:
        return
    await client.get("the draft", address)
    answers: dict[str, dict[str, str]] = {
        "applicant": {"applicant": f"company:{one['company']}"},
        "subtypes": {"subtypes": "0"},
        "address": {"address": "Астана, Абай даңғылы 1"},
        "requirements": {"requirement_0": "Ас үй бар, 20 м²"},
    }
    for part in PARTS:
        await put(client, "a subject", f"{address}part/{part}/", answers[part])
        await client.get("the draft", address)
    sent = await put(client, "send", f"{address}check/", {"true": "on"})
    if sent.status == FOUND:
        found.sent.append(address.rstrip("/").rpartition("/")[2])
        await client.get("the application", address)
    client.close()


async def put(client: Client, what: str, path: str, answers: dict[str, str]) -> Any:
    """Open a page and send its form; the answer."""
    page = await client.get(f"{what}, page", path)
    return await client.post(what, path, {**dict(INPUT.findall(page.text)), **answers})


async def all_apply(port: int, told: dict[str, Any], found: Found, pause: float) -> None:
    """Let everybody apply at the same time."""
    began = time.perf_counter()
    clients = [Client(port, found.measured, pause=pause) for _one in told["applicants"]]
    each = zip(clients, told["applicants"], strict=True)
    await asyncio.gather(*(applies(client, one, told["entry"], found) for client, one in each))
    found.seconds = time.perf_counter() - began


def measured(kind: str, given: argparse.Namespace) -> Found:
    """Let everybody apply on one kind of database, and look at what came of it."""
    found = Found()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, min(hard, given.applicants + SPARE_FILES)), hard))
    with (
        tempfile.TemporaryDirectory(prefix="adaldyq-bench-", ignore_cleanup_errors=True) as place,
        installed(kind, Path(place)) as made,
    ):
        made.run("-m", "adaldyq", "migrate")
        told = json.loads(made.run("-m", "bench.applicants_data", "fill", str(given.applicants)))
        port = made.serve()
        made.start("worker")
        made.let_work_pass()
        asyncio.run(all_apply(port, told, found, given.pause))
        found.wrong["not sent"] = given.applicants - len(found.sent)
        looked = made.run("-m", "bench.applicants_data", "look", str(SECONDS_TO_ASK), given=json.dumps(found.sent))
        found.wrong.update(json.loads(looked))
    return found


def limits(found: dict[str, Found]) -> list[Limit]:
    """What was measured beside what it may be."""
    return [Limit(f"{kind}: errors and losses", one.errors.total(), most=0, places=0) for kind, one in found.items()]


def section(found: dict[str, Found], given: argparse.Namespace, kept: list[Limit]) -> str:
    """The section of the page of measurements."""
    rows = {
        "applications sent and acknowledged": [f"{len(one.sent):,}" for one in found.values()],
        "answers": [f"{len(one.measured.all):,}" for one in found.values()],
        "answers a second": [f"{len(one.measured.all) / one.seconds:,.0f}" for one in found.values()],
        "half of the answers, 95 of 100, and 99 of 100, within ms": [
            " / ".join(f"{one.measured.part(share):,.0f}" for share in (HALF, NINETY_FIVE, NINETY_NINE))
            for one in found.values()
        ],
        "the longest answer, ms": [f"{one.measured.part(1):,.0f}" for one in found.values()],
    }
    wrong = [f"{kind}: {what}, {count}" for kind, one in found.items() for what, count in one.errors.items() if count]
    return "\n".join(
        [
            "## Applications for permits",
            "",
            "Written by [`bench/applicants.py`](../bench/applicants.py).",
            f"{given.applicants:,} entrepreneurs go through all pages of an application at the same time, each over a connection of their own,",
            f"with {given.pause:.0f} seconds between an answer and the next request on the average, as chance has it; the clients run on the",
            "same machine. The worker asks for the fees meanwhile.",
            "",
            f"Measured on {machine()}.",
            "",
            f"| measured | {' | '.join(found)} |",
            f"|---|{'---:|' * len(found)}",
            *(f"| {title} | {' | '.join(values)} |" for title, values in rows.items()),
            "",
            *limits_table(kept),
            "",
            f"Errors and losses: {'; '.join(wrong) or 'none'}.",
        ]
    )


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--applicants", type=int, default=APPLICANTS, help="at once (default: %(default)s)")
    parser.add_argument("--pause", type=float, default=PAUSE, help="seconds of reading (default: %(default)s)")
    add_kinds(parser, KINDS)
    return written("applicants", parser.parse_args(), measured, limits, section)


if __name__ == "__main__":
    sys.exit(main())
