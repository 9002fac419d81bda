"""The scripts of sealed reports are those that were built from the sources that are here."""

from __future__ import annotations

import hashlib
import json
import re
import runpy
from pathlib import Path

import pytest

from adaldyq.measures import reports

ROOM = Path(reports.__file__).parent
STATIC = ROOM / "static" / "reports"
SOURCES = ROOM.parents[3] / "frontend" / "sealing"
WORDS = ROOM.parents[1] / "sealing" / "words"
RECORD = (STATIC / "VENDORED.txt").read_text(encoding="utf-8")
HASHES = {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", RECORD, re.MULTILINE)}


def test_scripts_are_those_that_were_built() -> None:
    built = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in STATIC.iterdir()}
    del built["VENDORED.txt"]
    assert built == HASHES


def test_scripts_were_built_from_the_sources_that_are_there() -> None:
    parts = [f"{file.name}\n{file.read_text(encoding='utf-8')}" for file in sorted(SOURCES.iterdir())]
    assert hashlib.sha256("\n".join(parts).encode()).hexdigest() in RECORD, "run make assets"


def test_vectors_of_age_are_opened_by_the_version_that_pages_have() -> None:
    built = (ROOM.parents[3] / "tests" / "sealing" / "vectors" / "age.js").read_text(encoding="utf-8")
    version = re.match(r"/\* (age-encryption \S+),", built)
    assert version
    assert f"{version[1]}, BSD-3-Clause" in RECORD


def test_phrases_of_vectors_are_read_by_the_sources_that_are_there() -> None:
    built = (ROOM.parents[3] / "tests" / "sealing" / "vectors" / "phrases.js").read_text(encoding="utf-8")
    made_of = re.match(r"/\* .* ([0-9a-f]{64}) \*/", built)
    assert made_of
    assert made_of[1] in RECORD, "run make assets"


def test_names_of_vectors_are_looked_for_by_the_sources_that_are_there() -> None:
    built = (ROOM.parents[3] / "tests" / "sealing" / "vectors" / "naming.js").read_text(encoding="utf-8")
    made_of = re.match(r"/\* .* ([0-9a-f]{64}) \*/", built)
    assert made_of
    assert made_of[1] in RECORD, "run make assets"


def test_browsers_have_the_tables_by_which_the_server_folds() -> None:
    made = json.loads(runpy.run_path(str(ROOM.parents[3] / "tools" / "write_folding.py"))["text"]())
    written = json.loads((SOURCES / "folding.json").read_text(encoding="utf-8"))
    if made["letters"].pop("unicode") != written["letters"].pop(
        "unicode"
    ):  # another Python has other tables of Unicode
        for name in ("marks", "casefold"):
            del made["letters"][name], written["letters"][name]
    assert written == made, "run tools/write_folding.py and make assets"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_browsers_and_the_server_have_the_same_lists_of_words(language: str) -> None:
    assert (STATIC / f"words-{language}.txt").read_bytes() == (WORDS / f"{language}.txt").read_bytes()


def test_scripts_need_no_eval_no_wasm_and_no_other_host() -> None:
    for file in STATIC.glob("*.js"):
        text = file.read_text(encoding="utf-8")
        for needed in (
            "eval(",
            "new Function",
            "WebAssembly",
            "https://",
            "localStorage",
            "sessionStorage",
            "indexedDB",
        ):
            assert needed not in text, (file.name, needed)
