"""Reads what members of the Sejm write in words: what a thing is, whose it is, how large, how old."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from adaldyq.measures.declarations.adapters.amounts import read_amount, read_number
from adaldyq.measures.declarations.adapters.currencies import WORDS

Kinds = Sequence[tuple[re.Pattern[str], str]]


def kinds(*pairs: tuple[str, str]) -> Kinds:
    """Patterns with the kind they stand for; the first that is found decides."""
    return tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in pairs)


def kind_of(text: str, among: Kinds, otherwise: str = "other") -> str:
    """The kind that a text names first in the list."""
    return next((kind for pattern, kind in among if pattern.search(text)), otherwise)


REAL_ESTATE = kinds(
    (r"^(?:\W|\d)*(?:dwa |trzy |spółdzielcze |lokal )*(?:mieszkani|apartament|lokal mieszkal|kawalerk)", "apartment"),
    (r"^\W*(?:dom\b|domek|segment|siedlisko|budynek mieszkal|zabudowa)", "house"),
    (r"^\W*(?:garaż|miejsce (?:post|park|gara)|stanowisko|boks|udział w (?:hali )?garaż)", "garage"),
    (r"^\W*(?:lokal|pawilon|hala|magazyn|warsztat|budynek (?:handl|usług|użyt|biur|przem|produk))", "commercial"),
    (
        r"^(?:\W|\d)*(?:udział\w* w )?(?:niezabudowan\w+ )?(?:dział|grunt|gospodarstwo|las\b|ziemia|rola|teren|łąk|nieruchomoś\w+ (?:grunt|roln|leśn))",
        "land",
    ),
)
IN_HAND = re.compile(r"\bgotówk", re.IGNORECASE)
VEHICLE = kinds(
    (r"samoch\w+ cięż|ciągnik siod|ciężarow", "truck"),
    (r"^\W*(?:½ |50% )?(?:samoch|auto\b|skoda|pojazd|kamper)", "car"),
    (r"^\W*(?:motocykl|skuter|quad|moto\b)", "motorcycle"),
    (r"^\W*(?:łódź|jacht|łódk|motorówk|skuter wodny)", "boat"),
    (r"^\W*(?:samolot|śmigłowiec|szybowiec)", "aircraft"),
    (r"^\W*(?:ciągnik|przyczepa|naczepa)", "other"),
)
VALUABLE = kinds(
    (r"zegar|pierścion|koli|biżuter|kamień|złot\w+ (?:szt|mon)|sztabk", "jewellery"),
    (r"obraz|rzeźb|grafik|szkic|dzieł|akwarel|antyk|malarst", "art"),
    (r"kolekc|bibliotek|księgozb|monet|znaczk|książk", "collection"),
    (r"\bbroń|karabin|pistolet|sztucer|strzelb", "arms"),
    (r"prawa autorskie|patent|licencj", "rights"),
)
CLAIM = kinds(
    (r"poręczen|zabezpieczen|kaucj|gwarancj", "other"),
    (r"leasing", "leasing"),
    (r"z?f[śs]s\b|funduszu? świadcz|socjaln|kancelari\w* sejmu|sejmow|zakład\w* prac|pracodaw", "other"),
    (r"hipote[ck]|kredyt\w* mieszkaniow", "mortgage"),
    (
        r"pożyczk\w* (?:\w+ )?(?:prywatn|od (?:rodz|brat|siost|matk|ojc|osob|syn|córk|teś|wuj|kuzyn|znajom|przyj|żon|męż))",
        "private loan",
    ),
    (r"osob\w* (?:fizyczn|prywatn)", "private loan"),
    (
        r"kredyt|kart\w|limit|lini\w|debet|bank|\b(?:pko|bp|bnp|ing|skok|pekao|alior|santander|millennium)\b",
        "bank loan",
    ),
    (r"pożyczk\w* (?:gotówk|konsump|ratal)", "bank loan"),
)
SECURITY = kinds(
    (r"obligac", "bond"),
    (r"\bakcj|udział|inc\b|s\.a\.|\bsa\b", "share"),
    (r"fundusz|jednostk|\bf[i]\b|fio|sfio|subfund|ikze|\bike\b|ppk|tfi|\bofe\b|certyfikat", "fund"),
)
INCOME = kinds(
    (r"emerytur|\brent[ay]\b|rencist|zaopatrzen", "pension"),
    (r"najem|najmu|wynajm|wynajem|dzierżaw", "rent"),
    (r"dywidend|udział\w* w zysk|zysk\w* z udział", "dividend"),
    (r"odsetk|lokat", "interest"),
    (r"sprzedaż|zbyci", "sale"),
    (r"darowizn|spad(?:ek|k)", "gift"),
    (r"działalnoś\w+ gosp|gospodarstw|jednoosob|działalność", "business"),
    (r"uposaż|wynagrodz|dieta|diety|umow\w+ o prac|stosun\w+ prac|pensj|nagrod|odpraw|zatrudn|honorar", "salary"),
)
ACCOUNT = re.compile(r"\bkont[oa]\b|rachun|lokat|depozyt|\bror\b", re.IGNORECASE)
INSTRUMENT = re.compile(
    r"\bppk\b|\bike\b|\bikze\b|polis|fundusz|obligac|ubezpiecz|emerytaln|kontrakt cfd", re.IGNORECASE
)
PAIR = re.compile(r"współw|wspóln|małż|żon|męż", re.IGNORECASE)
LEASE = re.compile(r"dzierż|najem|najm", re.IGNORECASE)
USE = re.compile(r"użytk|użycz|służebn|dożywo", re.IGNORECASE)
OWNED = re.compile(r"własn|właścic|odrębn|osobist|darowizn|spad|zakup|kupn|akt\b|notarial", re.IGNORECASE)

AREA = re.compile(r"(?<![\w.,/])(\d[\d\s\u00a0]*(?:[.,]\d+)?)\s*(m²|m2|mkw|ha|ar(?:ów|y)?|a)(?!\w)", re.IGNORECASE)
METRES = {"m²": Decimal(1), "m2": Decimal(1), "mkw": Decimal(1), "ha": Decimal(10000)}
THOUSANDS_OR_THOUSANDTHS = re.compile(r"\d[.,]\d{3}$")
YEAR = re.compile(r"(?<![\d.,/-])((?:18|19|20|21)\d{2})(?![\d/-]|[.,]\d)")
FRACTION = re.compile(r"(?<![\d/.,])(\d{1,9})\s?/\s?(\d{1,9})(?![\d/])|(½)|(?<![\d.,])(\d{1,3}(?:[.,]\d+)?)\s?%")
BOUNDED = re.compile(r"mniej niż|poniżej|więcej niż|ponad|powyżej|\bdo\b|\bod\b|minimum|przekracza", re.IGNORECASE)
NAMED_SUM = re.compile(
    r"-?\d[\d\s\u00a0.,]*\s*(?:" + "|".join(sorted(map(re.escape, WORDS), key=len, reverse=True)) + r")(?!\w)",
    re.IGNORECASE,
)


def basis_of(title: str) -> str | None:
    """Whether a legal title is ownership, shared ownership, lease or use; other when it is several of them."""
    if not title:
        return None
    found = {
        name
        for name, pattern in (("lease", LEASE), ("use", USE), ("joint ownership", PAIR), ("ownership", OWNED))
        if pattern.search(title)
    }
    if found == {"ownership", "joint ownership"}:
        return "joint ownership"
    return found.pop() if len(found) == 1 else "other"


def area_of(text: str, *, of_land: bool) -> Decimal | None:
    """The area that a text names, in square metres; none when it names several, or can be read in two ways.

    Args:
        text: the words of the declarant.
        of_land: whether hectares and ares may be meant; of a building they are the plot's.
    """
    found = AREA.findall(text)
    if len(found) != 1:
        return None
    digits, unit = found[0]
    metres = METRES.get(unit.casefold(), Decimal(100))
    number = read_number(digits)
    is_ambiguous = metres == 1 and THOUSANDS_OR_THOUSANDTHS.search(digits.strip())
    if number is None or is_ambiguous or (metres != 1 and not of_land):
        return None
    return number * metres


def years_of(text: str) -> list[int]:
    """Every year that a text names."""
    return [int(year) for year in YEAR.findall(text)]


def shares_of(text: str) -> list[Decimal]:
    """Every share that a text names, in percent; none when it only names a bound of it."""
    if BOUNDED.search(text):
        return []
    found = []
    for over, under, half, percent in FRACTION.findall(text):
        if half:
            found.append(Decimal(50))
        elif percent:
            found.append(read_number(percent) or Decimal(0))
        elif int(under) and int(over) < int(under):
            found.append((Decimal(100) * int(over) / int(under)).quantize(Decimal("0.000001")))
    return found


def currency_named_for(amount: Decimal, text: str) -> str | None:
    """The currency that a text gives beside this very sum."""
    named = {
        reading.currency
        for found in NAMED_SUM.findall(text)
        if (reading := read_amount(found)).amount == amount and reading.currency
    }
    return named.pop() if len(named) == 1 else None
