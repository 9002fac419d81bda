"""Measures how many webhooks of a provider of payments are taken in a second, and that the books balance afterwards.

`make bench` does on PostgreSQL and on SQLite, each time against the server that `adaldyq run` starts, with its worker. Of each
payment three events are told, of which every tenth payment's end in a refusal; of all webhooks three in ten are sent again, and all
come in an order that chance gives. Each is signed. The worker applies at the same time what is stored.

Afterwards each event must be kept once, each payment have come once, and the books balance. Exit code 1 when a limit is not kept.
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
from datetime import UTC, datetime
from pathlib import Path

from adaldyq.measures.payments.domain.webhooks import HEADER, signature
from bench.filers import together
from bench.http_client import Client, Measured
from bench.installed import installed
from bench.report import Limit, add_kinds, limits_table, machine, written

KINDS = ("PostgreSQL", "SQLite")
PAYMENTS, CLIENTS, WARM, RATE = 5_000, 24, 200, 500.0
SECRET, PAGE = "a secret of a measurement", "/payments/webhooks/test/"  # it opens nothing
SETTINGS = {"ADALDYQ_PROVIDER": "http://127.0.0.1:9", "ADALDYQ_PROVIDER_KEY": "k", "ADALDYQ_PROVIDER_SECRET": SECRET}
AMOUNT, DECLINED, AGAIN = 100_000, 10, 0.3
SECONDS_TO_APPLY = 900.0
NINETY_FIVE, HALF = 0.95, 0.5
CHANCE = random.Random(3)  # noqa: S311  # the order is no secret


@dataclass
class Found:
    """What was measured on one kind of database.

    Attributes:
        rate: webhooks acknowledged a second.
        sent: how many there were.
        applied: events applied a second, from the first webhook on until the last was applied.
        processor: milliseconds of a processor that a webhook takes, with its part of the worker's and the database's work.
    """

    measured: Measured = field(default_factory=Measured)
    rate: float = 0.0
    sent: int = 0
    applied: float = 0.0
    processor: float = 0.0
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def errors(self) -> Counter[str]:
        """All that went wrong."""
        return self.measured.wrong + self.wrong


def events_of(place: int, attempt: str) -> list[bytes]:
    """What is told of a payment, in its order."""
    end = "declined" if place % DECLINED == 0 else "success"
    facts = {"amount": AMOUNT, "currency": "KZT", "merchant_key": attempt, "payment": f"pay_{attempt}", "reference": ""}
    at = datetime.now(UTC).isoformat()
    return [
        json.dumps(
            {"id": f"evt_{attempt}_{number}", "kind": f"payment.{kind}", "sequence": number, "at": at, **facts}
        ).encode()
        for number, kind in enumerate(("started", "submitted", end))
    ]


def shuffled(events: list[bytes]) -> list[bytes]:
    """Webhooks in an order that chance gives, of which three in ten repeat another."""
    sent = events + CHANCE.choices(events, k=round(len(events) * AGAIN / (1 - AGAIN)))
    CHANCE.shuffle(sent)
    return sent


async def send(client: Client, body: bytes) -> None:
    """Send a webhook, signed just now."""
    client.headers = {HEADER: signature(SECRET, int(time.time()), body)}
    await client.send("webhook", PAGE, body)


def measured(kind: str, given: argparse.Namespace) -> Found:
    """Send everything on one kind of database."""
    found = Found()
    with (
        tempfile.TemporaryDirectory(prefix="adaldyq-bench-", ignore_cleanup_errors=True) as place,
        installed(kind, Path(place), SETTINGS) as made,
    ):
        made.run("-m", "adaldyq", "migrate")
        attempts = json.loads(made.run("-m", "bench.webhooks_data", "fill", str(given.payments + WARM)))
        told = [events_of(number, one) for number, one in enumerate(attempts)]
        port = made.serve()
        made.start("worker")
        made.let_work_pass()
        asyncio.run(
            together(
                [Client(port, found.measured) for _one in range(CLIENTS)],
                [one for of in told[:WARM] for one in of],
                send,
            )
        )
        found.measured.milliseconds.clear()
        sent = shuffled([one for of in told[WARM:] for one in of])
        worked, began = made.processor(), time.monotonic()
        seconds = asyncio.run(together([Client(port, found.measured) for _one in range(CLIENTS)], sent, send))
        found.rate, found.sent = len(sent) / seconds, len(sent)
        paid = sum(number % DECLINED != 0 for number in range(len(attempts)))
        after = json.loads(
            made.run("-m", "bench.webhooks_data", "look", str(3 * len(attempts)), str(paid), str(SECONDS_TO_APPLY))
        )
        found.applied = 3 * given.payments / (time.monotonic() - began)
        found.processor = (made.processor() - worked) * 1000 / len(sent)
        found.wrong.update(after["wrong"])
    return found


def limits(found: dict[str, Found]) -> list[Limit]:
    """What was measured beside what it may be."""
    kept = [
        Limit(f"{kind}: errors, losses, and units out of balance", one.errors.total(), most=0, places=0)
        for kind, one in found.items()
    ]
    return kept + [Limit(f"{kind}: webhooks a second", one.rate, least=RATE, places=0) for kind, one in found.items()]


def section(found: dict[str, Found], given: argparse.Namespace, kept: list[Limit]) -> str:
    """The section of the page of measurements."""
    rows = {
        "webhooks sent": [f"{one.sent:,}" for one in found.values()],
        "acknowledged a second": [f"{one.rate:,.0f}" for one in found.values()],
        "half of the answers, and 95 of 100, within ms": [
            f"{one.measured.part(HALF):,.0f} / {one.measured.part(NINETY_FIVE):,.0f}" for one in found.values()
        ],
        "events applied a second, until the last was": [f"{one.applied:,.0f}" for one in found.values()],
        "milliseconds of a processor that a webhook takes, all in all": [
            f"{one.processor:,.1f}" for one in found.values()
        ],
    }
    wrong = [f"{kind}: {what}, {count}" for kind, one in found.items() for what, count in one.errors.items() if count]
    return "\n".join(
        [
            "## Webhooks of payments",
            "",
            "Written by [`bench/webhooks.py`](../bench/webhooks.py). What a provider tells of",
            f"{given.payments:,} payments, three events of each, with three in ten webhooks sent again and all in an order that chance",
            f"gives, from {CLIENTS} connections on the same machine without a pause. Each is signed, stored as it came and then",
            "acknowledged; the worker applies them at the same time, each once.",
            "",
            f"Measured on {machine()}.",
            "",
            f"| measured | {' | '.join(found)} |",
            f"|---|{'---:|' * len(found)}",
            *(f"| {title} | {' | '.join(values)} |" for title, values in rows.items()),
            "",
            *limits_table(kept),
            "",
            f"Errors and losses: {'; '.join(wrong) or 'none'}.",
        ]
    )


def main() -> int:
    """Do what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--payments", type=int, default=PAYMENTS, help="of which is told (default: %(default)s)")
    add_kinds(parser, KINDS)
    return written("webhooks", parser.parse_args(), measured, limits, section)


if __name__ == "__main__":
    sys.exit(main())
