"""Receiving reports on one installation: with a script, without one, beside each other, and the bare cost of a phrase."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import secrets
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from adaldyq.sealing import receipts
from bench import reporters
from bench.filers import together
from bench.http_client import Client, Measured
from bench.installed import Installed

WITH, WITHOUT, BESIDE = "with a script", "without a script", "with a script, beside those without"
NEIGHBOURS = 4
SECONDS_BARE = 5.0
TURNS = 3
WARM = 100
LEAST_WORK = {"ADALDYQ_REPORT_WORK": "1"}


@dataclass
class Found:
    """What was measured on one kind of database.

    Attributes:
        rates: reports a second, by part.
        processors: milliseconds of a processor that a report takes, database and worker included, by part.
        measured: answers of each part.
        wrong: answers and records that are not as they should be.
        client: share of one processor that the clients with a script took.
        bare: phrases a second, made into keys by Argon2id with nothing else.
        part_of_bare: reports without a script a second, as a part of that; of the middle one of the turns.
        taken: how many reports were acknowledged.
    """

    rates: dict[str, float] = field(default_factory=dict)
    processors: dict[str, float] = field(default_factory=dict)
    measured: dict[str, Measured] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    client: float = 0.0
    bare: float = 0.0
    part_of_bare: float = 0.0
    taken: int = 0

    @property
    def errors(self) -> Counter[str]:
        """All that went wrong."""
        return sum((one.wrong for one in self.measured.values()), Counter(self.wrong))


class Receiving:
    """An installation that receives reports, and those who report."""

    def __init__(self, place: Installed, officers: Sequence[tuple[str, str]], sealed: Sequence[Path]) -> None:
        """Prepare the agency and start the servers.

        Args:
            officers: secret and public key of each.
            sealed: files of the reports that browsers have sealed.
        """
        self.place, self.officers, self.found = place, officers, Found()
        self.lines: Iterator[str] = reporters.lines_of(sealed)
        self.acknowledged: list[str] = []
        self.phrases = self.sent = 0
        place.run("-m", "adaldyq", "migrate")
        told = place.run("-m", "bench.reports_data", *(public for _secret, public in officers))
        self.bodies: list[str] = json.loads(told)["bodies"]
        self.port = place.serve()
        place.start("worker")
        place.let_work_pass()

    async def scripted(self, client: Client, number: int) -> None:
        """Send the next sealed report."""
        sealed = next(self.lines)
        began = time.perf_counter()
        taken = await reporters.with_script(client, number, sealed, self.bodies)
        client.seen.wholes.append((time.perf_counter() - began) * 1000)
        if taken:
            self.acknowledged.append(json.loads(sealed)["lookup"])

    async def unscripted(self, client: Client, number: int) -> None:
        """Report through the pages."""
        if await reporters.without_script(client, number, self.bodies):
            self.phrases += 1

    def clients(self, part: str, count: int) -> list[Client]:
        """Clients who measure a part together."""
        seen = self.found.measured.setdefault(part, Measured())
        return [Client(self.port, seen) for _one in range(count)]

    async def pass_through(self, given: argparse.Namespace) -> None:
        """Let everything be measured, one after the other."""
        await together([Client(self.port, Measured()) for _one in range(8)], range(WARM), self.scripted)
        works = range(given.clients * given.each)
        before, worked = own_processor(), self.place.processor()
        seconds = await together(self.clients(WITH, given.clients), works, self.scripted)
        self.found.client = (own_processor() - before) / seconds
        self.note(WITH, len(works), seconds, worked)
        await self.without(given)
        await self.beside(given)

    async def without(self, given: argparse.Namespace) -> None:
        """Reports without a script, in turns with the bare cost of their phrases."""
        works, rates = range(given.clients * given.each_without // TURNS), []
        for _turn in range(TURNS):
            bare, worked = await asyncio.to_thread(bare_rate), self.place.processor()
            seconds = await together(self.clients(WITHOUT, given.clients), works, self.unscripted)
            self.note(WITHOUT, len(works), seconds, worked)
            rates.append((self.found.rates[WITHOUT] / bare, bare, self.found.rates[WITHOUT]))
        self.found.part_of_bare, self.found.bare, self.found.rates[WITHOUT] = sorted(rates)[TURNS // 2]

    async def beside(self, given: argparse.Namespace) -> None:
        """Some report with a script while many do without."""
        flood = asyncio.create_task(
            self.flood(self.clients("the flood", given.clients), given.clients * given.each_without)
        )
        await asyncio.sleep(1)
        neighbours, count = self.clients(BESIDE, NEIGHBOURS), 0
        began = time.perf_counter()
        while not flood.done():
            await together(neighbours, range(NEIGHBOURS), self.scripted)
            count += NEIGHBOURS
        self.found.rates[BESIDE] = count / (time.perf_counter() - began)
        await flood

    async def flood(self, clients: Sequence[Client], count: int) -> None:
        """Many reports without a script."""
        await together(clients, range(count), self.unscripted)

    def note(self, part: str, count: int, seconds: float, before: float) -> None:
        """Keep a rate, and what each report took of a processor."""
        self.found.rates[part] = count / seconds
        self.found.processors[part] = (self.place.processor() - before) * 1000 / count
        tell(f"  {part}: {count / seconds:,.1f} a second, {self.found.processors[part]:,.1f} ms of a processor each")

    def look(self) -> None:
        """Hold what was acknowledged against what the installation holds."""
        told = {"acknowledged": self.acknowledged, "without_script": self.phrases, "secret": self.officers[0][0]}
        self.found.wrong.update(json.loads(self.place.run("-m", "bench.reports_afterwards", given=json.dumps(told))))
        self.found.wrong["no phrase came"] = (
            sum(len(one.milliseconds.get("send", ())) for name, one in self.found.measured.items() if name in FLOODS)
            - self.phrases
        )
        self.found.taken = len(self.acknowledged) + self.phrases


FLOODS = (WITHOUT, "the flood")


def derive(seconds: float) -> int:
    """Make keys of phrases for some seconds; how many."""
    until, count = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        receipts.key(secrets.token_bytes(11), secrets.token_bytes(receipts.SALT_BYTES))
        count += 1
    return count


def bare_rate() -> float:
    """How many phrases a second all processors together make into keys, and do nothing else."""
    count = os.cpu_count() or 1
    with ProcessPoolExecutor(count) as pool:
        list(pool.map(derive, [0.1] * count))  # the processes have started
        began = time.perf_counter()
        done = sum(pool.map(derive, [SECONDS_BARE] * count))
        return done / (time.perf_counter() - began)


def own_processor() -> float:
    """Seconds of the processor that this process has taken."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def tell(line: str) -> None:
    """Show how it goes on."""
    sys.stderr.write(f"{line}\n")
