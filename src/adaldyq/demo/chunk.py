"""One chunk of the country: ten thousand people with everything that belongs to them, in whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from adaldyq.demo import belongings, families, holdings, money, work
from adaldyq.demo.belongings import CURRENCIES
from adaldyq.demo.chance import stream
from adaldyq.demo.columns import Ids, Ints
from adaldyq.demo.lists import YEARS
from adaldyq.demo.names import NameLists
from adaldyq.demo.nation import Nation
from adaldyq.demo.rows import Rows, joined

TABLES = (
    *("body", "person", "person_name", "person_identifier", "family_tie", "residence", "post", "appointment"),
    *("company", "ownership", "land_register", "vehicle_register", "bank_balance", "income_record"),
    *("obligation", "declaration", "dwelling", "account", "vehicle"),
    *("declared_family", "declared_income", "declared_real_estate", "declared_vehicle", "declared_account"),
    *("declared_cash", "declared_security", "declared_company_interest", "declared_crypto", "declared_claim"),
    *("declared_valuable", "declared_gift", "declared_acquisition", "declared_expense", "declared_position"),
    *("declared_trust", "review_inquiry", "withheld_value", "loan_balance", "security_holding"),
)
"""Everything that has ids; the place here is part of each id, so new names go to the end."""

LAND_SLOTS = 100_000
LAND_NUMBERS, LAND_STEP = 10**9, 387_420_489
VEHICLE_MAKER = "XKZ"


@dataclass
class Chunk:
    """The state of a chunk while it is made: first by the world's own course, then by planted stories.

    `stories` holds what was planted; rows of tables are kept in hand until all is settled. Of people who are `unnamed`
    no declaration of another says that they are family; of those `withheld` no declaration of another says what they have.
    `amendments`: how many days after the last day somebody amends the declaration of a year. Of files alone are `inquiries`
    (person, year, version asked about, days after the last day), `marks` of what a spouse did not tell (person, year,
    version) and `notices` of a purchase (person, day, days until it was notified, price in cents).
    """

    nation: Nation
    names: NameLists
    number: int
    seed: int
    people: Rows
    ties: Rows
    residences: Rows
    posts: Rows
    appointments: Rows
    companies: Rows
    owners: Rows
    land: Rows
    vehicles: Rows
    books: money.Books
    balances: Rows
    cash: Rows
    valuables: Rows
    securities: Rows
    crypto: Rows
    gifts: Rows
    expenses: Rows
    positions: Rows
    trusts: Rows
    rates: np.ndarray
    index: np.ndarray
    monthly: Ints
    spared: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    unnamed: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    withheld: np.ndarray = field(default_factory=lambda: np.zeros(0, bool))
    amendments: dict[tuple[int, int], int] = field(default_factory=dict)
    inquiries: list[tuple[int, int, int, int]] = field(default_factory=list)
    marks: list[tuple[int, int, int]] = field(default_factory=list)
    notices: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def ids(self) -> Ids:
        """Makes ids."""
        return self.nation.ids

    def id_of(self, table: str, row: int) -> str:
        """The id of one row, for the few that a story names."""
        return self.ids.texts(TABLES.index(table), self.number, np.array([row]))[0]

    def land_number(self, place: int) -> str:
        """The cadastral number of one right."""
        letters = land_letters(self.land.where(np.array([place])), self.number, self.nation)
        return bytes(letters[0]).decode()

    def vehicle_number(self, place: int) -> str:
        """The identification number of one vehicle."""
        letters = self.ids.letters(TABLES.index("vehicle"), self.number, self.vehicles["object"][place : place + 1])
        return VEHICLE_MAKER + bytes(letters[0]).decode()

    def held_at(self, person: int, year: int) -> int:
        """What money a person has at the end of a year, in cents."""
        return int(self.books.held[person, year - YEARS[0]])


def land_letters(land: Rows, chunk: int, nation: Nation) -> np.ndarray:
    """Cadastral numbers as characters: region, and nine digits that no other object has."""
    codes = np.array([[ord(letter) for letter in code[-2:]] for code in nation.regions], np.uint8)[land["region"]]
    plain = (chunk * LAND_SLOTS + land["object"]) % LAND_NUMBERS
    digits = (10 ** np.arange(8, -1, -1, dtype=np.int64))[None, :]
    serial = ((plain * LAND_STEP % LAND_NUMBERS)[:, None] // digits % 10 + ord("0")).astype(np.uint8)
    colon = np.full((len(land), 1), ord(":"), np.uint8)
    return np.hstack([codes, colon, serial[:, :3], colon, serial[:, 3:6], colon, serial[:, 6:]])


def rates_of(nation: Nation) -> np.ndarray:
    """Tenge for one unit of each currency at the end of each declared year."""
    pack = nation.pack
    return np.array(
        [
            [1.0 if one == pack.currency else float(pack.exchange_rates[one, year]) for year in YEARS]
            for one in CURRENCIES
        ]
    )


def make_chunk(nation: Nation, names: NameLists, seed: int, number: int, size: int) -> Chunk:
    """Let the world take its course for `size` people; nothing is planted yet."""
    people, ties, residences = make_people(nation, names, seed, number, size)
    work.assign_jobs(people, nation, number, stream(seed, number, "jobs"))
    posts, appointments = work.posts_and_appointments(people, stream(seed, number, "posts"))
    companies, owners = work.companies_of(people, stream(seed, number, "companies"))
    monthly = work.monthly_pay(people, stream(seed, number, "pay"))
    land, vehicles, books, inheritances = make_wealth(people, owners, monthly, nation, seed, number)
    rates = rates_of(nation)
    chance = stream(seed, number, "belongings")
    return Chunk(
        nation=nation,
        names=names,
        number=number,
        seed=seed,
        people=people,
        ties=ties,
        residences=residences,
        posts=posts,
        appointments=appointments,
        companies=companies,
        owners=owners,
        land=land,
        vehicles=vehicles,
        books=books,
        rates=rates,
        index=np.array([float(nation.pack.index_values[year]) for year in YEARS]),
        monthly=monthly,
        balances=belongings.balances_of(books, people, rates, chance),
        cash=belongings.cash_of(books, rates, chance),
        valuables=belongings.valuables_of(people, chance),
        securities=belongings.securities_of(people, chance),
        crypto=belongings.crypto_of(people, chance),
        gifts=joined([belongings.gifts_of(people, chance), inheritances]),
        expenses=belongings.expenses_of(people, chance),
        positions=belongings.positions_of(people, chance),
        trusts=belongings.trusts_of(people, owners, companies),
        spared=np.zeros(size, bool),
        unnamed=np.zeros(size, bool),
        withheld=np.zeros(size, bool),
    )


def make_people(nation: Nation, names: NameLists, seed: int, number: int, size: int) -> tuple[Rows, Rows, Rows]:
    """People, their ties and their residences."""
    shape = families.shape_of(size, stream(seed, number, "shape"))
    people = families.people_of(shape, names, len(nation.regions), stream(seed, number, "people"))
    return people, families.ties_of(people), families.residences_of(people, shape)


def make_wealth(
    people: Rows, owners: Rows, monthly: Ints, nation: Nation, seed: int, number: int
) -> tuple[Rows, Rows, money.Books, Rows]:
    """Land, vehicles and the books of everybody's money, with sales and inheritances."""
    chance = stream(seed, number, "wealth")
    dear = holdings.dear_regions(list(nation.regions))
    homes, others = holdings.homes_of(people, dear, chance), holdings.other_land_of(people, dear, chance)
    others["object"] += len(people)
    land = joined([homes, others])
    vehicles = holdings.vehicles_of(people, chance)
    buyers = np.flatnonzero((people["job"] == work.PRIVATE) & (people["spouse"] < 0))
    buyers = buyers if len(buyers) else np.arange(len(people))
    bought_land, land_sales = holdings.sell_some(land, people, buyers, 0.03, chance)
    bought_cars, car_sales = holdings.sell_some(vehicles, people, buyers, 0.08, chance)
    sales = joined([land_sales, car_sales])
    incomes = joined([money.incomes_of(people, monthly, owners, chance), money.sale_incomes(sales)])
    books, land, vehicles = money.keep_books(people, incomes, land, vehicles, sales, chance)
    land, vehicles = joined([land, bought_land]), joined([vehicles, bought_cars])
    heirs, inheritances = belongings.inherit(people, land)
    return joined([land, heirs]), vehicles, books, inheritances
