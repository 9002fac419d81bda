"""Homes, other real estate and vehicles: what the registers of rights know, and what they cost.

Columns that no register has say how a household declares a thing: from and to which year, and on what
basis. Sums are in cents, areas and shares in hundredths.
"""

from __future__ import annotations

import numpy as np

from adaldyq.demo.chance import days_between, happens, picks
from adaldyq.demo.columns import NONE, Ints, day, year_of
from adaldyq.demo.families import LAST_WEDDING, TODAY, YEAR
from adaldyq.demo.lists import (
    BASES,
    CAR_WEIGHTS,
    CARS,
    DEAR,
    DEAR_REGIONS,
    GROWTH,
    LAND_AREAS,
    LAND_PRICES,
    METRE,
    OLDEST_PRICE,
    STREETS,
)
from adaldyq.demo.rows import Rows, joined
from adaldyq.demo.work import OFFICIAL, OWNER, WHOLE

CENTS = 100
ROUND = 10_000 * CENTS
ALWAYS, NEVER = 0, 9999
OWNERSHIP, JOINT, LEASE, USE = range(4)
DECLARED_BASES = ("ownership", "joint ownership", "lease", "use", "other")
PURCHASE, GIFT, INHERITANCE, PRIVATISATION, CONSTRUCTION = range(len(BASES))
APARTMENT, HOUSE, PLOT, GARAGE, COMMERCIAL = range(5)
LAND = {
    **dict.fromkeys(("person", "object", "kind", "region", "street", "house", "flat", "area", "basis"), 0),
    **dict.fromkeys(("company", "previous"), -1),
    **dict.fromkeys(("valid_from", "valid_to", "price", "market"), NONE),
    "share": WHOLE,
    "in_register": 1,
    "declared_from": ALWAYS,
    "declared_to": NEVER,
    "declared_basis": OWNERSHIP,
    "abroad": 0,
    "appraised": 0,
}
VEHICLE = {
    **dict.fromkeys(("person", "object", "kind", "make", "built"), 0),
    **dict.fromkeys(("company", "previous"), -1),
    **dict.fromkeys(("valid_from", "valid_to", "price", "market"), NONE),
    "in_register": 1,
    "declared_from": ALWAYS,
    "declared_to": NEVER,
    "declared_basis": OWNERSHIP,
}
RENTED, JOINTLY, GIVEN = 0.15, 0.3, 0.1
LAST_PRIVATISATION = day(2004)
FIRST_FUNDED = day(2021)
"""From this day on purchases must be paid out of the money that the world keeps books of."""
LAST_PURCHASE = day(2024, 12, 20)
YEARLY_WEAR = 0.07


def growth(days: Ints) -> np.ndarray:
    """Price of real estate on these days, of 2020's."""
    return np.array(GROWTH)[np.clip(year_of(days) - OLDEST_PRICE, 0, len(GROWTH) - 1)]


def market_price(kind: Ints, area: Ints, region: Ints, days: Ints, dear: Ints) -> Ints:
    """Market value of real estate on these days, in cents."""
    metre = METRE * np.array(LAND_PRICES)[kind] * np.where(np.isin(region, dear), DEAR, 1.0)
    price: Ints = (metre * area / 100 * growth(days) * CENTS // ROUND * ROUND).astype(np.int64) + ROUND
    return price


def dear_regions(regions: list[str]) -> Ints:
    """Places of the regions where homes cost more."""
    return np.array([regions.index(code) for code in DEAR_REGIONS])


def objects(kind: Ints, person: Ints, since: Ints, people: Rows, dear: Ints, chance: np.random.Generator) -> Rows:
    """Real estate of given kinds and owners, bought at about the market price of its day."""
    count = len(kind)
    low, high = np.array(LAND_AREAS).T
    area = chance.integers(low[kind] * 10, high[kind] * 10) * 10
    region = people["region"][person]
    market = market_price(kind, area, region, since, dear)
    price = (market * chance.uniform(0.88, 1.05, count)).astype(np.int64) // ROUND * ROUND + ROUND
    return Rows.of(
        LAND,
        count,
        person=person,
        object=np.arange(count),
        kind=kind,
        region=region,
        street=chance.integers(0, len(STREETS), count),
        house=chance.integers(1, 190, count),
        flat=np.where(kind == APARTMENT, chance.integers(1, 120, count), 0),
        area=area,
        valid_from=since,
        price=price,
        market=market,
    )


def homes_of(people: Rows, dear: Ints, chance: np.random.Generator) -> Rows:
    """The homes that households own; some are joint property, some rented."""
    owners = np.flatnonzero(people["dwelling"] == np.arange(len(people)))
    owners = owners[(people["birth"][owners] < TODAY - int(26 * YEAR)) & ~happens(chance, len(owners), RENTED)]
    start = np.where(people["wed"][owners] == NONE, people["birth"][owners] + int(25 * YEAR), people["wed"][owners])
    start = np.clip(start, day(1996), LAST_WEDDING)
    since = days_between(chance, start, np.full(len(owners), day(2020, 10)))
    kind = np.where(happens(chance, len(owners), 0.65), APARTMENT, HOUSE)
    homes = objects(kind, owners, since, people, dear, chance)
    basis = np.where(happens(chance, len(owners), GIVEN), chance.integers(GIFT, INHERITANCE + 1, len(owners)), PURCHASE)
    basis = np.where(since < LAST_PRIVATISATION, PRIVATISATION, basis)
    built = (kind == HOUSE) & (basis == PURCHASE) & happens(chance, len(owners), 0.3)
    homes["basis"] = np.where(built, CONSTRUCTION, basis)
    homes["price"] = np.where(np.isin(homes["basis"], (PURCHASE, CONSTRUCTION)), homes["price"], NONE)
    together = (
        (people["spouse"][owners] >= 0) & (people["parted"][owners] == NONE) & happens(chance, len(owners), JOINTLY)
    )
    return halved(homes, together, people["spouse"][owners])


def halved(rows: Rows, mask: np.ndarray, spouse: Ints) -> Rows:
    """Turn some rights into joint property of two, each with half of the share, price and value."""
    halves = rows.where(mask)
    for name in ("share", "price", "market"):
        halves[name] = np.where(halves[name] == NONE, NONE, halves[name] // 2)
    halves["declared_basis"] = np.full(len(halves), JOINT)
    other = Rows({**halves.columns, "person": spouse[mask]})
    return joined([rows.where(~mask), halves, other])


def other_land_of(people: Rows, dear: Ints, chance: np.random.Generator) -> Rows:
    """Plots, garages, second homes and business premises of grown people, bought from 2008 on."""
    mean = np.select([people["job"] == OWNER, people["job"] == OFFICIAL], [0.55, 0.4], 0.12)
    grown = (people["birth"] < day(1996)) & (people["death"] == NONE)
    person = np.repeat(np.arange(len(people)), np.where(grown, chance.poisson(mean), 0))
    kind = np.array((APARTMENT, HOUSE, PLOT, GARAGE, COMMERCIAL))[picks(chance, len(person), (3, 1, 3, 2.5, 0.8))]
    start = np.maximum(people["birth"][person] + int(25 * YEAR), day(2008))
    since = days_between(chance, start, np.full(len(person), LAST_PURCHASE))
    return objects(kind, person, since, people, dear, chance)


def vehicles_of(people: Rows, chance: np.random.Generator) -> Rows:
    """Cars of grown people, bought from 2012 on, some of them used."""
    mean = np.select([people["job"] == OWNER, people["job"] == OFFICIAL], [0.9, 0.65], 0.3)
    grown = (people["birth"] < day(1998)) & (people["death"] == NONE)
    person = np.repeat(np.arange(len(people)), np.where(grown, chance.poisson(mean), 0))
    since = days_between(
        chance, np.maximum(people["birth"][person] + int(22 * YEAR), day(2012)), np.full(len(person), LAST_PURCHASE)
    )
    return cars(picks(chance, len(person), CAR_WEIGHTS), person, since, chance)


def cars(make: Ints, person: Ints, since: Ints, chance: np.random.Generator) -> Rows:
    """Vehicles of given makes and owners."""
    count = len(make)
    age = chance.integers(0, 7, count)
    new = np.array([price for _, price in CARS])[make] * 1_000_000 * CENTS
    price = new * (1 - YEARLY_WEAR) ** age * np.maximum(growth(since), 0.5)
    market = price.astype(np.int64) // ROUND * ROUND + ROUND
    paid = (market * chance.uniform(0.9, 1.04, count)).astype(np.int64) // ROUND * ROUND + ROUND
    return Rows.of(
        VEHICLE,
        count,
        person=person,
        object=np.arange(count),
        kind=np.where(make == len(CARS) - 1, 1, 0),
        make=make,
        built=year_of(since) - age,
        valid_from=since,
        price=paid,
        market=market,
    )


def sell_some(rows: Rows, people: Rows, buyers: Ints, part: float, chance: np.random.Generator) -> tuple[Rows, Rows]:
    """Sell a part of the things bought before 2021 to people who declare nothing.

    Returns:
        The rights of the buyers, and the sales: seller, year, sum.
    """
    may = (rows["valid_from"] < day(2020, 6)) & (rows["share"] == WHOLE if "share" in rows else True)
    sold = np.flatnonzero(may & happens(chance, len(rows), part))
    when = days_between(chance, np.full(len(sold), day(2021, 2)), np.full(len(sold), day(2024, 11, 30)))
    years = year_of(when) - year_of(rows["valid_from"][sold])
    market = rows["market"][sold]
    if "area" in rows:
        worth = market * growth(when) / growth(rows["valid_from"][sold])
    else:
        worth = market * (1 - YEARLY_WEAR) ** years
    value = worth.astype(np.int64) // ROUND * ROUND + ROUND
    price = (value * chance.uniform(0.92, 1.02, len(sold))).astype(np.int64) // ROUND * ROUND + ROUND
    buyer = chance.choice(buyers, len(sold))
    death = people["death"][rows["person"][sold]]
    living = (death == NONE) | (death > when)
    sold, when, value, price, buyer = (one[living] for one in (sold, when, value, price, buyer))
    bought = rows.where(sold)
    bought["previous"], bought["price"], bought["market"] = bought["person"], price, value
    bought["person"] = buyer
    bought["valid_from"] = when
    if "basis" in bought:
        bought["basis"] = np.full(len(sold), PURCHASE)
    rows["valid_to"][sold] = when - 1
    sales = Rows({"person": rows["person"][sold], "year": year_of(when), "amount": price})
    return bought, sales
