"""Names of people and bodies across scripts: spelling in another one, keys that compare, keys that order.

One name is written in Kazakh Cyrillic, Russian Cyrillic, Arabic letters and more than one Latin spelling. A
register must find it by each of them, on every database, so that what is compared is folded here and not by a
database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

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
FROM_ARABIC = {
    **dict(zip("ابپتجدرزسفقكگلمنھۋيىوۇە", "abptjdrzsfqkglmnhvyioue", strict=True)),
    "چ": "ch",
    "خ": "kh",
    "ژ": "zh",
    "ش": "sh",
    "غ": "gh",
    # Letters of Arabic and Persian beside those of alphabets that write every vowel.
    **dict(zip("ثحذصضطظهةکی", "shzsdtzhaki", strict=True)),
    "ع": "",
    "ء": "",
    "ـ": "",
}
"""Arabic letters as an alphabet that writes its vowels (such as Uyghur's) reads them."""

LATIN = str.maketrans(
    {
        **{letter.upper(): spelt.capitalize() for letter, spelt in TO_LATIN.items()},
        **TO_LATIN,
        **FROM_ARABIC,
    }
)
"""Letters in Latin ones, a capital as a capital."""

TO_ARABIC = {
    **{FROM_ARABIC[letter]: letter for letter in reversed(FROM_ARABIC) if FROM_ARABIC[letter]},
    "c": "تس",
    "w": "ۋ",
    "x": "كس",
}
TO_CYRILLIC = {
    **dict(zip("abvgdeziklmnoprstufhyqcw", "абвгдезиклмнопрстуфһықцв", strict=True)),
    **{TO_LATIN[letter]: letter for letter in "жхцчшщёюя"},
    "j": "дж",
    "x": "кс",
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
APOSTROPHES = dict.fromkeys(map(ord, "ʹʺ'’`ʼʻ"))
DOUBLED = re.compile(r"(.)\1+")
WORDS = re.compile(r"[^\W_]+")
ORDER = {
    letter: f"{place:02d}" for place, letter in enumerate("0123456789abcdefghijklmnopqrstuvwxyz" + KAZAKH_ALPHABET, 10)
}
GAP, BEYOND = "01", "99"
LETTERS_THAT_ORDER = 40
LONGEST_SPELLING = 4
REMEMBERED = 20_000
"""Names and words whose folding is kept, since the same come again and again."""


def latin(text: str) -> str:
    """Write Cyrillic and Arabic letters in Latin ones, Cyrillic as passports do; everything else stays as it is.

    Arabic letters are read one by one, so that vowels which the spelling leaves out stay left out.
    """
    return unicodedata.normalize("NFC", text).translate(LATIN)


def cyrillic(text: str) -> str:
    """Write Latin letters in Russian ones, the longest spelling first (shch before sh before s).

    Which Kazakh letter stood behind a Latin one is not known any more: Gulnar is written Гулнар, not Гүлнар.
    """
    return respelt(latin(text), TO_CYRILLIC)


def arabic(text: str) -> str:
    """Write Latin and Cyrillic letters in Arabic ones, each vowel too, as Uyghur and Kurdish do."""
    return respelt(latin(text).lower(), TO_ARABIC)


def respelt(text: str, letters: Mapping[str, str]) -> str:
    """A Latin text with each of its spellings replaced, the longest first; a capital begins with a capital."""
    found = []
    while text:
        length = next((size for size in range(LONGEST_SPELLING, 0, -1) if text[:size].lower() in letters), 0)
        taken, text = text[: length or 1], text[length or 1 :]
        letter = letters[taken.lower()] if length else taken
        found.append(letter.capitalize() if taken[0].isupper() else letter)
    return "".join(found)


@lru_cache(REMEMBERED)
def comparison_key(text: str) -> str:
    """Fold a name so that its spellings in three scripts compare equal or nearly so.

    Case, accents, ё and е, Kazakh letters and their Russian stand-ins, Arabic letters, and the usual Latin
    variants (zh and j, kh and h, q and k, y and i, ye and e, doubled letters) become one. The result is words of
    lower-case letters and digits with one space between them; for Cyrillic, Latin and Arabic text it is ASCII.
    Folding twice changes nothing.
    """
    small = unicodedata.normalize("NFKC", text).casefold().translate(SPECIAL_LATIN)
    spelt = small if small.isascii() else latin(unaccented(small))
    bare = unaccented(spelt.casefold()).translate(APOSTROPHES)
    return " ".join(filter(None, (folded(word) for word in WORDS.findall(bare))))


def unaccented(text: str) -> str:
    """Letters without their accents and other marks."""
    return text if text.isascii() else unmarked(unicodedata.normalize("NFKD", text))


def unmarked(text: str) -> str:
    """A text without the marks that stand as characters of their own, of which none is a letter or a figure."""
    if text.replace(" ", "").isalnum():
        return text
    return "".join(letter for letter in text if not unicodedata.combining(letter))


@lru_cache(REMEMBERED)
def folded(word: str) -> str:
    """A Latin word with its variants folded until nothing is left to fold."""
    before = ""
    while word != before:
        before = word
        for variant, letter in FOLDS:
            word = word.replace(variant, letter)
        word = DOUBLED.sub(r"\1", word)
    return word


def search_text(names: Iterable[str], limit: int, more: Iterable[str] = ()) -> str:
    """The folded words of several names, each once and with a space before it, for search by beginnings of words.

    Words that would go beyond `limit` characters are left out, so the names that matter most come first. Words of
    `more` stand behind them as they are.
    """
    text = ""
    for word in dict.fromkeys([*(word for name in names for word in comparison_key(name).split()), *more]):
        if len(text) + len(word) < limit:
            text += f" {word}"
    return text


def order_key(text: str) -> str:
    """Digits that sort as a Kazakh, Russian or Latin dictionary would, in every database and collation.

    Two digits a letter: spaces first, then figures, Latin letters, the Kazakh alphabet, other scripts.
    """
    letters = unicodedata.normalize("NFC", " ".join(text.casefold().split()))[:LETTERS_THAT_ORDER]
    return "".join([ORDER.get(letter) or (BEYOND if letter.isalnum() else GAP) for letter in letters])
