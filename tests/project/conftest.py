"""The `adaldyq` command as a person runs it: a process of its own, with a data folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests import commands
from tests.conftest import made_once

Shell = Callable[..., subprocess.CompletedProcess[str]]
SECONDS = 240


def environment(data: Path, **more: str) -> dict[str, str]:
    """What a person's shell would have, and nothing of ours."""
    ours = {"DATABASE_URL", "DJANGO_SETTINGS_MODULE", "ADALDYQ_LANGUAGE", "ADALDYQ_COUNTRY", "ADALDYQ_SECRET_KEY"}
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"ADALDYQ_DATA_DIR": str(data), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "COLUMNS": "160"} | more


def run(
    data: Path, *words: str, more: Mapping[str, str] | None = None, **how: object
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end; what `subprocess.run` alone can do, it does."""
    done: subprocess.CompletedProcess[str]
    if how.keys() <= {"input"}:
        done = commands.run(words, environment(data, **(more or {})), data, str(how.get("input", "")), SECONDS)
        assert "Traceback" not in done.stdout + done.stderr
        return done
    command = [sys.executable, "-m", "adaldyq", *words]
    done = subprocess.run(  # type: ignore[call-overload]  # what `how` holds is the test's affair
        command,
        env=environment(data, **(more or {})),
        cwd=data,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        **how,
    )
    assert "Traceback" not in done.stdout + done.stderr
    return done


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in which nothing is."""
    folder = tmp_path / "data"
    folder.mkdir()
    return folder


@pytest.fixture
def shell(data: Path) -> Shell:
    """Runs the command in an empty data folder."""

    def typed(*words: str, **how: object) -> subprocess.CompletedProcess[str]:
        return run(data, *words, **how)  # type: ignore[arg-type]  # as in `run`

    return typed


@pytest.fixture
def loaded(loaded_once: Path, data: Path) -> Path:
    """A data folder with a small sample country."""
    shutil.copytree(loaded_once, data, dirs_exist_ok=True)
    return data


@pytest.fixture(scope="session")
def country_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small sample country as Parquet, made once for all workers; take a copy."""

    def make(folder: Path) -> None:
        done = run(folder, "demo", "--people", "300", "--parquet", str(folder / "country"))
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "parquet", make) / "country"


@pytest.fixture
def country(country_once: Path, tmp_path: Path) -> Path:
    """A small sample country as Parquet."""
    return shutil.copytree(country_once, tmp_path / "country")
