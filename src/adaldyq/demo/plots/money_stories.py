"""Stories of money: accounts, income, companies, purchases and wealth that nothing explains."""

from __future__ import annotations

import numpy as np

from adaldyq.demo.belongings import USD
from adaldyq.demo.columns import NONE, day
from adaldyq.demo.holdings import CENTS
from adaldyq.demo.lists import FOREIGN_BANKS
from adaldyq.demo.money import FIRST, MORTGAGE, SALARY, SALE
from adaldyq.demo.plots.stage import NobodyLeftError, Stage, Story, Told, since
from adaldyq.demo.truth import Clue, Kind
from adaldyq.demo.work import BENEFICIAL, BY_NAME, DECLARED, DIRECT, HIDDEN

ACCOUNT_RULE, FOREIGN_RULE, INCOME_RULE = "undeclared-account", "foreign-account", "undeclared-income"
COMPANY_RULE, MEANS_RULE, GROWTH_RULE = (
    "undeclared-company-interest",
    "acquisitions-above-means",
    "wealth-growth-unexplained",
)
EMIRATES, EURO_BANK, SWITZERLAND = range(len(FOREIGN_BANKS))
EUR, CHF = 2, 3
BOTH_RULES = (ACCOUNT_RULE, FOREIGN_RULE)


def account_clues(stage: Stage, rules: tuple[str, ...], person: int, number: str, years: range) -> list[Clue]:
    """An account that all who declare the household may be asked about each year."""
    return [clue for rule in rules for clue in stage.of_years(rule, person, years, "{year}:" + number)]


def account_left_out(stage: Stage) -> Told:
    """An account full of money is in no declaration."""
    person, year = stage.take(), stage.year(2022)
    number = stage.account(person, since(year), stage.units(year, 2000, 9000), declared=0)
    return Told(
        account_clues(stage, (ACCOUNT_RULE,), person, number, since(year)),
        "Keeps an account that no declaration names.",
    )


def account_made_small(stage: Stage) -> Told:
    """An account is declared at a fifth of what lies on it."""
    person, year = stage.take(), stage.year(2022)
    number = stage.account(person, since(year), stage.units(year, 3000, 9000), declared=20)
    return Told(
        account_clues(stage, (ACCOUNT_RULE,), person, number, since(year)),
        "Declares a fifth of what lies on an account.",
    )


def account_of_father(stage: Stage) -> Told:
    """The money lies on an account of the father, whom nobody asks."""
    person = stage.take(mask=stage.with_relative())
    stage.account(stage.relative(person), since(2022), stage.units(2022, 3000, 9000))
    return Told([Clue(ACCOUNT_RULE, person, "")], "Keeps money on an account of the father.")


def card_forgotten(stage: Stage) -> Told:
    """An old pay card with a few thousand tenge is forgotten."""
    person, year = stage.take(), stage.year(2022)
    number = stage.account(person, since(year), int(stage.chance.integers(4, 19)) * 1000 * CENTS, declared=0)
    return Told(
        account_clues(stage, (ACCOUNT_RULE,), person, number, since(year)),
        "Forgot an old card with a few thousand tenge.",
    )


def account_renumbered(stage: Stage) -> Told:
    """The bank merged and gave accounts new numbers; the old one is declared, with the right sum."""
    person, year = stage.take(), stage.year()
    old = stage.next_account + 500_000
    number = stage.account(person, since(year), stage.units(year, 600, 1500), declared_number=old)
    bonus = int(stage.chunk.balances["balance"][-1])
    stage.income(person, year, bonus * 3 // 2)
    clues = account_clues(stage, (ACCOUNT_RULE,), person, number, since(year))
    clues += [Clue("account-not-in-register", one, "") for one in stage.declarants(person, year)]
    return Told(clues, "Declared an account by the number it had before the bank merged.")


def account_abroad_left_out(stage: Stage) -> Told:
    """Money lies abroad, and no declaration says so."""
    person, year = stage.take(), stage.year(2022)
    bank = int(stage.chance.choice((EMIRATES, SWITZERLAND)))
    balance = int(stage.chance.integers(60, 400)) * 1000 * CENTS
    number = stage.account(
        person, since(year), balance, foreign=bank, currency=USD if bank == EMIRATES else CHF, declared=0
    )
    return Told(
        account_clues(stage, BOTH_RULES, person, number, since(year)), "Keeps money abroad that no declaration names."
    )


def account_far_abroad(stage: Stage) -> Told:
    """Money lies in a country that tells nobody."""
    person = stage.take()
    years, balance = since(2022), int(stage.chance.integers(60, 400)) * 1000 * CENTS
    stage.account(person, years, balance, foreign=EMIRATES, currency=USD, declared=0, in_register=0)
    return Told([Clue(FOREIGN_RULE, person, "")], "Keeps money in a country that exchanges no data.")


def travel_account(stage: Stage) -> Told:
    """A little money is left on an account abroad after a journey, and declared."""
    person, year = stage.take(), stage.year(2022)
    number = stage.account(
        person, since(year), int(stage.chance.integers(60, 190)) * CENTS, foreign=EURO_BANK, currency=EUR
    )
    return Told(
        account_clues(stage, (FOREIGN_RULE,), person, number, since(year)),
        "Declares an account abroad with a little money left from a journey.",
    )


def student_account(stage: Stage) -> Told:
    """Savings from years of work abroad are declared openly, every year."""
    person = stage.take()
    number = stage.account(
        person, since(FIRST), int(stage.chance.integers(25, 60)) * 1000 * CENTS, foreign=EURO_BANK, currency=EUR
    )
    return Told(
        account_clues(stage, (FOREIGN_RULE,), person, number, since(FIRST)),
        "Declares savings from years of work abroad.",
    )


def earned(stage: Stage, person: int, year: int) -> int:
    """What a person earned in a year, in cents."""
    rows = stage.chunk.books.incomes
    return int(rows["amount"][(rows["person"] == person) & (rows["year"] == year) & (rows["declared"] > 0)].sum())


def side_income_hidden(stage: Stage) -> Told:
    """A company pays a second salary that is not declared."""
    person, year = stage.take(), stage.year()
    amount = max(int(earned(stage, person, year) * stage.chance.uniform(0.4, 1.6)), stage.units(year, 700, 1500))
    stage.income(person, year, amount, kind=SALARY, company=stage.company(person), declared=0)
    return Told([Clue(INCOME_RULE, person, str(year))], f"Was paid by a company in {year} and did not declare it.")


def paid_in_cash(stage: Stage) -> Told:
    """The same in an envelope: no payer reports it."""
    person, year = stage.take(), stage.year()
    return Told([Clue(INCOME_RULE, person, str(year))], f"Was paid in cash in {year}; nobody reported it.")


def honorarium_forgotten(stage: Stage) -> Told:
    """An honorarium of a few percent of the year's income is forgotten."""
    person, year = stage.take(), stage.year()
    amount = int(earned(stage, person, year) * 0.06)
    if not amount:
        raise NobodyLeftError
    stage.income(person, year, amount, declared=0)
    return Told([Clue(INCOME_RULE, person, str(year))], f"Forgot an honorarium of six percent of the income of {year}.")


def reported_twice(stage: Stage) -> Told:
    """The payer sent the same year's pay twice to the tax service."""
    person, year = stage.take(mask=stage.chunk.people["body"] >= 0), stage.year()
    amount, body = earned(stage, person, year), int(stage.chunk.people["body"][person])
    stage.income(person, year, amount, kind=SALARY, body=body, declared=0)
    return Told([Clue(INCOME_RULE, person, str(year))], f"The payer reported the pay of {year} twice.")


def bonus_saved(stage: Stage) -> Told:
    """Nine tenths of a large, declared honorarium are saved: growth just within the income."""
    person, year = stage.take(), stage.year()
    amount = stage.units(year, 3000, 8000)
    stage.income(person, year, amount, tax=0)
    stage.account(person, since(year), amount * 9 // 10)
    return Told(stage.of_years(GROWTH_RULE, person, [year]), f"Saved nine tenths of a large honorarium of {year}.")


def own_share(stage: Stage, person: int, share: int, kind: int, since_day: int, until: int, declared: int) -> int:
    """Give a person a part of the head's share in a company; returns the company."""
    owners = stage.chunk.owners
    company = stage.company(person)
    head = int(stage.chunk.companies["head"][company])
    place = int(np.flatnonzero((owners["company"] == company) & (owners["person"] == head))[0])
    share = min(share, int(owners["share"][place]) - 100)
    if kind == DIRECT:
        owners["share"][place] -= share
    facts = {name: int(values[place]) for name, values in owners.columns.items()}
    changes = {
        "person": person,
        "share": share,
        "kind": kind,
        "valid_from": since_day,
        "valid_to": until,
        "declared": declared,
    }
    owners.add(**(facts | changes))
    return company


def interest_clues(stage: Stage, person: int, company: int, years: range) -> list[Clue]:
    """A company that all who declare the household may be asked about."""
    return stage.of_thing(COMPANY_RULE, person, stage.chunk.id_of("company", company), years)


def company_hidden(stage: Stage) -> Told:
    """A share in a company is in no declaration."""
    person, year = stage.take(), stage.year(2022)
    company = own_share(stage, person, int(stage.chance.integers(1000, 6000)), DIRECT, stage.date(year), NONE, HIDDEN)
    return Told(
        interest_clues(stage, person, company, since(year)),
        f"Owns a part of a company since {year} and does not say so.",
    )


def company_behind(stage: Stage) -> Told:
    """A company is owned through others, which only the register of beneficial owners tells."""
    person, year = stage.take(), stage.year(2022)
    company = own_share(
        stage, person, int(stage.chance.integers(2500, 9000)), BENEFICIAL, stage.date(year), NONE, HIDDEN
    )
    return Told(
        interest_clues(stage, person, company, since(year)), "Is the beneficial owner of a company and does not say so."
    )


def company_of_father(stage: Stage) -> Told:
    """The father's name stands for the declarant's share."""
    person = stage.take(mask=stage.with_relative())
    company = own_share(stage, stage.relative(person), 4000, DIRECT, day(2021, 5, 4), NONE, DECLARED)
    clue = Clue(COMPANY_RULE, person, stage.chunk.id_of("company", company))
    return Told([clue], "Owns a part of a company in the name of the father.")


def company_sold_in_time(stage: Stage) -> Told:
    """A share is bought and sold within one year."""
    person, year = stage.take(), stage.year()
    company = own_share(stage, person, 2000, DIRECT, day(year, 3, 12), day(year, 12, 20), HIDDEN)
    return Told(
        interest_clues(stage, person, company, range(year, year + 1)),
        f"Bought a share in March {year} and sold it by 20 December.",
    )


def company_tiny(stage: Stage) -> Told:
    """Six tenths of a percent of a company are forgotten."""
    person = stage.take()
    company = own_share(stage, person, 60, DIRECT, day(2019, 8, 8), NONE, HIDDEN)
    return Told(interest_clues(stage, person, company, since(FIRST)), "Forgot six tenths of a percent of a company.")


def company_by_name(stage: Stage) -> Told:
    """A share is declared with the company's name but without its number."""
    person = stage.take()
    company = own_share(stage, person, 3000, DIRECT, day(2018, 8, 8), NONE, BY_NAME)
    return Told(
        interest_clues(stage, person, company, since(FIRST)),
        "Declared a share by the company's name, without its number.",
    )


def means(stage: Stage, person: int, year: int) -> int:
    """Income of a year and all money of the year before of a household, in cents."""
    spouse = int(stage.chunk.people["spouse"][person])
    both = [person] if spouse < 0 else [person, spouse]
    return sum(earned(stage, one, year) + stage.chunk.held_at(one, year - 1) for one in both)


def bought_above_means(stage: Stage) -> Told:
    """A purchase costs twice what the household could have paid."""
    person, year = stage.take(), stage.year()
    price = int(means(stage, person, year) * stage.chance.uniform(1.8, 3.0)) + stage.units(year, 2000, 4000)
    stage.land(person, stage.date(year), price)
    clues = [*stage.of_years(MEANS_RULE, person, [year]), *stage.of_years(GROWTH_RULE, person, [year])]
    return Told(clues, f"Bought a home in {year} for far more than income and savings.")


def bought_on_paper_cheap(stage: Stage) -> Told:
    """The paper states a fifth of the price, as the register's valuation does; the rest went from hand to hand."""
    person, year = stage.take(), stage.year()
    stated = max(int(stage.chunk.held_at(person, year - 1) * 0.2) // CENTS * CENTS, CENTS)
    stage.land(person, stage.date(year), stated)
    return Told([Clue(MEANS_RULE, person, str(year))], f"Bought a home in {year} at a fifth of its price on paper.")


def bought_with_mortgage(stage: Stage) -> Told:
    """A dear home is bought with a bank's loan for all of it."""
    person, year = stage.take(), stage.year()
    price, when = stage.units(year, 6000, 12_000), stage.date(year)
    stage.land(person, when, price)
    stage.loan(person, when, since(year), price, kind=MORTGAGE)
    return Told(
        stage.of_years(MEANS_RULE, person, [year]), f"Bought a home in {year} with a bank's loan for the whole price."
    )


def bought_for_what_was_sold(stage: Stage) -> Told:
    """One home is sold and another bought for the same money."""
    person, year = stage.take(), stage.year()
    place = stage.owned_land(person)
    price = int(stage.chunk.land["market"][place])
    stage.pass_on(place, stage.outsider(), day(year, 4, 10), price)
    stage.income(person, year, price, kind=SALE, tax=0)
    stage.land(person, day(year, 5, 20), price)
    return Told(
        stage.of_years(MEANS_RULE, person, [year]), f"Sold one home and bought another for the same sum in {year}."
    )


def bought_with_everything(stage: Stage) -> Told:
    """A purchase takes nine tenths of what there was, and the accounts are as empty afterwards."""
    person, year = stage.take(mask=stage.chunk.books.held.min(axis=1) > 0), stage.year()
    price = int(stage.chunk.held_at(person, year - 1) * 0.9) // CENTS * CENTS
    stage.vehicle(person, stage.date(year), max(price, CENTS))
    stage.spend(person, year, price)
    return Told(stage.of_years(MEANS_RULE, person, [year]), f"Bought a car in {year} with nine tenths of all savings.")


def wealth_from_nowhere(stage: Stage) -> Told:
    """An account appears with more on it than years of pay."""
    person, year = stage.take(), stage.year()
    amount = int(means(stage, person, year) * stage.chance.uniform(1.5, 3)) + stage.units(year, 4000, 8000)
    stage.account(person, since(year), amount)
    return Told(stage.of_years(GROWTH_RULE, person, [year]), f"Declares money from {year} on that no income explains.")


def home_appraised_anew(stage: Stage) -> Told:
    """A home is declared at its market value, appraised anew each year."""
    person = stage.take()
    place = stage.owned_land(person)
    stage.chunk.land["appraised"][place] = 45
    return Told(
        stage.of_years(GROWTH_RULE, person, since(FIRST + 1)), "States the market value of the home anew each year."
    )


def wealth_of_father(stage: Stage) -> Told:
    """The wealth grows with the father, who declares nothing."""
    person, year = stage.take(mask=stage.with_relative()), stage.year()
    stage.land(stage.relative(person), stage.date(year), stage.units(year, 10_000, 20_000))
    return Told([Clue(GROWTH_RULE, person, str(year))], "Lets wealth grow in the name of the father.")


def debt_returned(stage: Stage) -> Told:
    """A friend gives back what was lent long before anybody had to declare it."""
    person, year = stage.take(), stage.year()
    amount = means(stage, person, year) + stage.units(year, 2000, 4000)
    stage.account(person, since(year), amount)
    return Told(
        stage.of_years(GROWTH_RULE, person, [year]),
        f"Got an old debt back in {year}, lent before the first declaration.",
    )


def bought_by_father(stage: Stage) -> Told:
    """The father paid the seller of a home directly, and nobody thought of it as a gift."""
    person, year = stage.take(mask=stage.with_relative()), stage.year()
    price = means(stage, person, year) * 2 + stage.units(year, 2000, 4000)
    stage.land(person, stage.date(year), price)
    clues = [*stage.of_years(MEANS_RULE, person, [year]), *stage.of_years(GROWTH_RULE, person, [year])]
    return Told(clues, f"The father paid for a home in {year} straight to the seller.")


STORIES = (
    Story("account left out", Kind.SCHEME, 3, account_left_out),
    Story("account made small", Kind.SCHEME, 2, account_made_small),
    Story("account of the father", Kind.SCHEME, 1, account_of_father, hidden=True),
    Story("card forgotten", Kind.NEAR_MISS, 2, card_forgotten),
    Story("account renumbered", Kind.LOOK_ALIKE, 1, account_renumbered),
    Story("money abroad", Kind.SCHEME, 4, account_abroad_left_out),
    Story("money far abroad", Kind.SCHEME, 1, account_far_abroad, hidden=True),
    Story("change from a journey", Kind.NEAR_MISS, 2, travel_account),
    Story("savings from abroad", Kind.LOOK_ALIKE, 1, student_account),
    Story("second salary", Kind.SCHEME, 5, side_income_hidden),
    Story("paid in cash", Kind.SCHEME, 1, paid_in_cash, hidden=True),
    Story("honorarium forgotten", Kind.NEAR_MISS, 2, honorarium_forgotten),
    Story("reported twice", Kind.LOOK_ALIKE, 1, reported_twice),
    Story("company hidden", Kind.SCHEME, 3, company_hidden),
    Story("company owned through others", Kind.SCHEME, 2, company_behind),
    Story("company of the father", Kind.SCHEME, 1, company_of_father, hidden=True),
    Story("company sold in time", Kind.NEAR_MISS, 1, company_sold_in_time),
    Story("tiny share forgotten", Kind.NEAR_MISS, 1, company_tiny),
    Story("company by name", Kind.LOOK_ALIKE, 1, company_by_name),
    Story("bought above means", Kind.SCHEME, 4, bought_above_means),
    Story("cheap on paper", Kind.SCHEME, 1, bought_on_paper_cheap, hidden=True),
    Story("bought with everything", Kind.NEAR_MISS, 2, bought_with_everything),
    Story("bought with a mortgage", Kind.LOOK_ALIKE, 1, bought_with_mortgage),
    Story("one home for another", Kind.LOOK_ALIKE, 1, bought_for_what_was_sold),
    Story("wealth from nowhere", Kind.SCHEME, 4, wealth_from_nowhere),
    Story("honorarium saved", Kind.NEAR_MISS, 2, bonus_saved),
    Story("wealth of the father", Kind.SCHEME, 1, wealth_of_father, hidden=True),
    Story("bought by the father", Kind.LOOK_ALIKE, 1, bought_by_father),
    Story("debt returned", Kind.LOOK_ALIKE, 1, debt_returned),
    Story("home appraised anew", Kind.LOOK_ALIKE, 1, home_appraised_anew),
)
