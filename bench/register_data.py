"""Fills the register of licences for the measurement: many companies, permits and bodies, and as many licences as are asked for.

Run with the environment of an installation, with the number of licences on the command line; prints as JSON what there is to look
for. Licences are written in bulk, with the words by which acts would let them be found.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import date, timedelta
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  # Django must be set up first

from adaldyq.kernel.models import Body, Company  # noqa: E402  # as above
from adaldyq.measures.permits.models import PermitEntry, PermitLicence, PermitVersion  # noqa: E402  # as above
from adaldyq.measures.permits.queries.catalogue import words_of  # noqa: E402  # as above
from adaldyq.project.assets import collect_when_changed  # noqa: E402  # as above
from tests import factories  # noqa: E402  # as above
from tests.measures.permits.entries import AT, entry, spoken  # noqa: E402  # as above

CHANCE = random.Random(6)  # noqa: S311  # names of invented firms are no secret
ENTRIES, BODIES, TOGETHER = 200, 40, 5_000
LICENCES_OF_ONE, WITH_AN_END = 4, 7
"""How many licences a firm has, on the average; and how many of ten end some day."""
FORMS = ("ТОО", "ТОО", "ТОО", "ИП", "ИП", "АО", "ЖШС")
SYLLABLES = (
    "ай",
    "бек",
    "нұр",
    "дала",
    "көл",
    "тау",
    "сұлу",
    "жар",
    "ал",
    "тын",
    "мер",
    "қан",
    "бай",
    "сар",
    "та",
    "ман",
    "ер",
    "құт",
)
CITIES = ("Астана", "Алматы", "Шымкент", "Қарағанды", "Ақтөбе", "Атырау", "Павлодар", "Семей", "Орал", "Тараз")
STREETS = (
    "Абай даңғылы",
    "Сейфуллин көшесі",
    "Тәуелсіздік даңғылы",
    "Жібек жолы",
    "Сарыарқа көшесі",
    "Бейбітшілік көшесі",
)
STATES = ("valid",) * 80 + ("expired",) * 12 + ("renewed",) * 4 + ("suspended",) * 2 + ("revoked",) * 2
FIRST_DAY, DAYS = date(2015, 1, 5), 4_000


def name() -> str:
    """The name of an invented firm."""
    words = [
        "".join(CHANCE.choices(SYLLABLES, k=CHANCE.randint(2, 4))).title() for _word in range(CHANCE.randint(1, 2))
    ]
    return f"{CHANCE.choice(FORMS)} «{' '.join(words)}»"


def companies(count: int) -> list[Company]:
    """Firms, with registration numbers."""
    made = [
        Company(
            name=name(), identifier=f"{number:012d}", legal_form="too", registered_date=FIRST_DAY, source="measurement",
            as_of=FIRST_DAY,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip
    Company.objects.bulk_create(made, batch_size=TOGETHER)
    return made


def permits() -> list[tuple[PermitEntry, PermitVersion]]:
    """Entries of the catalogue with what they say, each of one of the bodies."""
    bodies: list[Body] = [
        factories.body(name=f"{number}-басқарма", names={"kk": f"{number}-басқарма"}) for number in range(BODIES)
    ]
    made = [
        entry(f"L-{number:03d}", bodies[number % BODIES], names=spoken(f"Қызмет {number}")) for number in range(ENTRIES)
    ]
    return [(one, one.versions.get()) for one in made]


def licence(number: int, of: tuple[PermitEntry, PermitVersion], holder: Company) -> PermitLicence:
    """A licence of the register."""
    one, version = of
    since = FIRST_DAY + timedelta(CHANCE.randrange(DAYS))
    address = f"{CHANCE.choice(CITIES)}, {CHANCE.choice(STREETS)} {CHANCE.randint(1, 300)}"
    facts: dict[str, Any] = {"number": f"{one.number}-{since.year}-{number:07d}", "address": address}
    facts |= {"holder_name": holder.name, "holder_identifier": holder.identifier}
    words = words_of([{str(place): text for place, text in enumerate(facts.values())}])
    return PermitLicence(
        **facts, words=words, serial=number, entry=one, version=version, body_id=one.body_id, kind="licence", company=holder,
        state=CHANCE.choice(STATES), issued_at=AT, issued_date=since, valid_from=since,
        valid_until=since + timedelta(365 * CHANCE.randint(1, 5)) if CHANCE.randrange(10) < WITH_AN_END else None,
    )  # fmt: skip


def main() -> None:
    """Write as many licences as the command line says, and tell what there is to look for."""
    count = int(sys.argv[1])
    collect_when_changed()
    with transaction.atomic():
        holders, of = companies(max(1, count // LICENCES_OF_ONE)), permits()
    for start in range(1, count + 1, TOGETHER):
        numbers = range(start, min(start + TOGETHER, count + 1))
        made = [licence(one, CHANCE.choice(of), CHANCE.choice(holders)) for one in numbers]
        with transaction.atomic():
            PermitLicence.objects.bulk_create(made, batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    rows = PermitLicence.objects.order_by("serial").values_list("number", "holder_name", "holder_identifier", "address")
    some = [rows.get(serial=CHANCE.randint(1, count)) for _one in range(400)]
    bodies = sorted({one.body_id for one, _version in of})
    json.dump({"licences": some, "bodies": bodies, "entries": [one.number for one, _version in of]}, sys.stdout)


main()
