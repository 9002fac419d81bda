"""A country pack is checked from the shell, and an installation of an invented country runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from adaldyq.countries.loader import HERE, available
from tests.project.conftest import Shell


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A pack in a folder of an operator's."""
    return Path(shutil.copytree(HERE / "zz", tmp_path / "mine"))


def test_the_packs_there_are_are_listed(shell: Shell) -> None:
    done = shell("country", "list")
    assert done.returncode == 0
    assert all(f"\n{code} " in done.stdout for code in available())
    assert "Kazakhstan" in done.stdout


def test_a_shipped_pack_has_no_mistake_and_says_what_is_illustrative(shell: Shell) -> None:
    done = shell("country", "check", "kz")
    assert done.returncode == 0
    assert "Mistakes: 0\n" in done.stdout
    assert "exchange_rates.csv, lines 2 to" in done.stdout
    assert "Illustrative values: " in done.stdout


def test_all_mistakes_of_a_pack_are_told_at_once_with_file_line_and_remedy(mine: Path, shell: Shell) -> None:
    thresholds, holidays, facts = (mine / name for name in ("thresholds.csv", "holidays.csv", "pack.yaml"))
    thresholds.write_text(
        thresholds.read_text(encoding="utf-8").replace("3,index,illustrative", "3,index,", 1), "utf-8"
    )
    holidays.write_text(holidays.read_text(encoding="utf-8").replace("2018-02-02", "2018-02-30", 1), "utf-8")
    facts.write_text(facts.read_text(encoding="utf-8").replace("Asia/Kathmandu", "Asia/Atlantis", 1), "utf-8")
    done = shell("country", "check", str(mine))
    assert done.returncode == 1
    assert "thresholds.csv, line 2: “gift_limit” has no source. Name the law" in done.stdout
    assert "holidays.csv, line 2: “day” is “2018-02-30”. Write a day as 2025-03-21." in done.stdout
    assert "pack.yaml, line 10: there is no time zone “Asia/Atlantis”." in done.stdout
    assert "Mistakes: 3\n" in done.stdout


def test_mistakes_are_told_in_the_language_of_the_shell(mine: Path, shell: Shell) -> None:
    file = mine / "retention.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("illustrative", "", 1), encoding="utf-8")
    done = shell("country", "check", str(mine), more={"ADALDYQ_LANGUAGE": "kk"})
    assert done.returncode == 1
    assert "retention.csv, 2-жол: «declaration» мәнінің дереккөзі жоқ" in done.stdout


def test_a_pack_that_is_not_there_is_refused_with_those_there_are(shell: Shell) -> None:
    done = shell("country", "check", "atlantis")
    assert done.returncode == 1
    assert "kz, zz" in done.stderr


def test_an_installation_with_a_broken_pack_does_not_start(mine: Path, shell: Shell) -> None:
    (mine / "phases.yaml").unlink()
    done = shell("migrate", more={"ADALDYQ_COUNTRY": str(mine)})
    assert done.returncode == 1
    assert "phases.yaml is missing" in done.stderr


def test_the_sample_of_one_country_is_not_loaded_into_another(shell: Shell, data: Path) -> None:
    done = shell("demo", "--people", "100", more={"ADALDYQ_COUNTRY": "zz"})
    assert done.returncode == 1
    assert "--no-demo" in done.stderr
    assert not (data / "adaldyq.sqlite3").exists()
