"""Finds in free text what names or reaches a person: numbers, accounts, addresses, telephones, words of known names.

Decision 7 says where it is used: whatever people write into a box that everybody sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from adaldyq.base.cases import cases_of
from adaldyq.base.dwellings import ADDRESS
from adaldyq.base.name_keys import loose_keys, name_words

TAKEN_OUT = "[…]"
"""Stands where something was taken out, the same in files of every language."""

SHORTEST_NAME, SHORTEST_STEM, LONGEST_ENDING = 3, 4, 4
VOWELS = "аеёиоуыэюяәіөұүaeiouy"
OF_ADJECTIVE = re.compile("(?:ая|яя|ий|ый|ой)$")
"""Endings of Russian surnames that are declined as adjectives (Толстая, Толстой)."""
REMEMBERED = 20_000

DOTS = r"\u00b7\u2022\u2219\u2027"
"""Dots in the middle of the line."""
GAP = rf"(?:[.,]|[\s()/_{DOTS}\u2010\u2011–—-]{{1,8}})?"
"""What may stand between two figures of one number."""
MAIL = r"(?<![\w.+-])[\w.+-]{1,64}\s?@\s?[\w-]+\.\w[\w.-]*"
SPELT_DOT = r"\s{0,2}(?:\.|[(\[{<]\s?(?:dot|точка|тчк|нүкте)\s?[)\]}>])\s{0,2}"
SPELT_MAIL = (
    r"(?<![\w.+-])[\w.+-]{1,64}\s{0,2}(?:[(\[{<]\s?(?:at|эт|ат|собака|@)\s?[)\]}>]|\s(?:собака|dog)\s)\s{0,2}"
    rf"[\w-]{{1,63}}(?:{SPELT_DOT}[\w-]{{2,63}}){{1,4}}"
)
"""An address of e-mail whose signs are written as words."""
PLACES = (
    r"t\s?\.\s?me|telegram\.(?:me|org)|wa\.me|vk\.com|ok\.ru|instagram\.com|facebook\.com|fb\.com|tiktok\.com|x\.com"
)
PAGE = rf"(?<![\w.])(?:https?://)?(?:www\.|m\.)?(?:{PLACES})\s?/\s?[^\s,;)\]»”\"]+"
"""The page or the name of a person where people write to each other."""
NICKNAME = r"(?<![\w.+-])@[^\W\d]\w{3,31}(?!\w)"
IBAN = (
    rf"(?<![A-Z0-9])(?=[A-Z]{{2}}(?:[A-Z\s,{DOTS}-]{{0,6}}\d){{8}})"
    rf"(?:KZ(?:[\s,{DOTS}-]{{0,4}}[A-Z0-9]){{18}}|"
    r"[A-Z]{2}\d{2}(?:[\s-]?[A-Z0-9]{4}){2,7}[\s-]?[A-Z0-9]{1,4})(?![A-Z0-9])"
)
"""An account by ISO 13616; one of Kazakhstan in whatever groups. At least eight of its letters are figures."""
WALLET = r"\b(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{20,}\b"
PASSPORT = r"\b[^\W\d_]{1,2}\d{7,}|(?-i:\b[A-Z]{1,2})[ №-]{1,3}\d{7,}"
NO_SUM = r"(?!\w|\s?(?:[₸$€₽]|тг|т\.|теңге|тенге|tenge|kzt|usd|eur|rub|долл|дол\.|dollar|евро|еуро|euro|руб|км|km))"
REGION = r"(?:0[1-9]|1\d|20)"
NO_UNIT = r"(?!MAX|PRO|[GTM]B|HP|CC|K[GMW]|[ГТМ]Б|ЛС|К[ГМ])"
PLATE = (
    rf"(?<!\w)(?-i:\d{{3}}[ -]?{NO_UNIT}[A-ZА-ЯІ]{{2,3}}[ -]?{REGION}|[A-ZА-Я][ -]?\d{{3}}[ -]?[A-ZА-Я]{{2}}[ -]?\d{{2,3}}"
    rf"|[A-Z]{{2,3}}\d[ -](?!\d\d000)\d{{5}}){NO_SUM}"
    rf"|(?<!\w)(?:\d{{3}}[^\W\d_]{{2,3}}{REGION}|[^\W\d_]\d{{3}}[^\W\d_]{{2}}\d{{2,3}}"
    r"|[A-Z]\d{3}(?!CDI|CGI|TDI|HDI|GDI|TSI|AMG|CRD|DCI)[A-Z]{2,3})(?!\w)"
)
"""What stands on a vehicle: three figures and the region's two or the first letter's three, of Kazakhstan and of Russia, in
capitals when its parts stand apart, and five figures after two or three letters and one."""
AFTER_ITS_WORD = r"\b(?:паспорт|төлқұжат|passport|тел\.|tel\.)\w{0,9}\W{0,4}\d(?:[\s()-]{0,2}\d){5,}"
"""A number too short to be told without the word before it."""
REACHES = re.compile(
    f"{MAIL}|{SPELT_MAIL}|{PAGE}|{NICKNAME}|{IBAN}|{WALLET}|{PASSPORT}|{PLATE}|{AFTER_ITS_WORD}", re.IGNORECASE
)
ROUND = "OoОо"
"""Letters of two scripts that are drawn as a nought."""
AS_NOUGHTS = str.maketrans(dict.fromkeys(ROUND, "0"))
WITH_NOUGHT = rf"[{ROUND}]*+\d[{ROUND}]*+"
WITH_NOUGHTS = re.compile(rf"(?<![^\W_])\+?{WITH_NOUGHT}(?:{GAP}{WITH_NOUGHT}){{5,}}(?![^\W_])")
"""Six figures and more, some of which are such letters beside them."""
FIGURES = re.compile(rf"(?:\+|\((?=\d{{3,4}}\)))?\d(?:{GAP}\d){{8,}}")
"""Nine figures and more however they are parted: a telephone, a card, the number of a person or an account."""
LISTED = rf"(?:,\s|{GAP})"
PARTED = re.compile(rf"(?<!\d)\d(?:{LISTED}\d){{10,11}}(?!{LISTED}\d|\d)")
"""Eleven or twelve figures of a telephone or a person, parted by commas and spaces too, which else part a list."""
GOES_ON, LONGEST_LINK = re.compile(r"\d,\s?$"), 3
DAYS = re.compile(
    r"(?:(?:(?:\d{1,2}[./-]){0,2}(?:19|20)\d\d|(?:19|20)\d\d-\d\d-\d\d)(?!\d)(?:,\s?|[\s()/–—-]{1,8}|$)){1,9}(?:\d{1,2})?"
)
"""Years and dates, one after another, and an hour."""
SUM = r"(?:\d{1,3}(?:[\s.,]\d{3}){1,5}(?:[.,]\d{1,2})?|\d{4,8}[.,]\d{1,2})"
SUMS = re.compile(rf"(?<!\d)(?:{SUM}\s?[–—-]\s?)?{SUM}$")
"""One sum, or from one to another, parted in thousands or with its hundredths."""
HUNDREDTHS = re.compile(r"([.,])\d{1,2}$")
MONEY = re.compile(
    r"(?:,\d{1,2})?\s{0,2}(?:[₸$€₽]|тг|теңге|тенге|tenge|kzt|usd|eur|rub|долл|dollar|евро|еуро|euro|руб)", re.IGNORECASE
)
CURRENCY_SIGNS = frozenset("₸$€₽")
SHORTEST_RUN, PERSONAL = 9, 12
"""Figures from which a run is closed; those of a personal number, which a sum without its currency must not be."""
WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")


def without_numbers(text: str) -> str:
    """A text without what looks like the number of a person, an account or a telephone, or like an address."""
    if text.replace(" ", "").isalpha():
        return text
    told = WITH_NOUGHTS.sub(noughts_shown, REACHES.sub(TAKEN_OUT, text))
    return ADDRESS.sub(TAKEN_OUT, FIGURES.sub(figures_shown, PARTED.sub(parted_shown, told)))


def noughts_shown(found: re.Match[str]) -> str:
    """What is shown of a run of figures in which letters stand for noughts: nothing, when it is a number by them."""
    run = found.group()
    as_figures = run.translate(AS_NOUGHTS)
    return run if as_figures == run or FIGURES.sub(figures_shown, as_figures) == as_figures else TAKEN_OUT


def parted_shown(found: re.Match[str]) -> str:
    """What is shown of figures between some of which a comma and a space stand: years and sums, which are listed so."""
    run, end = found.group(), found.end()
    amount = SUMS.search(run)
    listed = (
        ", " not in run
        or GOES_ON.search(found.string, max(0, found.start() - LONGEST_LINK), found.start())
        or (amount and is_money(amount.group(), found.string, end))
    )
    parts = run.split(", ")
    return run if listed or all(DAYS.fullmatch(one) or is_sum(one) for one in parts) else TAKEN_OUT


def is_sum(text: str) -> bool:
    """Whether figures alone are a sum."""
    amount = SUMS.fullmatch(text)
    return amount is not None and is_money(text, text, len(text))


def figures_shown(found: re.Match[str]) -> str:
    """What is shown of a run of figures: years, dates and a sum of money at its end, if it is one."""
    run = found.group()
    amount = SUMS.search(run)
    money = amount.group() if amount and is_money(amount.group(), found.string, found.end()) else ""
    rest = run.removesuffix(money)
    if len(figures_of(rest)) < SHORTEST_RUN or DAYS.fullmatch(rest.strip()):
        return run
    closed = rest.rstrip()
    return f"{TAKEN_OUT}{rest[len(closed) :]}{money}"


def is_money(amount: str, text: str, end: int) -> bool:
    """Whether figures that end at a place of a text are a sum: they say a currency or hundredths, or are round."""
    start = end - len(amount)
    if text[max(0, start - 2) : start].strip() in CURRENCY_SIGNS or MONEY.match(text, end):
        return True
    hundredths = HUNDREDTHS.search(amount)
    if hundredths and hundredths[1] not in amount[: hundredths.start()]:  # else it parts the thousands of nothing
        return True
    figures = figures_of(amount)
    return figures.endswith("000000") or (figures.endswith("000") and len(figures) != PERSONAL)


def figures_of(text: str) -> str:
    """Its figures alone."""
    return "".join(letter for letter in text if letter.isdigit())


def keys_of(names: Iterable[str], *, stems: bool = False) -> frozenset[str]:
    """Loose keys of the words of names, by which the three scripts meet; initials are left out.

    Args:
        stems: also without a last vowel, or the ending of an adjective, in whose place a case puts another (Мария, Марии;
            Толстая, Толстой).
    """
    words = [word for name in names for word in name_words(name) if len(word) >= SHORTEST_NAME]
    if stems:
        declined = [OF_ADJECTIVE.sub("", word) for word in words]
        declined = [stem for word, stem in zip(words, declined, strict=True) if SHORTEST_STEM <= len(stem) < len(word)]
        words += [word[:-1] for word in words if word[-1] in VOWELS and len(word) > SHORTEST_STEM] + declined
    return frozenset(key for word in words for key in loose_keys(word))


def declined(names: Iterable[str]) -> frozenset[str]:
    """Words of names in the other cases of Russian: in small letters, and the loose keys of those that are long enough.

    Names of two letters, which have no loose keys, are among them in the first case too.
    """
    words = {word for name in names for word in name_words(name) if len(word) >= SHORT_PIECE}
    forms = {form for word in words for form in cases_of(word)} | {word for word in words if len(word) < SHORTEST_NAME}
    return frozenset((*forms, *(key for form in forms if len(form) >= SHORTEST_STEM for key in loose_keys(form))))


SPELT = re.compile(r"(?<![^\W_])[^\W\d_]{1,24}(?:[\s._*·‐‑–-]{1,2}[^\W\d_]{1,24}){1,40}(?![^\W_])")
"""Words, and letters of words that were pulled apart, one after another."""
PIECE = re.compile(r"[^\W\d_]+")
FEW_PIECES, SHORT_PIECE, LONGEST_NAME = 3, 2, 24


def without_spelt(text: str, names: frozenset[str], own: frozenset[str]) -> str:
    """A text without names whose letters or parts stand apart, by spaces, dots or hyphens."""
    return SPELT.sub(lambda found: joined_shown(found.group(), names, own), text)


def joined_shown(text: str, names: frozenset[str], own: frozenset[str]) -> str:
    """What is shown of words that follow each other: not those that are a name when they are joined."""
    pieces = [*PIECE.finditer(text)]
    shown, done, place = [], 0, 0
    while place < len(pieces):
        last = next((end for end in ends(pieces, place) if is_joined(pieces[place:end], names, own)), 0)
        if last:
            shown += [text[done : pieces[place].start()], TAKEN_OUT]
            done = pieces[last - 1].end()
        place = last or place + 1
    return "".join((*shown, text[done:]))


def ends(pieces: Sequence[re.Match[str]], place: int) -> Iterator[int]:
    """Where words that may be parts of one name end, the longest first: a few of any length, or many letters."""
    end, size = place, 0
    while end < len(pieces) and size <= LONGEST_NAME:
        short = len(pieces[end].group()) <= SHORT_PIECE
        if end - place >= FEW_PIECES and not short:
            break
        size += len(pieces[end].group())
        end += 1
    yield from range(end, place + 1, -1)


def is_joined(pieces: Sequence[re.Match[str]], names: frozenset[str], own: frozenset[str]) -> bool:
    """Whether words are one of some names when they are joined."""
    word = "".join(one.group() for one in pieces)
    if not SHORTEST_NAME <= len(word) <= LONGEST_NAME:
        return False
    return any(own.isdisjoint(keys) and not names.isdisjoint(keys) for keys in map(loose_keys, name_words(word)))


def is_named(word: str, names: frozenset[str], own: frozenset[str], forms: frozenset[str] = frozenset()) -> bool:
    """Whether a word is one of some names, also with the ending of a case; not when the declarant is called so.

    Args:
        forms: of the names as `declined` gives them. One of two letters is a name only with a capital letter.
    """
    for keys in beginnings(word):
        if not own.isdisjoint(keys):
            return False
        if not names.isdisjoint(keys):
            return True
    return bool(forms) and any(is_form(one, forms, capital=word[0].isupper()) for one in name_words(word))


def is_form(word: str, forms: frozenset[str], *, capital: bool) -> bool:
    """Whether a word in small letters is one of some names in another case."""
    if len(word) >= SHORTEST_STEM:
        return not forms.isdisjoint(loose_keys(word))
    return word in forms and (capital or len(word) > SHORT_PIECE)


@lru_cache(REMEMBERED)
def beginnings(word: str) -> Sequence[Sequence[str]]:
    """Loose keys of a word, and of what is left of it without each ending that a case may give it."""
    found = []
    for spelt in name_words(word):
        if len(spelt) < SHORTEST_NAME:
            continue
        found.append(loose_keys(spelt))
        shortest = max(SHORTEST_STEM, len(spelt) - LONGEST_ENDING) if word[0].isupper() else len(spelt)
        found += [loose_keys(spelt[:end]) for end in range(len(spelt) - 1, shortest - 1, -1)]
    return found
