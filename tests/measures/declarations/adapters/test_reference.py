"""The reference page of a dataset says of every field where it goes, and of every kind of note what it means."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from adaldyq.measures.declarations.adapters.leaves import LOST
from adaldyq.measures.declarations.adapters.rows import KINDS

PAGES = Path(__file__).resolve().parents[4] / "docs" / "reference" / "datasets"
FIELD_BY_FIELD = ("kosovo", "nacp", "sejm")


def line_of(path: str, target: str) -> str:
    """The line of a field, as the page must have it."""
    where = target if target.startswith(LOST) else ", ".join(f"`{column}`" for column in target.split(", "))
    return f"| `{path}` | {where} |"


def fields_of(source: str) -> Mapping[str, str]:
    fields: Mapping[str, str] = importlib.import_module(f"adaldyq.measures.declarations.adapters.{source}").FIELDS
    return fields


@pytest.mark.parametrize("source", FIELD_BY_FIELD)
def test_the_page_has_exactly_the_fields_of_the_code(source: str) -> None:
    lines = (PAGES / f"{source}.md").read_text(encoding="utf-8").splitlines()
    start = lines.index("| field of the source | where it goes |")
    table = [line for line in lines[start + 2 :] if line.startswith("| `")]
    wanted = [line_of(path, target) for path, target in fields_of(source).items()]
    assert table[: len(wanted)] == wanted


@pytest.mark.parametrize("source", FIELD_BY_FIELD)
def test_the_page_names_only_kinds_of_notes_that_there_are(source: str) -> None:
    text = (PAGES / f"{source}.md").read_text(encoding="utf-8")
    section = text.split("## Suspected slips", 1)[1].split("\n## ", 1)[0]
    kinds = [line.split("`")[1] for line in section.splitlines() if line.startswith("| `")]
    assert kinds
    for kind in kinds:
        assert f"| `{kind}` | {KINDS[kind]} |" in section
