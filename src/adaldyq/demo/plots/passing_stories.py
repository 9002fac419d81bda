"""Stories of property that passes by: bought for little, used and not owned, gone, abroad, added by an amendment."""

from __future__ import annotations

from adaldyq.demo.columns import NONE, day
from adaldyq.demo.holdings import CENTS, GARAGE, HOUSE, LEASE, USE
from adaldyq.demo.lists import YEARS
from adaldyq.demo.money import FIRST, SALE
from adaldyq.demo.plots.stage import Stage, Story, Told
from adaldyq.demo.truth import Clue, Kind

CHEAP_RULE, GONE_RULE, USE_RULE = "bought-below-market", "vanished-without-sale", "use-of-costly-property"
ABROAD_RULE, AMENDED_RULE = "foreign-real-estate", "amended-long-after"
AMENDED_YEAR = 2023
"""A year long enough ago that an amendment months after its last day is past."""
LEAST_PRICE = 100_000 * CENTS


def bought_at(stage: Stage, part: float) -> tuple[list[Clue], int]:
    """Let somebody buy a home for a part of its market value; returns what it gives to rules, and the year."""
    person, year = stage.take(), stage.year()
    price = max(min(stage.chunk.held_at(person, year - 1) // 2, stage.units(year, 800, 1200)), LEAST_PRICE)
    market = int(price / part)
    if part < 0.5:  # noqa: PLR2004  # below half of it, the difference is made large whatever could be paid
        market += stage.units(year, 1500, 3000)
    place = stage.land(person, stage.date(year), price, market=market)
    stage.spend(person, year, price)
    return stage.of_thing(CHEAP_RULE, person, stage.chunk.land_number(place), [year]), year


def bought_for_little(stage: Stage) -> Told:
    """A builder who needs a permit sells a flat for a fraction."""
    clues, year = bought_at(stage, stage.chance.uniform(0.1, 0.35))
    return Told(clues, f"Bought a flat of a builder in {year} for a fraction of its value.")


def bought_a_little_cheaper(stage: Stage) -> Told:
    """A flat was bought for three fifths of its value."""
    clues, year = bought_at(stage, 0.6)
    return Told(clues, f"Bought a flat in {year} for three fifths of its value.")


def bought_at_auction(stage: Stage) -> Told:
    """A bank sold a pledged flat at an auction."""
    clues, year = bought_at(stage, 0.3)
    return Told(clues, f"Bought a pledged flat at an auction in {year}.")


def house_gone(stage: Stage, *, sold: bool) -> tuple[list[Clue], int]:
    """Let a right to a house end without anybody after it; returns what it gives to rules, and the year."""
    person, year = stage.take(), stage.year()
    worth = stage.units(FIRST, 2000, 5000)
    place = stage.land(person, day(2014, 6, 2), worth, kind=HOUSE, flat=0, valid_to=day(year, 6, 1))
    if sold:
        stage.income(person, year, worth, kind=SALE, tax=0, in_register=0)
    return [Clue(GONE_RULE, person, stage.chunk.land_number(place))], year


def house_passed_on(stage: Stage) -> Told:
    """A house goes to somebody whose name stands nowhere."""
    clues, year = house_gone(stage, sold=False)
    return Told(clues, f"Passed a house on in {year} to somebody whom no register names.")


def house_sold_unregistered(stage: Stage) -> Told:
    """A house was sold and the price declared; the buyer is not in the register yet."""
    clues, year = house_gone(stage, sold=True)
    return Told(clues, f"Sold a house in {year} and declared the price; the buyer is not registered yet.")


def house_burnt(stage: Stage) -> Told:
    """A house burnt down and was struck off."""
    clues, year = house_gone(stage, sold=False)
    return Told(clues, f"Lost a house to a fire in {year}; it was struck off.")


def in_use(stage: Stage, person: int, place: int) -> list[Clue]:
    """Let somebody declare the use of a piece of real estate; returns what it gives to rules."""
    facts = {name: int(values[place]) for name, values in stage.chunk.land.columns.items()}
    used = {"person": person, "company": -1, "in_register": 0, "declared_basis": USE, "valid_from": day(2019, 9)}
    stage.chunk.land.add(**(facts | used))
    return stage.of_thing(USE_RULE, person, stage.chunk.land_number(place), YEARS)


def villa_of_stranger(stage: Stage) -> Told:
    """A villa stands in a stranger's name, and the declarant lives in it."""
    person = stage.take()
    place = stage.land(stage.outsider(), day(2015, 2, 1), stage.units(FIRST, 9000, 30_000), kind=HOUSE, flat=0)
    return Told(in_use(stage, person, place), "Lives free in a villa that stands in a stranger's name.")


def car_of_contractor(stage: Stage) -> Told:
    """A contractor lets the declarant drive a dear car."""
    person = stage.take()
    place = stage.vehicle(-1, day(2019, 3, 4), stage.units(FIRST, 6000, 15_000), company=stage.company(person))
    facts = {name: int(values[place]) for name, values in stage.chunk.vehicles.columns.items()}
    stage.chunk.vehicles.add(**(facts | {"person": person, "company": -1, "in_register": 0, "declared_basis": USE}))
    clues = stage.of_thing(USE_RULE, person, stage.chunk.vehicle_number(place), YEARS)
    return Told(clues, "Drives free of charge a dear car of a company.")


def garage_of_neighbour(stage: Stage) -> Told:
    """A neighbour lets the declarant use a garage."""
    person = stage.take()
    place = stage.land(stage.outsider(), day(2015, 2, 1), stage.units(FIRST, 100, 400), kind=GARAGE, flat=0)
    return Told(in_use(stage, person, place), "Uses a neighbour's garage.")


def flat_of_father_used(stage: Stage) -> Told:
    """The declarant lives with the father."""
    person = stage.take(mask=stage.with_relative())
    place = stage.land(stage.relative(person), day(2015, 2, 1), stage.units(FIRST, 6000, 9000))
    return Told(in_use(stage, person, place), "Lives in a flat of the father.")


def flat_of_aunt(stage: Stage) -> Told:
    """The declarant looks after the flat of an aunt, whose tie no register holds."""
    person = stage.take()
    place = stage.land(stage.outsider(), day(2015, 2, 1), stage.units(FIRST, 6000, 9000))
    return Told(in_use(stage, person, place), "Lives in the flat of an aunt, free of charge.")


def flat_abroad(stage: Stage, story: str, **changes: int) -> Told:
    """A flat in another country."""
    person = stage.take()
    stage.land(person, day(2017, 3, 9), stage.units(FIRST, 9000, 20_000), in_register=0, abroad=1, **changes)
    return Told(stage.of_thing(ABROAD_RULE, person, "AE", YEARS), story)


def flat_abroad_owned(stage: Stage) -> Told:
    """A flat by the sea that the pay could not have bought."""
    return flat_abroad(stage, "Owns a flat abroad that no pay explains.")


def flat_abroad_rented(stage: Stage) -> Told:
    """A flat rented for a child's studies."""
    return flat_abroad(stage, "Rents a flat abroad for a child's studies.", declared_basis=LEASE)


def flat_abroad_inherited(stage: Stage) -> Told:
    """A flat left by an uncle who lived there."""
    return flat_abroad(stage, "Inherited a flat abroad of an uncle.", price=NONE)


def car_added(stage: Stage, days: int) -> list[Clue]:
    """Let somebody forget a car and add it so many days after the last day; returns what it gives to rules."""
    person = stage.take()
    stage.vehicle(person, day(2018, 6, 2), stage.units(FIRST, 4000, 8000))
    stage.chunk.amendments[person, AMENDED_YEAR] = days
    return [Clue(AMENDED_RULE, person, f"income:{AMENDED_YEAR}")]


def car_added_when_asked(stage: Stage) -> Told:
    """A car is declared only when a journalist has asked."""
    clues = car_added(stage, int(stage.chance.integers(90, 250)))
    return Told(clues, "Declared a dear car only after a question.")


def car_added_soon(stage: Stage) -> Told:
    """A forgotten car is added within the month."""
    return Told(car_added(stage, 25), "Added a forgotten car within a month of the last day.")


def car_added_unasked(stage: Stage) -> Told:
    """The declarant finds the gap alone when filling in the next form."""
    return Told(car_added(stage, 150), "Noticed alone, months later, that a car was missing.")


STORIES = (
    Story("bought for little", Kind.SCHEME, 3, bought_for_little),
    Story("bought a little cheaper", Kind.NEAR_MISS, 2, bought_a_little_cheaper),
    Story("bought at an auction", Kind.LOOK_ALIKE, 1, bought_at_auction),
    Story("house passed on", Kind.SCHEME, 3, house_passed_on),
    Story("house sold, not registered", Kind.NEAR_MISS, 2, house_sold_unregistered),
    Story("house burnt", Kind.LOOK_ALIKE, 1, house_burnt),
    Story("villa of a stranger", Kind.SCHEME, 2, villa_of_stranger),
    Story("car of a contractor", Kind.SCHEME, 2, car_of_contractor),
    Story("garage of a neighbour", Kind.NEAR_MISS, 1, garage_of_neighbour),
    Story("flat of the father used", Kind.NEAR_MISS, 1, flat_of_father_used),
    Story("flat of an aunt", Kind.LOOK_ALIKE, 1, flat_of_aunt),
    Story("flat abroad", Kind.SCHEME, 2, flat_abroad_owned),
    Story("flat abroad rented", Kind.NEAR_MISS, 2, flat_abroad_rented),
    Story("flat abroad inherited", Kind.LOOK_ALIKE, 1, flat_abroad_inherited),
    Story("car added when asked", Kind.SCHEME, 3, car_added_when_asked),
    Story("car added soon", Kind.NEAR_MISS, 2, car_added_soon),
    Story("car added unasked", Kind.LOOK_ALIKE, 1, car_added_unasked),
)
