"""The last evening on one installation: what is done to it, and what its clients saw."""

from __future__ import annotations

import argparse
import asyncio
import copy
import json
import resource
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from adaldyq.base.ids import new_id
from bench import filers
from bench.filing_rows import FORM, ROWS, YEAR
from bench.http_client import CHANCE, Client, Measured
from bench.installed import PEER, Installed

TURNS, TOGETHER, WRITERS, SENDERS = 5, 100, 16, 8
SECONDS_TO_WRITE, SIGN_INS = 10.0, 16
PACED, UNPACED, PAUSE, ARRIVING = "surge, a second between requests", "surge, no pause", 1.0, 30.0
OK = 200
INSERTS = ("/insert/", "/insert-together/")
UNMEASURED = 40


@dataclass
class Found:
    """What was measured on one kind of database.

    Attributes:
        rates: what was done a second, by what, one for each turn.
        measured: answers of each part.
        wrong: answers and records that are not as they should be.
        client: share of one processor that the clients took while filers made their journeys.
        acknowledged: how many declarations were.
    """

    rates: dict[str, list[float]] = field(default_factory=dict)
    measured: dict[str, Measured] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    client: float = 0.0
    acknowledged: int = 0

    def rate(self, what: str) -> float:
        """The middle one of the turns; 0 when it was not measured."""
        return statistics.median(self.rates.get(what) or [0.0])

    def ratio(self, what: str, peer: str) -> float:
        """The middle one of the ratios of the turns; 0 when one was not measured."""
        pairs = zip(self.rates.get(what, ()), self.rates.get(peer, ()), strict=False)
        return statistics.median([one / other for one, other in pairs] or [0.0])

    @property
    def errors(self) -> Counter[str]:
        """All that went wrong."""
        return sum((one.wrong for one in self.measured.values()), Counter(self.wrong))


class Evening:
    """A last evening on one installation."""

    def __init__(self, place: Installed, given: argparse.Namespace) -> None:
        """Prepare those who file, and start the servers."""
        self.place, self.given, self.found = place, given, Found()
        self.counts = (
            2 * given.filers,
            (TURNS + 1) * given.submissions + WRITERS,
            (TURNS * given.batches + SENDERS) * TOGETHER,
        )
        tell(f"{place.name}: preparing {sum(self.counts):,} people …")
        self.data = place.prepare(*self.counts)
        self.acknowledged: list[str] = []

    def start(self) -> None:
        """Start the server, the worker beside it, and the peer."""
        self.port = self.place.serve()
        self.place.start("worker")
        self.peer = self.place.serve(PEER)

    async def warm(self) -> None:
        """Let each process of the servers read in what it needs."""

        async def look(client: Client, path: str) -> None:
            await client.get("", path)

        for port, path in ((self.port, "/kk/about/"), (self.peer, "/")):
            await filers.together([Client(port, Measured()) for _one in range(8)], [path] * UNMEASURED, look)

    def renew(self) -> None:
        """Let everybody have shown once more that it is they."""
        self.place.run("-m", "bench.filing_renewed")

    def clients(self, part: str, count: int, port: int = 0, headers: Mapping[str, str] | None = None) -> list[Client]:
        """Clients who measure a part together."""
        seen = self.found.measured.setdefault(part, Measured())
        return [Client(port or self.port, seen, dict(headers or {})) for _one in range(count)]

    def note(self, what: str, count: int, seconds: float, before: float = 0.0) -> None:
        """Keep a rate, and what each took of a processor.

        Args:
            before: what all processes had taken when it began; nothing is kept without it.
        """
        self.found.rates.setdefault(what, []).append(count / seconds)
        tell(f"  {what}: {count / seconds:,.1f} a second")
        if before:
            self.note_processor(what, count, self.place.processor() - before)

    def acknowledge(self, address: str) -> None:
        """Remember the receipt of a declaration."""
        if address:
            self.acknowledged.append(address.rstrip("/").rpartition("/")[2])

    async def surge(self, turn: int, part: str, pause: float) -> None:
        """Everybody goes through the whole journey at once: with pauses, and not all clicking in one second, or without."""
        self.renew()
        before, worked = processor(), self.place.processor()

        async def file(client: Client, filer: dict[str, str]) -> None:
            await asyncio.sleep(CHANCE.uniform(0, ARRIVING) if pause else 0)
            try:
                self.acknowledge(await filers.journey(client, filer))
            except filers.Broken as broken:
                self.found.wrong[f"journey: {broken}"] += 1

        clients = self.clients(part, self.given.filers)
        for one in clients:
            one.pause = pause
        works = self.some("journeys", turn, self.given.filers)
        seconds = await filers.together(clients, works, file)
        self.found.client = max(self.found.client, (processor() - before) / seconds)
        self.note(f"{part}, journeys", len(works), seconds)
        self.note(f"{part}, answers", len(self.found.measured[part].all), seconds, worked)

    async def submissions(self, turn: int) -> None:
        """Final submissions, and the peer's inserts of the same."""
        self.renew()
        self.place.let_work_pass()
        works = self.some("submissions", turn, self.given.submissions)
        before = self.place.processor()
        seconds = await filers.together(self.clients("submissions", self.given.filers), works, self.submit)
        self.note("submissions", len(works), seconds, before)

        async def insert(client: Client, work: tuple[str, bytes]) -> None:
            await client.ask(work[0], *work, "application/json", OK)

        for number, path in enumerate(INSERTS, 1):
            bodies = [(path, json.dumps(self.columns(one["person"], YEAR - number)).encode()) for one in works]
            self.place.let_work_pass()
            before = self.place.processor()
            seconds = await filers.together(self.clients("peer", self.given.filers, self.peer), bodies, insert)
            self.note(path, len(bodies), seconds, before)

    async def submit(self, client: Client, one: dict[str, str]) -> None:
        """Submit a draft once, and remember what was acknowledged."""
        self.acknowledge(await filers.submission(client, one, f"key-{one['draft']}"))

    def some(self, kind: str, turn: int, count: int) -> list[Any]:
        """Those of a turn."""
        listed: list[Any] = self.data[kind][turn * count : (turn + 1) * count]
        return listed

    def columns(self, person: str, year: int) -> dict[str, Any]:
        """What the peer inserts of somebody."""
        found: dict[str, Any] = copy.deepcopy(self.data["columns"])
        found["declaration"] |= {"person_id": person, "year": year}
        return found

    async def bulk(self, turn: int) -> None:
        """Batches by the API, then COPY of the same rows."""
        if not turn:
            await self.send(batches_of(self.data["bulk"][TURNS * self.given.batches * TOGETHER :]))
        batches = batches_of(people := self.some("bulk", turn, self.given.batches * TOGETHER))
        self.place.let_work_pass()
        before = self.place.processor()
        self.note("bulk", len(people), await self.send(batches))
        self.note_processor("bulk", len(people), self.place.processor() - before)
        if self.place.server:
            self.copy(self.place.server.url, batches)

    async def send(self, batches: Sequence[Sequence[str]]) -> float:
        """File batches by the API; seconds it took."""
        bodies = [json.dumps({"declarations": [declared(one) for one in batch]}).encode() for batch in batches]

        async def file(client: Client, body: bytes) -> None:
            client.headers["Idempotency-Key"] = f'"{new_id()}"'
            answer = await client.ask("batch", "/api/v1/filings", body, "application/json", OK)
            results = json.loads(answer.text)["results"] if answer.status == OK else []
            self.acknowledged += [one["id"] for one in results if one["id"]]
            self.found.wrong["refused in bulk"] += sum(one["id"] is None for one in results)

        clients = self.clients("bulk", SENDERS, headers={"Authorization": f"Bearer {self.data['token']}"})
        return await filers.together(clients, bodies, file)

    def note_processor(self, what: str, count: int, seconds: float) -> None:
        """Keep what one of them took of the processor, in milliseconds."""
        self.found.rates.setdefault(f"{what}, processor", []).append(seconds * 1000 / count)
        tell(f"  {what}: {seconds * 1000 / count:,.2f} ms of a processor each")

    def copy(self, database: str, batches: Sequence[Sequence[str]]) -> None:
        """COPY the rows that were filed as those of the year before, a batch in a transaction of its own."""
        with psycopg.connect(database) as connection:
            prepared = [self.tables_of(connection, batch) for batch in batches]
            connection.commit()
            self.place.let_work_pass()
            before, began = processor() + self.place.processor(), time.perf_counter()
            for tables in prepared:
                with connection.transaction(), connection.cursor() as cursor:
                    for name, (columns, rows) in tables.items():
                        listed = SQL(", ").join(map(Identifier, columns))
                        with cursor.copy(SQL("COPY {} ({}) FROM STDIN").format(Identifier(name), listed)) as copying:
                            for row in rows:
                                copying.write_row(row)
            seconds, count = time.perf_counter() - began, sum(map(len, batches))
            self.note("COPY", count, seconds)
            self.note_processor("COPY", count, processor() + self.place.processor() - before)

    def tables_of(self, connection: psycopg.Connection[Any], people: Sequence[str]) -> Tables:
        """The rows that people filed, column by column as texts, with other ids and of the year before."""
        ids: dict[str, str] = defaultdict(new_id)
        filed = columns_and_rows(connection, DECLARATIONS, "person_id = ANY(%s) AND year = %s", [list(people), YEAR])
        held = [row[filed[0].index("id")] for row in filed[1]]
        found = {DECLARATIONS: filed}
        for table in self.data["tables"].values():
            found[table] = columns_and_rows(connection, table, "declaration_id = ANY(%s)", [held])
        for columns, rows in found.values():
            for place, name in enumerate(columns):
                for row in rows if name in {"id", "row_id", "declaration_id", "year"} else ():
                    row[place] = str(YEAR - 1) if name == "year" else ids[row[place]]
        return {table: given for table, given in found.items() if given[1]}

    async def rush(self) -> None:
        """People write, alone at first, then beside a rush of sign-ins."""
        writers = self.data["submissions"][TURNS * self.given.submissions :][:WRITERS]
        for part, signing_in in (("writers alone", 0), ("writers beside the rush", SIGN_INS)):
            stopping = asyncio.Event()
            works = [
                filers.writing(client, one, stopping)
                for client, one in zip(self.clients(part, len(writers)), writers, strict=True)
            ]
            rush = [
                self.signing_in(client, number, stopping)
                for number, client in enumerate(self.clients("rush", signing_in))
            ]
            asyncio.get_running_loop().call_later(SECONDS_TO_WRITE, stopping.set)
            began = time.perf_counter()
            await asyncio.gather(*works, *rush)
            seconds = time.perf_counter() - began
            self.note(part, len(self.found.measured[part].all), seconds)
        self.note("sign-ins", len(self.found.measured["rush"].milliseconds.get("sign-in", ())), seconds)

    async def signing_in(self, client: Client, number: int, stopping: asyncio.Event) -> None:
        """Sign in as one after the other."""
        while not stopping.is_set():
            await filers.sign_in(client, self.data["journeys"][number % len(self.data["journeys"])]["username"])
            number += SIGN_INS

    async def crash(self) -> None:
        """Everything is killed amid submissions; what was not acknowledged is sent again, with its key."""
        self.renew()
        works = self.data["submissions"][TURNS * self.given.submissions + WRITERS :]
        unanswered: list[dict[str, str]] = []
        enough = asyncio.Event()
        before, some = len(self.acknowledged), len(works) // 3

        async def submit(client: Client, one: dict[str, str]) -> None:
            address = await filers.submission(client, one, f"key-{one['draft']}")
            self.acknowledge(address)
            if not address:
                unanswered.append(one)
            if len(self.acknowledged) - before >= some:
                enough.set()

        async def strike() -> None:
            await enough.wait()
            await asyncio.to_thread(self.place.kill)

        lost = [Client(self.port, Measured()) for _one in range(self.given.filers)]
        await asyncio.gather(filers.together(lost, works, submit), strike())
        tell(f"  killed with {len(self.acknowledged) - before} acknowledged, {len(unanswered)} to be sent again")
        self.start()
        await filers.together(self.clients("after the crash", self.given.filers), unanswered, self.submit)

    def look(self) -> None:
        """Hold what was acknowledged against what the installation holds."""
        told = json.loads(self.place.run("-m", "bench.filing_afterwards", given=json.dumps(self.acknowledged)))
        self.found.wrong.update(told)
        self.found.acknowledged = len(self.acknowledged)


def batches_of(people: Sequence[str]) -> list[Sequence[str]]:
    """People whose declarations are sent together."""
    return [people[start : start + TOGETHER] for start in range(0, len(people), TOGETHER)]


def declared(person: str) -> dict[str, Any]:
    """A declaration as a file says it."""
    sections = {**dict.fromkeys(EMPTY, ()), **ROWS}
    return {"person": person, "form": FORM, "year": YEAR, "sections": sections}


def columns_and_rows(
    connection: psycopg.Connection[Any], table: str, condition: str, values: list[object]
) -> tuple[list[str], list[list[Any]]]:
    """Columns of a table, and the rows that meet a condition, each value as text."""
    listed = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position", [table]
    )
    columns = [name for (name,) in listed]
    texts = SQL(", ").join(SQL("{}::text").format(Identifier(one)) for one in columns)
    query = SQL("SELECT {} FROM {} WHERE {}").format(texts, Identifier(table), SQL(condition))
    return columns, [list(row) for row in connection.execute(query, values)]


EMPTY = ("security", "company_interest", "crypto", "valuable", "gift", "trust")
"""Sections in which nothing is declared."""
DECLARATIONS = "declarations_declaration"
Tables = dict[str, tuple[list[str], list[list[Any]]]]
"""Columns and rows by table."""


def processor() -> float:
    """Seconds of the processor that this process has taken."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def tell(line: str) -> None:
    """Show how it goes on."""
    sys.stderr.write(f"{line}\n")
