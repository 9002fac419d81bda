"""Fills the register of licences for the measurement: many companies, permits and bodies, and as many licences as are asked for.

Run with the environment of an installation, with the number of licences on the command line; prints as JSON what there is to look
for. Licences are written in bulk, past the layer of models, with the words by which acts would let them be found; their
indexes are made when all are there.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402  # Django must be set up first

from adaldyq.base.ids import new_id  # noqa: E402  # as above
from adaldyq.base.search import tokens  # noqa: E402  # as above
from adaldyq.kernel.models import Body, Company  # noqa: E402  # as above
from adaldyq.measures.permits.models import PermitEntry, PermitLicence, PermitVersion  # noqa: E402  # as above
from adaldyq.project.assets import collect_when_changed  # noqa: E402  # as above
from tests import factories  # noqa: E402  # as above
from tests.measures.permits.entries import AT, entry, spoken  # noqa: E402  # as above

CHANCE = random.Random(6)  # noqa: S311  # names of invented firms are no secret
ENTRIES, BODIES, TOGETHER = 200, 40, 20_000
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


@lru_cache(100_000)
def forms(text: str) -> tuple[str, ...]:
    """Forms of the words of a text, of which many licences have the same."""
    return tuple(tokens([text]).split())


def words_of(texts: Iterable[str]) -> str:
    """Forms of the words of some texts, as acts write them."""
    return f" {' '.join(dict.fromkeys(form for text in texts for form in forms(text)))} "


def licence(number: int, of: tuple[PermitEntry, PermitVersion], holder: Company) -> dict[str, Any]:
    """A licence of the register, by column."""
    one, version = of
    since = FIRST_DAY + timedelta(CHANCE.randrange(DAYS))
    place, house = f"{CHANCE.choice(CITIES)}, {CHANCE.choice(STREETS)}", str(CHANCE.randint(1, 300))
    until = since + timedelta(365 * CHANCE.randint(1, 5)) if CHANCE.randrange(10) < WITH_AN_END else None
    beginning, serial = f"{one.number}-{since.year}", f"{number:07d}"
    return {
        "id": new_id(), "number": f"{beginning}-{serial}", "serial": number, "application_id": None, "entry_id": one.pk,
        "version_id": version.pk, "body_id": one.body_id, "kind": "licence", "person_id": None, "company_id": holder.pk,
        "holder_name": holder.name, "holder_identifier": holder.identifier, "address": f"{place} {house}", "subtypes": "[]",
        "conditions": "[]", "state": CHANCE.choice(STATES), "issued_at": AT.isoformat(sep=" "),
        "issued_date": since.isoformat(), "valid_from": since.isoformat(), "valid_until": until and until.isoformat(),
        "deemed": False, "successor_id": None,
        "words": words_of((beginning, serial, holder.name, holder.identifier, place, house)),
    }  # fmt: skip


def write(rows: Sequence[dict[str, Any]]) -> None:
    """Write licences."""
    table, columns = PermitLicence._meta.db_table, ", ".join(rows[0])
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copying:
                for row in rows:
                    copying.write_row(tuple(row.values()))
        else:
            places = ", ".join(["%s"] * len(rows[0]))
            given = [tuple(row.values()) for row in rows]
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", given)


def indexes() -> dict[str, str]:
    """Statements that make the indexes of licences, by name, but for those that hold a number once."""
    of = PermitLicence._meta.db_table
    known = {
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s",
        "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s",
    }
    with connection.cursor() as cursor:
        cursor.execute(known[connection.vendor], [of])
        return {index: text for index, text in cursor.fetchall() if not text.startswith("CREATE UNIQUE")}


def main() -> None:
    """Write as many licences as the command line says, and tell what there is to look for."""
    count = int(sys.argv[1])
    collect_when_changed()
    with transaction.atomic():
        holders, of = companies(max(1, count // LICENCES_OF_ONE)), permits()
    made_again = indexes()
    with connection.cursor() as cursor:
        for index in made_again:
            cursor.execute(f"DROP INDEX {index}")
    for start in range(1, count + 1, TOGETHER):
        numbers = range(start, min(start + TOGETHER, count + 1))
        write([licence(one, CHANCE.choice(of), CHANCE.choice(holders)) for one in numbers])
    with connection.cursor() as cursor:
        for text in made_again.values():
            cursor.execute(text)
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    rows = PermitLicence.objects.order_by("serial").values_list("number", "holder_name", "holder_identifier", "address")
    some = [rows.get(serial=CHANCE.randint(1, count)) for _one in range(400)]
    bodies = sorted({one.body_id for one, _version in of})
    json.dump({"licences": some, "bodies": bodies, "entries": [one.number for one, _version in of]}, sys.stdout)


main()
