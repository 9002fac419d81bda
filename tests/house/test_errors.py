"""Every error code that is raised has a sentence, and its sentence uses only what the error carries."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import SENTENCES, sentence

SOURCE = Path(__file__).resolve().parents[2] / "src"
MADE_BY_THEIR_CLASS = {"not-allowed", "conflict"}


def raised() -> Iterator[tuple[str, set[str] | None]]:
    """Codes that the source raises, with the parameters given; none when they are given by `**`."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "DomainError"):
                continue
            first = node.args[0] if node.args else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                names = {keyword.arg for keyword in node.keywords}
                yield first.value, None if None in names else {name for name in names if name and name != "field"}


def used() -> Iterator[str]:
    """Every text of the source that stands by itself, but for the keys under which the sentences are kept."""
    for file in SOURCE.rglob("*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        keys = {id(key) for node in ast.walk(tree) if is_sentences(node) for key in keys_of(node)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in keys:
                yield node.value


def is_sentences(node: ast.AST) -> bool:
    """Whether a statement makes a mapping of sentences."""
    return isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "SENTENCES"


def keys_of(node: ast.AST) -> list[ast.expr]:
    """Keys of a mapping as it is written."""
    made = node.value if isinstance(node, ast.AnnAssign) else None
    return [key for key in made.keys if key] if isinstance(made, ast.Dict) else []


def test_every_code_has_a_sentence() -> None:
    assert {code for code, _ in raised()} | MADE_BY_THEIR_CLASS <= set(SENTENCES)


def test_no_sentence_is_left_behind() -> None:
    assert set(SENTENCES) - set(used()) == set()


def test_a_sentence_uses_what_its_error_carries() -> None:
    for code, given in raised():
        wanted = set(re.findall(r"%\((\w+)\)s", str(SENTENCES[code])))
        if given is not None:
            assert wanted <= given, code


def test_a_sentence_is_made() -> None:
    assert "XX9" in sentence(DomainError("unknown-currency", field="currency", value="XX9"))
