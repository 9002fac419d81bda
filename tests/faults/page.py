"""The page that `make faults` writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.report import machine
from tests.faults.installation import SEQUENCER, WEB, WITNESS, WORKER
from tests.faults.trial import Outcome

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "faults.md"
ORDER = (WEB, WORKER, SEQUENCER, WITNESS)

HEAD = """# Faults

Written by `make faults` ([`tests/faults/`](../../tests/faults)). An installation is started as an operator runs it: the
pages, a worker, a second sequencer that never rests, a witness, and a supervisor that starts again what ended. Three
registrars send forms, each until it is acknowledged, and deadlines fall. Then something goes wrong. Afterwards:

- every acknowledged act is in its register once and in the ledger's tree once;
- what follows from each deadline happened once, and its message went out under one key;
- every checkpoint ever signed belongs to one history, no earlier than the one before it, and `adaldyq ledger audit`
  finds that the log continues what it saw in the middle;
- the receipt of every acknowledged act holds without the system, with the witness's signature;
- every refusal was an answer 503 with `Retry-After`, and no process ended that nobody killed.

An act that is *done unacknowledged* was committed, but its answer never arrived: the registrar sent the form again and
was told that the record is there. That is why an act that files something takes an idempotency key.
"""

CLIENTS = """
## Slow clients

Clients send the beginning of a request, then a byte each half second. Meanwhile others ask for a page, one after the
other.

| what is sent slowly | clients | still open at the end | others' requests | answered |
|---|---:|---:|---:|---:|
"""


@dataclass(frozen=True, slots=True)
class SlowClients:
    """How others fared while clients were slow."""

    kind: str
    clients: int
    open: int
    others: int
    answered: int


def write_page(outcomes: Mapping[str, Outcome | str], clients: list[SlowClients], seed: int) -> None:
    """Write the page."""
    when = f"Tried on {datetime.now(UTC):%Y-%m-%d} with the seed {seed}, on {machine()}."
    parts = [HEAD.rstrip(), "", when, "", *table(outcomes), *wrongs(outcomes), CLIENTS.rstrip(), *map(line, clients)]
    PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")


def table(outcomes: Mapping[str, Outcome | str]) -> list[str]:
    """What each trial came to."""
    rows = [
        "| trial | acknowledged | done unacknowledged | no answer | refused | deadlines | receipts | lines | checkpoints | wrong |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---|",
    ]
    for name, one in outcomes.items():
        if isinstance(one, str):
            rows.append(f"| {name} | {one} |||||||||")
            continue
        numbers = [one.acknowledged, one.unacknowledged, one.answers.get(0, 0), one.answers.get(503, 0)]
        numbers += [one.counts[what] for what in ("deadlines", "receipts", "lines", "checkpoints")]
        cells = " | ".join(f"{number:,}" for number in numbers)
        rows.append(f"| {name} | {cells} | {'nothing' if not one.wrong else 'YES'} |")
    kills = Counter[str]()
    for one in outcomes.values():
        kills.update(one.kills if not isinstance(one, str) else {})
    told = ", ".join(f"{part} {kills[part]}" for part in ORDER)
    return [*rows, "", f"Killed (`kill -9`): {told}; {sum(kills.values())} in all."]


def wrongs(outcomes: Mapping[str, Outcome | str]) -> list[str]:
    """What was found wrong, if anything."""
    found = []
    for name, one in outcomes.items():
        for what, which in ({} if isinstance(one, str) else one.wrong).items():
            found.append(f"- {name}: {what}: {len(which)}, such as {which[0][:200]}")
    return ["", *found] if found else []


def line(one: SlowClients) -> str:
    """A line of the table of slow clients."""
    return f"| {one.kind} | {one.clients} | {one.open} | {one.others} | {one.answered} |"
