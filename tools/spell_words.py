"""Spells every sentence of the pages in the language of the invented country, and compiles the catalogue.

Run it when sentences have changed: `.venv/bin/python tools/spell_words.py`. What the catalogue lacks is shown
in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import django
import polib

from adaldyq.base.names import arabic

ROOT = Path(__file__).resolve().parents[1] / "src" / "adaldyq"
WORDS = ROOT / "countries" / "zz" / "words" / "qaa" / "LC_MESSAGES" / "django.po"
DJANGO = Path(django.__file__).parent / "conf" / "locale" / "en" / "LC_MESSAGES" / "django.po"
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|\{\w*\}|<[^>]+>|&\w+;|`[^`]*`|https?://\S+)")
MARKS = str.maketrans({",": "،", "?": "؟", ";": "؛"})
HEAD = {
    "Project-Id-Version": "Adaldyq",
    "Language": "qaa",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=2; plural=(n != 1);",
}


def spelt(sentence: str) -> str:
    """A sentence in Arabic letters, its places, tags and addresses as they are."""
    parts = KEPT.split(sentence)
    return "".join(part if number % 2 else arabic(part).translate(MARKS) for number, part in enumerate(parts))


def sentences() -> Iterator[polib.POEntry]:
    """All sentences of our rooms, then Django's, each once."""
    seen = set()
    rooms = sorted(ROOT.rglob("locale/ru/LC_MESSAGES/django.po"))
    for file in [*rooms, DJANGO]:
        for entry in polib.pofile(str(file)):
            key = (entry.msgctxt, entry.msgid)
            if entry.msgid and not entry.obsolete and key not in seen:
                seen.add(key)
                yield entry


def catalogue() -> polib.POFile:
    """The catalogue of the invented language."""
    words = polib.POFile(wrapwidth=0)
    words.metadata = HEAD
    for one in sentences():
        made = polib.POEntry(msgid=one.msgid, msgctxt=one.msgctxt)
        if one.msgid_plural:
            made.msgid_plural = one.msgid_plural
            made.msgstr_plural = {0: spelt(one.msgid), 1: spelt(one.msgid_plural)}
        else:
            made.msgstr = spelt(one.msgid)
        words.append(made)
    words.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return words


def main() -> None:
    """Write the catalogue and what is compiled from it."""
    words = catalogue()
    WORDS.parent.mkdir(parents=True, exist_ok=True)
    words.save(str(WORDS))
    words.save_as_mofile(str(WORDS.with_suffix(".mo")))
    print(f"{len(words)} sentences in {WORDS.relative_to(ROOT.parents[1])}")


if __name__ == "__main__":
    main()
