"""No measure knows a country: declarations, from the register to the findings, in an invented one."""

from __future__ import annotations

import re
import signal
import sqlite3
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from adaldyq.base.names import arabic
from tests import databases
from tests.project.conftest import environment, run
from tests.project.installation import SECONDS_TO_END, Start, processes_of
from tools.with_postgresql import free_port

pytestmark = pytest.mark.journey

LOADER = Path(__file__).with_name("zarzand.py")
ZZ = {"ADALDYQ_COUNTRY": "zz"}


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of an installation of Zarzand with three officials."""
    data = tmp_path_factory.mktemp("zarzand")
    databases.prepare(data)
    assert run(data, "migrate", more=ZZ).returncode == 0
    settings = {"DJANGO_SETTINGS_MODULE": "adaldyq.project.settings"}
    done = subprocess.run(
        [sys.executable, LOADER], env=environment(data, **ZZ, **settings), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture(scope="module")
def address(country: Path) -> Iterator[str]:
    """Where `adaldyq run --no-demo` serves the country, which it verified before."""
    port = free_port()
    with Start(country, port, ("--no-demo",), more=ZZ).opened() as process:
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGTERM)  # as a supervisor ends it
        told, _ = process.communicate(timeout=SECONDS_TO_END)
        assert process.returncode == 0, told
        assert processes_of(process.pid) == []


def page(address: str, path: str, **query: str) -> str:
    """A page of the installation."""
    where = f"{address}{path}?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(where, timeout=120) as answer:  # noqa: S310  # our own server
        return str(answer.read().decode())


def test_the_pages_are_written_from_the_right_in_one_language_and_from_the_left_in_the_other(address: str) -> None:
    from_the_right, from_the_left = page(address, "/qaa/"), page(address, "/en/")
    assert '<html lang="qaa" dir="rtl"' in from_the_right
    assert arabic("Declarations") in from_the_right
    assert '<html lang="en" class' in from_the_left
    assert "Declarations" in from_the_left


@pytest.mark.parametrize("spelling", ["Mira Tolan", "tolan mira", arabic("Mira Tolan"), "Мира Толан"])
def test_an_official_is_found_in_the_public_register_by_each_spelling(spelling: str, address: str) -> None:
    found = page(address, "/en/declarations/", q=spelling)
    assert "Mira Tolan" in found
    assert "Oren Dask" not in found
    assert "Keeper" in found


def test_a_declaration_is_shown_in_the_countrys_currency_and_by_its_clock(address: str) -> None:
    listed = page(address, "/en/declarations/", q="Oren Dask")
    addresses = re.findall(r'href="(/en/declarations/[^"?#]+)"', listed)
    shown = "".join(page(address, one) for one in addresses)
    assert "48\u202f000\u00a0ZZD" in shown
    assert "1 May 2025" in shown
    assert "Filed late" in shown


def test_who_has_filed_is_counted_by_the_countrys_own_last_day(address: str) -> None:
    counted = page(address, "/qaa/declarations/statistics/")
    assert arabic("Filed on time") in counted
    assert arabic("Upper Zarzand") in counted or arabic("Mirzan") in counted


def test_the_rules_find_the_late_one_the_missing_one_and_the_house(country: Path, address: str) -> None:
    with sqlite3.connect(country / "adaldyq.sqlite3") as database:
        found = dict(
            database.execute("SELECT rule, count(*) FROM verification_finding GROUP BY rule").fetchall(),
        )
    assert found["declarations.late-or-missing"] == 2
    assert found["declarations.undeclared-real-estate"] == 1


def test_the_catalogue_of_rules_opens_in_a_language_that_rules_are_not_written_in(address: str) -> None:
    assert "A declaration is late or missing" in page(address, "/qaa/verification/rules/")
