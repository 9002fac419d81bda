"""Who works where: posts and appointments of the state, companies with owners and heads, everybody's pay."""

from __future__ import annotations

import numpy as np

from adaldyq.demo.chance import days_between, happens, picks
from adaldyq.demo.columns import NONE, Bools, Ints, day
from adaldyq.demo.families import TODAY, YEAR
from adaldyq.demo.lists import COMPANY_TRADES, COMPANY_WORDS, NATIONAL, PENSIONS, POSTS
from adaldyq.demo.nation import HEADS, Nation
from adaldyq.demo.rows import Rows, joined

IDLE, OFFICIAL, EMPLOYEE, OWNER, PRIVATE, PENSIONER = range(6)
JOB_WEIGHTS = (0.08, 0.11, 0.19, 0.07, 0.55)
NATIONAL_SHARE, EARLIER_POST, LATE_COMERS, CO_OWNED = 0.25, 0.3, 0.15, 0.35
WHOLE = 10_000
"""A share of 100 percent, in hundredths of one."""
OFFICIAL_OWNERS, SMALL_HOLDERS = 0.04, 0.03
TOO, AO = 0, 1
LEGAL_FORMS = ("too", "ao")
DIRECT, BENEFICIAL = 0, 1
DECLARED, HIDDEN, BY_NAME = 1, 0, 2


def assign_jobs(people: Rows, nation: Nation, chunk: int, chance: np.random.Generator) -> None:
    """Give everybody what they live on; the first chunk holds the heads of all bodies."""
    count = len(people)
    age = (day(2020) - people["birth"]) / YEAR
    alive = people["death"] == NONE
    working = (age >= 23) & (age < 60) & alive  # noqa: PLR2004  # ages at which people work
    people["job"] = np.where(working, picks(chance, count, JOB_WEIGHTS), np.where(age >= 60, PENSIONER, IDLE))  # noqa: PLR2004  # retirement
    people["body"], people["kind_of_post"] = np.full(count, -1), np.full(count, -1)
    state = np.flatnonzero(np.isin(people["job"], (OFFICIAL, EMPLOYEE)))
    weights = np.array([body.kind != "court" for body in nation.bodies[: len(NATIONAL)]], float)
    regional = nation.bodies_in(0)[0] + people["region"][state] * len(nation.bodies_in(0))
    regional += chance.integers(0, len(nation.bodies_in(0)), len(state))
    national = happens(chance, len(state), NATIONAL_SHARE)
    people["body"][state] = np.where(national, picks(chance, len(state), list(weights)), regional)
    for kind in sorted({body.kind for body in nation.bodies}):
        mine = state[[nation.bodies[body].kind == kind for body in people["body"][state]]]
        for job in (OFFICIAL, EMPLOYEE):
            holders = mine[people["job"][mine] == job]
            fitting = [kind in post.kinds.split() and post.declares == (job == OFFICIAL) for post in POSTS]
            weight = [post.weight * fits for post, fits in zip(POSTS, fitting, strict=True)]
            people["kind_of_post"][holders] = picks(chance, len(holders), weight)
    if chunk == 0:
        officials = np.flatnonzero(people["job"] == OFFICIAL)[: len(nation.bodies)]
        people["body"][officials] = np.arange(len(officials))
        people["kind_of_post"][officials] = [nation.head_post(body) for body in range(len(officials))]
    since = days_between(chance, people["birth"] + int(23 * YEAR), np.full(count, day(2019, 12, 1)))
    since = np.maximum(since, day(2004))
    late = happens(chance, count, LATE_COMERS)
    people["since"] = np.where(
        late, days_between(chance, np.full(count, day(2021, 2)), np.full(count, day(2023, 11))), since
    )


def posts_and_appointments(people: Rows, chance: np.random.Generator) -> tuple[Rows, Rows]:
    """Posts of the state's people in this chunk, and who holds them since when."""
    holders = np.flatnonzero(people["body"] >= 0)
    now = Rows({"body": people["body"][holders], "kind": people["kind_of_post"][holders]})
    held = Rows(
        {
            "person": holders,
            "post": np.arange(len(holders)),
            "valid_from": people["since"][holders],
            "valid_to": np.full(len(holders), NONE),
        }
    )
    started = people["birth"][holders] + int(23 * YEAR)
    earlier = np.flatnonzero(
        happens(chance, len(holders), EARLIER_POST) & (started < people["since"][holders] - int(YEAR))
    )
    lower = np.array([junior(place) for place in range(len(POSTS))])
    before = Rows({"body": now["body"][earlier], "kind": lower[now["kind"][earlier]]})
    past = Rows(
        {
            "person": holders[earlier],
            "post": len(now) + np.arange(len(earlier)),
            "valid_from": np.maximum(
                days_between(chance, started[earlier], people["since"][holders[earlier]] - 300), started[earlier]
            ),
            "valid_to": people["since"][holders[earlier]] - 1,
        }
    )
    return joined([now, before]), joined([held, past])


def junior(kind: int) -> int:
    """A kind of post from which one rises to this one, in the same kinds of bodies."""
    sort_of_body = POSTS[kind].kinds.split()[0]
    lower = [
        place
        for place, post in enumerate(POSTS)
        if sort_of_body in post.kinds.split() and place not in HEADS and post.pay < POSTS[kind].pay
    ]
    return max(lower, key=lambda place: POSTS[place].pay, default=kind)


def companies_of(people: Rows, chance: np.random.Generator) -> tuple[Rows, Rows]:
    """Companies headed by the owners among the people, and who owns how much of them.

    A third of the companies have a second owner: the spouse, or anybody of the chunk.
    """
    heads = np.flatnonzero(people["job"] == OWNER)
    count = len(heads)
    registered = days_between(
        chance, np.maximum(people["birth"][heads] + int(23 * YEAR), day(2004)), np.full(count, day(2019, 12))
    )
    companies = Rows(
        {
            "head": heads,
            "region": people["region"][heads],
            "word": chance.integers(0, len(COMPANY_WORDS), count),
            "trade": chance.integers(0, len(COMPANY_TRADES), count),
            "form": np.where(happens(chance, count, 0.1), AO, TOO),
            "registered": registered,
            "capital": (chance.lognormal(13.8, 1.0, count) // 10_000 * 10_000 * 100).astype(np.int64),
            "closed": np.full(count, NONE),
        }
    )
    people["company"] = np.full(len(people), -1)
    people["company"][heads] = np.arange(count)
    hired = np.flatnonzero(people["job"] == PRIVATE)
    if count:
        people["company"][hired] = chance.integers(0, count, len(hired))
    return companies, owners_of(people, companies, chance)


def owners_of(people: Rows, companies: Rows, chance: np.random.Generator) -> Rows:
    """Shares in companies; what is left after all others is the head's."""
    count = len(companies)
    heads = companies["head"]
    with_spouse = (people["spouse"][heads] >= 0) & (people["parted"][heads] == NONE) & happens(chance, count, CO_OWNED)
    second = np.where(with_spouse, 3000 + 100 * chance.integers(0, 21, count), 0)
    tables = [share_of(np.flatnonzero(second), people["spouse"][heads[second > 0]], second[second > 0], companies)]
    left = WHOLE - second
    officials = np.flatnonzero(people["job"] == OFFICIAL)
    for part, low, high in ((OFFICIAL_OWNERS, 500, 3000), (SMALL_HOLDERS, 10, 80)):
        holders = officials[happens(chance, len(officials), part)]
        free = np.flatnonzero(left == WHOLE)[: len(holders)]
        shares = chance.integers(low, high, len(free))
        tables.append(share_of(free, holders[: len(free)], shares, companies))
        left[free] -= shares
    tables.append(share_of(np.arange(count), heads, left, companies))
    return joined(tables)


def share_of(company: Ints, person: Ints, share: Ints, companies: Rows) -> Rows:
    """Rows of ownership by people since the company's first day."""
    count = len(company)
    return Rows(
        {
            "company": company,
            "person": person,
            "owner_company": np.full(count, -1),
            "share": share,
            "kind": np.full(count, DIRECT),
            "valid_from": companies["registered"][company],
            "valid_to": np.full(count, NONE),
            "declared": np.full(count, DECLARED),
            "declared_from": np.zeros(count, np.int64),
            "in_register": np.ones(count, np.int64),
            "abroad": np.zeros(count, np.int64),
        }
    )


def monthly_pay(people: Rows, chance: np.random.Generator) -> Ints:
    """A month's income of everybody in 2020, in tenge."""
    count = len(people)
    by_post = np.array([post.pay for post in POSTS])[people["kind_of_post"]] * 1000 * chance.uniform(0.9, 1.2, count)
    owner = np.minimum(chance.lognormal(13.3, 0.6, count), 6_000_000)
    private = np.minimum(chance.lognormal(12.2, 0.45, count), 2_500_000)
    pension = chance.uniform(70_000, 160_000, count)
    job = people["job"]
    choices = [np.isin(job, (OFFICIAL, EMPLOYEE)), job == OWNER, job == PRIVATE, job == PENSIONER]
    return np.select(choices, [by_post, owner, private, pension], 0.0).astype(np.int64)


def payer_bodies(people: Rows) -> Ints:
    """The body that pays each person; -1 for those whom no body pays."""
    return np.where(people["job"] == PENSIONER, PENSIONS, people["body"])


def earns_on(people: Rows, when: int) -> Bools:
    """Who is alive and of an age to have an income on a day."""
    alive = (people["death"] == NONE) | (people["death"] > when)
    earning: Bools = alive & (people["job"] != IDLE) & (people["birth"] < TODAY - int(18 * YEAR))
    return earning
