"""Stories of what somebody has that the pay would not lead one to expect, and of wealth that grows bit by bit."""

from __future__ import annotations

import numpy as np

from adaldyq.demo.columns import NONE, day
from adaldyq.demo.holdings import CENTS, HOUSE
from adaldyq.demo.lists import YEARS
from adaldyq.demo.money import FIRST, PRIVATE_LOAN, PRIZE, RECEIVABLE
from adaldyq.demo.plots.measure_stories import both, pay
from adaldyq.demo.plots.stage import Stage, Story, Told, since
from adaldyq.demo.registers import AIRCRAFT, BOAT, HELICOPTER, MOTOR_BOAT
from adaldyq.demo.truth import Clue, Kind
from adaldyq.demo.work import BENEFICIAL, DECLARED

COSTLY_RULE, AIRCRAFT_RULE, DWELLING_RULE = "costly-vehicle", "aircraft", "large-dwelling"
LENT_RULE, PRIZE_RULE = "money-lent", "prize-income"
FOREIGN_SHARE_RULE, YEARS_RULE = "foreign-company-interest", "wealth-growth-over-years"
EMIRATES, TURKIYE = 1, 2
SECOND = FIRST + 1
LONG_AGO = day(2017, 6, 2)


def vehicle_of(stage: Stage, rule: str, low: int, high: int, **changes: int) -> list[Clue]:
    """Let somebody own a vehicle worth so many units since before the declared years; returns what it gives to rules."""
    person = stage.take()
    place = stage.vehicle(person, LONG_AGO, stage.units(FIRST, low, high), **changes)
    return stage.of_thing(rule, person, stage.chunk.vehicle_number(place), YEARS)


def car_beyond_pay(stage: Stage) -> Told:
    """A car that costs the pay of a working life."""
    clues = vehicle_of(stage, COSTLY_RULE, 30_000, 45_000)
    return Told(clues, "Drives a car that costs the pay of a working life.")


def car_good(stage: Stage) -> Told:
    """A good car, dear but within reach."""
    return Told(vehicle_of(stage, COSTLY_RULE, 9000, 12_000), "Drives a good car that was within reach.")


def car_of_business(stage: Stage) -> Told:
    """A business that was sold long ago paid for the car."""
    return Told(vehicle_of(stage, COSTLY_RULE, 30_000, 40_000), "Bought a dear car when a business was sold, long ago.")


def helicopter(stage: Stage) -> Told:
    """A helicopter that somebody else keeps and pays for."""
    clues = vehicle_of(stage, AIRCRAFT_RULE, 9000, 13_000, kind=AIRCRAFT, make=HELICOPTER)
    return Told(clues, "Flies a helicopter that no pay could keep.")


def boat_on_the_lake(stage: Stage) -> Told:
    """A motor boat for fishing."""
    return Told(
        vehicle_of(stage, AIRCRAFT_RULE, 200, 500, kind=BOAT, make=MOTOR_BOAT), "Fishes from a small motor boat."
    )


def plane_of_the_farm(stage: Stage) -> Told:
    """An old plane of the family's farm."""
    clues = vehicle_of(stage, AIRCRAFT_RULE, 1000, 2000, kind=AIRCRAFT, make=HELICOPTER)
    return Told(clues, "Keeps an old plane for the fields of the family's farm.")


def dwelling(stage: Stage, metres: int, low: int, high: int) -> list[Clue]:
    """Let somebody own a house of so many square metres; returns what it gives to rules."""
    person = stage.take()
    place = stage.land(person, LONG_AGO, stage.units(FIRST, low, high), kind=HOUSE, flat=0, area=metres * 100)
    return stage.of_thing(DWELLING_RULE, person, stage.chunk.land_number(place), YEARS)


def mansion(stage: Stage) -> Told:
    """A mansion behind a high wall."""
    clues = dwelling(stage, int(stage.chance.integers(450, 1200)), 15_000, 40_000)
    return Told(clues, "Lives in a mansion behind a high wall.")


def house_large(stage: Stage) -> Told:
    """A large house, within the limit."""
    return Told(dwelling(stage, 295, 5000, 7000), "Lives in a house of 295 square metres.")


def house_of_generations(stage: Stage) -> Told:
    """An old village house in which three generations live."""
    return Told(dwelling(stage, 360, 900, 1500), "Lives with parents and children in an old village house.")


def lent(stage: Stage, low: int, high: int) -> list[Clue]:
    """Let others owe somebody so many units since before the declared years; returns what it gives to rules."""
    person, amount = stage.take(), stage.units(FIRST, low, high)
    friend = stage.outsider()
    stage.loan(person, LONG_AGO, YEARS, amount, kind=PRIVATE_LOAN, direction=RECEIVABLE, other_person=friend)
    return first_years(stage, LENT_RULE, person)


def first_years(stage: Stage, rule: str, person: int) -> list[Clue]:
    """The first year of each who declares the household, in which alone a rule asks."""
    firsts: dict[int, int] = {}
    for year in YEARS:
        for one in stage.declarants(person, year):
            firsts.setdefault(one, year)
    return [Clue(rule, one, str(year)) for one, year in sorted(firsts.items())]


def lent_to_explain(stage: Stage) -> Told:
    """A loan to a friend that was never given, so that money can come back from it."""
    return Told(lent(stage, 6000, 15_000), "Says that a friend owes much, to explain money that is still to come.")


def lent_to_friend(stage: Stage) -> Told:
    """A friend was helped with a year's pay."""
    return Told(lent(stage, 900, 1200), "Helped a friend with a loan.")


def home_by_instalments(stage: Stage) -> Told:
    """The buyer of a home pays it off."""
    return Told(lent(stage, 5000, 8000), "Sold a home by instalments, and the buyer still pays.")


def won(stage: Stage, low: int, high: int) -> list[Clue]:
    """Let somebody win so many units in a year and keep them; returns what it gives to rules."""
    person, year = stage.take(), stage.year()
    amount = stage.units(year, low, high)
    stage.income(person, year, amount, kind=PRIZE)
    stage.account(person, since(year), amount * 4 // 5)
    return stage.of_years(PRIZE_RULE, person, [year])


def ticket_bought(stage: Stage) -> Told:
    """A winning ticket was bought from the winner, to wash money."""
    return Told(won(stage, 2500, 6000), "Bought a winning ticket from the winner and declares the prize.")


def prize_of_shop(stage: Stage) -> Told:
    """A shop gave away a kettle."""
    return Told(won(stage, 5, 20), "Won something small from a shop.")


def state_award(stage: Stage) -> Told:
    """A state award for a discovery."""
    return Told(won(stage, 300, 900), "Was given a state award for science.")


def share_abroad(stage: Stage, country: int, **changes: int) -> list[Clue]:
    """Let somebody own a company in another country; returns what it gives to rules."""
    person = stage.take()
    owners = stage.chunk.owners
    facts = {name: int(values[0]) for name, values in owners.columns.items()}
    mine = {"person": person, "owner_company": -1, "share": 10_000, "kind": BENEFICIAL, "valid_from": LONG_AGO}
    mine |= {"valid_to": NONE, "declared": DECLARED, "declared_from": 0, "in_register": 0, "abroad": country}
    owners.add(**(facts | mine | changes))
    return stage.of_thing(FOREIGN_SHARE_RULE, person, ("AE", "TR")[country - 1], YEARS)


def company_in_free_zone(stage: Stage) -> Told:
    """A company in a free zone that owns nothing anybody may see."""
    return Told(share_abroad(stage, EMIRATES), "Owns a company in a free zone whose business nobody knows.")


def company_given_up(stage: Stage) -> Told:
    """A share abroad was sold before the first declaration."""
    return Told(share_abroad(stage, TURKIYE, valid_to=day(2019, 5, 5)), "Sold a share abroad before taking office.")


def shop_of_uncle(stage: Stage) -> Told:
    """A part of an uncle's shop was inherited."""
    return Told(share_abroad(stage, TURKIYE, share=2500), "Inherited a quarter of an uncle's shop abroad.")


WITHIN_A_YEAR = 1950
"""Units by which money may grow in a year before the rule about a single year asks: a little under its 2,000."""


def saved(stage: Stage, person: int, year: int) -> int:
    """By how much the money of a couple grew in a year, in cents."""
    chunk = stage.chunk
    return sum(chunk.held_at(one, year) - chunk.held_at(one, year - 1) for one in both(stage, person))


def traded(stage: Stage) -> np.ndarray:
    """Who bought, sold or inherited a thing of the registers in the declared years, or whose spouse did."""
    people, begun = stage.chunk.people, day(FIRST)
    found = np.zeros(len(people), dtype=bool)
    for things in (stage.chunk.land, stage.chunk.vehicles):
        moved = (things["valid_from"] >= begun) | ((things["valid_to"] != NONE) & (things["valid_to"] >= begun))
        found[things["person"][moved & (things["person"] >= 0)]] = True
    spouse = people["spouse"]
    return found | ((spouse >= 0) & found[spouse])


def grown_slowly(stage: Stage, units: int, part: float = 0.0) -> list[Clue]:
    """Let an official's account grow each year by what is left of the pay and some more; returns what it gives to rules.

    Args:
        units: how much more at least, in units of the country's index.
        part: how much more at least, of the pay, and yet too little for the rule about a single year.
    """
    person = stage.take(SECOND, stage.official & ~traded(stage))  # a purchase or sale would change what is unexplained
    stage.account(person, YEARS, 0)
    total, grown = 0, []
    for year in YEARS:
        if year > FIRST:
            index, earned = stage.chunk.index[year - FIRST] * CENTS, pay(stage, person, year)
            more = min(max(index * units, earned * part), index * WITHIN_A_YEAR)
            total += max(earned - saved(stage, person, year) + int(more), 0)
        grown.append(total + 1)
    stage.chunk.balances["balance"][-len(YEARS) :] = np.array(grown)
    return [Clue(YEARS_RULE, one, "") for one in stage.declarants(person, YEARS[-1])]


def grown_bit_by_bit(stage: Stage) -> Told:
    """An account grows each year by a little more than the pay allows."""
    clues = grown_slowly(stage, 1400, part=0.25)
    return Told(clues, "Puts a little more aside each year than the pay allows.")


def grown_within_pay(stage: Stage) -> Told:
    """Nearly all of the pay is put aside, for the couple lives with the parents."""
    clues = grown_slowly(stage, 150)
    return Told(clues, "Puts nearly all of the pay aside, living with the parents.")


def kept_for_mother(stage: Stage) -> Told:
    """A mother brings her rent to the account year after year."""
    clues = grown_slowly(stage, 1400, part=0.25)
    return Told(clues, "Keeps on the own account what the mother gets in rent.")


STORIES = (
    Story("car beyond the pay", Kind.SCHEME, 2, car_beyond_pay),
    Story("good car", Kind.NEAR_MISS, 2, car_good),
    Story("car paid by a business", Kind.LOOK_ALIKE, 1, car_of_business),
    Story("helicopter", Kind.SCHEME, 2, helicopter),
    Story("boat", Kind.NEAR_MISS, 1, boat_on_the_lake),
    Story("plane of the farm", Kind.LOOK_ALIKE, 1, plane_of_the_farm),
    Story("mansion", Kind.SCHEME, 2, mansion),
    Story("large house", Kind.NEAR_MISS, 2, house_large),
    Story("house of three generations", Kind.LOOK_ALIKE, 1, house_of_generations),
    Story("loan that was never given", Kind.SCHEME, 2, lent_to_explain),
    Story("loan to a friend", Kind.NEAR_MISS, 2, lent_to_friend),
    Story("home sold by instalments", Kind.LOOK_ALIKE, 1, home_by_instalments),
    Story("winning ticket bought", Kind.SCHEME, 2, ticket_bought),
    Story("prize of a shop", Kind.NEAR_MISS, 2, prize_of_shop),
    Story("state award", Kind.LOOK_ALIKE, 1, state_award),
    Story("company in a free zone", Kind.SCHEME, 2, company_in_free_zone),
    Story("share abroad given up", Kind.NEAR_MISS, 2, company_given_up),
    Story("shop of an uncle", Kind.LOOK_ALIKE, 1, shop_of_uncle),
    Story("grown bit by bit", Kind.SCHEME, 3, grown_bit_by_bit),
    Story("grown within the pay", Kind.NEAR_MISS, 2, grown_within_pay),
    Story("kept for the mother", Kind.LOOK_ALIKE, 1, kept_for_mother),
)
