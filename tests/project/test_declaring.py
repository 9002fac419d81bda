"""Who must declare is determined from the shell: new, and the second time unchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from adaldyq.demo.paper_story import PAPERS
from tests.project.conftest import Shell

LEFT_TO_FILE = 2
STATED = LEFT_TO_FILE + PAPERS


@pytest.mark.usefixtures("loaded")
def test_obligations_are_stated_once(shell: Shell) -> None:
    first = shell("declarations", "oblige", "--year", "2025")
    assert first.returncode == 0, first.stderr
    assert "2026-09-15" in first.stdout
    counts = [line.split() for line in first.stdout.splitlines() if line.startswith("2025  ")]
    (_year, _due, new, other, withdrawn, unchanged) = counts[0]
    assert int(new.replace(" ", "")) > 0
    # The sample citizen and official were left declarations to file, which now get their grounds; those who brought
    # theirs on paper have it already.
    assert (other, withdrawn, unchanged) == (str(LEFT_TO_FILE), "0", str(PAPERS))
    again = shell("declarations", "oblige", "--year", "2025")
    (line,) = [line.split() for line in again.stdout.splitlines() if line.startswith("2025  ")]
    assert line[2:] == ["0", "0", "0", str(int(new) + STATED)]


def test_a_year_that_is_none_is_told(shell: Shell, data: Path) -> None:
    done = shell("declarations", "oblige", "--year", "soon")
    assert done.returncode == 2
    assert "soon" in done.stderr


@pytest.mark.usefixtures("loaded")
def test_what_officials_declare_is_counted_from_the_shell(shell: Shell) -> None:
    done = shell("declarations", "count")
    assert done.returncode == 0, done.stderr
    assert "Counted" in done.stdout
    assert "Counted 0" not in done.stdout
