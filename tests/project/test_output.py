"""How the shell shows tables, wide and narrow."""

from __future__ import annotations

import pytest
from rich.console import Console

from adaldyq.project.cli import output

COLUMNS = [("rule", "left"), ("checked", "right"), ("could not be judged", "right"), ("look-alikes named", "right")]
ROWS = [
    ["declarations.acquisitions-above-means", "11 859", "5 096", "2 / 6"],
    ["declarations.sold-to-relative-below-market", "5 147", "0", "0 / 2"],
]


def shown(width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    monkeypatch.setattr(output, "console", Console(highlight=False, width=width))
    output.show_table("What was found", COLUMNS, ROWS)
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_a_wide_terminal_shows_a_table_with_a_row_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    title, headings, *lines = shown(120, monkeypatch, capsys)
    assert title == "What was found"
    assert headings.split() == ["rule", "checked", "could", "not", "be", "judged", "look-alikes", "named"]
    assert [line.split() for line in lines] == [" ".join(row).split() for row in ROWS]


def test_a_narrow_terminal_keeps_names_whole_and_says_what_each_number_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(80, monkeypatch, capsys) == [
        "What was found",
        "declarations.acquisitions-above-means",
        "  checked 11 859 · could not be judged 5 096 · look-alikes named 2 / 6",
        "declarations.sold-to-relative-below-market",
        "  checked 5 147 · could not be judged 0 · look-alikes named 0 / 2",
    ]


def test_a_very_narrow_terminal_folds_the_numbers_not_the_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = shown(44, monkeypatch, capsys)
    assert "declarations.sold-to-relative-below-market" in lines
    assert all(len(line) <= 44 for line in lines)
    assert "  checked 11 859 · could not be judged 5 096" in lines
