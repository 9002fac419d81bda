"""Measures the rules against the same flags hand-written as one DuckDB script, in one run.

`make bench` makes sample countries straight to Parquet, in which all adults declare, then runs, each in a process
of its own:

- all rule files over one million declarants,
- `bench/peer.sql`, the same flags written by hand, over the same files,
- all rule files over ten times as many.

It prints ratios and peaks beside their limits and writes them to docs/benchmarks.md with the machine's
description. Exit code 1 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.report import GIGABYTE, ROOT, Limit, limits_table, machine, write_section

PEER = Path(__file__).with_name("peer.sql")

TURNS = 3
PEOPLE_PER_DECLARANT = 1.376
RATIO_TO_PEER, GIGABYTES_SMALL, GIGABYTES_LARGE, GROWTH = 1.5, 4.0, 12.0, 1.2


@dataclass(frozen=True)
class Measured:
    """One measurement.

    Attributes:
        seconds: of the work itself, without starting Python.
        peak: gigabytes of memory of the process at its largest.
        counts: findings by rule.
    """

    seconds: float
    peak: float
    counts: Mapping[str, int]


def measure(what: str, folder: Path, memory: str) -> Measured:
    """Do one measurement in a process of its own."""
    command = [sys.executable, "-m", "bench.verification", what, str(folder), "--memory", memory]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def run_rules(folder: Path, memory: str) -> Callable[[], dict[str, int]]:
    """Get ready to read all rule files and run them over a snapshot."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
    import django  # noqa: PLC0415  # only the measured process needs it

    django.setup()
    from adaldyq.verification.runs import look_at  # noqa: PLC0415  # the same

    def run() -> dict[str, int]:
        report = look_at(folder, work=work_folder(folder), progress=quiet, memory=memory)
        if report.failed:
            raise SystemExit("; ".join(f"{one.rule.id}: {one.answer.error}" for one in report.failed))
        return {one.rule.id: one.answer.findings.num_rows for one in report.rules}

    return run


def run_peer(folder: Path, memory: str) -> Callable[[], dict[str, int]]:
    """Get ready to run the hand-written script over the files of a snapshot."""
    import duckdb  # noqa: PLC0415  # only the measured process needs it

    def run() -> dict[str, int]:
        with duckdb.connect(":memory:") as connection:
            connection.execute(f"SET memory_limit = '{memory}'")
            connection.execute(f"SET temp_directory = '{work_folder(folder) / 'peer'}'")
            for file in sorted(folder.glob("*.parquet")):
                if file.stem != "truth":
                    connection.execute(f"CREATE VIEW {file.stem} AS SELECT * FROM read_parquet('{file}')")
            connection.execute(PEER.read_text(encoding="utf-8"))
            flags = connection.execute("SELECT rule, count(*) FROM flag GROUP BY rule ORDER BY rule").fetchall()
        return {str(rule): int(count) for rule, count in flags}

    return run


def quiet(what: str, done: int, total: int) -> None:
    """Nobody watches a measurement."""


def work_folder(folder: Path) -> Path:
    """Where a measurement may spill."""
    place = folder.parent / "work"
    place.mkdir(exist_ok=True)
    return place


def child(what: str, folder: Path, memory: str) -> None:
    """Be the measured process: do the work and print what it took."""
    work = run_rules if what == "rules" else run_peer
    started = work(folder, memory)
    began = time.monotonic()
    counts = started()
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / GIGABYTE
    print(json.dumps(asdict(Measured(seconds, peak, counts))))


def sample(declarants: int, place: Path) -> Path:
    """A sample country as Parquet, in which at least so many people declare, made once and kept."""
    people = round(declarants * PEOPLE_PER_DECLARANT)
    folder = place / f"declaring-{people}"
    if not folder.is_dir():
        print(f"making a sample country of {people:,} people …", flush=True)
        adaldyq = Path(sys.executable).with_name("adaldyq")
        command = [str(adaldyq), "demo", "--people", str(people), "--everyone", "--parquet", str(folder)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


def sizes(folder: Path) -> dict[str, int]:
    """How much there is to verify: declarants, declarations, asset rows and register rows."""
    import duckdb  # noqa: PLC0415  # slow to import, and not needed by every command

    rows = {name: entry["rows"] for name, entry in json.loads((folder / "manifest.json").read_text())["tables"].items()}
    assets = (
        "real_estate",
        "vehicle",
        "account",
        "cash",
        "security",
        "company_interest",
        "crypto",
        "valuable",
        "trust",
    )
    registers = ("land_register", "vehicle_register", "bank_balance", "income_record", "ownership")
    query = f"SELECT count(DISTINCT person_id) FROM read_parquet('{folder / 'declaration.parquet'}')"
    with duckdb.connect(":memory:") as connection:
        (declarants,) = connection.execute(query).fetchall()[0]
    return {
        "declarants": declarants,
        "declarations": rows["declaration"],
        "declared assets": sum(rows[f"declared_{name}"] for name in assets),
        "register rows": sum(rows[name] for name in registers),
    }


def report(small: Path, large: Path) -> tuple[str, bool]:
    """Measure everything; the report and whether every limit was kept."""
    in_turn = [(measure("peer", small, "4GB"), measure("rules", small, "3GB")) for _ in range(TURNS)]
    peer, rules = (min(measured, key=lambda one: one.seconds) for measured in zip(*in_turn, strict=True))
    big = measure("rules", large, "11.2GB")
    few, many = sizes(small), sizes(large)
    limits = [
        Limit("time of the rules ÷ time of the hand-written script", rules.seconds / peer.seconds, most=RATIO_TO_PEER),
        Limit("peak memory of the rules, smaller country, GB", rules.peak, most=GIGABYTES_SMALL),
        Limit("peak memory of the rules, larger country, GB", big.peak, most=GIGABYTES_LARGE),
        Limit(
            "growth of time ÷ growth of declarations",
            big.seconds / rules.seconds * few["declarations"] / many["declarations"],
            most=GROWTH,
        ),
    ]
    counts = {rule.partition(".")[2]: count for rule, count in rules.counts.items()}
    differing = sorted(name for name in {*counts, *peer.counts} if counts.get(name, 0) != peer.counts.get(name, 0))
    rows = {
        "smaller": (*few.values(), f"{rules.seconds:.1f}", f"{peer.seconds:.1f}"),
        "larger": (*many.values(), f"{big.seconds:.1f}", ""),
    }
    found = [f"| `{rule}` | {count:,} | {big.counts[rule]:,} |" for rule, count in rules.counts.items()]
    text = page(rows, list(few), limits_table(limits), found, differing)
    return text, all(limit.kept for limit in limits) and not differing


def page(
    rows: Mapping[str, tuple[object, ...]],
    sizes_named: list[str],
    limits: list[str],
    found: list[str],
    differing: list[str],
) -> str:
    """The report as a page."""
    cells = {
        name: " | ".join(f"{value:,}" if isinstance(value, int) else str(value) for value in row)
        for name, row in rows.items()
    }
    lines = [
        "## Rules",
        "",
        "Written by [`bench/verification.py`](../bench/verification.py). The peer is",
        "[`bench/peer.sql`](../bench/peer.sql): the same flags as one script written by hand for this country. The rules",
        "also check the hashes of all files, count what they could not judge, and keep the rows as evidence. Times leave",
        "the start of Python and the import of libraries out on both sides.",
        "",
        f"Measured on {machine()}.",
        "",
        f"| country | {' | '.join(sizes_named)} | rules, s | script, s |",
        "|---|" + "---:|" * (len(sizes_named) + 2),
        *(f"| {name} | {row} |" for name, row in cells.items()),
        "",
        *limits,
        "",
        f"Rules whose number of findings differs from the script's: {', '.join(differing) or 'none'}.",
        "",
        "| rule | findings, smaller | findings, larger |",
        "|---|---:|---:|",
        *found,
    ]
    return "\n".join(lines) + "\n"


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="?", choices=["rules", "peer"], help=argparse.SUPPRESS)
    parser.add_argument("folder", nargs="?", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--memory", default="3GB", help=argparse.SUPPRESS)
    parser.add_argument(
        "--declarants", type=int, default=1_000_000, help="of the smaller country (default: %(default)s)"
    )
    parser.add_argument(
        "--times", type=int, default=10, help="how many times larger the other is (default: %(default)s)"
    )
    parser.add_argument(
        "--place", type=Path, default=ROOT / "build" / "bench", help="for the countries (default: %(default)s)"
    )
    given = parser.parse_args()
    if given.what:
        child(given.what, given.folder, given.memory)
        return 0
    given.place.mkdir(parents=True, exist_ok=True)
    text, kept = report(sample(given.declarants, given.place), sample(given.declarants * given.times, given.place))
    print(text)
    write_section("rules", text)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
