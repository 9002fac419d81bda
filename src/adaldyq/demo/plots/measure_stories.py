"""Stories of sums out of measure: money, gifts, expenses and debts far above income, purchases without a price."""

from __future__ import annotations

from adaldyq.demo.belongings import MONEY_GIFT
from adaldyq.demo.columns import NONE, day
from adaldyq.demo.holdings import GIFT
from adaldyq.demo.lists import YEARS
from adaldyq.demo.money import BANK_LOAN, FIRST
from adaldyq.demo.plots.money_stories import GROWTH_RULE, earned
from adaldyq.demo.plots.property_stories import PRICE_RULE
from adaldyq.demo.plots.stage import Stage, Story, Told, since
from adaldyq.demo.plots.ties_stories import GIFT_RULE
from adaldyq.demo.truth import Clue, Kind

MONEY_RULE, GIFTS_RULE = "money-above-income", "gifts-above-income"
EXPENSES_RULE, DEBTS_RULE = "expenses-above-means", "debts-above-means"


def both(stage: Stage, person: int) -> list[int]:
    """A person and the spouse, if there is one."""
    spouse = int(stage.chunk.people["spouse"][person])
    return [person] if spouse < 0 else [person, spouse]


def pay(stage: Stage, person: int, year: int) -> int:
    """What a couple earned in a year, in cents."""
    return sum(earned(stage, one, year) for one in both(stage, person))


def at_hand(stage: Stage, person: int, year: int) -> int:
    """What a couple earned in a year and has when it ends, in cents."""
    return pay(stage, person, year) + sum(stage.chunk.held_at(one, year) for one in both(stage, person))


def fortune(stage: Stage, times: float) -> int:
    """Let an official have money worth so many times the largest year's pay all along; returns the person."""
    person = stage.take(mask=stage.official)
    amount = int(max(pay(stage, person, year) for year in YEARS) * times)
    stage.account(person, YEARS, amount)
    stage.chunk.balances["balance"][-len(YEARS) :] = amount
    return person


def fortune_before_the_first(stage: Stage) -> Told:
    """A fortune is there in the first declaration, and no pay could have made it."""
    person = fortune(stage, stage.chance.uniform(13, 25))
    return Told(stage.of_years(MONEY_RULE, person, YEARS), "Had a fortune when the first declaration was due.")


def fortune_small(stage: Stage) -> Told:
    """Savings of half a working life."""
    person = fortune(stage, 4)
    return Told(stage.of_years(MONEY_RULE, person, YEARS), "Saved the pay of four years before the first declaration.")


def business_sold_before(stage: Stage) -> Told:
    """A business was sold before the first declaration."""
    person = fortune(stage, 14)
    return Told(stage.of_years(MONEY_RULE, person, YEARS), "Sold a business before the first declaration was due.")


def gifts_of_friends(stage: Stage) -> Told:
    """Friends give money worth years of pay, in two parts."""
    person, year = stage.take(), stage.year()
    value = pay(stage, person, year) * 5 + stage.units(year, 2000, 4000)
    clues = stage.of_years(GIFTS_RULE, person, [year])
    for _ in range(2):
        friend = stage.outsider()
        stage.gift(person, year, value // 2, giver=friend, kind=MONEY_GIFT)
        clues += stage.of_years(GIFT_RULE, person, [year], "{year}:" + stage.chunk.id_of("person", friend))
    stage.account(person, since(year), value)
    return Told(clues, f"Declares money from friends in {year} worth years of pay.")


def gift_of_father_for_home(stage: Stage, times: float) -> tuple[int, int]:
    """Let the father give money worth so many years of pay; returns person and year."""
    person, year = stage.take(mask=stage.with_relative()), stage.year()
    value = int(pay(stage, person, year) * times) + stage.units(year, 10, 20)
    stage.gift(person, year, value, giver=stage.relative(person), kind=MONEY_GIFT)
    stage.account(person, since(year), value)
    return person, year


def gift_below_three_quarters(stage: Stage) -> Told:
    """A gift of the father is two thirds of all that came in."""
    person, year = gift_of_father_for_home(stage, 1.9)
    return Told(stage.of_years(GIFTS_RULE, person, [year]), f"Got from the father twice the pay of {year}.")


def house_of_father_sold(stage: Stage) -> Told:
    """The father sold his house and gave the money."""
    person, year = gift_of_father_for_home(stage, 5)
    return Told(stage.of_years(GIFTS_RULE, person, [year]), f"Got what the father sold his house for in {year}.")


def gifts_in_cash(stage: Stage) -> Told:
    """The gifts are in no declaration."""
    return Told([Clue(GIFTS_RULE, stage.take(), "")], "Lives on gifts that no declaration names.")


def spent(stage: Stage, times: float) -> tuple[int, int]:
    """Let somebody spend so many times what the couple has; returns person and year."""
    person, year = stage.take(), stage.year()
    amount = int(at_hand(stage, person, year) * times) + (stage.units(year, 1000, 2000) if times > 1 else 0)
    stage.chunk.expenses.add(person=person, year=year, kind=int(stage.chance.integers(0, 3)), amount=amount)
    return person, year


def asked_of_spending(stage: Stage, person: int, year: int) -> list[Clue]:
    """What may be asked of who spent much: of the expenses, and of the wealth that did not shrink by them."""
    return [*stage.of_years(EXPENSES_RULE, person, [year]), *stage.of_years(GROWTH_RULE, person, [year])]


def lived_far_above(stage: Stage) -> Told:
    """Journeys and schools cost several times all that there is."""
    person, year = spent(stage, stage.chance.uniform(4, 8))
    return Told(asked_of_spending(stage, person, year), f"Spent several times income and savings in {year}.")


def lived_above(stage: Stage) -> Told:
    """A wedding took the savings of years."""
    person, year = spent(stage, 0.9)
    return Told(asked_of_spending(stage, person, year), f"Spent on a wedding in {year} as much as there was.")


def treatment_paid_by_others(stage: Stage) -> Told:
    """A treatment abroad was paid by a fund and stands among the expenses."""
    person, year = spent(stage, 4)
    return Told(asked_of_spending(stage, person, year), f"A fund paid for a treatment that was declared in {year}.")


def borrowed(stage: Stage, times: float) -> tuple[int, int]:
    """Let somebody borrow so many times what the couple has, and spend it; returns person and year."""
    person, year = stage.take(), stage.year()
    amount = int(at_hand(stage, person, year) * times) + (stage.units(year, 1000, 2000) if times > 1 else 0)
    stage.loan(person, stage.date(year), since(year), amount, kind=BANK_LOAN)
    return person, year


def borrowed_far_above(stage: Stage) -> Told:
    """A debt of many years of pay, and nothing bought with it."""
    person, year = borrowed(stage, stage.chance.uniform(3, 6))
    return Told(stage.of_years(DEBTS_RULE, person, since(year)), f"Owes many years of pay since {year}.")


def borrowed_a_year(stage: Stage) -> Told:
    """A loan as large as a year's pay and the savings."""
    person, year = borrowed(stage, 0.9)
    return Told(stage.of_years(DEBTS_RULE, person, [year]), f"Borrowed in {year} as much as there was.")


def borrowed_for_a_business(stage: Stage) -> Told:
    """A relative's business was saved with a loan in the declarant's name."""
    person, year = borrowed(stage, 3)
    return Told(stage.of_years(DEBTS_RULE, person, since(year)), f"Took a loan in {year} to save a brother's business.")


def bought_without_price(stage: Stage) -> Told:
    """A home is bought and declared without what it cost."""
    person, year = stage.take(), stage.year()
    worth = at_hand(stage, person, year) + stage.units(year, 4000, 9000)
    place = stage.land(person, stage.date(year), worth, price=NONE, market=worth)
    clues = stage.of_thing(PRICE_RULE, person, stage.chunk.land_number(place), [year])
    return Told(clues + stage.of_years(GROWTH_RULE, person, [year]), f"Bought a home in {year} and states no price.")


def given_by_father(stage: Stage) -> Told:
    """The father gave a home by deed, which the register says."""
    person, year = stage.take(mask=stage.with_relative()), stage.year()
    worth = stage.units(year, 2500, 4000)
    place = stage.land(person, stage.date(year), worth, price=NONE, market=worth, basis=GIFT)
    stage.gift(person, year, worth, giver=stage.relative(person), kind=3)
    clues = stage.of_thing(PRICE_RULE, person, stage.chunk.land_number(place), [year])
    return Told(clues, f"Got a home from the father in {year}; the register says gift.")


def plot_exchanged(stage: Stage) -> Told:
    """A plot was exchanged for another of the same worth, so that there is no price."""
    person, year = stage.take(), stage.year()
    worth = stage.units(FIRST, 300, 500)
    old = stage.land(person, day(2016, 3, 3), worth)
    stage.chunk.land["valid_to"][old] = day(year, 5, 1)
    place = stage.land(person, day(year, 5, 2), worth, price=NONE, market=worth)
    clues = stage.of_thing(PRICE_RULE, person, stage.chunk.land_number(place), [year])
    clues.append(Clue("vanished-without-sale", person, stage.chunk.land_number(old)))
    return Told(clues, f"Exchanged one plot for another in {year}.")


STORIES = (
    Story("fortune before the first declaration", Kind.SCHEME, 3, fortune_before_the_first),
    Story("savings of four years", Kind.NEAR_MISS, 2, fortune_small),
    Story("business sold before", Kind.LOOK_ALIKE, 1, business_sold_before),
    Story("gifts of friends", Kind.SCHEME, 3, gifts_of_friends),
    Story("gifts in cash", Kind.SCHEME, 1, gifts_in_cash, hidden=True),
    Story("gift below three quarters", Kind.NEAR_MISS, 2, gift_below_three_quarters),
    Story("house of the father sold", Kind.LOOK_ALIKE, 1, house_of_father_sold),
    Story("lived far above", Kind.SCHEME, 3, lived_far_above),
    Story("wedding paid", Kind.NEAR_MISS, 2, lived_above),
    Story("treatment paid by others", Kind.LOOK_ALIKE, 1, treatment_paid_by_others),
    Story("borrowed far above", Kind.SCHEME, 3, borrowed_far_above),
    Story("borrowed a year's pay", Kind.NEAR_MISS, 2, borrowed_a_year),
    Story("borrowed for a business", Kind.LOOK_ALIKE, 1, borrowed_for_a_business),
    Story("bought without a price", Kind.SCHEME, 3, bought_without_price),
    Story("home given by the father", Kind.NEAR_MISS, 2, given_by_father),
    Story("plot exchanged", Kind.LOOK_ALIKE, 1, plot_exchanged),
)
