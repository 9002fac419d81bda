"""Whatever stops a command, a person reads a sentence and a script reads an exit code."""

from __future__ import annotations

import errno
from pathlib import Path

import click
import pytest
from django.db import OperationalError

from adaldyq.base.errors import DomainError
from adaldyq.project.cli.faults import guarded


@pytest.fixture(autouse=True)
def _in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADALDYQ_LANGUAGE", "en")


def failing(error: BaseException) -> int:
    def work() -> int:
        raise error

    return guarded(work)


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (DomainError("run-under-way"), 1, "Another run is under way"),
        (OperationalError("no such table: kernel_person"), 1, "adaldyq migrate"),
        (OperationalError("database or disk is full"), 1, "DATABASE_URL"),
        (OSError(errno.ENOSPC, "No space left on device"), 1, "no room left on the disk"),
        (PermissionError(errno.EACCES, "Permission denied", "x"), 1, "Check the path"),
        (click.UsageError("no such option"), 2, "no such option"),
        (KeyboardInterrupt(), 130, "Stopped"),
    ],
)
def test_what_an_operator_can_mend_is_told(
    error: BaseException, code: int, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert failing(error) == code
    told = capsys.readouterr().err
    assert words in told
    assert "Traceback" not in told


def test_a_fault_of_ours_is_recorded_in_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ADALDYQ_DATA_DIR", str(tmp_path))
    assert failing(RuntimeError("the moon\nis made of cheese")) == 70
    told = capsys.readouterr().err
    assert "RuntimeError: the moon" in told
    assert str(tmp_path / "faults.log") in told
    assert "Traceback" not in told
    assert "is made of cheese" in (tmp_path / "faults.log").read_text(encoding="utf-8")
