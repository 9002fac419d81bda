"""Prepares those who file in the measurement: people, their registers, accounts, sessions and drafts.

Run with the environment of an installation; prints as JSON what the clients must know. Everybody has signed in: what
that costs is measured by itself.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
django.setup()

from django.apps import apps  # noqa: E402  # Django must be set up first
from django.contrib.auth.hashers import make_password  # noqa: E402  # as above
from django.db import connection, models, transaction  # noqa: E402  # as above
from django.utils import timezone  # noqa: E402  # as above

from adaldyq.kernel import models as kernel  # noqa: E402  # as above
from adaldyq.kernel.actions.tokens import MOST_REQUESTS  # noqa: E402  # as above
from adaldyq.kernel.actor import system  # noqa: E402  # as above
from adaldyq.kernel.roles import Role  # noqa: E402  # as above
from adaldyq.kernel.scopes import Scope  # noqa: E402  # as above
from adaldyq.measures.declarations import models as ours  # noqa: E402  # as above
from adaldyq.measures.declarations.actions.declarations import make_findable  # noqa: E402  # as above
from adaldyq.measures.declarations.actions.filing import declaration_of  # noqa: E402  # as above
from adaldyq.measures.declarations.actions.obliging import remind  # noqa: E402  # as above
from adaldyq.measures.declarations.domain.checks import read_row  # noqa: E402  # as above
from adaldyq.measures.declarations.domain.questions import sections_of  # noqa: E402  # as above
from adaldyq.measures.declarations.queries.drafts import COMPLETE, NOTHING, Filled, asked_of  # noqa: E402  # as above
from adaldyq.measures.declarations.queries.known import known_of  # noqa: E402  # as above
from adaldyq.project.assets import collect_when_changed  # noqa: E402  # as above
from bench.filing_rows import FORM, OF_REGISTERS, OFFICIALS, PASSWORD, ROWS, YEAR, boxes_of  # noqa: E402  # as above
from bench.sessions import keep, sessions  # noqa: E402  # as above
from tests import factories  # noqa: E402  # as above

NOW = timezone.now()
SPELT = (("kk", "Cyrl", "Таңатаров Серік"), ("ru", "Cyrl", "Танатаров Серик"), ("en", "Latn", "Tanatarov Serik"))
SOURCED = {"source": "measurement", "as_of": date(YEAR, 12, 31)}
FIRST_DAY = date(2019, 3, 27)


def people(count: int, employer: kernel.Body) -> list[kernel.Person]:
    """People with names and posts, of whom registers know something, and who owe a declaration by tonight."""
    made = [kernel.Person(country="KZ", birth_date=date(1975, 3, 1), **SOURCED) for _one in range(count)]
    keep(made)
    names = [
        kernel.PersonName(person=one, language=language, script=script, text=f"{text} {number}")
        for number, one in enumerate(made)
        for language, script, text in SPELT
    ]
    keep(names)
    posts = [
        kernel.Post(body=employer, category="corps_a", title="Директор", titles={"kk": "Директор"}, declares=True)
        for _one in made
    ]
    keep(posts)
    held = [kernel.Appointment(person=one, post=to, valid_from=FIRST_DAY) for one, to in zip(made, posts, strict=True)]
    keep(held)
    known = [held_of(one, number, employer) for number, one in enumerate(made)]
    for register in known[0]:
        keep([row for one in known for row in one[register]])
    owed = [
        ours.Obligation(
            person=one,
            year=YEAR,
            form=FORM,
            reason="official",
            due_date=timezone.localdate(),
            body=employer,
            is_public=number % OFFICIALS == 0,
        )
        for number, one in enumerate(made)
    ]
    keep(owed)
    return made


def held_of(one: kernel.Person, number: int, employer: kernel.Body) -> dict[str, list[models.Model]]:
    """What registers know of somebody."""
    (flat,), (car,) = OF_REGISTERS["real_estate"], OF_REGISTERS["vehicle"]
    since = {"valid_from": FIRST_DAY, "owner_person": one, "currency": "KZT", **SOURCED}
    land = {
        "object_number": f"20-{number}",
        "kind": "apartment",
        "address": flat["address"],
        "area": Decimal(flat["area"]),
    }
    return {
        "land": [kernel.LandRight(**land, share=Decimal(100), basis="purchase", **since)],
        "vehicle": [kernel.VehicleRight(object_number=f"VIN-{number}", kind="car", make=car["make"], **since)],
        "income": [
            kernel.IncomeRecord(
                person=one,
                year=YEAR,
                kind=row["kind"],
                payer_body=employer,
                amount=Decimal(row["amount"]),
                tax_withheld=Decimal(row["tax_withheld"]),
                currency="KZT",
                **SOURCED,
            )
            for row in OF_REGISTERS["income"]
        ],
        "account": [
            kernel.BankBalance(
                person=one,
                bank=row["bank"],
                country="KZ",
                account_number=f"{row['account_number']}-{number}",
                year=YEAR,
                balance=Decimal(row["amount"]),
                currency="KZT",
                **SOURCED,
            )
            for row in OF_REGISTERS["account"]
        ],
    }


def let_payroll(of: Sequence[kernel.Person], employer: kernel.Body) -> None:
    """Let a clerk of the employer's payroll act for each, so that its program files for them."""
    clerk = kernel.Person(country="KZ", birth_date=date(1975, 3, 1), **SOURCED)
    keep([clerk])
    account = kernel.Account(username="payroll", name="Payroll", person=clerk, password=make_password(None))
    keep([account])
    keep([kernel.RoleGrant(account=account, role=Role.PAYROLL, body=employer, valid_from=FIRST_DAY)])
    given = {"representative": clerk, "valid_from": FIRST_DAY, "granted_at": NOW, "granted_by": account.pk}
    keep([kernel.Mandate(person=one, **given) for one in of])


def accounts(of: Sequence[kernel.Person]) -> list[kernel.Account]:
    """An account for each, as a citizen; all have one password, which is hashed once."""
    hashed = make_password(PASSWORD)
    made = [kernel.Account(username=f"filer-{one.pk}", name="Filer", person=one, password=hashed) for one in of]
    keep(made)
    keep([kernel.RoleGrant(account=one, role=Role.CITIZEN, valid_from=FIRST_DAY) for one in made])
    return made


def drafts(of: Sequence[kernel.Account]) -> list[ours.Draft]:
    """A draft for each in which everything is answered, so that only the signature is missing."""
    owed = {one.person_id: one for one in ours.Obligation.objects.filter(person__in=[one.person_id for one in of])}
    made = [
        ours.Draft(
            person_id=str(one.person_id),
            form=FORM,
            year=YEAR,
            obligation=owed[str(one.person_id)],
            opened_by=one.pk,
            opened_at=NOW,
            changed_at=NOW,
        )
        for one in of
    ]
    keep(made)
    rows = [
        ours.DraftRow(draft=one, section=section, position=place, typed=boxes_of(row))
        for one in made
        for section, listed in ROWS.items()
        for place, row in enumerate(listed)
    ]
    keep(rows)
    answers = [
        ours.DraftSection(draft=one, section=part.name, answer=COMPLETE if part.name in ROWS else NOTHING)
        for one in made
        for part in sections_of(FORM)
    ]
    keep(answers)
    return made


def columns(draft: ours.Draft) -> dict[str, Any]:
    """What a bare view inserts for a person: the columns of the declaration and of its rows."""
    asked = asked_of(draft)
    rows = {
        section: [
            {
                name: str(value)
                for name, value in read_row(section, boxes_of(row), asked).values.items()
                if value is not None
            }
            for row in listed
        ]
        for section, listed in ROWS.items()
    }
    for row in rows["position"]:
        row["paid"] = True  # type: ignore[assignment]  # the one column that is no text
    made = declaration_of(draft, NOW)
    make_findable([made], known_of([made.person_id], [made.body_id]))
    names = [
        field.attname for field in made._meta.fields if field.name not in {"id", "filed_at", "filed_date", "due_date"}
    ]
    return {"declaration": {name: getattr(made, name) for name in names} | {"year": YEAR - 1}, "rows": rows}


def analyse() -> None:
    """Let the database learn what its tables hold, as it does by itself before long.

    PostgreSQL never does so with a table in which nothing was written: told that it is empty, it would go on to read the
    whole of it, as the cheapest way, until it looks again.
    """
    filled = [one._meta.db_table for one in apps.get_models() if one._default_manager.exists()]
    with connection.cursor() as cursor:
        for table in filled:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def main() -> None:
    """Prepare as many of each kind as the command line says: of journeys, submissions and declarations in bulk."""
    journeys, submissions, bulk = map(int, sys.argv[1:])
    collect_when_changed()
    with transaction.atomic():
        employer = factories.body()
        _token, secret = factories.token(Scope.DECLARATIONS_WRITE, of=employer, requests_a_minute=MOST_REQUESTS)
        everybody = people(journeys + submissions + bulk, employer)
        let_payroll(everybody[journeys + submissions :], employer)
        filers = accounts(everybody[: journeys + submissions])
        remind(by=system("measurement"), at=NOW)
        keys = sessions(filers)
        ready = drafts(filers[journeys:])
    analyse()
    owed = dict(ours.Obligation.objects.values_list("person_id", "pk"))
    told = {
        "token": secret,
        "journeys": [
            {"session": key, "obligation": owed[str(one.person_id)], "username": one.username}
            for one, key in zip(filers[:journeys], keys[:journeys], strict=True)
        ],
        "submissions": [
            {"session": key, "draft": one.pk, "person": one.person_id, "seen": Filled(one).seen}
            for one, key in zip(ready, keys[journeys:], strict=True)
        ],
        "bulk": [one.pk for one in everybody[journeys + submissions :]],
        "columns": columns(ready[0]),
        "tables": {name: model._meta.db_table for name, model in ours.SECTION_MODELS.items()},
    }
    json.dump(told, sys.stdout)


main()
