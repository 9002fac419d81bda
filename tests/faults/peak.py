"""The last evening at its peak: people sign and file, programs file in bulk, and processes that serve them are killed.

What files is the load of `make bench`: drafts in which only the signature is missing, and batches of a hundred. Of the
pages a process is killed, or the one that started them; of PostgreSQL a process that works for a page, after which it
ends all others and recovers, as after a crash. Whoever gets no answer sends the same again with the same key.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from adaldyq.base.ids import new_id
from bench import filers
from bench.evening import TOGETHER, declared
from bench.http_client import Client, Measured
from bench.installed import Installed
from tests.faults.installation import BACKEND, WEB, children_of, status
from tests.faults.trial import Outcome

FILERS, SENDERS, SUBMISSIONS_A_KILL = 32, 2, 20
MOST_SUBMISSIONS, BATCHES = 1_200, 10
SHORTEST, LONGEST, BETWEEN = 0.2, 1.2, 0.2
SECONDS = 600.0
OK, AWAY = 200, (0, 409, 503)
"""Answers after which the same is sent again: none, that the same is under way, that the database is away."""


@dataclass
class Peak:
    """Filers, and whoever kills, at one installation.

    Attributes:
        acknowledged: numbers of declarations whose filing was answered.
        repeated: how many requests were sent again, after no answer or none that told what became of them.
    """

    place: Installed
    port: int
    chance: random.Random
    seen: Measured = field(default_factory=Measured)
    acknowledged: list[str] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    wrong: list[str] = field(default_factory=list)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def submit(self, client: Client, one: dict[str, str]) -> None:
        """Sign and file a draft, until it is answered."""
        until = time.monotonic() + SECONDS
        while not (address := await filers.submission(client, one, f"key-{one['draft']}")):
            if time.monotonic() > until:
                self.wrong.append(f"{one['draft']} was never acknowledged")
                return
            self.repeated += 1
            await asyncio.sleep(BETWEEN)
        self.acknowledged.append(address.rstrip("/").rpartition("/")[2])

    async def send(self, client: Client, batch: Sequence[str]) -> None:
        """File a batch, until it is answered."""
        client.headers["Idempotency-Key"] = f'"{new_id()}"'
        body = json.dumps({"declarations": [declared(one) for one in batch]}).encode()
        until = time.monotonic() + SECONDS
        while (answer := await client.ask("batch", "/api/v1/filings", body, "application/json", OK)).status != OK:
            if answer.status not in AWAY or time.monotonic() > until:
                self.wrong.append(f"a batch: {answer.status} {answer.text[:200]}")
                return
            self.repeated += 1
            await asyncio.sleep(BETWEEN)
        results = json.loads(answer.text)["results"]
        self.wrong += [f"in a batch: {one['problem']}" for one in results if one["id"] is None]
        self.acknowledged += [one["id"] for one in results if one["id"]]

    async def kill(self, most: int) -> None:
        """Kill processes at moments that chance chooses, each while the pages are open, until everything was filed."""
        while self.kills.total() < most:
            await asyncio.sleep(self.chance.uniform(SHORTEST, LONGEST))
            await asyncio.to_thread(self.wait_until_open)
            if self.ended.is_set():
                return
            part = self.chance.choice((WEB, BACKEND))
            pids = self.of_web() if part == WEB else self.of_database()
            if pids:
                os.kill(self.chance.choice(pids), signal.SIGKILL)
                self.kills[part] += 1

    def wait_until_open(self) -> None:
        """Wait until a page comes, or everything was filed."""
        while not self.ended.is_set() and status(self.port) != OK:
            time.sleep(BETWEEN)

    def of_web(self) -> list[int]:
        """Processes of the pages, and the one that started them."""
        root = self.place.started[0].pid
        return [root, *children_of(root)]

    def of_database(self) -> list[int]:
        """Processes of PostgreSQL that work for a connection."""
        assert self.place.server is not None
        postmaster = int((self.place.server.folder / "data" / "postmaster.pid").read_text().split()[0])
        return [one for one in children_of(postmaster) if works_for_a_connection(one)]

    async def supervise(self) -> None:
        """Start again what ended, as systemd would."""
        parts = [["serve", "--port", str(self.port)], ["worker"]]
        while not self.ended.is_set():
            for number, words in enumerate(parts):
                if self.place.started[number].poll() is not None:
                    self.place.start(*words)
                    self.place.started[number] = self.place.started.pop()
            await asyncio.sleep(0.1)

    async def file(self, submissions: Sequence[dict[str, str]], batches: Sequence[Sequence[str]], token: str) -> None:
        """File everything."""
        people = [Client(self.port, self.seen) for _one in range(FILERS)]
        programs = [Client(self.port, self.seen, {"Authorization": f"Bearer {token}"}) for _one in range(SENDERS)]
        await asyncio.gather(
            filers.together(people, submissions, self.submit), filers.together(programs, batches, self.send)
        )
        self.ended.set()


def works_for_a_connection(pid: int) -> bool:
    """Whether a process of PostgreSQL is one that answers a client, by what it calls itself."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().startswith(b"postgres: adaldyq ")
    except OSError:
        return False


def killed_while_filing(place: Installed, given: argparse.Namespace) -> Outcome:
    """Let everybody file while processes are killed, and look at everything afterwards."""
    started = time.monotonic()
    count = min(MOST_SUBMISSIONS, SUBMISSIONS_A_KILL * given.kills)
    data = place.prepare(0, count, BATCHES * TOGETHER)
    peak = Peak(place, place.serve(), random.Random(given.seed))  # noqa: S311  # when a trial kills is no secret
    place.start("worker")
    place.run("-m", "bench.filing_renewed")
    batches = [data["bulk"][one : one + TOGETHER] for one in range(0, len(data["bulk"]), TOGETHER)]

    async def evening() -> None:
        await asyncio.gather(
            peak.file(data["submissions"], batches, data["token"]), peak.kill(given.kills), peak.supervise()
        )

    asyncio.run(evening())
    wait_for_database(place)
    found = json.loads(place.run("-m", "bench.filing_afterwards", given=json.dumps(peak.acknowledged)))
    wrong = {what: [str(times)] for what, times in found.items()}
    if peak.wrong:
        wrong["answer"] = peak.wrong
    twice = [one for one, times in Counter(peak.acknowledged).items() if times > 1]
    if twice:
        wrong["acknowledged for two"] = twice
    return Outcome(
        acknowledged=len(peak.acknowledged),
        repeated=0,
        kills=dict(peak.kills),
        answers=answers_of(peak.seen),
        seconds=time.monotonic() - started,
        wrong=wrong,
        counts={"lost": found.get("lost", 0), "doubled": found.get("filed twice", 0)},
    )


def wait_for_database(place: Installed) -> None:
    """Wait until PostgreSQL has recovered from the last kill."""
    assert place.server is not None
    until = time.monotonic() + SECONDS
    while True:
        try:
            psycopg.connect(place.server.url).close()
        except psycopg.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(BETWEEN)
        else:
            return


def answers_of(seen: Measured) -> dict[int, int]:
    """How many answers were not as they should be, by status."""
    found: Counter[int] = Counter()
    for what, times in seen.wrong.items():
        found[int(what.rpartition(" ")[2])] += times
    return dict(found)
