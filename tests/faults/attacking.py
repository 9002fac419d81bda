"""Lets the tests that attack the log run, and counts what was refused."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.faults.installation import ROOT

FILES = ("test_attacks.py", "test_attacks_on_the_system.py", "test_witness_races.py")
VICTIMS = {
    "test_a_forged_receipt_is_refused": "whoever checks a receipt, with a forged one",
    "test_a_bent_log_is_refused": "whoever audits the log, with a bent one or a stolen key",
    "test_a_witness_signs_nothing_of_it": "a witness, with forks, rollbacks and forged checkpoints",
    "test_a_bent_database_is_not_signed": "the sequencer, with a bent database",
    "test_the_page_refuses_every_forged_receipt_with_its_reason": "the page that checks receipts, with all forged ones",
}
RACES = "witnesses, with histories that race and memories put back"


@dataclass(frozen=True, slots=True)
class Attacked:
    """How many attacks of a kind were tried, and how many were refused as they should be."""

    victim: str
    tried: int
    refused: int


def attacked(folder: Path) -> list[Attacked]:
    """Try all attacks.

    Args:
        folder: for what the tests report.
    """
    report = folder / "attacks.xml"
    files = [f"tests/faults/{name}" for name in FILES]
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *files],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    tried, refused = Counter[str](), Counter[str]()
    for case in ET.parse(report).iter("testcase"):  # noqa: S314  # the report is our own
        name = str(case.get("name")).partition("[")[0]
        victim = RACES if "test_witness_races" in str(case.get("classname")) else VICTIMS.get(name, "")
        if victim:
            tried[victim] += 1
            refused[victim] += not len(case)
    return [Attacked(victim, count, refused[victim]) for victim, count in tried.items()]
