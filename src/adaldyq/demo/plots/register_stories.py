"""Stories that only a second register tells: family unnamed, things that no register knows."""

from __future__ import annotations

import numpy as np

from adaldyq.demo.belongings import adult_on
from adaldyq.demo.columns import day
from adaldyq.demo.holdings import LEASE, NEVER
from adaldyq.demo.lists import YEARS
from adaldyq.demo.money import FIRST, LAST
from adaldyq.demo.plots.stage import NobodyLeftError, Stage, Story, Told, since
from adaldyq.demo.truth import Clue, Kind

FAMILY_RULE, VEHICLE_PARKED_RULE = "family-not-declared", "vehicle-not-in-register"


def spouse_unnamed(stage: Stage) -> tuple[int, int]:
    """Let a married person name no spouse; returns both."""
    person = stage.take(mask=stage.married())
    spouse = int(stage.chunk.people["spouse"][person])
    stage.chunk.unnamed[spouse] = True
    return person, spouse


def wife_not_named(stage: Stage) -> Told:
    """The declaration says nothing of a spouse, in whose name things could stand."""
    person, spouse = spouse_unnamed(stage)
    return Told(family_clue(stage, person, spouse), "Names no spouse in any declaration.")


def wife_divorced_abroad(stage: Stage) -> Told:
    """The couple divorced abroad, and the register does not know."""
    person, spouse = spouse_unnamed(stage)
    return Told(family_clue(stage, person, spouse), "Divorced abroad; the register still holds the marriage.")


def family_clue(stage: Stage, person: int, relative: int) -> list[Clue]:
    """A relative whom somebody may be asked about."""
    return [Clue(FAMILY_RULE, person, stage.chunk.id_of("person", relative))]


def with_child(stage: Stage, *, grown: bool) -> tuple[int, int]:
    """Somebody with a child who was minor, or grown up, in all declared years; returns both."""
    people = stage.chunk.people
    birth = people["birth"]
    fits = adult_on(birth, day(FIRST)) if grown else (~adult_on(birth, day(LAST, 12, 31)) & (birth < day(FIRST)))
    children = np.flatnonzero(fits & (people["father"] >= 0))
    mask = np.zeros(len(people), bool)
    mask[people["father"][children]] = True
    person = stage.take(mask=mask)
    return person, int(children[people["father"][children] == person][0])


def child_not_named(stage: Stage) -> Told:
    """A child is left out by both parents."""
    person, child = with_child(stage, grown=False)
    stage.chunk.unnamed[child] = True
    clues = stage.of_thing(FAMILY_RULE, person, stage.chunk.id_of("person", child), YEARS)
    return Told(clues, "Leaves a child out of every declaration.")


def grown_child(stage: Stage) -> Told:
    """A child is of age and so is rightly not named."""
    person, child = with_child(stage, grown=True)
    return Told(family_clue(stage, person, child), "Does not name a child who is of age.")


def marriage_by_rite(stage: Stage) -> Told:
    """A marriage by rite alone stands in no register."""
    return Told([Clue(FAMILY_RULE, stage.take(), "")], "Lives in a marriage that no register knows.")


def car_that_is_not(stage: Stage) -> Told:
    """A dear car is declared that no register knows."""
    person = stage.take()
    place = stage.vehicle(person, day(2018, 6, 2), stage.units(FIRST, 6000, 15_000), in_register=0)
    clues = stage.of_thing(VEHICLE_PARKED_RULE, person, stage.chunk.vehicle_number(place), YEARS)
    return Told(clues, "Declares a dear car that no register knows, to explain wealth that is still to come.")


def car_leased(stage: Stage) -> Told:
    """A car is declared as leased, so it rightly stands in the name of the company that leases it."""
    person = stage.take()
    worth = stage.units(2022, 3000, 6000)
    place = stage.vehicle(-1, day(2021, 3, 4), worth, company=stage.company(person))
    facts = {name: int(values[place]) for name, values in stage.chunk.vehicles.columns.items()}
    stage.chunk.vehicles.add(**(facts | {"person": person, "company": -1, "in_register": 0, "declared_basis": LEASE}))
    clues = stage.of_thing(VEHICLE_PARKED_RULE, person, stage.chunk.vehicle_number(place), YEARS)
    return Told(clues, "Leases a car and declares it as leased.")


def car_registered_late(stage: Stage) -> Told:
    """A car bought in the last days of December was registered in January."""
    person, year = stage.take(), int(stage.chance.integers(2022, LAST))
    worth = min(stage.units(year, 300, 800), stage.chunk.held_at(person, year - 1) // 2)
    if worth <= 0:
        raise NobodyLeftError
    bought = day(year, 12, 28)
    place = stage.vehicle(person, bought, worth, in_register=0, declared_to=year)
    facts = {name: int(values[place]) for name, values in stage.chunk.vehicles.columns.items()}
    registered = {"in_register": 1, "declared_from": year + 1, "declared_to": NEVER, "valid_from": day(year + 1, 1, 9)}
    stage.chunk.vehicles.add(**(facts | registered))
    stage.spend(person, year, worth)
    clues = stage.of_thing(VEHICLE_PARKED_RULE, person, stage.chunk.vehicle_number(place), since(year))
    return Told(clues, f"Bought a car in the last days of {year}; it was registered in January.")


STORIES = (
    Story("spouse not named", Kind.SCHEME, 3, wife_not_named),
    Story("child not named", Kind.SCHEME, 2, child_not_named),
    Story("marriage by rite", Kind.SCHEME, 1, marriage_by_rite, hidden=True),
    Story("child of age", Kind.NEAR_MISS, 2, grown_child),
    Story("divorced abroad", Kind.LOOK_ALIKE, 1, wife_divorced_abroad),
    Story("parked car", Kind.SCHEME, 3, car_that_is_not),
    Story("car leased", Kind.NEAR_MISS, 2, car_leased),
    Story("car registered late", Kind.LOOK_ALIKE, 1, car_registered_late),
)
