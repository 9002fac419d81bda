"""What the repository may not hold, and what it must."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOSTS = re.compile(r"py" r"pi\.org|python" r"hosted|registry\.npm" r"js|deb\.deb" r"ian")
LOCKS = ("requirements.txt", "requirements-dev.txt")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_package_registry() -> None:
    named = [file for file in tracked() if HOSTS.search(file.read_text(encoding="utf-8", errors="ignore"))]
    assert named == []


def test_locks_are_hashed() -> None:
    for name in LOCKS:
        pins = re.findall(
            r"^([a-z0-9._-]+)==\S+(?: ;[^\\\n]*)? \\\n    --hash=sha256:",
            (ROOT / name).read_text(),
            re.MULTILINE | re.IGNORECASE,
        )
        lines = re.findall(r"^[a-zA-Z0-9._-]+==", (ROOT / name).read_text(), re.MULTILINE)
        assert len(pins) == len(lines) > 0


def test_every_dependency_has_a_reason() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)
    groups = [project["project"]["dependencies"], *project["dependency-groups"].values()]
    for requirement in (one for group in groups for one in group):
        line = next(line for line in text.splitlines() if f'"{requirement}"' in line)
        assert "# " in line, requirement


def test_every_ignored_lint_has_a_reason() -> None:
    for file in tracked():
        if file.suffix == ".py" and "migrations" not in file.parts:
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                if re.search(r"#\s*(noqa|type:\s*ignore)", line) and "re.search" not in line:
                    assert re.search(r"(noqa: [A-Z0-9, ]+|ignore\[[\w, -]+\])\s+# ['`\w]", line), f"{file}:{number}"
