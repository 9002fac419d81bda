"""What the operator decides through the environment."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from adaldyq.project import env


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, _ in env.VARIABLES:
        monkeypatch.delenv(name, raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)


def test_the_data_folder_is_made_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADALDYQ_DATA_DIR", str(tmp_path / "a" / "b"))
    assert env.data_dir() == tmp_path / "a" / "b"
    assert stat.S_IMODE(env.data_dir().stat().st_mode) == 0o700


def test_the_secret_key_is_made_once_and_closed_to_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADALDYQ_DATA_DIR", str(tmp_path))
    key = env.secret_key()
    assert len(key) > 50
    assert env.secret_key() == key
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_links_lead_to_where_the_run_serves_unless_the_operator_says_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADALDYQ_DATA_DIR", str(tmp_path))
    with env.address_kept("http://localhost:8123"):
        assert env.address() == "http://localhost:8123"
        monkeypatch.setenv("ADALDYQ_ADDRESS", "https://adaldyq.example/")
        assert env.address() == "https://adaldyq.example"
        monkeypatch.delenv("ADALDYQ_ADDRESS")
    assert env.address() == "http://localhost:8000"


def test_one_address_moves_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADALDYQ_DATA_DIR", str(tmp_path))
    assert env.database_url() == f"sqlite:///{tmp_path / 'adaldyq.sqlite3'}"
    monkeypatch.setenv("DATABASE_URL", "postgres://db/adaldyq")
    assert env.database_url() == "postgres://db/adaldyq"


def test_only_this_machine_is_served_unless_hosts_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "localhost" in env.hosts()
    monkeypatch.setenv("ADALDYQ_HOSTS", "a.example, b.example,")
    assert env.hosts() == ["a.example", "b.example"]


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({}, "en"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "kk_KZ.UTF-8"}, "kk"),
        ({"LANG": "kk_KZ.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU.UTF-8", "ADALDYQ_LANGUAGE": "kk"}, "kk"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_the_shell_speaks_the_language_of_its_user(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert env.language() == language


def test_metrics_are_open_to_networks_that_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert env.metrics_networks() == ()
    monkeypatch.setenv("ADALDYQ_METRICS_NETWORKS", "10.0.0.0/8, ::1/128")
    assert [str(one) for one in env.metrics_networks()] == ["10.0.0.0/8", "::1/128"]


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("ADALDYQ_METRICS_NETWORKS", "everywhere", env.metrics_networks),
        ("ADALDYQ_METRICS_NETWORKS", "10.0.0.1/8", env.metrics_networks),
        ("ADALDYQ_LOG", "yaml", env.log_form),
    ],
)
def test_a_wrong_value_is_told_with_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, read: Callable[[], object]
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name):
        read()
