"""Measures receiving reports: 64 clients who send a thousand each, sealed in the browser, and others without a script.

`make bench` does on SQLite and on PostgreSQL, each time against the server that `adaldyq run` starts, with its worker:

- clients with a script, each of which opens the page, asks whose keys to seal to, and sends what was sealed before, the
  next as soon as it has its answer;
- the bare rate at which this machine makes keys of phrases by Argon2id, and beside it clients without a script, whose
  phrases the server makes into keys;
- some with a script beside many without.

Afterwards every acknowledged report must be there once, with all that belongs to it, and open for an officer. Exit code 1
when a limit is not kept.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from pathlib import Path

from adaldyq.sealing import envelopes
from bench import reporters
from bench.installed import installed
from bench.receiving import BESIDE, LEAST_WORK, NEIGHBOURS, WARM, WITH, WITHOUT, Found, Receiving, tell
from bench.report import Limit, add_kinds, limits_table, machine, written

KINDS = ("SQLite", "PostgreSQL")
OFFICERS = 3
P95, RATE, TIMES_MEDIAN = 500, 50.0, 4.0
RATE_WITHOUT = 19.0
"""What two processors do if a phrase takes each a tenth of a second, as the format of receipts reckons."""
NINETY_FIVE = 0.95
STEPS = ("page", "route", "check", "send")


def measured(kind: str, given: argparse.Namespace) -> Found:
    """Measure everything on one kind of database."""
    with tempfile.TemporaryDirectory(prefix="adaldyq-bench-", ignore_cleanup_errors=True) as place:
        folder = Path(place, "data")
        folder.mkdir()
        tell(f"{kind}: sealing {given.clients * given.each:,} reports …")
        spare = WARM + 200 * NEIGHBOURS * given.each_without
        sealed = reporters.sealed_reports(
            Path(place), given.clients * given.each + spare, [one for _, one in given.keys]
        )
        with installed(kind, folder, LEAST_WORK) as made:
            receiving = Receiving(made, given.keys, sealed)
            asyncio.run(receiving.pass_through(given))
            receiving.look()
    return receiving.found


def limits(found: dict[str, Found]) -> list[Limit]:
    """What was measured beside what it may be."""
    kept = []
    for kind, one in found.items():
        waits = one.measured[WITHOUT].milliseconds["send"]
        kept += [
            Limit(f"{kind}: errors and losses", one.errors.total(), most=0, places=0),
            Limit(f"{kind}: reports with a script, a second", one.rates[WITH], least=RATE, places=1),
            Limit(
                f"{kind}: 95 of 100 answers to them within, ms",
                one.measured[WITH].part(NINETY_FIVE),
                most=P95,
                places=0,
            ),
            Limit(f"{kind}: reports without a script, a second", one.rates[WITHOUT], least=RATE_WITHOUT, places=1),
            Limit(f"{kind}: the longest wait for a phrase ÷ the median", max(waits) / middle(waits), most=TIMES_MEDIAN),
            Limit(
                f"{kind}: beside those without a script, 95 of 100 answers within, ms",
                one.measured[BESIDE].part(NINETY_FIVE),
                most=P95,
                places=0,
            ),
        ]
    return kept


def middle(values: list[float]) -> float:
    """The median."""
    return sorted(values)[len(values) // 2]


def table(found: dict[str, Found]) -> list[str]:
    """Lines of the table of rates and of answers."""
    lines = [f"| measured | {' | '.join(found)} |", f"|---|{'---:|' * len(found)}"]

    def line(title: str, values: list[str]) -> None:
        lines.append(f"| {title} | {' | '.join(values)} |")

    line("reports acknowledged", [f"{one.taken:,}" for one in found.values()])
    for part in (WITH, WITHOUT, BESIDE):
        line(f"reports {part}, a second", [f"{one.rates[part]:,.1f}" for one in found.values()])
    line("phrases a second by Argon2id and nothing else", [f"{one.bare:,.1f}" for one in found.values()])
    line("reports without a script, as a part of that", [f"{one.part_of_bare:.2f}" for one in found.values()])
    for part in (WITH, WITHOUT):
        title = f"milliseconds of a processor that a report {part} takes, database included"
        line(title, [f"{one.processors[part]:,.1f}" for one in found.values()])
    for part in (WITH, WITHOUT, BESIDE):
        for step in STEPS:
            taken = [sorted(one.measured[part].milliseconds.get(step, ())) for one in found.values()]
            if all(taken):
                told = [
                    f"{one[len(one) // 2]:,.0f} / {one[int(len(one) * NINETY_FIVE)]:,.0f} / {one[-1]:,.0f}"
                    for one in taken
                ]
                line(f"{part}, {step}: half of the answers, 95 of 100, and all, within ms", told)
        wholes = [one.measured[part] for one in found.values()]
        if all(one.wholes for one in wholes):
            told = [
                " / ".join(f"{one.part_of_wholes(share):,.0f}" for share in (0.5, NINETY_FIVE, 1)) for one in wholes
            ]
            line(f"{part}, the whole report: half, 95 of 100, and all, within ms", told)
    return lines


def section(found: dict[str, Found], given: argparse.Namespace, kept: list[Limit]) -> str:
    """The section of the page of measurements."""
    load = max(one.client for one in found.values())
    lines = [
        "## Receiving reports",
        "",
        "Written by [`bench/reports.py`](../bench/reports.py). The server is the one that `adaldyq run` starts, two processes",
        f"of two threads, with its worker. {given.clients} clients send {given.each:,} reports each, every one the next as soon as it has",
        "its answer, with no pause: a report with a script is three requests, the page, the question whose keys to seal to,",
        "and the sealed report; as a whole it takes from the first of them to the last answer. Reports are sealed with age",
        f"before the clock starts, each to a key of its own, that key to {OFFICERS} officers and dummies, as the script of the",
        "page does; every other one names a body by its name. Only the",
        "Argon2id of the browser is left out of them, of which the server learns nothing, and the calculation that a page is",
        "asked for is set to its least (`ADALDYQ_REPORT_WORK=1`), since here one process stands for the devices of all.",
        f"Since {given.clients} clients never pause, a whole report takes {given.clients} ÷ the reports a second on the average, so that the",
        "limit is on each answer; beside those without a script, where four clients report, the whole shows what one reporter",
        "waits for.",
        f"{given.clients} other clients report without a script, {given.each_without} each: there the server seals, and makes a key of the phrase",
        "by Argon2id, which takes about half of the processor that its three requests take together; in turns with that as many",
        "processes as there are processors do nothing but that, and the middle one of three turns counts.",
        f"Then {NEIGHBOURS} clients with a script report beside {given.clients} without one. Afterwards every acknowledged report is looked for:",
        "it must be there once, with its key, letter, term, event and leaf, and an officer's key must open it.",
        "",
        f"Measured on {machine()}. The clients ran on the same machine and took up to {load:.0%} of a processor.",
        f"Load of the machine at the end of the run: {os.getloadavg()[2]:.1f} over fifteen minutes, of which a run itself is some three.",
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
    parser.add_argument("--clients", type=int, default=64, help="at once (default: %(default)s)")
    parser.add_argument(
        "--each", type=int, default=1000, help="reports of a client with a script (default: %(default)s)"
    )
    parser.add_argument("--each-without", type=int, default=20, help="reports of one without (default: %(default)s)")
    add_kinds(parser, KINDS)
    given = parser.parse_args()
    given.keys = [envelopes.new_identity() for _one in range(OFFICERS)]
    return written("receiving-reports", given, measured, limits, section)


if __name__ == "__main__":
    sys.exit(main())
