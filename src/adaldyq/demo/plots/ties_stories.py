"""Stories of people and cash: loans, gifts, divorces on paper, copied sums, hoards and wrong conversions."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from adaldyq.demo.belongings import MONEY_GIFT, THING_GIFT, USD
from adaldyq.demo.columns import NONE, Bools, day
from adaldyq.demo.holdings import CENTS, GARAGE, INHERITANCE, ROUND
from adaldyq.demo.lists import POSTS, YEARS
from adaldyq.demo.money import FIRST, LAST, MORTGAGE, PRIVATE_LOAN, SALE
from adaldyq.demo.plots.stage import Stage, Story, Told, since
from adaldyq.demo.truth import Clue, Kind
from adaldyq.demo.work import EMPLOYEE, OFFICIAL, OWNER

LOAN_RULE, GIFT_RULE, DIVORCE_RULE = "private-loan", "gift-above-limit", "divorced-same-household"
COPIED_RULE, CASH_RULE, CONVERSION_RULE = "identical-values", "cash-above-peers", "stated-conversion"
LARGE_CASH_RULE = "large-cash"
POWERFUL = np.array([bool({"l", "i", "p"} & set(post.powers)) for post in POSTS])


def with_power(stage: Stage) -> Bools:
    """Officials who license, inspect or buy."""
    powerful: Bools = stage.official & POWERFUL[stage.chunk.people["kind_of_post"]]
    return powerful


def lent_by(stage: Stage, person: int, year: int, amount: int, **lender: int) -> None:
    """Let somebody lend a person money that then lies on an account."""
    stage.loan(person, stage.date(year), since(year), amount, kind=PRIVATE_LOAN, **lender)
    stage.account(person, since(year), amount)


def loan_of_company(stage: Stage) -> Told:
    """A company over which the official has power lends much, and is never paid back."""
    person, year = stage.take(mask=with_power(stage)), stage.year(2022)
    company = stage.company(person)
    lent_by(stage, person, year, stage.units(year, 6000, 20_000), company=company)
    thing = stage.chunk.id_of("company", company) + ":{year}"
    return Told(
        stage.of_years(LOAN_RULE, person, since(year), thing),
        f"Owes a company much since {year} and pays nothing back.",
    )


def loan_never_written(stage: Stage) -> Told:
    """The same without a paper, and in no declaration."""
    person = stage.take(mask=with_power(stage))
    return Told([Clue(LOAN_RULE, person, "")], "Owes a company money that stands on no paper.")


def loan_of_friend(stage: Stage) -> Told:
    """A friend lent a few hundred thousand tenge."""
    person, year = stage.take(), stage.year(2022)
    friend = stage.outsider()
    lent_by(stage, person, year, stage.units(year, 30, 90), other_person=friend)
    thing = stage.chunk.id_of("person", friend) + ":{year}"
    return Told(stage.of_years(LOAN_RULE, person, since(year), thing), "Owes a friend a small sum.")


def loan_of_father(stage: Stage) -> Told:
    """The father lent what he got for his house."""
    person, year = stage.take(mask=stage.with_relative()), stage.year(2022)
    father = stage.relative(person)
    lent_by(stage, person, year, stage.units(year, 3000, 6000), other_person=father)
    thing = stage.chunk.id_of("person", father) + ":{year}"
    return Told(stage.of_years(LOAN_RULE, person, since(year), thing), "Owes the father what he got for his house.")


def gift_clues(stage: Stage, person: int, year: int, giver: str) -> list[Clue]:
    """A giver whom all who declare the household may be asked about."""
    return stage.of_years(GIFT_RULE, person, [year], "{year}:" + giver)


def gift_of_company(stage: Stage) -> Told:
    """A company gives a watch or a journey worth years of pay."""
    person, year = stage.take(), stage.year()
    company = stage.company(person)
    stage.gift(person, year, stage.units(year, 1500, 6000), company=company, kind=THING_GIFT)
    return Told(
        gift_clues(stage, person, year, stage.chunk.id_of("company", company)),
        f"Took a costly gift from a company in {year}.",
    )


def gift_unsaid(stage: Stage) -> Told:
    """The same, and in no declaration."""
    person = stage.take()
    return Told([Clue(GIFT_RULE, person, "")], "Took a costly gift that no declaration names.")


def gift_small(stage: Stage) -> Told:
    """A friend gives something for a birthday, just under the limit of the law."""
    person, year = stage.take(), stage.year()
    friend = stage.outsider()
    stage.gift(person, year, int(stage.chunk.index[year - FIRST] * 8) * CENTS, giver=friend, kind=THING_GIFT)
    return Told(
        gift_clues(stage, person, year, stage.chunk.id_of("person", friend)),
        "Took a birthday present worth eight index units.",
    )


def gift_of_father(stage: Stage) -> Told:
    """The father gives money towards a home."""
    person, year = stage.take(mask=stage.with_relative()), stage.year()
    father, value = stage.relative(person), stage.units(year, 1500, 3500)
    stage.gift(person, year, value, giver=father, kind=MONEY_GIFT)
    stage.account(person, since(year), value)
    return Told(
        gift_clues(stage, person, year, stage.chunk.id_of("person", father)),
        f"Got money towards a home from the father in {year}.",
    )


def may_part(stage: Stage) -> Bools:
    """Married people whose spouse would not have to declare without them."""
    people = stage.chunk.people
    job = people["job"][people["spouse"]]
    return stage.married() & ~np.isin(job, (OFFICIAL, EMPLOYEE, OWNER))


def part(stage: Stage, *, moves: bool) -> tuple[int, int, int]:
    """Let a couple divorce in 2021 or 2022; returns person, former spouse, and year."""
    chunk, person = stage.chunk, stage.take(2021, may_part(stage))
    other, year = int(chunk.people["spouse"][person]), int(stage.chance.integers(2021, 2023))
    when = stage.date(year)
    for one, former in ((person, other), (other, person)):
        chunk.people["parted"][one] = when
        ties = chunk.ties
        ties["valid_to"][(ties["person"] == one) & (ties["relative"] == former) & (ties["kind"] == 0)] = when
    if moves:
        rows = chunk.residences
        last = (rows["person"] == other) & (rows["valid_to"] == NONE)
        rows["valid_to"][last] = when + 20
        rows.add(
            person=other,
            dwelling=other if other != rows["dwelling"][last][0] else person,
            valid_from=when + 21,
            valid_to=NONE,
        )
    return person, other, year


def divorce_clue(stage: Stage, person: int, other: int) -> list[Clue]:
    """The former spouse whom the declarant may be asked about."""
    return [Clue(DIVORCE_RULE, person, stage.chunk.id_of("person", other))]


def divorced_on_paper(stage: Stage) -> Told:
    """A couple divorces, goes on living together, and the other one grows rich."""
    person, other, year = part(stage, moves=False)
    stage.land(other, stage.date(year + 2), stage.units(year + 2, 6000, 20_000))
    stage.vehicle(other, stage.date(year + 1), stage.units(year + 1, 3000, 9000))
    return Told(
        divorce_clue(stage, person, other), f"Divorced in {year} on paper; the other one buys, and they live together."
    )


def divorced_in_two_homes(stage: Stage) -> Told:
    """The same, but the other one is registered elsewhere."""
    person, other, year = part(stage, moves=True)
    stage.land(other, stage.date(year + 2), stage.units(year + 2, 6000, 20_000))
    return Told(
        divorce_clue(stage, person, other), f"Divorced in {year} on paper; only the register says that they live apart."
    )


def divorced_and_small(stage: Stage) -> Told:
    """A divorced couple still shares the home; the other one buys a garage."""
    person, other, year = part(stage, moves=False)
    stage.land(other, stage.date(year + 2), 45 * ROUND, kind=GARAGE, flat=0)
    return Told(
        divorce_clue(stage, person, other), "Divorced, still registered in one home; the other one bought a garage."
    )


def divorced_and_moved(stage: Stage) -> Told:
    """A divorced couple lives apart; the other one buys a home with a mortgage."""
    person, other, year = part(stage, moves=True)
    worth, when = stage.units(year + 2, 2500, 5000), stage.date(year + 2)
    stage.land(other, when, worth)
    stage.loan(other, when, since(year + 2), worth, kind=MORTGAGE)
    return Told(
        divorce_clue(stage, person, other), "Divorced and moved out; the other one bought a home with a mortgage."
    )


def divorced_and_inherited(stage: Stage) -> Told:
    """A divorced couple cannot sell the home yet; the other one inherits."""
    person, other, year = part(stage, moves=False)
    stage.land(other, stage.date(year + 2), stage.units(year + 2, 3000, 6000), basis=INHERITANCE, price=NONE)
    return Told(divorce_clue(stage, person, other), "Divorced, the home not yet sold; the other one inherited.")


def hold_same(stage: Stage, person: int, years: range, amount: int) -> None:
    """Let a person hold the same cash at the end of some years, and the household no other cash or valuables."""
    chunk = stage.chunk
    household = [person, int(chunk.people["spouse"][person])]
    stage.no_cash(*household)
    chunk.valuables = chunk.valuables.where(~np.isin(chunk.valuables["person"], household))
    for year in YEARS:
        stage.cash(person, year, amount if year in years else amount + (year - FIRST + 1) * 17_000 * CENTS)


def copied_clues(stage: Stage, person: int) -> list[Clue]:
    """The first year of each who declares the copied sum."""
    clues = []
    for one in sorted({found for year in YEARS for found in stage.declarants(person, year)}):
        first = next(year for year in YEARS if one in stage.declarants(person, year))
        clues.append(Clue(COPIED_RULE, one, str(first)))
    return clues


def sums_copied(stage: Stage) -> Told:
    """The same round sum of cash is declared year after year."""
    person = stage.take()
    hold_same(stage, person, since(FIRST), int(stage.chance.integers(2, 9)) * 50 * ROUND)
    return Told(copied_clues(stage, person), "Declares the same round sum of cash every year.")


def sums_copied_with_care(stage: Stage) -> Told:
    """The copied sum is changed by a little each year."""
    person = stage.take()
    hold_same(stage, person, range(0), int(stage.chance.integers(2, 9)) * 50 * ROUND)
    return Told([Clue(COPIED_RULE, person, "")], "Copies the sum of cash and changes it by a little each year.")


def sums_equal_twice(stage: Stage) -> Told:
    """The sum is equal in two years only."""
    person = stage.take()
    hold_same(stage, person, range(2022, 2024), 120 * ROUND)
    return Told([Clue(COPIED_RULE, person, "")], "Declared the same cash in two years, and another sum in the third.")


def sum_untouched(stage: Stage) -> Told:
    """A sum for the children's studies lies untouched in a safe."""
    person = stage.take()
    hold_same(stage, person, since(FIRST), int(stage.chance.integers(20, 60)) * 3 * ROUND)
    return Told(copied_clues(stage, person), "Keeps a sum for the children's studies untouched.")


def asked_of_cash(stage: Stage, person: int, years: Iterable[int]) -> list[Clue]:
    """What may be asked of who keeps much cash: each year beside colleagues, and once for the sum itself."""
    listed = list(years)
    once = [
        Clue(LARGE_CASH_RULE, one, "") for one in sorted({one for y in listed for one in stage.declarants(person, y)})
    ]
    return [*stage.of_years(CASH_RULE, person, listed), *once]


def hoard_declared(stage: Stage) -> Told:
    """An official declares a hoard of cash that colleagues have nothing like, to spend it later."""
    person = stage.take(mask=stage.official)
    stage.no_cash(person)
    amount = stage.units(FIRST, 14_000, 35_000)
    for year in YEARS:
        stage.cash(person, year, amount + (year - FIRST) * 370_000 * CENTS)
    return Told(asked_of_cash(stage, person, YEARS), "Declares a hoard of cash to explain later wealth.")


def hoard_in_the_wall(stage: Stage) -> Told:
    """The hoard is in no declaration."""
    person = stage.take(mask=stage.official)
    return Told(
        [Clue(rule, person, "") for rule in (CASH_RULE, LARGE_CASH_RULE)], "Keeps a hoard that no declaration names."
    )


def purse_full(stage: Stage) -> Told:
    """More cash than colleagues have, and still little."""
    person = stage.take(mask=stage.official)
    stage.no_cash(person)
    for year in YEARS:
        stage.cash(person, year, (1_350_000 + 31_000 * (year - FIRST)) * CENTS)
    return Told(asked_of_cash(stage, person, YEARS), "Keeps a little more cash than colleagues.")


def price_in_cash(stage: Stage) -> Told:
    """A home was sold for cash a week before the year's end."""
    person, year = stage.take(mask=stage.official), stage.year()
    place = stage.owned_land(person)
    price = int(stage.chunk.land["market"][place])
    stage.pass_on(place, stage.outsider(), day(year, 12, 22), price)
    stage.income(person, year, price, kind=SALE, tax=0)
    stage.cash(person, year, price)
    if year < LAST:
        stage.account(person, since(year + 1), price)
    return Told(asked_of_cash(stage, person, [year]), f"Held the price of a home in cash at the end of {year}.")


def dollars(stage: Stage, stated: int) -> tuple[int, int]:
    """Let somebody hold dollars in cash in one year and state their worth wrongly; returns person and year."""
    person, year = stage.take(), stage.year(2022)
    amount = int(stage.chance.integers(8, 60)) * 100 * CENTS
    stage.cash(person, year, amount, currency=USD, stated=stated)
    return person, year


def converted_tenfold(stage: Stage) -> Told:
    """A decimal point slipped when dollars were converted."""
    person, year = dollars(stage, int(stage.chance.choice((10, 1000))))
    clues = [Clue(CONVERSION_RULE, one, "") for one in stage.declarants(person, year)]
    return Told(clues, f"A decimal point slipped when dollars were converted in {year}.")


def converted_roughly(stage: Stage) -> Told:
    """Dollars were converted at the rate of another day."""
    person, year = dollars(stage, int(stage.chance.choice((91, 109))))
    clues = [Clue(CONVERSION_RULE, one, "") for one in stage.declarants(person, year)]
    return Told(clues, "Converted dollars at the rate of another day.")


STORIES = (
    Story("loan of a company", Kind.SCHEME, 5, loan_of_company),
    Story("loan without paper", Kind.SCHEME, 1, loan_never_written, hidden=True),
    Story("loan of a friend", Kind.NEAR_MISS, 2, loan_of_friend),
    Story("loan of the father", Kind.LOOK_ALIKE, 1, loan_of_father),
    Story("gift of a company", Kind.SCHEME, 4, gift_of_company),
    Story("gift unsaid", Kind.SCHEME, 1, gift_unsaid, hidden=True),
    Story("small gift", Kind.NEAR_MISS, 2, gift_small),
    Story("gift of the father", Kind.LOOK_ALIKE, 1, gift_of_father),
    Story("divorced on paper", Kind.SCHEME, 4, divorced_on_paper),
    Story("divorced in two homes", Kind.SCHEME, 1, divorced_in_two_homes, hidden=True),
    Story("divorced, garage bought", Kind.NEAR_MISS, 2, divorced_and_small),
    Story("divorced and moved", Kind.LOOK_ALIKE, 2, divorced_and_moved),
    Story("divorced and inherited", Kind.LOOK_ALIKE, 1, divorced_and_inherited),
    Story("sums copied", Kind.SCHEME, 4, sums_copied),
    Story("sums copied with care", Kind.SCHEME, 1, sums_copied_with_care, hidden=True),
    Story("sums equal twice", Kind.NEAR_MISS, 2, sums_equal_twice),
    Story("sum untouched", Kind.LOOK_ALIKE, 1, sum_untouched),
    Story("hoard declared", Kind.SCHEME, 4, hoard_declared),
    Story("hoard in the wall", Kind.SCHEME, 1, hoard_in_the_wall, hidden=True),
    Story("full purse", Kind.NEAR_MISS, 2, purse_full),
    Story("price in cash", Kind.LOOK_ALIKE, 1, price_in_cash),
    Story("conversion slipped", Kind.SCHEME, 3, converted_tenfold),
    Story("conversion rough", Kind.NEAR_MISS, 2, converted_roughly),
)
