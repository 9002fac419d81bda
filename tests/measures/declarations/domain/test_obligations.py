"""Who must file what, by which law and by when, and who need not, and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adaldyq.countries.loader import load
from adaldyq.countries.pack import CountryPack
from adaldyq.countries.phases import Form
from adaldyq.measures.declarations.domain.obligations import HELD_BY, Due, Exempt, Facts, Ground, Marriage, Why, decide

KZ, ZZ = load("kz"), load("zz")
ON = date(2026, 2, 1)
BORN = date(1980, 5, 1)
MINISTRY = Ground("official", date(2019, 2, 1), None, "ministry")

DAYS = st.dates(date(2015, 1, 1), date(2027, 12, 31))
OFTEN = st.none() | DAYS


def ground(group: str, ends: list[date], body: str, has_ends: tuple[bool, bool]) -> Ground:
    first, last = sorted(ends)
    return Ground(group, first if has_ends[0] else None, last if has_ends[1] else None, body)


def marriage(ends: list[date], grounds: list[Ground], has_end: bool) -> Marriage:
    first, last = sorted(ends)
    return Marriage(first, last if has_end else None, tuple(grounds))


ENDS = st.lists(DAYS, min_size=2, max_size=2)
GROUPS = st.sampled_from(["official", "state_employee", "company_head"])
GROUNDS = st.builds(ground, GROUPS, ENDS, st.sampled_from(["A", "B"]), st.tuples(st.booleans(), st.booleans()))
MARRIAGES = st.builds(marriage, ENDS, st.lists(GROUNDS, max_size=2), st.booleans())
FACTS = st.builds(
    Facts,
    born=st.none() | st.dates(date(1930, 1, 1), date(2020, 1, 1)),
    died=OFTEN,
    grounds=st.lists(GROUNDS, max_size=3).map(tuple),
    marriages=st.lists(MARRIAGES, max_size=2).map(tuple),
    circumstances=st.frozensets(st.sampled_from(["foreign_assets", "digital_assets", "large_acquisition"])),
    declared_before=st.booleans(),
)
YEARS = st.integers(2015, 2027)


def due(facts: Facts, year: int = 2025, on: date = ON) -> Due:
    found = decide(facts, year, pack=KZ, on=on)
    assert isinstance(found, Due)
    return found


def why(facts: Facts, year: int = 2025, on: date = ON) -> Why:
    found = decide(facts, year, pack=KZ, on=on)
    assert isinstance(found, Exempt)
    return found.why


def test_an_official_owes_the_entry_form_and_afterwards_the_yearly_one() -> None:
    first = due(Facts(BORN, grounds=(MINISTRY,)))
    assert (first.form, first.reason, first.body, first.is_public) == (Form.ASSETS, "official", "ministry", True)
    assert (first.due_date, first.phase_since) == (date(2026, 9, 15), date(2021, 1, 1))
    assert "No. 410-V" in first.law
    assert due(Facts(BORN, grounds=(MINISTRY,), declared_before=True)).form == Form.INCOME


def test_a_spouse_owes_too_and_not_in_public() -> None:
    married = Facts(BORN, marriages=(Marriage(date(2010, 1, 1), None, (MINISTRY,)),))
    found = due(married)
    assert (found.reason, found.as_spouse, found.body, found.is_public) == ("spouse of an official", True, "", False)


def test_a_divorce_before_the_end_of_the_year_ends_the_duty_of_a_spouse() -> None:
    parted = Marriage(date(2010, 1, 1), date(2025, 12, 30), (MINISTRY,))
    assert why(Facts(BORN, marriages=(parted,))) == Why.RELEASED
    assert due(Facts(BORN, marriages=(replace(parted, until=date(2025, 12, 31)),))).as_spouse


def test_who_left_the_post_before_the_end_of_the_year_owes_nothing_for_it() -> None:
    left = replace(MINISTRY, until=date(2025, 11, 30))
    assert due(Facts(BORN, grounds=(left,)), 2025, date(2025, 11, 1)).group == "official"
    assert why(Facts(BORN, grounds=(left,))) == Why.RELEASED


def test_a_group_owes_only_from_the_year_of_its_phase() -> None:
    owner = Facts(BORN, grounds=(Ground("company_head", date(2012, 1, 1)),))
    assert why(owner, 2022) == Why.NOT_YET
    assert due(owner, 2023).reason == "company head"


def test_all_other_adults_were_released_by_the_law_of_july_2025_and_who_has_assets_abroad_was_not() -> None:
    anybody = Facts(BORN)
    assert due(anybody, 2024, date(2025, 7, 17)).reason == "person of full age"
    released = decide(anybody, 2024, pack=KZ, on=date(2025, 7, 18))
    assert isinstance(released, Exempt)
    assert (released.why, "No. 214-VIII" in released.law) == (Why.RELEASED, True)
    for circumstance, reason in HELD_BY.items():
        assert due(replace(anybody, circumstances=frozenset({circumstance}))).reason == reason
        owner = replace(anybody, grounds=(MINISTRY,), circumstances=frozenset({circumstance}))
        assert due(owner).reason == "official"


def test_of_age_is_who_is_so_on_the_last_day_of_the_year() -> None:
    assert why(Facts(date(2008, 1, 1), grounds=(MINISTRY,))) == Why.UNDER_AGE
    assert due(Facts(date(2007, 12, 31), grounds=(MINISTRY,))).group == "official"
    assert isinstance(decide(Facts(date(2008, 1, 1), grounds=(MINISTRY,)), 2025, pack=ZZ, on=ON), Due)


def test_another_country_has_its_own_phases_and_days() -> None:
    spouse = Facts(BORN, marriages=(Marriage(None, None, (MINISTRY,)),))
    assert decide(spouse, 2025, pack=ZZ, on=ON) == Exempt(2025, Why.NO_GROUP)
    found = decide(Facts(BORN, grounds=(MINISTRY,)), 2025, pack=ZZ, on=ON)
    assert isinstance(found, Due)
    assert found.due_date == ZZ.filing_deadlines[2025]


def test_of_two_posts_the_later_names_the_body() -> None:
    later = Ground("official", date(2024, 1, 1), None, "agency")
    assert due(Facts(BORN, grounds=(later, MINISTRY))).body == "agency"


@pytest.mark.parametrize("pack", [KZ, ZZ], ids=["kz", "zz"])
@given(facts=FACTS, year=YEARS, on=DAYS)
def test_a_decision_has_its_law_and_does_not_depend_on_the_order_of_facts(
    pack: CountryPack, facts: Facts, year: int, on: date
) -> None:
    found = decide(facts, year, pack=pack, on=on)
    turned = replace(facts, grounds=facts.grounds[::-1], marriages=facts.marriages[::-1])
    assert decide(turned, year, pack=pack, on=on) == found
    if isinstance(found, Due):
        phase = next(one for one in pack.phases if one.group == found.group)
        assert phase.binds(year, facts.circumstances, on)
        assert (found.law, found.due_date) == (phase.source, pack.filing_deadlines[year])
        assert found.form == (Form.INCOME if facts.declared_before else Form.ASSETS)
        assert not (found.as_spouse and (found.is_public or found.body))
    else:
        assert bool(found.law) == (found.why in {Why.UNDER_AGE, Why.NOT_YET, Why.RELEASED})


@given(facts=FACTS, year=YEARS, on=DAYS)
def test_the_dead_and_children_never_owe(facts: Facts, year: int, on: date) -> None:
    assert decide(replace(facts, died=on), year, pack=KZ, on=on) == Exempt(year, Why.DEAD)
    child = replace(facts, born=date(year - 17, 1, 1), died=None)
    assert isinstance(decide(child, year, pack=KZ, on=on), Exempt)


@given(facts=FACTS, year=YEARS, on=DAYS)
def test_another_ground_never_frees_anybody(facts: Facts, year: int, on: date) -> None:
    more = replace(facts, grounds=(*facts.grounds, Ground("official")))
    if isinstance(decide(facts, year, pack=KZ, on=on), Due):
        assert isinstance(decide(more, year, pack=KZ, on=on), Due)


@given(facts=FACTS, year=YEARS, on=DAYS)
def test_own_work_comes_before_that_of_a_spouse(facts: Facts, year: int, on: date) -> None:
    found = decide(facts, year, pack=KZ, on=on)
    if isinstance(found, Due) and found.as_spouse:
        alone = decide(replace(facts, marriages=()), year, pack=KZ, on=on)
        assert isinstance(alone, Exempt) or alone.group == "other"
