"""Measures the reconciliation of a day with a hundred thousand payments, on SQLite.

`make bench` fills a database of its own in a temporary folder with invoices, most of them paid at a provider, and writes
the statement of the day as the test provider does. It is then taken in as a cashier's file is: read, kept, matched, and
entered in the books. Nine of ten payments were told by the provider, the others are transfers of which only the statement
tells; one in a hundred has a reference of nobody, or another amount than its invoice.

Exit code 1 when a limit is not kept.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.report import ROOT, Limit, limits_table, machine, write_section

LINES = 100_000
SECONDS, LEAST_MATCHED = 60.0, 98.0
AMOUNT = 100_000
TOLD, NAMED, WRONG = 70, 20, 100
"""Of a hundred payments: told by a provider and bearing our key, told and bearing the reference only; one of so many is wrong."""
TOGETHER = 5000


def measure(lines: int) -> dict[str, Any]:
    """Fill a database, take a statement in, and say how long each part took."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "adaldyq.project.settings"
    import django  # noqa: PLC0415  # only the measured process needs it

    django.setup()
    from adaldyq.measures.payments.actions.importing import keep_statements, read_file  # noqa: PLC0415  # the same
    from adaldyq.measures.payments.actions.matching import match_statement  # noqa: PLC0415  # the same
    from tests.measures.payments.making import AT, BY  # noqa: PLC0415  # the same

    content = statement(fill(lines))
    taken: dict[str, float] = {}
    began = time.perf_counter()
    file = read_file(content)
    taken["read"] = time.perf_counter() - began
    kept = keep_statements(file=file, by=BY, at=AT)
    taken["kept"] = time.perf_counter() - began - taken["read"]
    outcome = match_statement(statement=kept.statements[0], at=AT)
    taken["all"] = time.perf_counter() - began
    taken["matched"] = taken["all"] - taken["read"] - taken["kept"]
    again = keep_statements(file=file, by=BY, at=AT)
    return {
        "seconds": taken,
        "size": len(content),
        "matched": outcome.matched,
        "queued": outcome.queued,
        "again": again.new,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        **checked(),
    }


def fill(lines: int) -> list[tuple[str, str, int]]:
    """Make invoices and what providers told of them; return key, reference and amount of each payment of the day."""
    from adaldyq.measures.payments.models import BookEntry, PaymentAttempt  # noqa: PLC0415  # the same
    from tests.measures.payments import making  # noqa: PLC0415  # the same

    like = making.paid(making.invoice())
    entries = list(BookEntry.objects.filter(attempt=like))
    found: list[tuple[str, str, int]] = []
    for start in range(0, lines, TOGETHER):
        numbers = range(start, min(start + TOGETHER, lines))
        made = invoices(like.invoice, numbers)
        told = [one for number, one in zip(numbers, made, strict=True) if is_told(number)]
        attempts = [copied(like, invoice=one, key="bench", provider_reference=one.pk) for one in told]
        PaymentAttempt.objects.bulk_create(attempts)
        BookEntry.objects.bulk_create(
            copied(entry, attempt=attempt, invoice=attempt.invoice, posting=attempt.pk)
            for attempt in attempts
            for entry in entries
        )
        keys = {attempt.invoice_id: attempt.pk for attempt in attempts}
        found += [line(number, one, keys.get(one.pk, "")) for number, one in zip(numbers, made, strict=True)]
    return found


def is_told(number: int) -> bool:
    """Whether a provider told of a payment."""
    return number % 100 < TOLD + NAMED


def line(number: int, invoice: Any, key: str) -> tuple[str, str, int]:
    """What the bank writes of a payment: with our key, or with the reference only, or with something wrong."""
    if number % WRONG == WRONG - 1:
        return ("", "", AMOUNT) if number % (2 * WRONG) == WRONG - 1 else ("", invoice.reference, AMOUNT - 1)
    return (key if number % 100 < TOLD else "", invoice.reference, AMOUNT)


def invoices(like: Any, numbers: range) -> list[Any]:
    """Invoices with what the books say of them: claimed, and those paid of which a provider told."""
    from adaldyq.measures.payments.domain.references import reference_of  # noqa: PLC0415  # the same
    from adaldyq.measures.payments.models import BookEntry, Invoice  # noqa: PLC0415  # the same

    made = []
    for number in numbers:
        name, told = f"B{number:011d}", is_told(number)
        facts = {"number": name, "reference": reference_of(name), "captured": AMOUNT if told else 0}
        state = {} if told else {"state": "issued", "settled_at": None}
        made.append(copied(like, **facts, **state))
    Invoice.objects.bulk_create(made)
    issued = BookEntry.objects.filter(invoice=like, kind="issue").get()
    BookEntry.objects.bulk_create(copied(issued, invoice=one, posting=one.pk) for one in made)
    return made


def copied(like: Any, **facts: Any) -> Any:
    """A record like another, with a key of its own."""
    held = {
        field.attname: getattr(like, field.attname) for field in like._meta.concrete_fields if not field.primary_key
    }
    for name in facts:
        held.pop(f"{name}_id", None)
    return type(like)(**{**held, **facts})


def statement(payments: list[tuple[str, str, int]]) -> bytes:
    """The statement of the day in camt.053."""
    from adaldyq.project.provider.statements import Booked, Day, in_camt053  # noqa: PLC0415  # the same
    from tests.measures.payments.making import AT  # noqa: PLC0415  # the same

    def booked() -> Iterator[Booked]:
        for number, (key, reference, amount) in enumerate(payments, 1):
            yield Booked(number, amount, reference, key, "SERIK TANATAROV", "Fee")

    return "".join(in_camt053(Day(AT.date(), "KZT", 0, list(booked())))).encode()


def checked() -> dict[str, Any]:
    """What the books say afterwards: units that nothing explains, and how far the entries are out of balance."""
    from django.db.models import Sum  # noqa: PLC0415  # the same

    from adaldyq.measures.payments.models import BankStatement, BookEntry, StatementEntry  # noqa: PLC0415  # the same

    def total(**where: str) -> int:
        return int(BookEntry.objects.filter(**where).aggregate(sum=Sum("amount"))["sum"] or 0)

    one = BankStatement.objects.get()
    waiting = StatementEntry.objects.filter(state="queued").aggregate(sum=Sum("amount"))["sum"] or 0
    at_bank = total(debit="bank") - total(credit="bank")
    named = StatementEntry.objects.exclude(reference="")
    return {
        "unexplained": one.closing - one.opening - at_bank - waiting,
        "named": named.count(),
        "named_matched": named.filter(state="matched").count(),
    }


def main() -> int:
    """Measure, write the section, and say whether the limits are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--lines", type=int, default=LINES, help="how many payments the day has")
    parser.add_argument("--dry", action="store_true", help="print the section and leave the page as it is")
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(measure(given.lines)))
        return 0
    with tempfile.TemporaryDirectory(prefix="adaldyq-bench-") as folder:
        environment = os.environ | {"ADALDYQ_DATA_DIR": folder, "ADALDYQ_BANK_ACCOUNTS": "ADALDYQTESTKZT"}
        environment.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "-m", "adaldyq", "migrate"], check=True, env=environment, stdout=sys.stderr)
        command = [sys.executable, "-m", "bench.reconciling", "--measure", "--lines", str(given.lines)]
        done = subprocess.run(command, check=True, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    kept = limits(found)
    text = section(found, given.lines, kept)
    print(text)
    if not given.dry:
        write_section("reconciling", text, Path(ROOT) / "docs" / "benchmarks.md")
    return 0 if all(limit.kept for limit in kept) else 1


def limits(found: dict[str, Any]) -> list[Limit]:
    """What must be kept."""
    return [
        Limit("reading, keeping and matching a day, s", found["seconds"]["all"], SECONDS, places=1),
        Limit(
            "matched of those with a reference, %", 100 * found["named_matched"] / found["named"], least=LEAST_MATCHED
        ),
        Limit("units that nothing explains", abs(found["unexplained"]), 0, places=0),
        Limit("entries that the same file writes again", found["again"], 0, places=0),
    ]


def section(found: dict[str, Any], lines: int, kept: list[Limit]) -> str:
    """The section of the page of measurements."""
    seconds = found["seconds"]
    rows = [
        f"| {title} | {seconds[name]:.1f} |"
        for name, title in (("read", "reading"), ("kept", "keeping"), ("matched", "matching, with the books"))
    ]
    return "\n".join(
        [
            "## Reconciliation",
            "",
            "Written by [`bench/reconciling.py`](../bench/reconciling.py). A statement in camt.053 of a day with",
            f"{lines:,} payments ({found['size'] / 1_000_000:.0f} MB), on SQLite: nine of ten told by a provider before, the others transfers of which",
            "only the statement tells; one in a hundred has no reference or another amount than its invoice.",
            "",
            f"Measured on {machine()}. Matched {found['matched']:,}, for a person {found['queued']:,}; {found['memory']:,.0f} MB of memory.",
            "",
            "| part | s |",
            "|---|---:|",
            *rows,
            "",
            *limits_table(kept),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
