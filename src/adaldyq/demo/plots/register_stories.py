"""Stories that only a second register tells: family unnamed, things that no register knows."""

from __future__ import annotations

import numpy as np

from adaldyq.demo.belongings import adult_on
from adaldyq.demo.columns import NONE, day
from adaldyq.demo.holdings import LEASE, NEVER
from adaldyq.demo.lists import YEARS
from adaldyq.demo.money import FIRST, LAST
from adaldyq.demo.plots.money_stories import account_clues
from adaldyq.demo.plots.stage import NobodyLeftError, Stage, Story, Told, since
from adaldyq.demo.truth import Clue, Kind
from adaldyq.demo.work import BY_NAME, DECLARED, DIRECT

FAMILY_RULE, SPOUSE_RULE, PAYER_RULE = "family-not-declared", "spouse-part-empty", "payer-not-in-register"
VEHICLE_PARKED_RULE, ACCOUNT_PARKED_RULE = "vehicle-not-in-register", "account-not-in-register"
SHARE_PARKED_RULE = "company-interest-not-in-register"
WELL_PAID = 350_000
"""A month's pay in tenge from which a year's is above the sums that are not asked about."""


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


def account_of_nobody(stage: Stage, low: int, high: int) -> list[Clue]:
    """Let somebody declare an account that no bank reports; returns what it gives to rules."""
    person = stage.take()
    number = stage.account(person, YEARS, stage.units(FIRST, low, high), in_register=0)
    return account_clues(stage, (ACCOUNT_PARKED_RULE,), person, number, since(FIRST))


def account_that_is_not(stage: Stage) -> Told:
    """Money is declared on an account that is not there, to explain wealth that is still to come."""
    return Told(account_of_nobody(stage, 2000, 9000), "Declares money on an account that no bank reports.")


def account_small(stage: Stage) -> Told:
    """A small bank forgets to report an account with little on it."""
    return Told(account_of_nobody(stage, 100, 300), "Keeps a little on an account that the bank forgot to report.")


def account_unreported(stage: Stage) -> Told:
    """A bank did not report in time."""
    return Told(account_of_nobody(stage, 2000, 4000), "Keeps money in a bank that did not report in time.")


def share_of_nobody(stage: Stage, declared: int = DECLARED, abroad: int = 0) -> list[Clue]:
    """Let somebody declare a share that the register has not; returns what it gives to rules."""
    person = stage.take()
    owners, company = stage.chunk.owners, stage.company(person)
    facts = {name: int(values[0]) for name, values in owners.columns.items()}
    owners.add(
        **(facts | {"person": person, "company": company, "owner_company": -1, "share": 4000, "declared": declared})
        | {"kind": DIRECT, "valid_from": day(2018, 8, 8), "valid_to": NONE, "in_register": 0, "abroad": abroad}
    )
    return stage.of_thing(SHARE_PARKED_RULE, person, stage.chunk.id_of("company", company), YEARS)


def share_that_is_not(stage: Stage) -> Told:
    """A share is declared whose dividends shall explain money of another origin."""
    return Told(share_of_nobody(stage), "Declares a share in a company that it never sold.")


def share_by_name(stage: Stage) -> Told:
    """A share stands with the company's name alone, by which the register knows the company."""
    return Told(share_of_nobody(stage, BY_NAME), "Declares a share by the company's name alone.")


def share_abroad(stage: Stage) -> Told:
    """A share is in a company abroad, where the register does not reach."""
    return Told(share_of_nobody(stage, abroad=1), "Declares a share in a company abroad.")


def share_of_broker(stage: Stage) -> Told:
    """The shares stand in the name of a broker."""
    return Told(share_of_nobody(stage), "Owns shares that stand in the name of a broker.")


def paid_by(stage: Stage, closed: int, amount: int, year: int, person: int) -> list[Clue]:
    """Let a company that closed on a day pay a person; returns what it gives to rules."""
    if not len(stage.chunk.companies):
        raise NobodyLeftError
    facts = {name: int(values[0]) for name, values in stage.chunk.companies.columns.items()}
    company = stage.chunk.companies.add(**(facts | {"registered": day(2009, 4, 1), "closed": closed}))
    stage.income(person, year, amount, company=company, in_register=0)
    return stage.of_years(PAYER_RULE, person, [year], "{year}:" + stage.chunk.id_of("company", company))


def paid_by_dead_company(stage: Stage) -> Told:
    """Fees come from a company that had closed two years before."""
    person, year = stage.take(), stage.year()
    clues = paid_by(stage, day(year - 2, 5, 5), stage.units(year, 2000, 6000), year, person)
    return Told(clues, f"Declares fees of {year} from a company that had closed two years before.")


def paid_as_it_closed(stage: Stage) -> Told:
    """A company pays its last debts and closes within the year."""
    person, year = stage.take(), stage.year()
    clues = paid_by(stage, day(year, 5, 5), stage.units(year, 2000, 6000), year, person)
    return Told(clues, f"Was paid in {year} by a company that closed in that year.")


def paid_by_liquidator(stage: Stage) -> Told:
    """A liquidator paid what the company owed, a year after it was struck off."""
    person, year = stage.take(), stage.year()
    clues = paid_by(stage, day(year - 1, 12, 20), stage.units(year, 2000, 4000), year, person)
    return Told(clues, f"Was paid in {year} what a company owed that was struck off the year before.")


def with_bare_spouse(stage: Stage, *, paid: bool) -> tuple[int, int]:
    """Somebody whose spouse owns nothing that a register holds, and is paid or not; returns both."""
    chunk, people = stage.chunk, stage.chunk.people
    everybody = np.arange(len(people))
    owns = np.isin(everybody, np.r_[chunk.land["person"], chunk.vehicles["person"], chunk.owners["person"]])
    earner = np.isin(everybody, chunk.books.incomes["person"]) & (chunk.monthly > WELL_PAID)
    fits = ~owns & (earner if paid else ~np.isin(everybody, chunk.books.incomes["person"]))
    person = stage.take(mask=stage.married() & fits[people["spouse"]])
    spouse = int(people["spouse"][person])
    chunk.withheld[spouse] = True
    chunk.balances = chunk.balances.where(chunk.balances["person"] != spouse)
    stage.no_cash(spouse)
    return person, spouse


def spouse_kept_out(stage: Stage) -> Told:
    """Nothing that the spouse earns is declared."""
    person, spouse = with_bare_spouse(stage, paid=True)
    return Told(spouse_clue(stage, person, spouse), "Declares nothing that the spouse earns.")


def spouse_without_income(stage: Stage) -> Told:
    """The spouse earns nothing and owns nothing."""
    person, spouse = with_bare_spouse(stage, paid=False)
    return Told(spouse_clue(stage, person, spouse), "Has a spouse who earns and owns nothing.")


def spouse_refused(stage: Stage) -> Told:
    """The couple lives apart, and the spouse would not say."""
    person, spouse = with_bare_spouse(stage, paid=True)
    return Told(spouse_clue(stage, person, spouse), "Lives apart from a spouse who gives no information.")


def spouse_clue(stage: Stage, person: int, spouse: int) -> list[Clue]:
    """A spouse about whom somebody may be asked."""
    return [Clue(SPOUSE_RULE, person, stage.chunk.id_of("person", spouse))]


STORIES = (
    Story("spouse not named", Kind.SCHEME, 3, wife_not_named),
    Story("child not named", Kind.SCHEME, 2, child_not_named),
    Story("marriage by rite", Kind.SCHEME, 1, marriage_by_rite, hidden=True),
    Story("child of age", Kind.NEAR_MISS, 2, grown_child),
    Story("divorced abroad", Kind.LOOK_ALIKE, 1, wife_divorced_abroad),
    Story("parked car", Kind.SCHEME, 3, car_that_is_not),
    Story("car leased", Kind.NEAR_MISS, 2, car_leased),
    Story("car registered late", Kind.LOOK_ALIKE, 1, car_registered_late),
    Story("account of no bank", Kind.SCHEME, 3, account_that_is_not),
    Story("small account unreported", Kind.NEAR_MISS, 2, account_small),
    Story("account unreported", Kind.LOOK_ALIKE, 1, account_unreported),
    Story("share of no company", Kind.SCHEME, 2, share_that_is_not),
    Story("share by name alone", Kind.SCHEME, 1, share_by_name),
    Story("share abroad", Kind.NEAR_MISS, 2, share_abroad),
    Story("shares at a broker", Kind.LOOK_ALIKE, 1, share_of_broker),
    Story("paid by a closed company", Kind.SCHEME, 3, paid_by_dead_company),
    Story("paid as it closed", Kind.NEAR_MISS, 2, paid_as_it_closed),
    Story("paid by a liquidator", Kind.LOOK_ALIKE, 1, paid_by_liquidator),
    Story("spouse kept out", Kind.SCHEME, 3, spouse_kept_out),
    Story("spouse without income", Kind.NEAR_MISS, 1, spouse_without_income),
    Story("spouse refused", Kind.LOOK_ALIKE, 1, spouse_refused),
)
