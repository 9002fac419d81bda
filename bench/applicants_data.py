"""Prepares entrepreneurs who apply for a permit, for the measurement; and looks afterwards at what came of their applications.

Run with the environment of an installation. `fill COUNT` makes people who have signed in, each with a company, and a permit for which
they may apply, and prints as JSON what clients must know; `look SECONDS` reads the ids of applications that were acknowledged, waits
until the worker has asked for their fees, and prints what is wrong, and how often.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from django.contrib.auth.hashers import make_password  # noqa: E402  # Django must be set up first
from django.db import connection, transaction  # noqa: E402  # as above

from adaldyq.kernel.models import (  # noqa: E402  # as above
    Account,
    Company,
    Deadline,
    Event,
    Person,
    PersonName,
    RoleGrant,
)
from adaldyq.kernel.roles import Role  # noqa: E402  # as above
from adaldyq.measures.permits.actions.applying import SENT  # noqa: E402  # as above
from adaldyq.measures.permits.models import PermitApplication  # noqa: E402  # as above
from adaldyq.measures.permits.models.applications import WAITING  # noqa: E402  # as above
from adaldyq.project.assets import collect_when_changed  # noqa: E402  # as above
from bench.sessions import keep, sessions  # noqa: E402  # as above
from tests.measures.permits.applying import officers, opened  # noqa: E402  # as above

FIRST_DAY = date(2019, 3, 27)
SOURCED = {"source": "measurement", "as_of": FIRST_DAY}
FEE = 10


def fill(count: int) -> dict[str, object]:
    """Make so many entrepreneurs, and what they apply for."""
    collect_when_changed()
    entry = opened(fee=FEE)
    officers(entry.body)
    people = [Person(country="KZ", birth_date=date(1985, 3, 1), **SOURCED) for _one in range(count)]
    keep(people)
    names = [("kk", "Cyrl"), ("ru", "Cyrl"), ("en", "Latn")]
    keep([PersonName(person=one, language=code, script=script, text=f"Кәсіпкер {place}")
          for place, one in enumerate(people) for code, script in names])  # fmt: skip
    firms = [
        Company(
            name=f"«Нан {place}» ЖШС", identifier=f"19014{place:07d}", legal_form="too", head=one,
            registered_date=FIRST_DAY, **SOURCED,
        )
        for place, one in enumerate(people)
    ]  # fmt: skip
    keep(firms)
    hashed = make_password(None)
    accounts = [
        Account(username=f"applicant-{one.pk}", name="Applicant", person=one, password=hashed) for one in people
    ]
    keep(accounts)
    keep([RoleGrant(account=one, role=Role.ENTREPRENEUR, valid_from=FIRST_DAY) for one in accounts])
    keys = sessions(accounts)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    applicants = [{"session": key, "company": one.pk} for key, one in zip(keys, firms, strict=True)]
    return {"entry": entry.number, "applicants": applicants}


def look(seconds: float) -> dict[str, int]:
    """What of the acknowledged applications is not there, not there once, or lacks a part."""
    acknowledged, began = set(json.load(sys.stdin)), time.monotonic()
    sent = PermitApplication.objects.exclude(state="draft")
    while sent.filter(fee_state=WAITING).exists() and time.monotonic() - began < seconds:
        time.sleep(0.5)
    rows = {one.pk: one for one in sent}
    wrong: Counter[str] = Counter()
    wrong["lost"] = len(acknowledged - set(rows))
    wrong["sent twice"] = (
        len(rows) - PermitApplication.objects.exclude(state="draft").values("company").distinct().count()
    )
    wrong["without a number, or with another's"] = len(rows) - len({one.number for one in rows.values() if one.number})
    clocks = Deadline.objects.filter(subject_id__in=list(rows)).values("subject_id").distinct().count()
    wrong["without a term"] = len(rows) - clocks
    wrong["without an event, or with two"] = abs(len(rows) - Event.objects.filter(name=SENT).count())
    invoices = {one.invoice_number for one in rows.values() if one.invoice_number}
    wrong["without an invoice, or with another's"] = len(rows) - len(invoices)
    return dict(+wrong)


def main() -> None:
    """Do what the command line says."""
    if sys.argv[1] == "fill":
        with transaction.atomic():
            json.dump(fill(int(sys.argv[2])), sys.stdout)
    else:
        json.dump(look(float(sys.argv[2])), sys.stdout)


main()
