"""Phrases of receipts are read in browsers as the server reads them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from adaldyq.sealing import phrases
from tests.sealing import test_phrases as shared

pytestmark = pytest.mark.browser
READER = Path(shared.__file__).parent / "vectors" / "phrases.js"
LISTS = [(shared.WORDS / f"{language}.txt").read_text(encoding="utf-8") for language in phrases.LANGUAGES]


def test_phrases_are_read_and_seen_in_a_browser_as_the_vectors_say(page: Page, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<!DOCTYPE html><meta charset=utf-8><title>vectors</title>")
    page.goto(empty.as_uri())
    page.add_script_tag(path=READER)
    for kind, function in (("read", "readPhrases"), ("holds", "holdPhrases")):
        texts = [one["text"] for one in shared.VECTORS[kind]]
        found = page.evaluate(f"([lists, texts]) => {function}(lists, texts)", [LISTS, texts])
        for typed, answer in zip(shared.VECTORS[kind], found, strict=True):
            wanted = {name: said for name, said in typed.items() if name not in ("shape", "text")}
            assert (answer if kind == "read" else {"holds": answer}) == wanted, typed["shape"]
