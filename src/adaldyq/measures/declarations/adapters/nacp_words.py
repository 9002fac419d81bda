"""Ukrainian words of the NACP register's lists, and the codes of our tables that they mean."""

from __future__ import annotations

import re
from typing import Any, Final

from adaldyq.measures.declarations.adapters.nacp_losses import REDACTED, SAYS_NOTHING

Codes = tuple[tuple[str, str], ...]

RELATIONS: Codes = (
    (r"дружина|чоловік", "spouse"),
    (r"син|дочка|донька|дитина", "child"),
    (r"мати|батько", "parent"),
    (r"брат|сестра", "sibling"),
)
BASES: Codes = (
    (r"спільна", "joint ownership"),
    (r"власником є", "other"),
    (r"власність", "ownership"),
    (r"оренда", "lease"),
    (r"користування", "use"),
)
REAL_ESTATE: Codes = (
    (r"квартира|кімната", "apartment"),
    (r"будинок", "house"),
    (r"земельна", "land"),
    (r"гараж|парк\w+ місце|машиномісце|автостоянка", "garage"),
    (r"офіс|нежитлов|нежітлов|магазин|база відпочинку|готель", "commercial"),
)
VEHICLES: Codes = (
    (r"легковий", "car"),
    (r"вантажний|причіп|сільськогосподарськ", "truck"),
    (r"мото|мопед", "motorcycle"),
    (r"водний|катер|яхта|човен", "boat"),
    (r"повітряний|літак|вертоліт", "aircraft"),
)
VALUABLES: Codes = (
    (r"ювелір|годинник", "jewellery"),
    (r"твір мистецтва|антиквар", "art"),
    (r"зброя", "arms"),
    (r"колекці", "collection"),
)
SECURITIES: Codes = (
    (r"акці", "share"),
    (r"боргові|облігац", "bond"),
    (r"інвестиційн|фонд|пайові", "fund"),
)
INCOMES: Codes = (
    (r"подарунок", "gift"),
    (r"заробітна|гонорар|сумісництв", "salary"),
    (r"пенсі", "pension"),
    (r"дивіденд", "dividend"),
    (r"процент", "interest"),
    (r"оренд", "rent"),
    (r"відчуження", "sale"),
    (r"підприємницьк|незалежн", "business"),
    (r"\bприз|виграш|лотере", "prize"),
)
DEBTS: Codes = (
    (r"лізинг", "leasing"),
    (r"іпотек", "mortgage"),
    (r"кредит", "bank loan"),
    (r"позик", "private loan"),
)
HERE: Final = "зареєстрована в Україні"
UKRAINE_CODE: Final = "1"
UKRAINE: Final = "UA"
COUNTRIES = {
    "Austria": "AT",
    "Belize": "BZ",
    "Cyprus": "CY",
    "Czech Republic": "CZ",
    "Estonia": "EE",
    "France": "FR",
    "Germany": "DE",
    "Hungary": "HU",
    "Italy": "IT",
    "Latvia": "LV",
    "Liechtenstein": "LI",
    "Lithuania": "LT",
    "Luxembourg": "LU",
    "Monaco": "MC",
    "Netherlands": "NL",
    "Poland": "PL",
    "Spain": "ES",
    "Switzerland": "CH",
    "United Arab Emirates": "AE",
    "United Kingdom": "GB",
}


def said(entry: Any, *names: str) -> str:
    """The first of some fields that says something; empty when all are absent, hidden, or say that they do not apply."""
    for name in names:
        value = entry.get(name) if isinstance(entry, dict) else None
        if isinstance(value, bool) or not isinstance(value, str | int):
            continue
        text = " ".join(str(value).split())
        if text and text not in REDACTED and text not in SAYS_NOTHING:
            return text
    return ""


def code_of(text: str, codes: Codes, otherwise: str = "other") -> str:
    """The first code one of whose words stands in the text."""
    return next((code for pattern, code in codes if re.search(pattern, text, re.IGNORECASE)), otherwise)


def full_name(entry: Any, start: str = "") -> str:
    """Family name, given name and patronymic, as the register writes them one after the other."""
    return " ".join(filter(None, (said(entry, f"{start}{part}") for part in ("lastname", "firstname", "middlename"))))


def party_name(entry: Any, start: str) -> str | None:
    """The name of the other side: a company's, or a person's."""
    company = said(entry, *(f"{start}_{name}" for name in ("ua_company_name", "ukr_company_name", "eng_company_name")))
    person = full_name(entry, f"{start}_ua_") or said(entry, f"{start}_ukr_fullname", f"{start}_eng_fullname")
    return company or person or None


def party_code(entry: Any, start: str) -> str | None:
    """The code of the other side in the register of companies, the Ukrainian or the foreign one."""
    return said(entry, f"{start}_ua_company_code", f"{start}_eng_company_code") or None


def country_named(address: str) -> str | None:
    """The country that an address in English names, when it names one and only one that we know."""
    found = {code for name, code in COUNTRIES.items() if re.search(rf"\b{name}\b", address, re.IGNORECASE)}
    return found.pop() if len(found) == 1 else None
