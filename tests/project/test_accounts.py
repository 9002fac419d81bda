"""`adaldyq account` and `adaldyq demo code`: accounts from the shell."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from adaldyq.base.errors import DomainError
from adaldyq.kernel.models import Account
from adaldyq.project.cli.accounts import account
from tests import databases
from tests.project.conftest import Shell, run


def test_the_first_administrator_comes_from_the_shell(shell: Shell, data: Path) -> None:
    databases.prepare(data)
    opened = shell("account", "open", "first", "--name", "Ерлан", "--role", "administrator")
    assert opened.returncode == 0, opened.stderr
    assert re.fullmatch(r"http://localhost:8000/en/sign-in/recover/[\w-]{43}/\n", opened.stdout)
    (data / "address").write_text("http://localhost:8123\n", encoding="utf-8")  # as a run beside keeps it
    assert shell("account", "link", "first").stdout.startswith("http://localhost:8123/en/")
    listed = shell("account", "list").stdout
    assert re.search(r"first\s+Ерлан\s+administrator of the system\s+open", listed)
    with sqlite3.connect(data / "adaldyq.sqlite3") as database:
        acts = [act for (act,) in database.execute("SELECT act FROM ledger_leaf ORDER BY id")]
    assert acts == ["kernel.account.open", "kernel.role.grant", "kernel.account.link", "kernel.account.link"]


def typed(*words: str) -> str:
    """What a command says, in this process."""
    outcome = CliRunner().invoke(account, words, catch_exceptions=False, standalone_mode=False)
    return outcome.output


def roles_of(username: str) -> set[str]:
    return {role.value for role in Account.objects.get(username=username).roles}


@pytest.mark.django_db
def test_roles_are_given_and_withdrawn_and_accounts_closed() -> None:
    typed("open", "serik", "--name", "Серік")
    typed("grant", "serik", "registrar")
    assert roles_of("serik") == {"registrar"}
    with pytest.raises(DomainError, match="roles-apart"):
        typed("grant", "serik", "reviewer")
    with pytest.raises(DomainError, match="no-such-record"):
        typed("grant", "serik", "inspector", "--body", "NOBODY")
    typed("withdraw", "serik", "registrar")
    assert roles_of("serik") == set()
    typed("close", "serik")
    assert not Account.objects.get(username="serik").is_active


@pytest.mark.django_db
def test_a_name_that_is_taken_or_that_nobody_has_is_refused() -> None:
    typed("open", "serik", "--name", "Серік")
    with pytest.raises(DomainError, match="name-taken"):
        typed("open", "Serik", "--name", "Серік")
    with pytest.raises(DomainError, match="no-such-account"):
        typed("link", "nobody")


def test_codes_are_printed_for_the_sample_country_only(loaded: Path) -> None:
    assert re.fullmatch(r"\d{6}\n", run(loaded, "demo", "code", "analyst").stdout)
    run(loaded, "account", "open", "serik", "--name", "Серік", "--role", "registrar")
    refused = run(loaded, "demo", "code", "serik")
    assert refused.returncode == 1
    assert "sample country" in refused.stderr
    served = run(loaded, "demo", "code", "analyst", more={"ADALDYQ_HTTPS": "1"})
    assert (served.returncode, served.stdout) == (1, "")
    assert "ADALDYQ_HTTPS" in served.stderr


def test_the_e_id_refuses_to_start_without_a_sample_country(data: Path, shell: Shell) -> None:
    databases.prepare(data)
    refused = shell("idp")
    assert refused.returncode == 1
    assert "no sample country" in refused.stderr
