"""The documents say what the program does, and their links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils import translation

from adaldyq.project import env

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
WRITTEN_BY_BENCH = {ROOT / "docs" / "benchmarks.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert [one for one in missing if (page.parent / one).resolve() not in WRITTEN_BY_BENCH] == []


def test_every_command_and_option_is_documented() -> None:
    with translation.override("en"):
        from adaldyq.project.cli.commands import root  # noqa: PLC0415  # help texts are translated as they are read
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    for name, command in root.commands.items():
        assert f"`{name}" in page
        for parameter in command.params:
            if not getattr(parameter, "hidden", False):
                for option in (one for one in parameter.opts if one.startswith("--")):
                    assert option in page, (name, option)


def test_every_variable_is_documented_and_no_other() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)
    assert sorted(rows) == sorted(name for name, _ in env.VARIABLES)
