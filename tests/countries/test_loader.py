"""A pack is read from its code or its folder, or refused with a place and a reason."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from adaldyq.base.errors import DomainError
from adaldyq.base.money import Money
from adaldyq.countries import required
from adaldyq.countries.facts import Sourced
from adaldyq.countries.loader import HERE, available, load

DAY = date(2025, 3, 1)


@pytest.mark.parametrize("code", available())
def test_a_shipped_pack_states_all_that_is_asked_for(code: str) -> None:
    pack = load(code)
    assert {one.name for one in pack.deadlines} >= set(required.DEADLINES)
    rewards = {required.FIXED_REWARD + one for one in pack.codes["reward_class"]}
    may_be_left_out = set(required.OPTIONAL_THRESHOLDS) | {
        required.SERVICE_FEE + one for one in pack.codes["street_service"]
    }
    assert {one.name for one in pack.thresholds} - may_be_left_out == set(required.THRESHOLDS) | rewards
    assert {one.name for one in pack.retention} == set(required.RETENTION)
    assert set(pack.codes) >= set(required.CODE_LISTS)
    for codes in pack.codes.values():
        for words in codes.values():
            assert set(words) == set(pack.languages)
            assert all(words.values())


@pytest.mark.parametrize("code", available())
def test_every_fact_of_a_shipped_pack_has_a_source(code: str) -> None:
    pack = load(code)
    facts: list[Sourced] = [
        *pack.speech, *pack.days, *pack.territories, *pack.schemes.values(), *pack.index, *pack.rate_facts,
        *pack.thresholds, *pack.deadlines, *pack.retention, *pack.documents, *pack.filing_days.values(), *pack.phases, pack.money,
    ]  # fmt: skip
    assert all(one.source for one in facts)
    assert all((*pack.sources.values(), *pack.code_sources.values()))


def test_a_pack_may_lie_anywhere(tmp_path: Path) -> None:
    shutil.copytree(HERE / "kz", tmp_path / "mine")
    pack = load(str(tmp_path / "mine"))
    assert pack.code == "KZ"
    assert pack.borders == tmp_path / "mine" / "regions.geojson"


def test_an_unknown_pack_is_refused_with_those_there_are() -> None:
    with pytest.raises(DomainError, match="no-such-pack") as refusal:
        load("atlantis")
    assert refusal.value.parameters["known"] == ", ".join(available())


def test_a_value_without_a_source_keeps_the_pack_from_being_used(tmp_path: Path) -> None:
    shutil.copytree(HERE / "kz", tmp_path / "mine")
    file = tmp_path / "mine" / "retention.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("8,years,illustrative", "8,years,", 1), encoding="utf-8")
    with pytest.raises(DomainError, match="pack-no-source") as refusal:
        load(str(tmp_path / "mine"))
    assert refusal.value.parameters == {"file": "retention.csv", "line": 2, "value": "declaration"}


@pytest.mark.parametrize(("name", "day"), [("gift_limit", date(1990, 1, 1)), ("no_limit_at_all", DAY)])
def test_what_a_pack_does_not_state_is_refused(name: str, day: date) -> None:
    with pytest.raises(DomainError, match="no-such-value") as refusal:
        load("kz").threshold_amount(name, day)
    assert refusal.value.parameters == {"value": name, "day": day.isoformat()}


def test_a_threshold_that_counts_is_no_money() -> None:
    pack = load("kz")
    assert pack.threshold_amount("cash_report", DAY) == Money(pack.threshold("cash_report", DAY).amount, "KZT")
    with pytest.raises(ValueError, match="no amount of money"):
        pack.threshold_amount("suppressed_below", DAY)
