"""Which sentences of Django and allauth lack a translation, and a catalogue of our own that holds them.

Usage: framework_words.py [--write]. Without an option it lists what is missing and ends with 1 when anything
is; with it, the catalogues of `adaldyq.ui.framework` get an entry for each sentence, and lose what is gone.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import allauth
import django
import polib

CATALOGUES = Path(__file__).resolve().parents[1] / "src" / "adaldyq" / "ui" / "framework" / "locale"
LANGUAGES = ("kk", "ru")
PLACE = re.compile(r"%\((\w+)\)s")
DJANGO, ALLAUTH = Path(django.__file__).parent, Path(allauth.__file__).parent
ROOMS = {
    "django": DJANGO / "conf",
    "django.contrib.auth": DJANGO / "contrib" / "auth",
    "django.contrib.contenttypes": DJANGO / "contrib" / "contenttypes",
    "django.contrib.humanize": DJANGO / "contrib" / "humanize",
    "django.contrib.sessions": DJANGO / "contrib" / "sessions",
    "allauth": ALLAUTH,
}
"""Folders with a catalogue of each app that has sentences; that of `django` holds those of its core."""

TRANSLATES = {
    "_",
    *(f"{kind}gettext{when}" for kind in ("", "n", "p", "np") for when in ("", "_lazy", "_noop")),
}
SEEN_BY_NOBODY = {
    "conf/global_settings.py": "names of languages that we do not offer",
    "conf/locale/*": "the same",
    "*/migrations/*": "written once for the database",
    "core/management/*": "for developers",
    "*/management/*": "for developers",
    "*/apps.py": "names of apps in Django's administration, which is not installed",
    "*/admin.py": "Django's administration",
    "*/admin/*": "Django's administration",
    "*:description": "kinds of columns in Django's own documentation of models, which is not installed",
    "contrib/auth/hashers.py": "parts of a stored password in Django's administration",
    "contrib/sitemaps/*": "not installed",
    "contrib/syndication/*": "not installed",
    "contrib/messages/*": "not used",
    "contrib/staticfiles/*": "never shown without DEBUG",
    "contrib/flatpages/*": "not installed",
    "contrib/gis/*": "not used",
    "contrib/postgres/*": "not used",
    "views/csrf.py": "we have a page of our own for it",
    "views/debug.py": "never shown without DEBUG",
    "views/static.py": "not used",
    "views/templates/*": "never shown without DEBUG",
    "*/headless/*": "an interface for programs that is not installed",
    "*/models.py:verbose": "names of columns in Django's administration",
}


@dataclass(frozen=True, order=True)
class Sentence:
    """A sentence that is to be translated: context, text, and its plural where it counts."""

    context: str
    text: str
    plural: str = ""


def entries(file: Path) -> Iterator[polib.POEntry]:
    """The entries of a catalogue that are in use."""
    if file.exists():
        yield from (entry for entry in polib.pofile(str(file)) if not entry.obsolete)


def catalogue(room: Path, language: str) -> Path:
    """A room's catalogue of a language."""
    return room / "locale" / language / "LC_MESSAGES" / "django.po"


def sentence(entry: polib.POEntry) -> Sentence:
    """What an entry is about."""
    return Sentence(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def places_in(file: Path, name: str) -> Iterator[tuple[str, str]]:
    """Texts that stand in a module, each with its place: the file, with what is assigned where that matters."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    marked = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and any(getattr(one, "id", "") == "description" for one in node.targets):
            marked.update({id(child): ":description" for child in ast.walk(node)})
        if isinstance(node, ast.keyword) and node.arg in {"verbose_name", "help_text"}:
            marked.update({id(child): ":verbose" for child in ast.walk(node)})
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "").endswith("Field"):
            marked.update({id(child): ":verbose" for one in node.args[:1] for child in ast.walk(one)})
        if isinstance(node, ast.ClassDef) and (
            node.name == "Meta" or any("Choices" in ast.unparse(one) for one in node.bases)
        ):
            marked.update({id(child): ":verbose" for child in ast.walk(node)})
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and said_by(call.func) in TRANSLATES:
            for node in call.args:
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield node.value, name + marked.get(id(node), "")


def said_by(function: ast.expr) -> str:
    """The name by which a function is called."""
    return getattr(function, "id", "") or getattr(function, "attr", "")


@cache
def places(root: Path) -> dict[str, set[str]]:
    """For each text in a package, where it stands."""
    found: dict[str, set[str]] = {}
    for file in root.rglob("*.py"):
        for text, place in places_in(file, file.relative_to(root).as_posix()):
            found.setdefault(text, set()).add(place)
    return found


@cache
def templates(root: Path) -> dict[str, str]:
    """The templates of a package with their text."""
    return {
        file.relative_to(root).as_posix(): " ".join(file.read_text(encoding="utf-8").split())
        for kind in ("*.html", "*.txt")
        for file in root.rglob(kind)
        if "templates" in file.parts
    }


@cache
def hidden(place: str) -> bool:
    """Whether nobody sees what stands there."""
    return any(fnmatch(place, pattern) for pattern in SEEN_BY_NOBODY)


def seen(one: Sentence, modules: dict[str, set[str]], pages: dict[str, str]) -> bool:
    """Whether a sentence can reach a user; one whose place is not found is taken to."""
    written = PLACE.sub(r"{{ \1 }}", " ".join(one.text.split()))
    sought = (f'"{written}"', f"'{written}'", *([written] if " " in written else []))
    found = modules.get(one.text, set()) | {
        name for name, text in pages.items() if any(form in text for form in sought)
    }
    return not found or not all(hidden(place) for place in found)


@cache
def wanted(language: str) -> frozenset[Sentence]:
    """The sentences that can reach a user and that the packages themselves do not translate."""
    missing = set()
    for root in (DJANGO, ALLAUTH):
        modules, pages = places(root), templates(root)
        for room in (one for one in ROOMS.values() if one.is_relative_to(root)):
            theirs = {sentence(one) for one in entries(catalogue(room, language)) if one.translated() and not one.fuzzy}
            all_of_room = {sentence(one) for one in entries(catalogue(room, "en"))}
            missing |= {one for one in all_of_room - theirs if seen(one, modules, pages)}
    spoken = {sentence(one) for one in entries(catalogue(CATALOGUES.parents[1], language)) if one.translated()}
    return frozenset(missing - spoken)


def ours(language: str) -> polib.POFile:
    """Our catalogue of the frameworks' sentences."""
    return polib.pofile(str(CATALOGUES / language / "LC_MESSAGES" / "django.po"))


def untranslated(language: str) -> frozenset[Sentence]:
    """What is missing in the packages and in our catalogue."""
    return wanted(language) - {sentence(one) for one in ours(language) if one.translated() and not one.fuzzy}


def write(language: str) -> None:
    """Bring our catalogue up to what is wanted."""
    kept, need = ours(language), wanted(language)
    kept[:] = [entry for entry in kept if sentence(entry) in need]
    for one in sorted(need - {sentence(entry) for entry in kept}):
        forms = {0: "", 1: ""} if one.plural else {}
        kept.append(
            polib.POEntry(msgctxt=one.context or None, msgid=one.text, msgid_plural=one.plural, msgstr_plural=forms)
        )
    kept.save()
    kept.save_as_mofile(str(Path(kept.fpath).with_suffix(".mo")))


def main() -> int:
    """Do what the command line says."""
    if sys.argv[1:] == ["--write"]:
        for language in LANGUAGES:
            write(language)
    left = {language: untranslated(language) for language in LANGUAGES}
    for language, sentences in left.items():
        for one in sorted(sentences):
            print(f"{language}: {one.text}")
    return 1 if any(left.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
