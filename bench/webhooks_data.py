"""Prepares payments that wait for what their provider tells, for the measurement; and looks afterwards at what came of them.

Run with the environment of an installation. `fill COUNT` makes invoices with an attempt each and prints the ids of the attempts as
JSON; `look EVENTS PAID SECONDS` waits until everything that was stored is applied, and prints what is wrong, and how often.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  # Django must be set up first
from django.db.models import Count, Sum  # noqa: E402  # as above
from django.utils import timezone  # noqa: E402  # as above

from adaldyq.measures.payments.domain.references import reference_of  # noqa: E402  # as above
from adaldyq.measures.payments.models import (  # noqa: E402  # as above
    AttemptStep,
    BookEntry,
    Invoice,
    PaymentAttempt,
    ProviderEvent,
)
from adaldyq.measures.payments.queries.books import misfits, trial_balance  # noqa: E402  # as above
from adaldyq.measures.payments.states import STORED  # noqa: E402  # as above
from adaldyq.project.assets import collect_when_changed  # noqa: E402  # as above
from bench.reconciling import copied  # noqa: E402  # as above
from tests.measures.payments import making  # noqa: E402  # as above

TOGETHER = 2_000


def fill(count: int) -> list[str]:
    """Make so many invoices, each with an attempt that its provider was handed; the ids of the attempts."""
    collect_when_changed()
    now = timezone.now()
    like = making.attempt(making.invoice(at=now), at=now)
    claim = BookEntry.objects.get(invoice=like.invoice)
    found: list[str] = []
    for start in range(0, count, TOGETHER):
        names = [f"W{number:011d}" for number in range(start, min(start + TOGETHER, count))]
        with transaction.atomic():
            invoices = [copied(like.invoice, number=one, reference=reference_of(one)) for one in names]
            Invoice.objects.bulk_create(invoices)
            BookEntry.objects.bulk_create(copied(claim, invoice=one, posting=one.pk) for one in invoices)
            attempts = [copied(like, invoice=one, key="bench") for one in invoices]
            PaymentAttempt.objects.bulk_create(attempts)
        found += [one.pk for one in attempts]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return found


def look(events: int, paid: int, seconds: float) -> dict[str, object]:
    """What came of the webhooks: how long it took after the last, and what is wrong."""
    began = time.monotonic()
    while ProviderEvent.objects.filter(state=STORED).exists() and time.monotonic() - began < seconds:
        time.sleep(0.2)
    waited = time.monotonic() - began
    wrong: Counter[str] = Counter()
    states = dict(ProviderEvent.objects.values_list("state").annotate(Count("pk")).order_by())
    wrong["events not kept, or kept twice"] = abs(events - sum(states.values()))
    wrong["events neither applied nor superseded"] = sum(
        count for state, count in states.items() if state not in {"applied", "superseded"}
    )
    wrong["payments that did not come"] = abs(paid - PaymentAttempt.objects.filter(state="success").count())
    steps = AttemptStep.objects.filter(target="success").values("attempt").annotate(times=Count("pk"))
    wrong["payments that came twice"] = steps.filter(times__gt=1).count()
    captured = Invoice.objects.aggregate(sum=Sum("captured"))["sum"] or 0
    came = PaymentAttempt.objects.filter(state="success").aggregate(sum=Sum("amount"))["sum"] or 0
    wrong["units by which invoices and payments differ"] = abs(captured - came)
    wrong["invoices that the books tell otherwise"] = len(misfits())
    wrong["units by which the books are out of balance"] = abs(sum(one.closing for one in trial_balance()))
    return {"seconds": waited, "wrong": dict(+wrong)}


def main() -> None:
    """Do what the command line says."""
    told = (
        fill(int(sys.argv[2]))
        if sys.argv[1] == "fill"
        else look(int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
    )
    json.dump(told, sys.stdout)


main()
