"""Stories of real estate and vehicles: left out, not in the register, sold to relatives for little."""

from __future__ import annotations

from adaldyq.demo.columns import NONE, day
from adaldyq.demo.holdings import GIFT, HOUSE, INHERITANCE, LEASE, NEVER, PURCHASE, ROUND
from adaldyq.demo.lists import YEARS
from adaldyq.demo.money import FIRST, LAST, MORTGAGE, SALE
from adaldyq.demo.plots.stage import Stage, Story, Told, since
from adaldyq.demo.truth import Clue, Kind

LAND_RULE, VEHICLE_RULE = "undeclared-real-estate", "undeclared-vehicle"
PARKED_RULE, CHEAP_RULE = "real-estate-not-in-register", "sold-to-relative-below-market"
PRICE_RULE = "purchase-without-price"


def flat_left_out(stage: Stage) -> Told:
    """A home bought in the name of somebody of the household is in no declaration."""
    person = stage.take()
    year = stage.year(2022)
    owner = stage.member(person, year)
    place = stage.land(owner, stage.date(year), stage.units(year, 5000, 20_000), declared_from=NEVER)
    clues = stage.of_thing(LAND_RULE, person, stage.chunk.land_number(place), since(year))
    return Told(clues, f"Bought a flat in {year} in the household and left it out of every declaration.")


def flat_of_nominee(stage: Stage) -> Told:
    """A home stands in the name of the declarant's father, who could never have paid for it."""
    person = stage.take(mask=stage.with_relative())
    year = stage.year(2022)
    place = stage.land(stage.relative(person), stage.date(year), stage.units(year, 8000, 20_000))
    return Told(
        [Clue(LAND_RULE, person, stage.chunk.land_number(place))],
        f"Paid for a house in {year} that stands in the name of the declarant's father.",
    )


def flat_sold_in_time(stage: Stage) -> Told:
    """A home is sold on the 30th of December, so it is rightly no longer declared."""
    person = stage.take()
    year = stage.year()
    place = stage.owned_land(person)
    price = int(stage.chunk.land["market"][place])
    stage.pass_on(place, stage.outsider(), day(year, 12, 31), price)
    stage.income(person, year, price, kind=SALE, tax=0)
    stage.account(person, since(year), price)
    clues = stage.of_thing(LAND_RULE, person, stage.chunk.land_number(place), [year])
    return Told(clues, f"Sold a flat; the right ended on 30 December {year}.")


def flat_bought_too_late(stage: Stage) -> Told:
    """A home is bought on the 3rd of January, a few days after the last declared year."""
    person = stage.take()
    place = stage.land(person, day(LAST + 1, 1, 3), stage.units(LAST, 3000, 8000))
    clues = stage.of_thing(LAND_RULE, person, stage.chunk.land_number(place), [LAST])
    return Told(clues, f"Bought a flat on 3 January {LAST + 1}, after the declared year.")


def flat_registered_back(stage: Stage) -> Told:
    """The register dates an inheritance back to the year before the heir could know of it."""
    person = stage.take(mask=stage.with_relative())
    year = int(stage.chance.integers(2022, LAST))
    worth = stage.units(year, 2500, 6000)
    place = stage.land(person, day(year, 12, 28), worth, basis=INHERITANCE, price=NONE, declared_from=year + 1)
    stage.gift(person, year + 1, int(stage.chunk.land["market"][place]), giver=stage.relative(person), kind=3)
    clues = stage.of_thing(LAND_RULE, person, stage.chunk.land_number(place), [year])
    return Told(
        clues, f"Inherited a flat; the notary entered the right in spring and dated it back to December {year}."
    )


def car_left_out(stage: Stage) -> Told:
    """A dear car of the household is in no declaration."""
    person = stage.take()
    year = stage.year(2022)
    place = stage.vehicle(
        stage.member(person, year), stage.date(year), stage.units(year, 3000, 15_000), declared_from=NEVER
    )
    clues = stage.of_thing(VEHICLE_RULE, person, stage.chunk.vehicle_number(place), since(year))
    return Told(clues, f"Bought a dear car in {year} and left it out of every declaration.")


def car_of_company(stage: Stage) -> Told:
    """A car that the declarant drives belongs to a stranger's company."""
    person = stage.take()
    year = stage.year(2022)
    company = stage.company(person)
    place = stage.vehicle(-1, stage.date(year), stage.units(year, 6000, 15_000), company=company)
    return Told(
        [Clue(VEHICLE_RULE, person, stage.chunk.vehicle_number(place))],
        "Drives a car that stands in the name of a company which wants something.",
    )


def car_sold_in_time(stage: Stage) -> Told:
    """A car is sold on the 30th of December."""
    person = stage.take()
    year = stage.year()
    worth = stage.units(FIRST, 1500, 4000)
    place = stage.vehicle(person, day(2017, 4, 11), worth)
    vehicles = stage.chunk.vehicles
    vehicles["valid_to"][place] = day(year, 12, 30)
    facts = {name: int(values[place]) for name, values in vehicles.columns.items()}
    price = worth * 7 // 10
    vehicles.add(
        **(facts | {"person": stage.outsider(), "previous": person, "valid_from": day(year, 12, 31)})
        | {"valid_to": NONE, "price": price, "market": price}
    )
    stage.income(person, year, price, kind=SALE, tax=0)
    stage.account(person, since(year), price)
    clues = stage.of_thing(VEHICLE_RULE, person, stage.chunk.vehicle_number(place), [year])
    return Told(clues, f"Sold a car on 30 December {year}.")


def car_sold_by_proxy(stage: Stage) -> Told:
    """A car was sold by a general power of attorney; the register still has the seller."""
    person = stage.take()
    year = stage.year()
    worth = stage.units(FIRST, 800, 2000)
    place = stage.vehicle(person, day(2012, 9, 3), worth, declared_to=year - 1)
    stage.income(person, year, worth // 2, kind=SALE, tax=0, in_register=0)
    clues = stage.of_thing(VEHICLE_RULE, person, stage.chunk.vehicle_number(place), since(year))
    return Told(clues, f"Sold an old car by power of attorney in {year}; the buyer never registered it.")


def house_that_is_not(stage: Stage) -> Told:
    """A house is declared from the beginning that no register knows: a place to park later wealth."""
    person = stage.take()
    worth = stage.units(FIRST, 15_000, 40_000)
    place = stage.land(person, day(2014, 6, 2), worth, kind=HOUSE, price=NONE, in_register=0, flat=0)
    clues = stage.of_thing(PARKED_RULE, person, stage.chunk.land_number(place), YEARS)
    return Told(clues, "Declares a house that no register knows, to explain wealth that is still to come.")


def house_abroad_that_is_not(stage: Stage) -> Told:
    """The same with a house in another country, where our register says nothing."""
    person = stage.take()
    stage.land(person, day(2013, 3, 9), stage.units(FIRST, 15_000, 40_000), price=NONE, in_register=0, abroad=1)
    clues = [Clue(PARKED_RULE, person, ""), *stage.of_thing("foreign-real-estate", person, "AE", YEARS)]
    return Told(clues, "Declares a flat abroad that does not exist.")


def flat_rented(stage: Stage) -> Told:
    """A flat is declared as rented, so it rightly stands in another's name."""
    person = stage.take()
    owner = stage.outsider()
    place = stage.land(owner, day(2015, 2, 1), stage.units(FIRST, 3000, 8000))
    facts = {name: int(values[place]) for name, values in stage.chunk.land.columns.items()}
    stage.chunk.land.add(
        **(facts | {"person": person, "in_register": 0, "declared_basis": LEASE, "valid_from": day(2019, 9)})
    )
    clues = stage.of_thing(PARKED_RULE, person, stage.chunk.land_number(place), YEARS)
    return Told(clues, "Rents a flat and declares it as rented.")


def flat_registered_late(stage: Stage) -> Told:
    """A flat bought with a mortgage in December was registered in February."""
    person = stage.take()
    year = int(stage.chance.integers(2022, LAST))
    worth = stage.units(year, 2500, 5000)
    bought = day(year, 12, 14)
    place = stage.land(person, bought, worth, in_register=0, declared_to=year)
    facts = {name: int(values[place]) for name, values in stage.chunk.land.columns.items()}
    registered = {"in_register": 1, "declared_from": year + 1, "declared_to": NEVER, "valid_from": day(year + 1, 2, 6)}
    stage.chunk.land.add(**(facts | registered | {"price": NONE}))
    stage.loan(person, bought, since(year), worth, kind=MORTGAGE)
    number = stage.chunk.land_number(place)
    clues = stage.of_thing(PARKED_RULE, person, number, [year]) + stage.of_thing(PRICE_RULE, person, number, [year + 1])
    return Told(clues, f"Bought a flat in December {year} with a mortgage; it was registered in February.")


def sold_cheap(stage: Stage, to: int, person: int, part: float) -> tuple[str, int]:
    """Sell real estate for a part of its market value, or give it away; returns its number and the year."""
    year = stage.year()
    place = stage.owned_land(person)
    market = int(stage.chunk.land["market"][place])
    price = int(market * part) // ROUND * ROUND
    basis = PURCHASE if price else GIFT
    stage.pass_on(place, to, stage.date(year), price or NONE, market=market, basis=basis)
    if price:
        stage.income(person, year, price, kind=SALE, tax=0)
    return stage.chunk.land_number(place), year


def sold_to_father(stage: Stage) -> Told:
    """A home goes to the father for a fraction of its value and stays the declarant's in fact."""
    person = stage.take(mask=stage.with_relative())
    number, year = sold_cheap(stage, stage.relative(person), person, stage.chance.uniform(0.12, 0.35))
    return Told([Clue(CHEAP_RULE, person, number)], f"Sold a home to the father in {year} for a fraction of its value.")


def sold_through_stranger(stage: Stage) -> Told:
    """The same through a stranger who passes it on within a month."""
    person = stage.take(mask=stage.with_relative())
    stranger = stage.outsider()
    number, _ = sold_cheap(stage, stranger, person, 0.25)
    place = len(stage.chunk.land) - 1
    when = int(stage.chunk.land["valid_from"][place]) + 25
    stage.pass_on(place, stage.relative(person), when, int(stage.chunk.land["price"][place]))
    return Told([Clue(CHEAP_RULE, person, number)], "Sold a home cheaply to a stranger who passed it on to the father.")


def sold_a_little_cheaper(stage: Stage) -> Told:
    """A home goes to the father for two thirds of its value."""
    person = stage.take(mask=stage.with_relative())
    number, year = sold_cheap(stage, stage.relative(person), person, 0.66)
    return Told([Clue(CHEAP_RULE, person, number)], f"Sold a home to the father in {year} for two thirds of its value.")


def sold_cheap_to_stranger(stage: Stage) -> Told:
    """A home in disrepair goes to a stranger for little."""
    person = stage.take()
    number, _ = sold_cheap(stage, stage.outsider(), person, 0.4)
    return Told([Clue(CHEAP_RULE, person, number)], "Sold a home in disrepair to a stranger for little.")


def given_to_father(stage: Stage) -> Told:
    """A home is openly given to the father: a gift has no price."""
    person = stage.take(mask=stage.with_relative())
    number, _ = sold_cheap(stage, stage.relative(person), person, 0)
    return Told([Clue(CHEAP_RULE, person, number)], "Gave a home to the father; the register says gift.")


def ruin_sold_to_father(stage: Stage) -> Told:
    """A plot after a flood is worth far less than the register's mass appraisal says."""
    person = stage.take(mask=stage.with_relative())
    number, _ = sold_cheap(stage, stage.relative(person), person, 0.3)
    return Told([Clue(CHEAP_RULE, person, number)], "Sold a flooded plot to the father at its real, low value.")


STORIES = (
    Story("home left out", Kind.SCHEME, 5, flat_left_out),
    Story("home of a nominee", Kind.SCHEME, 1, flat_of_nominee, hidden=True),
    Story("home sold in time", Kind.NEAR_MISS, 2, flat_sold_in_time),
    Story("home bought too late", Kind.NEAR_MISS, 1, flat_bought_too_late),
    Story("inheritance dated back", Kind.LOOK_ALIKE, 1, flat_registered_back),
    Story("car left out", Kind.SCHEME, 4, car_left_out),
    Story("car of a company", Kind.SCHEME, 1, car_of_company, hidden=True),
    Story("car sold in time", Kind.NEAR_MISS, 2, car_sold_in_time),
    Story("car sold by proxy", Kind.LOOK_ALIKE, 1, car_sold_by_proxy),
    Story("parked value", Kind.SCHEME, 4, house_that_is_not),
    Story("parked value abroad", Kind.SCHEME, 1, house_abroad_that_is_not, hidden=True),
    Story("home rented", Kind.NEAR_MISS, 2, flat_rented),
    Story("home registered late", Kind.LOOK_ALIKE, 1, flat_registered_late),
    Story("sold to the father", Kind.SCHEME, 4, sold_to_father),
    Story("sold through a stranger", Kind.SCHEME, 1, sold_through_stranger, hidden=True),
    Story("sold a little cheaper", Kind.NEAR_MISS, 2, sold_a_little_cheaper),
    Story("sold cheap to a stranger", Kind.LOOK_ALIKE, 1, sold_cheap_to_stranger),
    Story("given to the father", Kind.LOOK_ALIKE, 1, given_to_father),
    Story("ruin sold to the father", Kind.LOOK_ALIKE, 1, ruin_sold_to_father),
)
