"""Measures filing on the last evening: the surge, submissions beside a bare view, files in bulk, sign-ins, a crash.

`make bench` does on PostgreSQL and on SQLite, each time against the server that `adaldyq run` starts, with its worker:

- so many filers at once, each through the whole journey, with a second between an answer and the next request, and once
  more without any pause;
- final submissions in turns with a bare view of Django that inserts the same rows, on the same server and database;
- declarations by the API in batches of a hundred, in turns with COPY of the rows that were filed;
- people who write, alone and beside a rush of sign-ins;
- a kill of everything amid submissions, after which what was not acknowledged is sent again.

Afterwards everything acknowledged must be there, whole and once. Exit code 1 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

from bench.evening import (
    ARRIVING,
    INSERTS,
    PACED,
    PAUSE,
    SECONDS_TO_WRITE,
    SENDERS,
    SIGN_INS,
    TURNS,
    UNPACED,
    WRITERS,
    Evening,
    Found,
)
from bench.installed import installed
from bench.report import Limit, add_kinds, limits_table, machine, written

KINDS = ("PostgreSQL", "SQLite")
P99, TIMES_VIEW, TIMES_COPY = 500, 1.0, 0.5
BESIDE_RUSH = 2.0  # signing in may take its half of the processors, so whoever writes keeps the other
NINETY_NINE, HALF = 0.99, 0.5


def measured(kind: str, given: argparse.Namespace) -> Found:
    """Measure everything on one kind of database."""
    with (
        tempfile.TemporaryDirectory(prefix="adaldyq-bench-", ignore_cleanup_errors=True) as place,
        installed(kind, Path(place)) as made,
    ):
        evening = Evening(made, given)
        evening.start()
        made.let_work_pass()
        asyncio.run(passed(evening, given.only))
        evening.look()
    return evening.found


async def passed(evening: Evening, only: list[str]) -> None:
    """Let the evening pass, part by part."""
    await evening.warm()
    if not only or "surge" in only:
        await evening.surge(0, UNPACED, 0.0)
        if evening.place.server:
            await evening.surge(1, PACED, PAUSE)
    for turn in range(TURNS):
        if not only or "submissions" in only:
            await evening.submissions(turn)
    for turn in range(TURNS):
        if not only or "bulk" in only:
            await evening.bulk(turn)
    if not only or "rush" in only:
        await evening.rush()
    if not only or "crash" in only:
        await evening.crash()


def limits(found: dict[str, Found]) -> list[Limit]:
    """What was measured beside what it may be."""
    kept = [Limit(f"errors and losses, {kind}", one.errors.total(), most=0, places=0) for kind, one in found.items()]
    if served := found.get("PostgreSQL"):
        paced = served.measured.get(PACED)
        alone, beside = (served.measured.get(f"writers {when}") for when in ("alone", "beside the rush"))
        kept += [
            Limit(
                f"{PACED}: 99 of 100 answers within, ms",
                paced.part(NINETY_NINE) if paced else 0,
                most=P99,
                places=0,
            ),
            Limit("submissions ÷ inserts of the bare view", served.ratio("submissions", INSERTS[0]), least=TIMES_VIEW),
            Limit("declarations in bulk ÷ COPY", served.ratio("bulk", "COPY"), least=TIMES_COPY),
            Limit(
                "writers beside the rush ÷ writers alone, 99 of 100 answers",
                beside.part(NINETY_NINE) / alone.part(NINETY_NINE) if alone and beside else 0,
                most=BESIDE_RUSH,
            ),
        ]
    return kept


def table(found: dict[str, Found]) -> list[str]:
    """Lines of the table of rates and of answers."""
    rates = {
        f"{PACED}, journeys": "whole journeys a second, with a second between requests",
        f"{PACED}, answers": "answers a second in them",
        f"{UNPACED}, journeys": "whole journeys a second, without any pause",
        f"{UNPACED}, answers": "answers a second in them",
        "submissions": "final submissions a second",
        INSERTS[0]: "the same rows by the bare view, row by row",
        INSERTS[1]: "the same, a statement for each section",
        "bulk": "declarations a second in bulk, by the API",
        "COPY": "the same rows by COPY",
        "bulk, processor": "milliseconds of a processor that a declaration in bulk takes, server, worker and database",
        "COPY, processor": "the same by COPY, client and database",
        "sign-ins": "sign-ins a second in the rush",
    }
    lines = [f"| measured | {' | '.join(found)} |", f"|---|{'---:|' * len(found)}"]
    for name, title in rates.items():
        lines.append(f"| {title} | {' | '.join(number(one.rate(name)) for one in found.values())} |")
    works = {
        "submissions": "a submission",
        INSERTS[0]: "a request of the bare view, row by row",
        INSERTS[1]: "the same, a statement for each section",
        f"{PACED}, answers": "an answer in the surge with pauses",
        f"{UNPACED}, answers": "an answer in the surge without",
    }
    for name, title in works.items():
        told = [number(one.rate(f"{name}, processor")) for one in found.values()]
        lines.append(f"| milliseconds of a processor that {title} takes, database included | {' | '.join(told)} |")
    for name in (PACED, UNPACED, "submissions", "peer", "bulk", "writers alone", "writers beside the rush"):
        parts = [one.measured.get(name) for one in found.values()]
        told = [f"{one.part(HALF):,.0f} / {one.part(NINETY_NINE):,.0f}" if one else "–" for one in parts]
        lines.append(f"| {name}: half of the answers, and 99 of 100, within ms | {' | '.join(told)} |")
    lines.append(f"| declarations acknowledged | {' | '.join(f'{one.acknowledged:,}' for one in found.values())} |")
    return lines


def number(rate: float) -> str:
    """A rate as it is written."""
    return f"{rate:,.1f}" if rate else "–"


def section(found: dict[str, Found], given: argparse.Namespace, kept: list[Limit]) -> str:
    """The section of the page of measurements."""
    load = max(one.client for one in found.values())
    lines = [
        "## Filing on the last evening",
        "",
        "Written by [`bench/filing.py`](../bench/filing.py). The server is the one that `adaldyq run` starts, two processes",
        "of two threads, with its worker; what it acknowledges is on the disk on PostgreSQL (its defaults), and with the",
        "next checkpoint of the log on SQLite, as it is set up. A declaration has twelve rows in ten sections.",
        f"{given.filers} filers make the whole journey of some ninety requests at once, with a second between an answer and the",
        f"next request (on the average, as chance has it; whoever files in ten minutes takes seven), each beginning within {ARRIVING:.0f}",
        "seconds, so that all are under way together but do not click as one, and it is their answers that the limit is on.",
        "The same is then done without any pause, all at one stroke, which only programs do: in such a closed loop each",
        f"answer waits for those of the {given.filers - 1} others, so it tells how many answers a second there are at most, and its",
        "times follow from that. Submissions are the last step alone, the post that signs and files, from as many clients,",
        f"also without pauses, {given.submissions:,} in a turn, of which the first and the last weigh little, while not all are at",
        "it. The bare view ([`bench/orm_view.py`](../bench/orm_view.py)) inserts the same rows into the same tables, through",
        "the same server, with the same durability, and neither asks who it is, nor checks anything, nor writes to the",
        f"ledger. The API gets declarations in bulk from {SENDERS} clients, {given.batches} batches of a hundred in a turn, after {SENDERS}",
        "that are not measured, so that the tables hold something when they are counted. COPY gets the rows that were filed",
        "in bulk, with other ids and of the year before, made ready in texts, over one connection, a batch in a transaction.",
        f"Of {TURNS} turns the middle one counts, each beside its peer's. What something takes of a",
        "processor is the time of all processes of the installation while it was measured, the database's, the server's and",
        "the worker's, divided by how often it was done; it is nearly the same whatever else the machine does.",
        "The work of the night is done before anything is measured, as it is on such an evening, and what one turn",
        "of submissions, batches or their peers leaves to the worker is done before the next; PostgreSQL then counts its",
        "tables (ANALYZE), which it does by itself each minute and which here grow from nothing within seconds.",
        f"For the rush, {WRITERS} people look at a section and type rows for {SECONDS_TO_WRITE:.0f} seconds, alone and beside",
        f"{SIGN_INS} clients who sign in without a pause. At the end everything is killed amid submissions (`kill -9`, and",
        "PostgreSQL stopped at once), started again, and what was not acknowledged sent again.",
        "",
        f"Measured on {machine()}. The clients ran on the same machine and took up to {load:.0%} of a processor.",
        f"Load of the machine at the end of the run: {os.getloadavg()[2]:.1f} over fifteen minutes. Where it is several times",
        "the number of processors, others worked on it: then times and rates are theirs as well, and what can be compared is",
        "each rate with its peer's, which was measured beside it, and what each takes of a processor.",
        "",
        *table(found),
        "",
        *limits_table(kept),
    ]
    wrong = [f"{kind}: {what}, {count}" for kind, one in found.items() for what, count in one.errors.items() if count]
    return "\n".join([*lines, "", f"Errors and losses: {'; '.join(wrong) or 'none'}."])


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filers", type=int, default=64, help="at once (default: %(default)s)")
    parser.add_argument("--submissions", type=int, default=1000, help="in each turn (default: %(default)s)")
    parser.add_argument("--batches", type=int, default=40, help="of a hundred, in each turn (default: %(default)s)")
    add_kinds(parser, KINDS)
    parser.add_argument("--only", nargs="*", default=[], help="surge, submissions, bulk, rush or crash; implies --dry")
    given = parser.parse_args()
    given.dry = given.dry or bool(given.only)
    return written("filing", given, measured, limits, section)


if __name__ == "__main__":
    sys.exit(main())
