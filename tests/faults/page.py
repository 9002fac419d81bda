"""The page that `make faults` writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.report import machine
from tests.faults.attacking import Attacked
from tests.faults.installation import BACKEND, SEQUENCER, WEB, WITNESS, WORKER
from tests.faults.trial import Outcome
from tests.faults.uploads import Upload

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "faults.md"
OURS = (WEB, WORKER, SEQUENCER, BACKEND)
FAILED = "failed"

HEAD = """# Faults

Written whole by `make faults` ([`tests/faults/`](../../tests/faults)). An installation is started as an operator runs it:
the pages, a worker, a second sequencer that never rests, a witness, and a supervisor that starts again what ended. Two
registrars send forms and two programs ask the API, each the same request with the same key until it is acknowledged, and
every fifth once more afterwards; the companies that they register have no number, so that nothing but the key keeps one
from being registered twice. Deadlines fall meanwhile. Then something goes wrong. Afterwards:

- every acknowledged act is in its register once and in the ledger's tree once: none is *lost*, none *doubled*;
- what follows from each deadline happened once, and its message went out under one key;
- every checkpoint ever signed belongs to one history, no earlier than the one before it, and `adaldyq ledger audit`
  finds that the log continues what it saw in the middle;
- the receipt of every acknowledged act holds without the system, with the witness's signature;
- every refusal was an answer 503 with `Retry-After`, or that the same request is under way; no process ended that nobody
  killed.

On the last evening people sign drafts and programs file batches of a hundred, as in `make bench`, while processes of the
pages and those of PostgreSQL that work for them are killed. Afterwards every acknowledged declaration is there once, with
all its rows and its line in the ledger, and the obligation knows of it.

An act that was *committed without an answer* is one whose answer never arrived. The same request with the same key got
that answer, and did not act again. That is why whatever files something takes an idempotency key.
"""

CLIENTS = """
## Slow clients

Clients send the beginning of a request, then a byte each half second. Meanwhile others ask for a page, one after the
other.

| what is sent slowly | clients | still open at the end | others' requests | answered |
|---|---:|---:|---:|---:|
"""


UPLOADS = """
## Large files of reporters

The envelope of a file that a browser made comes in pieces of 4 MiB; a file without a script stands in the form, whose limit is
50 MB. What is kept is opened and held against what was sent. Nothing else may be left, and no process may grow by 100 MB.

| what is sent | answer | seconds | MB by which a process grew | left behind, bytes | right |
|---|---:|---:|---:|---:|---|
"""
GROWN = 100.0
ATTACKS = """
## Attacks

| on whom | tried | refused |
|---|---:|---:|
"""
COUNTED = ("lost", "doubled", "unacknowledged")
LOOKED_AT = ("deadlines", "receipts", "lines", "checkpoints")


@dataclass(frozen=True, slots=True)
class SlowClients:
    """How others fared while clients were slow."""

    kind: str
    clients: int
    open: int
    others: int
    answered: int


@dataclass(frozen=True, slots=True)
class Whole:
    """All that one run came to."""

    seed: int
    seconds: float
    outcomes: Mapping[str, Outcome | str]
    clients: list[SlowClients]
    uploads: list[Upload]
    attacks: list[Attacked]

    @property
    def holds(self) -> bool:
        """Whether nothing was found wrong, in what could be tried."""
        tried = [one for one in self.outcomes.values() if isinstance(one, Outcome)]
        failed = [one for one in self.outcomes.values() if isinstance(one, str) and one.startswith(FAILED)]
        return (
            not failed
            and not any(one.wrong for one in tried)
            and all(one.open == one.clients and one.answered == one.others for one in self.clients)
            and all(one.right and one.memory < GROWN for one in self.uploads)
            and all(one.refused == one.tried for one in self.attacks)
        )


def write_page(whole: Whole) -> None:
    """Write the page."""
    when = f"Tried on {datetime.now(UTC):%Y-%m-%d} in one run of {whole.seconds / 60:.0f} minutes with the seed "
    when += f"{whole.seed}, on {machine()}."
    parts = [HEAD.rstrip(), "", when, "", *acts(whole.outcomes), "", *kills(whole.outcomes), *wrongs(whole.outcomes)]
    parts += [CLIENTS.rstrip(), *map(line, whole.clients)]
    parts += [UPLOADS.rstrip(), *map(upload, whole.uploads)]
    parts += [ATTACKS.rstrip(), *(f"| {one.victim} | {one.tried} | {one.refused} |" for one in whole.attacks)]
    PAGE.write_text("\n".join(parts) + "\n", encoding="utf-8")


def acts(outcomes: Mapping[str, Outcome | str]) -> list[str]:
    """What each trial came to."""
    names = ["trial", "acknowledged", "lost", "doubled", "committed without an answer", "sent once more", "no answer"]
    names += ["refused", *LOOKED_AT, "wrong"]
    rows = [f"| {' | '.join(names)} |", f"|---|{'---:|' * (len(names) - 2)}---|"]
    for name, one in outcomes.items():
        if isinstance(one, str):
            rows.append(f"| {name} | {one} |{'|' * (len(names) - 2)}")
            continue
        numbers = [one.acknowledged, *map(one.counts.get, COUNTED), one.repeated]
        numbers += [one.answers.get(0, 0), one.answers.get(503, 0), *map(one.counts.get, LOOKED_AT)]
        cells = " | ".join("–" if number is None else f"{number:,}" for number in numbers)
        rows.append(f"| {name} | {cells} | {'nothing' if not one.wrong else 'YES'} |")
    return rows


def kills(outcomes: Mapping[str, Outcome | str]) -> list[str]:
    """How often each part was killed in the trials that kill."""
    rows = [f"| killed (`kill -9`) | {' | '.join(OURS)} | together | {WITNESS} |", f"|---|{'---:|' * (len(OURS) + 2)}"]
    found = {name: one.kills for name, one in outcomes.items() if isinstance(one, Outcome) and one.kills}
    for name, killed in found.items():
        rows.append(row(name, killed))
    return [*rows, row("all", sum(map(Counter, found.values()), Counter[str]()))]


def row(name: str, killed: Mapping[str, int]) -> str:
    """A line of the table of kills."""
    numbers = [killed.get(part, 0) for part in OURS]
    cells = " | ".join(map(str, [*numbers, sum(numbers), killed.get(WITNESS, 0)]))
    return f"| {name} | {cells} |"


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


def upload(one: Upload) -> str:
    """A line of the table of large files."""
    kept = "yes" if one.right and one.memory < GROWN else "NO"
    answer = str(one.status or "none")
    return f"| {one.what} | {answer} | {one.seconds:.1f} | {one.memory:.0f} | {one.left:,} | {kept} |"
