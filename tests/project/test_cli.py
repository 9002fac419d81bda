"""The `adaldyq` command, through the shell."""

from __future__ import annotations

import json
import re
import resource
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from adaldyq.verification.rulefile import FOLDER
from tests.project.conftest import Shell, environment

COMMANDS = (
    "person",
    "run",
    "migrate",
    "demo",
    "ledger",
    "import",
    "export",
    "verify",
    "country",
    "worker",
    "doctor",
    "idp",
    "account",
    "search",
    "witness",
    "token",
    "backup",
    "restore",
    "files",
    "serve",
    "declarations",
    "reports",
    "payments",
    "provider",
    "draw",
    "permits",
    "snapshots",
)


ALL_HELP = """
import click
from adaldyq.project import cli
def show():
    import django
    django.setup()
    from django.utils import translation
    from adaldyq.project import env
    translation.activate(env.language())
    from adaldyq.project.cli.commands import COMMANDS, named, root
    for command in (root, *(one for one in map(named, COMMANDS) if not one.hidden)):
        print(command.get_help(click.Context(command, info_name=command.name)), end="\\f")
    return 0
import os
import re
os.environ["DJANGO_SETTINGS_MODULE"] = "adaldyq.project.settings"
show()
"""


def test_every_command_explains_itself_in_three_languages(data: Path) -> None:
    told = {}
    for language in ("kk", "ru", "en"):
        more = {"ADALDYQ_LANGUAGE": language}
        done = subprocess.run(
            [sys.executable, "-c", ALL_HELP], env=environment(data, **more), capture_output=True, text=True, check=True
        )
        told[language] = done.stdout.split("\f")[:-1]
        assert len(told[language]) == len(COMMANDS) + 1
        for name in (*COMMANDS, "DATABASE_URL", "ADALDYQ_DATA_DIR"):
            assert name in told[language][0]
    for one, other in (("kk", "ru"), ("kk", "en"), ("ru", "en")):
        assert all(a != b for a, b in zip(told[one], told[other], strict=True))


def test_an_unknown_command_is_a_misuse_and_the_likeliest_is_named(shell: Shell) -> None:
    done = shell("verfy")
    assert done.returncode == 2
    assert "'verfy'. Did you mean 'verify'?" in done.stderr


@pytest.mark.journey
def test_migrating_shows_how_far_it_is_and_twice_changes_nothing(shell: Shell) -> None:
    first = shell("migrate")
    assert first.returncode == 0
    done, total = re.findall(r"Tables of the database: (\d+) / (\d+)", first.stdout)[-1]
    assert done == total
    assert f"{total} steps" in first.stdout
    again = shell("migrate")
    assert again.returncode == 0
    assert "0 steps" in again.stdout


def test_verifying_before_migrating_says_what_to_do(shell: Shell) -> None:
    done = shell("verify")
    assert done.returncode == 1
    assert "adaldyq migrate" in done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("DATABASE_URL", "gopher://x", "must begin with sqlite:/// or postgres://"),
        ("DATABASE_URL", "mysql://x/y", "must begin with sqlite:/// or postgres://"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:1/x", "DATABASE_URL"),
        ("ADALDYQ_COUNTRY", "atlantis", "atlantis"),
    ],
)
def test_a_wrong_variable_is_told(shell: Shell, variable: str, value: str, words: str) -> None:
    done = shell("verify", more={variable: value})
    assert done.returncode == 1
    assert words in done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "language", "words"),
    [
        ("ADALDYQ_LOG", "yaml", "ru", "Настройки неверны: ADALDYQ_LOG — это json или console."),
        ("ADALDYQ_LOG", "yaml", "kk", "Баптау қате: ADALDYQ_LOG — json немесе console."),
        ("ADALDYQ_COUNTRY", "atlantis", "ru", "Настройки неверны: Пакета страны «atlantis» нет."),
    ],
)
def test_a_wrong_variable_is_told_in_the_language_of_the_shell(
    shell: Shell, variable: str, value: str, language: str, words: str
) -> None:
    assert words in shell("verify", more={variable: value, "ADALDYQ_LANGUAGE": language}).stderr


def test_the_sample_country_is_verified_and_scored(loaded: Path, shell: Shell) -> None:
    first = shell("verify")
    assert first.returncode == 0
    assert "declarations.undeclared-real-estate" in first.stdout
    with sqlite3.connect(loaded / "adaldyq.sqlite3") as database:
        (findings,) = database.execute("SELECT count(*) FROM verification_finding").fetchone()
    assert findings > 0
    again = shell("verify", more={"ADALDYQ_LANGUAGE": "ru"})
    assert "страна: Казахстан · " in again.stdout
    with sqlite3.connect(loaded / "adaldyq.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM verification_finding").fetchone() == (findings,)
    assert again.returncode == 0
    score = shell("demo", "score")
    assert score.returncode == 0
    assert "precision" in score.stdout
    assert "recall" in score.stdout


def test_loading_another_country_over_one_is_refused(loaded: Path, shell: Shell) -> None:
    done = shell("demo", "--people", "400")
    assert done.returncode == 1
    assert "300" in done.stderr


def test_scoring_before_verifying_says_what_to_do(loaded: Path, shell: Shell) -> None:
    done = shell("demo", "score")
    assert done.returncode == 1
    assert "adaldyq verify" in done.stderr


def test_a_country_in_parquet_is_verified_and_scored_without_a_database(shell: Shell, country: Path) -> None:
    done = shell("verify", "--snapshot", str(country))
    assert done.returncode == 0
    assert "declarations.late-or-missing" in done.stdout
    score = shell("demo", "score", "--parquet", str(country))
    assert score.returncode == 0
    assert "recall" in score.stdout


def test_a_snapshot_changed_after_its_hash_is_refused_by_name(shell: Shell, country: Path) -> None:
    with (country / "declared_cash.parquet").open("r+b") as file:
        file.seek(100)
        file.write(b"\0\0\0\0")
    done = shell("verify", "--snapshot", str(country))
    assert done.returncode == 1
    assert "declared_cash.parquet" in done.stderr
    assert "has changed" in done.stderr


def test_a_rule_file_with_an_error_is_told_with_its_line(shell: Shell, country: Path, tmp_path: Path) -> None:
    rules = tmp_path / "rules"
    shutil.copytree(FOLDER, rules)
    broken = rules / "declarations" / "gift-above-limit.sql"
    broken.write_text(broken.read_text(encoding="utf-8").replace("SELECT", "SELEKT", 1), encoding="utf-8")
    done = shell("verify", "--snapshot", str(country), "--rules", str(rules))
    assert done.returncode == 1
    assert "gift-above-limit.sql, line" in done.stderr


def test_a_folder_with_other_files_is_not_replaced_by_a_country(shell: Shell, tmp_path: Path) -> None:
    place = tmp_path / "papers"
    place.mkdir()
    (place / "thesis.txt").write_text("years of work", encoding="utf-8")
    done = shell("demo", "--people", "100", "--parquet", str(place))
    assert done.returncode == 1
    assert "thesis.txt" in done.stderr
    assert (place / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    (place / "thesis.txt").unlink()
    for _time in range(2):  # into an empty folder, and in the place of the country that stands there then
        assert shell("demo", "--people", "100", "--parquet", str(place)).returncode == 0
    (place / "notes.txt").write_text("about this country", encoding="utf-8")
    assert "notes.txt" in shell("demo", "--people", "100", "--parquet", str(place)).stderr


def test_a_country_in_which_everyone_declares_is_for_parquet_only(shell: Shell, tmp_path: Path) -> None:
    refused = shell("demo", "--people", "300", "--everyone")
    assert (refused.returncode, "--parquet" in refused.stderr) == (2, True)
    assert shell("demo", "--people", "300", "--everyone", "--parquet", str(tmp_path / "country")).returncode == 0


def test_two_purposes_at_once_are_a_misuse(shell: Shell, tmp_path: Path) -> None:
    assert shell("verify", "--country", "--dataset", "x").returncode == 2
    assert shell("verify", "--rules", str(tmp_path)).returncode == 2


def little_room() -> None:
    """Let no file of the process grow beyond 20 kB, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_a_full_disk_is_told_and_nothing_is_left(shell: Shell, tmp_path: Path) -> None:
    done = shell("demo", "--people", "2000", "--parquet", str(tmp_path / "country"), preexec_fn=little_room)
    assert done.returncode == 1
    assert "no room left" in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_a_full_disk_during_a_run_leaves_what_was_there(loaded: Path, shell: Shell) -> None:
    shell("verify")
    before = sorted((loaded / "snapshots").iterdir())
    done = shell("verify", preexec_fn=little_room)
    assert done.returncode == 1
    assert "disk" in done.stderr
    assert sorted((loaded / "snapshots").iterdir()) == before
    with sqlite3.connect(loaded / "adaldyq.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM verification_run").fetchone() == (1,)


def test_a_full_disk_while_a_folder_is_verified_is_told_once(shell: Shell, country: Path) -> None:
    done = shell("verify", "--snapshot", str(country), preexec_fn=little_room)
    assert done.returncode == 1
    assert "no room left" in done.stderr
    assert "could not run" not in done.stdout + done.stderr


def test_a_manifest_of_a_newer_form_is_refused(shell: Shell, country: Path) -> None:
    manifest = country / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text(encoding="utf-8")) | {"format": 2}), encoding="utf-8")
    done = shell("verify", "--snapshot", str(country))
    assert done.returncode == 1
    assert "format" in done.stderr
