"""Measures a verifiable draw among a million subjects, and its check by `adaldyq draw verify`.

`make bench` fixes a frame of a million subjects with weights from 1 to 8, draws twenty thousand of them among sixty people, two for
each, writes the file that anybody may check, and lets the command check it. Of each the best of some turns counts.

Exit code 1 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from adaldyq.base.draw import MOST_WEIGHT, Frame, bundle
from bench.report import Limit, limits_table, machine, write_section

SUBJECTS, DRAWN, PEOPLE, EACH, TURNS = 1_000_000, 20_000, 60, 2, 3
SECONDS = 10.0


def frame(count: int) -> Frame:
    """A frame of so many subjects."""
    subjects = {f"{number:012d}": 1 + number % MOST_WEIGHT for number in range(count)}
    most = min(DRAWN, count)
    return Frame("bench", subjects, most, {f"officer-{one}": most for one in range(PEOPLE)}, {}, EACH)


def measure(count: int) -> tuple[float, float]:
    """Seconds that the draw takes, and its check as a command."""
    fixed, draws, checks = frame(count), [], []
    with tempfile.TemporaryDirectory(prefix="adaldyq-bench-") as folder:
        file = Path(folder, "draw.json")
        for _turn in range(TURNS):
            began = time.perf_counter()
            told = bundle(fixed, "what became known afterwards")
            draws.append(time.perf_counter() - began)
            file.write_text(json.dumps(told), encoding="utf-8")
            began = time.perf_counter()
            command = [sys.executable, "-m", "adaldyq", "draw", "verify", str(file)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            checks.append(time.perf_counter() - began)
    return min(draws), min(checks)


def main() -> int:
    """Measure, write the section, and say whether the limits are kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--subjects", type=int, default=SUBJECTS, help="of the frame (default: %(default)s)")
    parser.add_argument("--dry", action="store_true", help="print the section and leave the page as it is")
    given = parser.parse_args()
    draw, check = measure(given.subjects)
    kept = [
        Limit(f"a draw with {given.subjects:,} subjects, s", draw, most=SECONDS, places=1),
        Limit("its check by `adaldyq draw verify`, with the start of Python, s", check, most=SECONDS, places=1),
    ]
    text = "\n".join(
        [
            "## Verifiable draws",
            "",
            f"Written by [`bench/draws.py`](../bench/draws.py). {min(DRAWN, given.subjects):,} of {given.subjects:,} subjects with weights",
            f"from 1 to {MOST_WEIGHT} are drawn and given out among {PEOPLE} people, {EACH} for each. Nothing but Python's own library is used,",
            f"so that anybody can do it again. The best of {TURNS}.",
            "",
            f"Measured on {machine()}.",
            "",
            *limits_table(kept),
        ]
    )
    print(text)
    if not given.dry:
        write_section("draws", text)
    return 0 if all(one.kept for one in kept) else 1


if __name__ == "__main__":
    sys.exit(main())
