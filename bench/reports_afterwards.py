"""Looks at what became of the reports that were acknowledged in the measurement.

Run with the environment of an installation; reads as JSON the lookups of reports that were acknowledged, how many came
without a script, and the secret key of an officer. Prints what is wrong, and how often.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from django.db.models import Count  # noqa: E402  # Django must be set up first

from adaldyq.kernel.models import Deadline, Event  # noqa: E402  # as above
from adaldyq.measures.reports.actions.filing import FILE  # noqa: E402  # as above
from adaldyq.measures.reports.adapters import letters  # noqa: E402  # as above
from adaldyq.measures.reports.models import Report, ReporterLeaf  # noqa: E402  # as above
from adaldyq.sealing import envelopes  # noqa: E402  # as above
from bench.reporters import TEXT  # noqa: E402  # as above

OPENED = 200


def compared(acknowledged: Iterable[str], without_script: int) -> Counter[str]:
    """What of the acknowledged reports is not there, or not there once, or lacks a part."""
    wrong: Counter[str] = Counter()
    rows = Report.objects.annotate(wraps_of=Count("wraps", distinct=True), letters_of=Count("messages", distinct=True))
    found = {bytes(one.lookup).hex(): one for one in rows.iterator(2000)}
    ids = {one.pk for one in found.values()}
    wrong["lost"] = sum(one not in found for one in acknowledged)
    wrong["numbers given twice"] = len(found) - len(ids)
    wrong["without a wrap or a letter"] = sum((one.wraps_of, one.letters_of) != (1, 1) for one in found.values())
    wrong["nobody was told of"] = len(found) - len(set(acknowledged)) - without_script
    for model, name in (
        (Deadline.objects.filter(name="report_acknowledgement"), "term"),
        (ReporterLeaf.objects, "leaf"),
    ):
        wrong[f"reports without a {name}, or with two"] = abs(model.count() - len(found))
    wrong["reports without an event, or with two"] = abs(Event.objects.filter(name=FILE).count() - len(found))
    return wrong


def unreadable(secret: str) -> int:
    """How many of some reports an officer does not open."""
    count = 0
    for one in Report.objects.order_by("pk")[:OPENED]:
        key = envelopes.unwrap(bytes(one.wraps.get().wrapped), secret)
        count += letters.open_letter(bytes(one.messages.get().sealed), key).text != TEXT
    return count


def main() -> None:
    """Compare and print."""
    told = json.load(sys.stdin)
    wrong = compared(told["acknowledged"], told["without_script"])
    wrong["not opened by an officer"] = unreadable(told["secret"])
    json.dump({what: times for what, times in wrong.items() if times}, sys.stdout)


main()
