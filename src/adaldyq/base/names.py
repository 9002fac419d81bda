"""Names of people and bodies across scripts: Latin spelling, keys that compare, keys that order.

One name is written in Kazakh Cyrillic, Russian Cyrillic and more than one Latin spelling. A register must
find it by each of them, on every database, so that what is compared is folded here and not by a database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
"""The state alphabet of 1940; it holds all Russian letters."""

TO_LATIN = {
    **dict(zip("абвгдезийклмнопрстуфхыэ", "abvgdeziyklmnoprstufhye", strict=True)),
    **dict(zip("әғқңөұүһі", "agqnouuhi", strict=True)),
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "",
    "ь": "",
    "ё": "yo",
    "ю": "yu",
    "я": "ya",
    "є": "ye",
    "ї": "yi",
    "ґ": "g",
    "ў": "u",
}
SPECIAL_LATIN = str.maketrans({"ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "zh", "ı": "i", "ø": "o", "ł": "l"})
FOLDS = (
    ("shch", "sh"),
    ("zh", "j"),
    ("dj", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ts", "c"),
    ("q", "k"),
    ("w", "v"),
    ("x", "ks"),
    ("y", "i"),
    ("ie", "e"),
    ("io", "e"),
)
DOUBLED = re.compile(r"(.)\1+")
WORDS = re.compile(r"[^\W_]+")
ORDER = {letter: place for place, letter in enumerate("0123456789abcdefghijklmnopqrstuvwxyz" + KAZAKH_ALPHABET, 10)}
GAP, BEYOND = 1, 99
LETTERS_THAT_ORDER = 40


def latin(text: str) -> str:
    """Write Cyrillic letters in Latin ones, as passports do; everything else stays as it is."""
    return "".join(capital(letter) for letter in unicodedata.normalize("NFC", text))


def capital(letter: str) -> str:
    """One letter in Latin, a capital as a capital."""
    small = letter.lower()
    if small not in TO_LATIN:
        return letter
    return TO_LATIN[small].capitalize() if letter != small else TO_LATIN[small]


def comparison_key(text: str) -> str:
    """Fold a name so that its spellings in three scripts compare equal or nearly so.

    Case, accents, ё and е, Kazakh letters and their Russian stand-ins, and the usual Latin variants
    (zh and j, kh and h, q and k, y and i, ye and e, doubled letters) become one. The result is words of
    lower-case letters and digits with one space between them; for Cyrillic and Latin text it is ASCII.
    Folding twice changes nothing.
    """
    small = latin(text.casefold()).casefold().translate(SPECIAL_LATIN)
    parts = unicodedata.normalize("NFKD", small)
    bare = "".join(letter for letter in parts if not unicodedata.combining(letter) and letter not in "ʹʺ'’`ʼʻ")
    return " ".join(filter(None, (folded(word) for word in WORDS.findall(bare.casefold()))))


def folded(word: str) -> str:
    """A Latin word with its variants folded until nothing is left to fold."""
    before = ""
    while word != before:
        before = word
        for variant, letter in FOLDS:
            word = word.replace(variant, letter)
        word = DOUBLED.sub(r"\1", word)
    return word


def search_text(names: Iterable[str], limit: int) -> str:
    """The folded words of several names, each once and with a space before it, for search by beginnings of words.

    Words that would go beyond `limit` characters are left out, so the names that matter most come first.
    """
    text = ""
    for word in dict.fromkeys(word for name in names for word in comparison_key(name).split()):
        if len(text) + len(word) < limit:
            text += f" {word}"
    return text


def order_key(text: str) -> str:
    """Digits that sort as a Kazakh, Russian or Latin dictionary would, in every database and collation.

    Two digits a letter: spaces first, then figures, Latin letters, the Kazakh alphabet, other scripts.
    """
    letters = unicodedata.normalize("NFC", " ".join(text.casefold().split()))[:LETTERS_THAT_ORDER]
    return "".join(f"{ORDER.get(letter, GAP if not letter.isalnum() else BEYOND):02d}" for letter in letters)
