"""The floors of the house hold, and the tool that holds them catches whoever breaks them."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PLANTED = {
    "a measure reads the portal": ("measures/declarations/queries.py", "import adaldyq.portal.views"),
    "base reads Django": ("base/ids.py", "import django"),
    "the ledger reads the kernel": ("ledger/actions.py", "import adaldyq.kernel.roles"),
    "verification reads a measure": ("verification/contracts.py", "import adaldyq.measures.declarations.models"),
    "the portal reads a measure's models": ("portal/views.py", "import adaldyq.measures.declarations.models"),
    "a model reads an action": ("measures/declarations/models.py", "import adaldyq.measures.declarations.actions"),
    "a view reads a model": ("measures/declarations/views.py", "import adaldyq.measures.declarations.models"),
    "the kernel reads the demo": ("kernel/roles.py", "import adaldyq.demo"),
    "an engine reads Django": ("verification/engines/duckdb.py", "import django.db"),
    "a measure knows another": ("measures/payments/actions.py", "import adaldyq.measures.declarations.queries"),
}


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [lint_imports, "--config", folder / "pyproject.toml", "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "src"), "PATH": "", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    leave_out = shutil.ignore_patterns("static", "locale", "__pycache__", "*.geojson", "*.sql")
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=leave_out)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_every_import_goes_downstairs(copy: Path) -> None:
    outcome = lint(copy)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def plant(tree: Path, file: str, line: str) -> None:
    """Add a line to a file, or a file to the house."""
    target = tree / "src" / "adaldyq" / file
    if not target.parent.exists():
        target.parent.mkdir(parents=True)
        (target.parent / "__init__.py").write_text('"""Planted."""\n', encoding="utf-8")
    before = target.read_text(encoding="utf-8") if target.exists() else ""
    target.write_text(f"{before}\n{line}\n", encoding="utf-8")


def test_planted_violations_are_caught_each_by_name(copy: Path) -> None:
    for file, line in PLANTED.values():
        plant(copy, file, line)
    plant(copy, "base/money.py", "import adaldyq.base.planted")
    plant(copy, "base/planted.py", "import adaldyq.base.money")
    outcome = lint(copy)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    told = re.sub(r"\s+", " ", outcome.stdout)
    for name, (file, line) in PLANTED.items():
        reads = line.removeprefix("import ").removesuffix(".db")
        assert f"{module(file)} -> {reads} (" in told, name
    assert "No cycles are allowed in adaldyq.base." in told


def module(file: str) -> str:
    """Name of the module of a file."""
    return "adaldyq." + file.removesuffix(".py").replace("/", ".")


def test_a_room_that_is_on_no_floor_is_caught(copy: Path) -> None:
    plant(copy, "attic/__init__.py", "")
    outcome = lint(copy)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    assert "attic" in outcome.stdout
