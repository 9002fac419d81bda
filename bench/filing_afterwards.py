"""Looks at an installation after the measurement: whether what was acknowledged is there, whole and once.

Takes the numbers of acknowledged declarations as JSON; prints what is wrong, by kind.
"""

from __future__ import annotations

import json
import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from django.db.models import Count  # noqa: E402  # Django must be set up first

from adaldyq.ledger.models import Leaf  # noqa: E402  # as above
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Obligation  # noqa: E402  # as above
from bench.filing_rows import ROWS, YEAR  # noqa: E402  # as above


def main() -> None:
    """Look, and print."""
    acknowledged = set(json.load(sys.stdin))
    of_year = Declaration.objects.filter(year=YEAR)
    filed = set(of_year.values_list("pk", flat=True))
    lines = set(Leaf.objects.filter(act="declarations.declaration.file").values_list("subject", flat=True))
    short = set()
    for section, rows in ROWS.items():
        counted = SECTION_MODELS[section]._default_manager.filter(declaration__year=YEAR).values("declaration_id")
        whole = {one["declaration_id"] for one in counted.annotate(rows=Count("pk")) if one["rows"] == len(rows)}
        short |= filed - whole
    twice = of_year.values("person_id", "form").annotate(times=Count("pk")).filter(times__gt=1)
    unmet = Obligation.objects.filter(year=YEAR, filed_date=None, person__declarations__year=YEAR)
    found = {
        "lost": len(acknowledged - filed),
        "incomplete": len(short),
        "without a line in the ledger": len(filed - lines),
        "filed twice": twice.count(),
        "of which the obligation does not know": unmet.count(),
    }
    json.dump({name: count for name, count in found.items() if count}, sys.stdout)


main()
