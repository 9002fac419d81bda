"""The documents say what the program does, and their links lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import click
import pytest
from django.utils import translation

from adaldyq.project import env

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "src").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
CODE = re.compile(r"`(adaldyq [^`]+)`|^ {4,}(?:\S*/)?(adaldyq [^\n#]+)", re.MULTILINE)
OPTION = re.compile(r"--[a-z][a-z-]+")
TEST = re.compile(r"`((?:tests/[\w/-]+/|[\w/]*)test_\w+\.py)(?:::(test_\w+))?`")
WRITTEN_BY_BENCH = {ROOT / "docs" / "benchmarks.md"}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_to_a_file_leads_to_one(page: Path) -> None:
    targets = [target for target in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in target]
    missing = [target for target in targets if not (page.parent / target).exists()]
    assert [one for one in missing if (page.parent / one).resolve() not in WRITTEN_BY_BENCH] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_test_that_is_named_is_there_and_named_so_that_it_is_found(page: Path) -> None:
    for name, function in TEST.findall(page.read_text(encoding="utf-8")):
        found = [ROOT / name] if name.startswith("tests/") else [*(ROOT / "tests" / "measures" / "reports").rglob(name)]
        assert len(found) == 1, name
        text = found[0].read_text(encoding="utf-8")
        assert not function or f"def {function}(" in text, f"{name}::{function}"


def test_every_command_and_option_is_documented() -> None:
    with translation.override("en"):
        from adaldyq.project.cli.commands import COMMANDS, named  # noqa: PLC0415  # help texts are translated as they are read

        commands = {name: named(name) for name in COMMANDS}
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    for name, command in commands.items():
        assert f"`{name}" in page
        for parameter in command.params:
            if not getattr(parameter, "hidden", False):
                for option in (one for one in parameter.opts if one.startswith("--")):
                    assert option in page, (name, option)


def test_every_variable_is_documented_and_no_other() -> None:
    page = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)
    assert sorted(rows) == sorted(name for name, _ in env.VARIABLES)


def commands_of(command: click.Command, first: Mapping[str, click.Command]) -> Mapping[str, click.Command]:
    """What a group holds; the outermost imports its commands one by one, so that they are given."""
    if not isinstance(command, click.Group):
        return {}
    return command.commands or first


def commands_in(page: Path) -> set[str]:
    """Command lines of ours that a page shows."""
    return {next(filter(None, found)).strip() for found in CODE.findall(page.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_that_a_page_shows_exists_with_its_options(page: Path) -> None:
    with translation.override("en"):
        from adaldyq.project.cli.backing_up import MAKE, WithoutVerb  # noqa: PLC0415  # help texts are translated as they are read
        from adaldyq.project.cli.commands import COMMANDS, named, root  # noqa: PLC0415  # the same

        commands = {name: named(name) for name in COMMANDS}
    for line in commands_in(page):
        words = line.split()[1:]
        command: click.Command = root
        path = [command]
        while words and words[0] in commands_of(command, commands):
            command = commands_of(command, commands)[words.pop(0)]
            path.append(command)
        if isinstance(command, WithoutVerb):
            path.append(command.commands[MAKE])
        assert len(path) > 1 or words[:1] in (["COMMAND"], ["--help"]), line
        known = {option for one in path for parameter in one.params for option in parameter.opts} | {"--help"}
        assert set(OPTION.findall(line)) <= known, line
