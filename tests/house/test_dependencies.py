"""What the programme imports is installed by its own lock, not only by that of its tests."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from tests.house.test_size import ROOT

SOURCE = ROOT / "src"
RUNTIME, TESTS = "requirements.txt", "requirements-dev.txt"
PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<where>.+))? \\")
HASH = re.compile(r"    --hash=(?P<hash>sha256:[0-9a-f]{64})(?: \\)?")
# Modules that are imported only where an installation has what it needs: why the lock does not bring them.
OPTIONAL: dict[str, str] = {
    "stripe": "only an installation that takes payments by Stripe wants it, as `adaldyq[stripe]`",
    "py_ecc": "only an installation whose draws wait for rounds of drand wants it, as `adaldyq[drand]`",
}
# Imports every module of ours while those that are named on standard input cannot be found.
IMPORT_EVERYTHING = """
import importlib, importlib.abc, json, pkgutil, sys

class Absent(importlib.abc.MetaPathFinder):
    names = frozenset(json.load(sys.stdin))

    def find_spec(self, name, path=None, target=None):
        if name in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Absent())
import django, adaldyq
django.setup()
for module in pkgutil.walk_packages(adaldyq.__path__, "adaldyq."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
        print(module.name)
"""


@cache
def lock(file: str) -> dict[tuple[str, str], tuple[str, frozenset[str]]]:
    """What a lock pins: distribution and on which machines → version and hashes."""
    pinned: dict[tuple[str, str], tuple[str, frozenset[str]]] = {}
    last = ("", "")
    for line in (ROOT / file).read_text(encoding="utf-8").splitlines():
        if pin := PIN.fullmatch(line):
            last = (normal(pin["name"]), pin["where"] or "")
            assert last not in pinned, f"{file} pins {last} twice"
            pinned[last] = (pin["version"], frozenset())
        elif found := HASH.fullmatch(line):
            version, hashes = pinned[last]
            pinned[last] = (version, hashes | {found["hash"]})
        else:
            assert line.lstrip().startswith("#"), f"{file}: {line}"
    return pinned


def normal(name: str) -> str:
    """A distribution's name as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(module: str) -> bool:
    """Whether a top-level module is of a distribution of the runtime lock."""
    names = {name for name, _where in lock(RUNTIME)}
    return any(normal(one) in names for one in distributions().get(module, ()))


@cache
def distributions() -> Mapping[str, list[str]]:
    """Top-level modules that are installed here, and the distributions that brought them."""
    return packages_distributions()


def imported() -> Iterator[tuple[str, str]]:
    """Top-level modules of others that our source imports anywhere, also within functions; and which file does."""
    for file in SOURCE.rglob("*.py"):
        for node in running(ast.parse(file.read_text(encoding="utf-8"))):
            names = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            for name in names:
                module = name.partition(".")[0]
                if module != "adaldyq" and module not in sys.stdlib_module_names:
                    yield module, str(file.relative_to(ROOT))


def running(node: ast.AST) -> Iterator[ast.AST]:
    """A tree's nodes without those that only a type checker reads."""
    yield node
    for one in ast.iter_child_nodes(node):
        if not (isinstance(one, ast.If) and ast.unparse(one.test) == "TYPE_CHECKING"):
            yield from running(one)


def test_what_our_source_imports_is_in_the_runtime_lock() -> None:
    found = dict(imported())
    assert len(found) > 20
    assert {module: file for module, file in found.items() if not locked(module) and module not in OPTIONAL} == {}
    assert {module for module in OPTIONAL if module not in found or locked(module)} == set()


def test_every_module_can_be_imported_without_the_libraries_of_the_tests(tmp_path: Path) -> None:
    absent = [module for module in distributions() if module != "adaldyq" and not locked(module)]
    assert {"pytest", "hypothesis", "playwright"} <= set(absent)
    ours = {"DJANGO_SETTINGS_MODULE": "adaldyq.project.settings", "ADALDYQ_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING],
        env=os.environ | ours,
        input=json.dumps(absent),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert {"adaldyq.project.idp.urls", "adaldyq.portal.api.urls"} <= set(done.stdout.split())


def test_the_lock_of_the_tests_holds_the_runtime_lock_with_the_same_versions_and_hashes() -> None:
    ours, theirs = lock(RUNTIME), lock(TESTS)
    assert len(ours) > 40
    assert all(hashes for _version, hashes in theirs.values())
    assert {one: pinned for one, pinned in ours.items() if theirs.get(one) != pinned} == {}
