"""Measures the ledger: lines sequenced a second against pymerkle, a proof in a large log, a check far from the system.

`make bench` does, each in a process of its own and in turns:

- sequence an outbox in batches of 256, each batch on the disk with its tiles and its signed checkpoint, on SQLite;
- append as many entries to pymerkle's SQLite tree, one by one and each on the disk, as it does it;
- prove random lines of a log of ten million;
- check a receipt with `python -m adaldyq.ledger.offline`, less what an empty Python takes.

pymerkle is under the GPL: it is installed into an environment of its own below `build/`, and nothing here imports it.
Exit code 1 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.report import ROOT, Limit, limits_table, machine, write_section

PYMERKLE = "pymerkle==6.1.0"
BATCH, TURNS, PROOFS, CHECKS = 256, 3, 2000, 15
ACTS_A_SECOND, TIMES_PYMERKLE, PROOF_MILLISECONDS, CHECK_MILLISECONDS = 5000, 3, 1, 50
OUR_WARM_UP = 500
LINES_AT_ONCE = 1 << 18
LINE = b'{"act":"room.record.make","at":"2026-03-01T12:00Z","commitment":"%064x","version":1}'

PEER = """
import sys, time
from pymerkle import SqliteTree
tree = SqliteTree(sys.argv[1])
entries = [b'{"act":"room.record.make","at":"2026-03-01T12:00Z","commitment":"%064d","version":1}' % n
           for n in range(int(sys.argv[2]))]
began = time.perf_counter()
for entry in entries:
    tree.append_entry(entry)
print(len(entries) / (time.perf_counter() - began))
"""


def prepared(folder: Path) -> None:
    """Get ready to work in a data folder, with the ledger's tables in its database."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"ADALDYQ_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "adaldyq.project.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django  # noqa: PLC0415  # only the measured process needs it
    from django.core.management import call_command  # noqa: PLC0415  # the same

    django.setup()
    call_command("migrate", "ledger", verbosity=0)


def fill(count: int) -> None:
    """Let so many lines wait."""
    from datetime import UTC, datetime  # noqa: PLC0415  # as above

    from django.db import connection, transaction  # noqa: PLC0415  # as above

    from adaldyq.base.ids import encode  # noqa: PLC0415  # as above
    from adaldyq.ledger.leaves import entry, seal  # noqa: PLC0415  # as above

    at, salt = datetime(2026, 3, 1, 12, tzinfo=UTC), bytes(32)
    sql = (
        "INSERT INTO ledger_leaf (reference, act, entry, recorded_at, salt, payload, subject)"
        " VALUES (%s, 'room.record.make', %s, %s, %s, %s, %s)"
    )
    for begin in range(0, count, 100_000):
        rows = []
        for n in range(begin, min(count, begin + 100_000)):
            payload = f'{{"record":"{n:012}"}}'
            line = entry("room.record.make", at, seal(salt, payload))
            rows.append((encode(n), line, at, salt, payload, f"{n:012}"))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(sql, rows)


def sequenced(folder: Path, count: int) -> float:
    """Lines sequenced a second."""
    prepared(folder)
    fill(count)
    from django.utils import timezone  # noqa: PLC0415  # as above

    from adaldyq.ledger.sequencer import sequence  # noqa: PLC0415  # as above

    began = time.perf_counter()
    done = sequence(at=timezone.now(), batch=BATCH)
    return done / (time.perf_counter() - began)


def grown(folder: Path, count: int) -> float:
    """Make the tree of a log of so many lines, or take the one that is there; seconds it took.

    Only what a proof reads is made: tiles and a signed checkpoint. The lines themselves would take gigabytes.
    """
    prepared(folder)
    from django.db import transaction  # noqa: PLC0415  # as above
    from django.utils import timezone  # noqa: PLC0415  # as above

    from adaldyq.ledger.keys import signing_keys  # noqa: PLC0415  # as above
    from adaldyq.ledger.merkle import leaf_hash  # noqa: PLC0415  # as above
    from adaldyq.ledger.sequencer import Head, sign  # noqa: PLC0415  # as above
    from adaldyq.ledger.store import newest_checkpoint, write_tiles  # noqa: PLC0415  # as above
    from adaldyq.ledger.tiles import Edge  # noqa: PLC0415  # as above

    began = time.perf_counter()
    if newest_checkpoint():
        return 0.0
    edge = Edge()
    for begin in range(0, count, LINES_AT_ONCE):
        for n in range(begin, min(count, begin + LINES_AT_ONCE)):
            edge.append(leaf_hash(LINE % n))
        with transaction.atomic():
            write_tiles(edge.full)
        edge.full.clear()
    with transaction.atomic():
        write_tiles(edge.partial())
        sign(Head(None, edge), signing_keys(), timezone.now())
    return time.perf_counter() - began


def proved(folder: Path, _count: int) -> list[float]:
    """Milliseconds of proofs of random lines, sorted."""
    prepared(folder)
    import random  # noqa: PLC0415  # as above

    from adaldyq.ledger import store  # noqa: PLC0415  # as above
    from adaldyq.ledger.merkle import check_inclusion, inclusion_proof, leaf_hash  # noqa: PLC0415  # as above

    newest = store.newest_checkpoint()
    if newest is None:
        raise SystemExit("the log is empty")
    size, chance, taken = newest.size, random.Random(1), []  # noqa: S311  # which lines are proved is no secret
    for turn in range(PROOFS + OUR_WARM_UP):
        index = chance.randrange(size)
        began = time.perf_counter()
        proof = inclusion_proof(store.nodes(size), index, size)
        taken.append((time.perf_counter() - began) * 1000)
        if turn % 100 == 0:
            check_inclusion(leaf_hash(LINE % index), index, size, proof, bytes(newest.root))
    return sorted(taken[OUR_WARM_UP:])


def receipt(folder: Path, _count: int) -> str:
    """Write a receipt of a log beside it; the key that checks it."""
    prepared(folder)
    from adaldyq.ledger.models import Leaf  # noqa: PLC0415  # as above
    from adaldyq.ledger.queries import receipt_of  # noqa: PLC0415  # as above

    found = receipt_of(Leaf.objects.get(position=1), own=True)
    if found is None:
        raise SystemExit("the log is empty")
    (folder / "receipt.json").write_text(found.text(), encoding="utf-8")
    return str(found.keys[0])


WORKS: dict[str, Callable[[Path, int], object]] = {
    "sequenced": sequenced,
    "grown": grown,
    "proved": proved,
    "receipt": receipt,
}


def child(what: str, folder: Path, count: int = 0) -> object:
    """Do one work in a process of its own."""
    command = [sys.executable, "-m", "bench.ledger", "--child", what, str(folder), str(count)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def peer(place: Path) -> Path:
    """Python of an environment that has pymerkle, made once."""
    python = place / "pymerkle" / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(place / "pymerkle")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", PYMERKLE], check=True)
    return python


def appended(python: Path, place: Path, count: int) -> float:
    """Entries that pymerkle appends a second."""
    file = place / "pymerkle.sqlite3"
    file.unlink(missing_ok=True)
    command = [str(python), "-c", PEER, str(file), str(count)]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def in_turns(place: Path, acts: int) -> tuple[list[float], list[float]]:
    """Lines a second, ours and pymerkle's, measured one after the other so that both meet the same machine."""
    python, ours, theirs = peer(place), [], []
    for _turn in range(TURNS):
        theirs.append(appended(python, place, max(acts // 10, 1000)))
        shutil.rmtree(place / "sequenced", ignore_errors=True)
        ours.append(float(str(child("sequenced", place / "sequenced", acts))))
    return ours, theirs


def checked(folder: Path, key: str) -> tuple[float, float]:
    """Milliseconds of an empty Python, and of one that checks a receipt; the shortest of several turns each."""
    verify = ["-m", "adaldyq.ledger.offline", "verify", str(folder / "receipt.json"), "--key", key]
    empty: list[float] = []
    full: list[float] = []
    for _turn in range(CHECKS):
        for taken, words in ((empty, ["-c", "pass"]), (full, verify)):
            began = time.perf_counter()
            subprocess.run([sys.executable, *words], check=True, stdout=subprocess.DEVNULL)
            taken.append((time.perf_counter() - began) * 1000)
    return min(empty), min(full)


def report(place: Path, acts: int, leaves: int) -> tuple[str, bool]:
    """Measure everything; the section and whether every limit was kept."""
    ours, theirs = in_turns(place, acts)
    log = place / f"ledger-{leaves}"
    print(f"making a log of {leaves:,} lines …", flush=True)
    child("grown", log, leaves)
    proofs = child("proved", log)
    if not isinstance(proofs, list):
        raise SystemExit("no proofs were measured")
    empty, full = checked(place / "sequenced", str(child("receipt", place / "sequenced")))
    nineteen_of_twenty = statistics.quantiles(proofs, n=20)[-1]
    limits = [
        Limit("lines sequenced a second, each batch on the disk", max(ours), least=ACTS_A_SECOND, places=0),
        Limit("the same ÷ pymerkle's appends a second", max(ours) / max(theirs), least=TIMES_PYMERKLE, places=1),
        Limit(f"proof in a log of {leaves:,} lines, 95 of 100 within, ms", nineteen_of_twenty, most=PROOF_MILLISECONDS),
        Limit("check of a receipt beyond the start of Python, ms", full - empty, most=CHECK_MILLISECONDS, places=0),
    ]
    lines = [
        "## The ledger",
        "",
        "Written by [`bench/ledger.py`](../bench/ledger.py). Batches of 256 lines, each with tiles, counts and an Ed25519",
        "checkpoint in one SQLite transaction that waits for the disk. The peer is pymerkle 6.1, which appends one entry a",
        f"transaction. In turns in one run, the best of {TURNS}. Proofs are of random lines, read from the database's tiles.",
        "Of the large log only tiles and checkpoint are made, which is all that a proof reads.",
        "",
        f"Measured on {machine()}.",
        "",
        *limits_table(limits),
        "",
        f"pymerkle: {max(theirs):,.0f} appends a second. Median of a proof: {statistics.median(proofs):.2f} ms.",
        f"An empty Python starts in {empty:.0f} ms.",
    ]
    return "\n".join(lines), all(limit.kept for limit in limits)


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    parser.add_argument("--acts", type=int, default=50_000, help="sequenced in each turn (default: %(default)s)")
    parser.add_argument("--leaves", type=int, default=10_000_000, help="of the large log (default: %(default)s)")
    parser.add_argument("--place", type=Path, default=ROOT / "build" / "bench", help="for logs (default: %(default)s)")
    parser.add_argument("--dry", action="store_true", help="print the section and leave the page as it is")
    given = parser.parse_args()
    if given.child:
        what, folder, count = given.child
        print(json.dumps(WORKS[what](Path(folder), int(count))))
        return 0
    given.place.mkdir(parents=True, exist_ok=True)
    text, kept = report(given.place, given.acts, given.leaves)
    print(text)
    if not given.dry:
        write_section("ledger", text)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
