"""Measures what an honest reporter notices of a flood: of wrong phrases, and of reports without a script.

`make bench` does on SQLite and on PostgreSQL, each time against the server that `adaldyq run` starts. A flood comes at a
fixed rate, however slowly it is answered, each request on a connection of its own. Meanwhile somebody comes back with a
right phrase, again and again, and somebody else reads another page. Exit code 1 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from adaldyq.sealing import envelopes, phrases
from bench import reporters
from bench.http_client import Client, Measured
from bench.installed import Installed, installed
from bench.report import Limit, add_kinds, limits_table, machine, written

KINDS = ("SQLite", "PostgreSQL")
BACK, OTHER = "/en/reports/return/", "/en/about/"
WORDS = re.compile(r"<li>([^<]+)</li>")
PHRASES, REPORTS = "wrong phrases", "reports without a script"
QUIET = "nothing else"
AWAY, OK = 503, 200
PAUSE = 0.25
LONGEST, NINETY_FIVE = 1000, 0.95
HONEST, PAGE = "comes back", "another page"


@dataclass
class Found:
    """What was measured on one kind of database, by flood.

    Attributes:
        seen: answers to those who are honest.
        answers: to the flood, by status.
    """

    seen: dict[str, Measured] = field(default_factory=dict)
    answers: dict[str, Counter[int]] = field(default_factory=dict)


class Flooded:
    """An installation that is flooded."""

    def __init__(self, place: Installed) -> None:
        """Prepare the agency, start the server and let it take an honest report."""
        self.place, self.found = place, Found()
        place.run("-m", "adaldyq", "migrate")
        place.run("-m", "bench.reports_data", envelopes.new_identity()[1])
        self.port = place.serve()

    def client(self, seen: Measured | None = None) -> Client:
        """Somebody with a connection of their own."""
        return Client(self.port, seen or Measured())

    async def filed(self) -> str:
        """The phrase of an honest report."""
        receipt = await reporters.form(self.client(), "send", {"carried": await self.checked(), "step": "send"})
        listed = reporters.PHRASE.search(receipt)
        if listed is None:
            raise SystemExit("no report was taken")
        return " ".join(WORDS.findall(listed[1]))

    async def checked(self) -> str:
        """What the page carries that only has to be sent."""
        client = self.client()
        page = (await client.get("page", reporters.PAGE)).text
        answers = {"what": reporters.TEXT, "step": "check", "carried": reporters.carried(page)}
        found = reporters.carried(await reporters.form(client, "check", answers))
        client.close()
        return found

    async def wrong_phrase(self) -> int:
        """Somebody tries a phrase; the status of the answer."""
        words = " ".join(phrases.spell(phrases.new_entropy(), "en"))
        return await self.once(BACK, {"step": "open", "phrase": words}, OK)

    async def once(self, path: str, answers: dict[str, str], expected: int) -> int:
        """Send a form on a connection of its own."""
        client = self.client()
        answer = await client.post("flood", path, answers, expected)
        client.close()
        return answer.status

    async def pass_through(self, given: argparse.Namespace) -> None:
        """Measure without a flood, then with each."""
        phrase = await self.filed()
        await self.honest(QUIET, phrase, asyncio.create_task(asyncio.sleep(given.seconds / 2)))
        await self.under(PHRASES, phrase, given.phrases, given.seconds, self.wrong_phrase)
        pages = [await self.checked() for _one in range(given.reports * given.seconds)]

        async def report() -> int:
            return await self.once(reporters.PAGE, {"step": "send", "carried": pages.pop()}, OK)

        await self.under(REPORTS, phrase, given.reports, given.seconds, report)

    async def under(self, name: str, phrase: str, rate: int, seconds: int, one: Callable[[], Awaitable[int]]) -> None:
        """Let a flood come, and measure what the honest notice."""

        async def flood() -> None:
            tasks = []
            for _each in range(rate * seconds):
                tasks.append(asyncio.ensure_future(one()))
                await asyncio.sleep(1 / rate)
            self.found.answers[name] = Counter(await asyncio.gather(*tasks))

        await self.honest(name, phrase, asyncio.create_task(flood()))

    async def honest(self, name: str, phrase: str, until: asyncio.Task[None]) -> None:
        """Come back and read a page, again and again."""
        seen = self.found.seen.setdefault(name, Measured())
        while not until.done():
            for what in (HONEST, PAGE):
                client = self.client(seen)
                if what == HONEST:
                    await client.post(what, BACK, {"step": "open", "phrase": phrase}, OK)
                else:
                    await client.get(what, OTHER)
                client.close()
            await asyncio.sleep(PAUSE)
        await until


def measured(kind: str, given: argparse.Namespace) -> Found:
    """Measure everything on one kind of database."""
    with tempfile.TemporaryDirectory(prefix="adaldyq-bench-", ignore_cleanup_errors=True) as place:
        folder = Path(place, "data")
        folder.mkdir()
        with installed(kind, folder) as made:
            flooded = Flooded(made)
            asyncio.run(flooded.pass_through(given))
    return flooded.found


def limits(found: dict[str, Found]) -> list[Limit]:
    """What was measured beside what it may be."""
    kept = []
    for kind, one in found.items():
        wrong = sum((seen.wrong for seen in one.seen.values()), Counter())
        kept.append(Limit(f"{kind}: honest ones not served", wrong.total(), most=0, places=0))
        for name in (PHRASES, REPORTS):
            longest = max(one.seen[name].milliseconds[HONEST])
            kept.append(
                Limit(f"{kind}: beside {name}, whoever comes back waits at most, ms", longest, most=LONGEST, places=0)
            )
    return kept


def table(found: dict[str, Found]) -> list[str]:
    """Lines of the table."""
    lines = [
        f"| database | beside | {HONEST} | {PAGE} | answers to the flood |",
        "|---|---|---|---|---|",
    ]
    for kind, one in found.items():
        for name, seen in one.seen.items():
            told = [three(seen.milliseconds[what]) for what in (HONEST, PAGE)]
            answers = ", ".join(f"{count:,} × {status}" for status, count in sorted(one.answers.get(name, {}).items()))
            lines.append(f"| {kind} | {name} | {' | '.join(told)} | {answers} |")
    return lines


def three(taken: list[float]) -> str:
    """Half, 95 of 100 and all of some times."""
    ordered = sorted(taken)
    return f"{ordered[len(ordered) // 2]:,.0f} / {ordered[int(len(ordered) * NINETY_FIVE)]:,.0f} / {ordered[-1]:,.0f}"


def section(found: dict[str, Found], given: argparse.Namespace, kept: list[Limit]) -> str:
    """The section of the page of measurements."""
    lines = [
        "## Floods at the pages of reports",
        "",
        "Written by [`bench/report_floods.py`](../bench/report_floods.py). The server is the one that `adaldyq run` starts, two",
        f"processes of two threads. For {given.seconds} seconds each a flood comes: {given.phrases} wrong phrases a second, of words that are all",
        f"in the list, then {given.reports} reports a second without a script, each with a page of its own. Meanwhile somebody comes back",
        "with a right phrase, without a script, and another page is read; half of the answers, 95 of 100, and all, within ms.",
        "An answer 503 is the page that holds what was typed and says to come again.",
        "",
        f"Measured on {machine()}. The flood was made on the same machine.",
        "",
        *table(found),
        "",
        *limits_table(kept),
    ]
    return "\n".join(lines)


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=int, default=15, help="of a flood (default: %(default)s)")
    parser.add_argument("--phrases", type=int, default=100, help="wrong phrases a second (default: %(default)s)")
    parser.add_argument("--reports", type=int, default=60, help="reports a second (default: %(default)s)")
    add_kinds(parser, KINDS)
    given = parser.parse_args()
    return written("report-floods", given, measured, limits, section)


if __name__ == "__main__":
    sys.exit(main())
