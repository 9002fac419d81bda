"""Files stay under 400 lines and functions under 40; the list of exceptions may only shrink."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LINES_OF_A_FILE, LINES_OF_A_FUNCTION = 400, 40
LONG_FILES: set[str] = set()
LONG_FUNCTIONS: set[str] = set()


def python_files() -> list[Path]:
    folders = (ROOT / "src", ROOT / "tests", ROOT / "bench", ROOT / "tools")
    return [file for folder in folders for file in folder.rglob("*.py") if "migrations" not in file.parts]


def test_no_file_is_too_long() -> None:
    counted = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines()) for file in python_files()
    }
    assert {name for name, lines in counted.items() if lines > LINES_OF_A_FILE} == LONG_FILES


def test_no_function_is_too_long() -> None:
    found = set()
    for file in python_files():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or 0) - body_begins(node) + 1
                if lines > LINES_OF_A_FUNCTION:
                    found.add(f"{file.relative_to(ROOT)}:{node.name}")
    assert found == LONG_FUNCTIONS


def body_begins(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    first = function.body[0]
    has_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    return (first.end_lineno or 0) + 1 if has_docstring else first.lineno
