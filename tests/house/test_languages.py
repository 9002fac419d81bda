"""No sentence is left untranslated, and what is compiled is what was translated."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src" / "adaldyq"
CATALOGUES = sorted(SOURCE.rglob("locale/*/LC_MESSAGES/*.po"))
GATHERED = re.compile(r"_|n?p?gettext(_lazy|_noop)?")
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


def title(file: Path) -> str:
    return str(file.relative_to(SOURCE).parent.parent)


def room_of(catalogue: Path) -> Path:
    return catalogue.parents[3]


@pytest.mark.parametrize("file", CATALOGUES, ids=title)
def test_every_sentence_is_translated(file: Path) -> None:
    catalogue = polib.pofile(str(file))
    assert [entry.msgid for entry in catalogue if not entry.translated() and not entry.obsolete] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


@pytest.mark.parametrize("file", CATALOGUES, ids=title)
def test_every_plural_form_of_the_language_is_there(file: Path) -> None:
    catalogue = polib.pofile(str(file))
    forms = int(catalogue.metadata["Plural-Forms"].partition("nplurals=")[2].partition(";")[0])
    plural = [entry for entry in catalogue if entry.msgid_plural]
    assert [one.msgid for one in plural if len([form for form in one.msgstr_plural.values() if form]) != forms] == []


@pytest.mark.parametrize("file", CATALOGUES, ids=title)
def test_a_translation_keeps_the_places_of_its_sentence(file: Path) -> None:
    for entry in polib.pofile(str(file)):
        translations = list(entry.msgstr_plural.values()) or [entry.msgstr]
        allowed = set(PLACES.findall(entry.msgid)) | set(PLACES.findall(entry.msgid_plural or ""))
        for text in translations:
            assert set(PLACES.findall(text)) <= allowed, entry.msgid
            if not entry.msgid_plural:
                assert set(PLACES.findall(text)) == allowed, entry.msgid


@pytest.mark.parametrize("file", CATALOGUES, ids=title)
def test_what_is_compiled_is_what_was_translated(file: Path) -> None:
    compiled = polib.mofile(str(file.with_suffix(".mo")))
    written = {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in polib.pofile(str(file))}
    assert {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in compiled} == written


def test_every_room_with_words_has_both_languages() -> None:
    for room in {room_of(file) for file in CATALOGUES}:
        assert {file.parents[1].name for file in CATALOGUES if room_of(file) == room} == {"kk", "ru"}, room


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is absent: sentences cannot be gathered")
@pytest.mark.parametrize("room", sorted({room_of(file) for file in CATALOGUES}), ids=lambda room: room.name)
def test_every_sentence_of_the_source_is_in_the_catalogue(room: Path, tmp_path: Path) -> None:
    copy = tmp_path / room.name
    shutil.copytree(room, copy, ignore=shutil.ignore_patterns("static", "__pycache__"))
    django_admin = Path(sys.executable).with_name("django-admin")
    options = ("-l", "kk", "-l", "ru", "--no-obsolete", "--no-location", "-v", "0")
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    subprocess.run([django_admin, "makemessages", *options], cwd=copy, env=environment, check=True)
    for language in ("kk", "ru"):
        name = Path("locale") / language / "LC_MESSAGES" / "django.po"
        gathered = {entry.msgid for entry in polib.pofile(str(copy / name)) if not entry.obsolete}
        assert gathered <= {entry.msgid for entry in polib.pofile(str(room / name)) if entry.translated()}


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_a_sentence_is_translated_in_one_way_wherever_it_stands(language: str) -> None:
    # Django merges the catalogues of all rooms: of two translations of a sentence only one would ever be shown.
    ways: dict[tuple[str | None, str], dict[str, str]] = {}
    for file in CATALOGUES:
        if file.parents[1].name == language and room_of(file).name != "framework":
            for entry in polib.pofile(str(file)):
                if entry.msgid and not entry.obsolete:
                    told = ways.setdefault((entry.msgctxt, entry.msgid), {})
                    told[room_of(file).name] = entry.msgstr or str(sorted(entry.msgstr_plural.items()))
    assert {sentence: told for sentence, told in ways.items() if len(set(told.values())) > 1} == {}


def test_sentences_are_marked_by_names_that_are_gathered() -> None:
    renamed = re.compile(r"^from .* import .*\bn?p?gettext\w* as (?!_\b)(\w+)", re.MULTILINE)
    assert [(str(file), found) for file in SOURCE.rglob("*.py") if (found := renamed.findall(file.read_text()))] == []


def test_no_sentence_stands_within_a_formatted_string() -> None:
    # What gathers sentences does not read into formatted strings: what stands there would stay English, unnoticed.
    found = {str(file.relative_to(SOURCE)): told for file in SOURCE.rglob("*.py") if (told := buried(file.read_text()))}
    assert found == {}


def buried(source: str) -> list[str]:
    """Sentences that are marked for translation within formatted strings of a module."""
    strings = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.JoinedStr)]
    calls = [one for string in strings for one in ast.walk(string) if isinstance(one, ast.Call)]
    marked = [one for one in calls if GATHERED.fullmatch(ast.unparse(one.func).rpartition(".")[2])]
    words = [argument for one in marked for argument in one.args]
    return [one.value for one in words if isinstance(one, ast.Constant) and isinstance(one.value, str)]


def test_a_sentence_within_a_formatted_string_is_found_however_deep_it_stands() -> None:
    source = """f"{a} {_('One.')}", f"{ngettext('Two', 'Twos', n) % {'n': n}}", f"{', '.join([t.pgettext('c', 'Three')])}" """
    assert buried(source) == ["One.", "Two", "Twos", "c", "Three"]
    assert buried("""_("One.") + f"{_(title)}: {len('two')}" """) == []
