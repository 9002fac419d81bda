"""What ships is what was built, and says what it is made of."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import django
import polib
import pytest

from adaldyq.ui import framework_words

UI = Path(framework_words.__file__).parent
STATIC = UI / "static" / "ui"
FRONTEND = UI.parents[2] / "frontend"
RECORD = (STATIC / "VENDORED.txt").read_text(encoding="utf-8")
HASHES = {name: digest for digest, name in re.findall(r"^([0-9a-f]{64})  (\S+)$", RECORD, re.MULTILINE)}
LIGHT_AND_DARK = re.compile(r"--([a-z0-9-]+): (#[0-9a-f]{6});")
PAIRS = (
    ("ink", "paper"),
    ("ink", "stone"),
    ("quiet", "paper"),
    ("quiet", "stone"),
    ("on-teal", "teal"),
    ("on-teal-quiet", "teal"),
    ("on-teal-quiet", "teal-deep"),
    ("button-text", "button"),
    ("button-text", "button-hover"),
    ("button-text", "danger"),
    ("good", "good-soft"),
    ("attention", "attention-soft"),
    ("bad", "bad-soft"),
    ("bad", "paper"),
    ("work", "work-soft"),
)


@pytest.mark.parametrize("name", sorted(HASHES))
def test_a_vendored_file_is_the_one_that_was_built(name: str) -> None:
    assert hashlib.sha256((STATIC / name).read_bytes()).hexdigest() == HASHES[name]


def test_every_font_is_recorded() -> None:
    assert {f"fonts/{file.name}" for file in (STATIC / "fonts").iterdir()} <= set(HASHES)


def test_the_stylesheet_was_built_from_the_sources_that_are_there() -> None:
    parts = [f"{file.name}\n{file.read_text(encoding='utf-8')}" for file in sorted((FRONTEND / "scss").iterdir())]
    built_from = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    assert built_from in RECORD, "run make assets"


def test_the_stylesheet_asks_for_nothing_but_our_own_files() -> None:
    css = (STATIC / "adaldyq.css").read_text(encoding="utf-8")
    for address in re.findall(r"url\(\"?([^\")]+)", css):
        assert (STATIC / address).is_file(), address
    assert "crest" not in css
    assert "GDS Transport" not in css


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_stands_out_from_its_ground(theme: str, text: str, ground: str) -> None:
    source = (FRONTEND / "scss" / "_tokens.scss").read_text(encoding="utf-8")
    light, dark = source.split("@mixin dark")
    colours = dict(LIGHT_AND_DARK.findall(light)) | (dict(LIGHT_AND_DARK.findall(dark)) if theme == "dark" else {})
    lighter, darker = sorted((luminance(colours[text]), luminance(colours[ground])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def test_sentences_of_the_framework_are_those_it_still_says() -> None:
    root = Path(django.__file__).parent
    said = {
        entry.msgid
        for part in ("conf", "contrib/auth")
        for entry in polib.pofile(str(root / part / "locale/ru/LC_MESSAGES/django.po"))
    }
    ours = {*framework_words.FIELD_ERRORS, *framework_words.PASSWORD_ERRORS}
    assert ours - said == set()
