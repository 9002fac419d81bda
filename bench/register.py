"""Measures the search in a register of a million licences, as a page, on PostgreSQL and on SQLite.

`make bench` fills a database of its own with licences of invented firms, starts the server that `adaldyq run` starts, and lets two
clients look for licences: by number, by name, by place, by words that very many licences have, narrowed, sorted by each column, on
the first page and on a late one, and as programs do. What is timed is the whole answer, from the request to its last byte.

Exit code 1 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bench.filers import together
from bench.http_client import Client, Measured, within
from bench.installed import installed
from bench.report import Limit, add_kinds, limits_table, machine, written

KINDS = ("PostgreSQL", "SQLite")
LICENCES, SEARCHES, CLIENTS, WARM = 1_000_000, 1_500, 2, 60
P95 = {"PostgreSQL": 100, "SQLite": 300}
NINETY_FIVE, HALF = 0.95, 0.5
PAGE, API = "/kk/permits/licences/", "/api/v1/permits/licences"
LATE = "18"
CHANCE = random.Random(12)  # noqa: S311  # what is looked for is no secret


@dataclass
class Found:
    """What was measured on one kind of database.

    Attributes:
        seconds_to_fill: what it took to write the register.
        lost: searches by number that did not show their licence.
    """

    measured: Measured = field(default_factory=Measured)
    seconds_to_fill: float = 0.0
    lost: int = 0

    @property
    def wrong(self) -> Counter[str]:
        """All that went wrong."""
        return self.measured.wrong + Counter({"a licence not found by its number": self.lost})


@dataclass(frozen=True, slots=True)
class Search:
    """A search: of which kind, what is asked, what the answer must show, and where it is asked."""

    kind: str
    asked: dict[str, str]
    shows: str = ""
    where: str = PAGE


def search(there: dict[str, Any]) -> Search:
    """A search of some kind, for something that is there."""
    number, holder, identifier, address = CHANCE.choice(there["licences"])
    town, _comma, street = address.partition(", ")
    any_of = [
        Search("by its number", {"q": number}, number),
        Search("by the registration number of the holder", {"q": identifier}),
        *by_words(holder, town, street.split()[0]),
        Search("by the number of a permit, as a word", {"q": number[:5]}),
        Search("of a permit", {"entry": number[:5]}),
        *narrowed(CHANCE.choice(there["bodies"]), town),
        Search("all", {}),
        Search("all, by holder", {"sort": "holder_name"}),
        Search("all, by day of issue", {"sort": "issued_date"}),
        Search("all, the latest end first", {"sort": "-valid_until"}),
        Search("as a program, all", {}, where=API),
        Search("as a program, by number", {"q": number}, number, API),
        Search("as a program, of a permit", {"entry": number[:5]}, where=API),
        Search("as a program, of a legal form, expired", {"q": "ТОО", "state": "expired", "offset": "500"}, where=API),
    ]
    return CHANCE.choice(any_of)


def by_words(holder: str, town: str, street: str) -> list[Search]:
    """Searches by words that few have and that very many have, in several orders, on the first page and on a late one."""
    firm = holder.partition("«")[2].strip("»")
    return [
        Search("by the whole name of the holder", {"q": holder}),
        Search("by a word of the name and the town", {"q": f"{firm.split()[0]} {town}"}),
        Search("by the beginning of a name", {"q": firm[:5]}),
        Search("by a legal form, which nearly half have", {"q": "ТОО"}),
        Search("by a legal form, the newest first", {"q": "ИП", "sort": "-issued_date"}),
        Search("by a legal form, by holder, whose name begins with it", {"q": "ТОО", "sort": "holder_name"}),
        Search("by a town, which a tenth has", {"q": town}),
        Search("by a town, by holder", {"q": town, "sort": "holder_name"}),
        Search("by a town, a late page", {"q": town, "page": LATE}),
        Search("by town and street", {"q": f"{town} {street}"}),
        Search("by street, by last day, a late page", {"q": street, "sort": "valid_until", "page": LATE}),
        Search("by what nobody has", {"q": "жоқнәрсе"}),
    ]


def narrowed(body: str, town: str) -> list[Search]:
    """Searches by body and state, with words and without."""
    return [
        Search("of a body", {"body": body}),
        Search("of a body, by a town", {"body": body, "q": town}),
        Search("of a body, revoked, by holder", {"body": body, "state": "revoked", "sort": "holder_name"}),
        Search("revoked ones", {"state": "revoked"}),
        Search("revoked ones, a late page", {"state": "revoked", "page": LATE}),
        Search("valid ones, by a town, the latest end first", {"state": "valid", "q": town, "sort": "-valid_until"}),
    ]


def measured(kind: str, given: argparse.Namespace) -> Found:
    """Fill a register on one kind of database, and search it."""
    found = Found()
    with (
        tempfile.TemporaryDirectory(prefix="adaldyq-bench-", ignore_cleanup_errors=True) as place,
        installed(kind, Path(place), {"ADALDYQ_API_REQUESTS": "1000000"}) as made,
    ):
        made.run("-m", "adaldyq", "migrate")
        began = time.perf_counter()
        there = json.loads(made.run("-m", "bench.register_data", str(given.licences)))
        found.seconds_to_fill = time.perf_counter() - began
        port = made.serve()
        asyncio.run(searched(port, there, Found(), WARM))
        asyncio.run(searched(port, there, found, given.searches))
    return found


async def searched(port: int, there: dict[str, Any], found: Found, count: int) -> None:
    """Let the clients look for so many things."""

    async def look(client: Client, one: Search) -> None:
        answer = await client.get(one.kind, f"{one.where}?{urlencode(one.asked)}")
        found.lost += one.shows not in answer.text

    clients = [Client(port, found.measured) for _one in range(CLIENTS)]
    await together(clients, [search(there) for _one in range(count)], look)


def limits(found: dict[str, Found]) -> list[Limit]:
    """What was measured beside what it may be."""
    kept = [Limit(f"{kind}: errors", one.wrong.total(), most=0, places=0) for kind, one in found.items()]
    for kind, one in found.items():
        kept.append(
            Limit(f"{kind}: 95 of 100 pages within, ms", one.measured.part(NINETY_FIVE), most=P95[kind], places=0)
        )
    return kept


def section(found: dict[str, Found], given: argparse.Namespace, kept: list[Limit]) -> str:
    """The section of the page of measurements."""
    kinds = sorted({name for one in found.values() for name in one.measured.milliseconds})
    rows = []
    for name in kinds:
        told = [sorted(one.measured.milliseconds.get(name, [])) for one in found.values()]
        times = [f"{within(one, HALF):,.0f} / {within(one, NINETY_FIVE):,.0f}" for one in told]
        rows.append(f"| {name} | {' | '.join(times)} |")
    filled = ", ".join(f"{kind} {one.seconds_to_fill:,.0f} s" for kind, one in found.items())
    wrong = [f"{kind}: {what}, {count}" for kind, one in found.items() for what, count in one.wrong.items() if count]
    return "\n".join(
        [
            "## Search in the register of licences",
            "",
            "Written by [`bench/register.py`](../bench/register.py). The pages of a register of",
            f"{given.licences:,} licences, looked at by {CLIENTS} clients on the same machine without a pause, {given.searches:,} pages in all,",
            "each kind of search as often as another. Words are looked up in a full-text index, and no search counts farther",
            "than five hundred licences.",
            "",
            f"Measured on {machine()}. Filled in: {filled}.",
            "",
            f"| half of the pages, and 95 of 100, within ms | {' | '.join(found)} |",
            f"|---|{'---:|' * len(found)}",
            *rows,
            "",
            *limits_table(kept),
            "",
            f"Errors: {'; '.join(wrong) or 'none'}.",
        ]
    )


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--licences", type=int, default=LICENCES, help="in the register (default: %(default)s)")
    parser.add_argument(
        "--searches", type=int, default=SEARCHES, help="pages that are looked at (default: %(default)s)"
    )
    add_kinds(parser, KINDS)
    return written("register", parser.parse_args(), measured, limits, section)


if __name__ == "__main__":
    sys.exit(main())
