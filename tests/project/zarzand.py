"""Puts three officials of the invented country into its registers, through the acts that everybody uses.

Run as a program, in an installation whose database is prepared. One files in the last minutes of the last day by
the country's own clock, one in the first of the next, one not at all; the first owns a house that is not declared.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

import django
from django.db import models

django.setup()

from adaldyq.base.names import arabic  # noqa: E402  # models need Django to be set up
from adaldyq.countries.phases import Membership, duty_of  # noqa: E402  # the same
from adaldyq.kernel import models as registers  # noqa: E402  # the same
from adaldyq.kernel import naming  # noqa: E402  # the same
from adaldyq.kernel.actions.registers import load_register  # noqa: E402  # the same
from adaldyq.kernel.actor import system  # noqa: E402  # the same
from adaldyq.measures.declarations.actions.declarations import FiledBatch, file_declarations  # noqa: E402  # the same
from adaldyq.measures.declarations.actions.obligations import state_obligations  # noqa: E402  # the same
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, Obligation  # noqa: E402  # the same

BY, AT = system("test"), datetime(2025, 6, 1, tzinfo=UTC)
YEAR = 2024
ORIGIN = {"source": "a register of a test", "as_of": date(2025, 1, 1)}
IN_TIME, TOO_LATE = datetime(2025, 4, 30, 18, 10, tzinfo=UTC), datetime(2025, 4, 30, 18, 20, tzinfo=UTC)
PEOPLE = (("Mira Tolan", IN_TIME), ("Oren Dask", TOO_LATE), ("Sela Varun", None))
PACK = naming.pack()


def load(register: str, rows: Sequence[models.Model]) -> None:
    """Load records into a base registry."""
    load_register(register=register, rows=rows, by=BY, at=AT)


def load_places() -> None:
    """The territories of the pack."""
    load(
        "territory",
        [
            registers.Territory(
                id=one.code, level=one.level, parent_id=one.parent or None, official_code=one.official_code, **ORIGIN
            )
            for one in PACK.territories
        ],
    )


def employ(person: registers.Person) -> registers.Post:
    """A post in the first kind of body that the pack knows, held by a person."""
    names = {"qaa": arabic("Ministry of Salt"), "en": "Ministry of Salt"}
    body = registers.Body(
        name=names["qaa"], names=names, level="national", kind="ministry", territory_id="ZZ-CA", **ORIGIN
    )
    titles = {"qaa": arabic("Keeper"), "en": "Keeper"}
    post = registers.Post(body=body, category="appointed", title=titles["qaa"], titles=titles, declares=True)
    load("body", [body])
    load("post", [post])
    load("appointment", [registers.Appointment(person=person, post=post, valid_from=date(2020, 1, 1))])
    return post


def oblige(person: registers.Person, post: registers.Post) -> date:
    """State that a person must declare, as the phases of the pack say; the last day to file."""
    duty = duty_of(PACK.phases, YEAR, [Membership("official")], [], asked_on=AT.date(), declared_before=True)
    if duty is None:
        raise SystemExit("the pack obliges no official")
    due = PACK.filing_deadlines[YEAR]
    obligation = Obligation(
        person=person, year=YEAR, form=duty.form, reason=duty.group, due_date=due, body=post.body, is_public=duty.public
    )
    state_obligations(obligations=[obligation], by=BY, at=AT)
    return due


def file(person: registers.Person, name: str, post: registers.Post, due: date, filed_at: datetime) -> None:
    """File a declaration with an income."""
    made = Declaration(
        person=person,
        form="income",
        year=YEAR,
        filed_at=filed_at,
        due_date=due,
        body=post.body,
        post_title=post.title,
        post_titles=post.titles,
        declarant_name=name,
        country=PACK.code,
        currency=PACK.currency,
        is_public=True,
    )
    income = SECTION_MODELS["income"](
        declaration=made, owner="declarant", kind="salary", amount=Decimal(48_000), currency=PACK.currency
    )
    file_declarations(batch=FiledBatch([made], {"income": [income]}), by=BY, at=AT)


def main() -> None:
    """Load everything."""
    load_places()
    for name, filed_at in PEOPLE:
        person = registers.Person(country=PACK.code, birth_date=date(1975, 3, 1), **ORIGIN)
        load("person", [person])
        spelt = ((arabic(name), "qaa", "Arab"), (name, "en", "Latn"))
        load(
            "person_name",
            [
                registers.PersonName(person=person, language=one, script=script, text=text)
                for text, one, script in spelt
            ],
        )
        post = employ(person)
        due = oblige(person, post)
        if filed_at is not None:
            file(person, arabic(name), post, due, filed_at)
        if filed_at is IN_TIME:
            house = registers.LandRight(
                object_number="02-77", kind="house", territory_id="ZZ-NO-1", area=Decimal(120), owner_person=person,
                valid_from=date(2021, 5, 5), market_value=Decimal(90_000), currency=PACK.currency, **ORIGIN,
            )  # fmt: skip
            load("land_register", [house])


if __name__ == "__main__":
    main()
