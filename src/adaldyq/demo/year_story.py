"""Lets something have happened to the sample citizen and official in the year that they declare, as registers tell it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models

from adaldyq.demo.lists import BANKS, ISINS, ISSUERS, SOURCE
from adaldyq.demo.next_year import NEXT, REPORTED
from adaldyq.kernel.actions.registers import load_register
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Account, FamilyTie, LandRight, LoanBalance, Residence, SecurityHolding
from adaldyq.kernel.naming import pack

BY = system("demo")
Facts = dict[str, Any]
PLOT_WORTH, FLAT_PRICE, BORROWED, BONDS_WORTH = (
    Decimal(2_400_000),
    Decimal(84_000_000),
    Decimal(31_500_000),
    Decimal(960_000),
)
FIRST_DAY = date(1970, 1, 1)
BOUGHT, GIVEN = date(NEXT, 4, 14), date(NEXT, 8, 22)
FLAT_AREA, PLOT_AREA, BONDS = Decimal(71), Decimal(800), Decimal(400)


def let_the_year_pass(account: Account, at: datetime) -> None:
    """Let somebody have bought a flat on a mortgage, been given a plot of land and hold bonds; once."""
    person = account.person_id
    if person is None or LoanBalance.objects.filter(person=person, since_date=BOUGHT).exists():
        return
    for register, rows in happened(person).items():
        load_register(register=register, rows=rows, by=BY, at=at)


def happened(person: str) -> dict[str, list[models.Model]]:
    """What registers record of it, by register."""
    told: Facts = {"currency": pack().currency, "source": SOURCE, "as_of": FIRST_DAY + timedelta(REPORTED)}
    loan = LoanBalance(
        person_id=person,
        lender=BANKS[0][0],
        contract_number=f"I-{person[:8]}",
        kind="mortgage",
        since_date=BOUGHT,
        year=NEXT,
        balance=BORROWED,
        **told,
    )
    bonds = SecurityHolding(
        person_id=person,
        issuer=ISSUERS[1][0],
        security_number=ISINS[1],
        kind=ISSUERS[1][1],
        quantity=BONDS,
        market_value=BONDS_WORTH,
        country=pack().code,
        year=NEXT,
        **told,
    )
    return {"land_register": [*rights(person, told)], "loan_balance": [loan], "security_holding": [bonds]}


def rights(person: str, told: Facts) -> tuple[LandRight, LandRight]:
    """The flat that was bought, and the plot that a parent gave, if one lives."""
    parent = FamilyTie.objects.filter(person=person, kind="parent", relative__death_date=None).order_by("pk").first()
    home = Residence.objects.filter(person=person, valid_to=None).values_list("territory_id", flat=True).first()
    place: Facts = {"owner_person_id": person, "territory_id": home, "share": Decimal(100), **told}
    flat = LandRight(
        object_number=f"20:{person[:6]}:1",
        kind="apartment",
        address="Достық көшесі, 12, 45-пәтер",
        area=FLAT_AREA,
        basis="purchase",
        valid_from=BOUGHT,
        price=FLAT_PRICE,
        market_value=FLAT_PRICE,
        **place,
    )
    plot = LandRight(
        object_number=f"20:{person[:6]}:2",
        kind="land",
        address="Бәйтерек көшесі, 7",
        area=PLOT_AREA,
        basis="gift",
        valid_from=GIVEN,
        market_value=PLOT_WORTH,
        previous_owner_id=parent.relative_id if parent else None,
        **place,
    )
    return flat, plot
