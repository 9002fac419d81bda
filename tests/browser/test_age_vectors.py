"""The published vectors of age, held against the library that seals and opens in browsers."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.sealing import test_age_vectors as published

pytestmark = pytest.mark.browser
LIBRARY = Path(published.__file__).parent / "vectors" / "age.js"
LARGE = 1_000_000
"""Bytes of vectors that a browser takes seconds for; the server's library is held against them, too."""


def test_age_files_open_or_are_refused_in_a_browser_as_the_vectors_say(page: Page, tmp_path: Path) -> None:
    empty = tmp_path / "empty.html"
    empty.write_text("<!DOCTYPE html><title>vectors</title>")
    page.goto(empty.as_uri())
    page.add_script_tag(path=LIBRARY)
    asked, wanted = [], {}
    for name in published.for_our_keys():
        said, body = published.parts(name)
        if len(body) > LARGE:
            continue
        armored = said.get("armored") == "yes"
        asked.append({"file": base64.b64encode(body).decode(), "identity": said["identity"], "armored": armored})
        wanted[name] = said["payload"] if said["expect"] == "success" else "refused"
    found = page.evaluate("async (files) => Promise.all(files.map((one) => openedVector(one)))", asked)
    assert len(wanted) > 80
    assert dict(zip(wanted, found, strict=True)) == wanted
