"""Words for the codes that stand in published tables, such as the owner or the kind of a thing."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy as _in

CODED = frozenset({"owner", "kind", "basis", "relation", "direction", "form", "source_of_funds"})

CODES: Mapping[str, object] = {
    "apartment": _in("code", "apartment"),
    "arms": _in("code", "arms"),
    "art": _in("code", "art"),
    "aircraft": _in("code", "aircraft"),
    "assets": _in("code", "assets and liabilities"),
    "bank loan": _in("code", "bank loan"),
    "boat": _in("code", "boat"),
    "bond": _in("code", "bond"),
    "business": _in("code", "business"),
    "car": _in("code", "car"),
    "child": _in("code", "child"),
    "collection": _in("code", "collection"),
    "commercial": _in("code", "commercial premises"),
    "declarant": _in("code", "declarant"),
    "dividend": _in("code", "dividend"),
    "education": _in("code", "education"),
    "fund": _in("code", "fund"),
    "garage": _in("code", "garage"),
    "gift": _in("code", "gift"),
    "health": _in("code", "health"),
    "house": _in("code", "house"),
    "income": _in("code", "income and property"),
    "interest": _in("code", "interest"),
    "jewellery": _in("code", "jewellery"),
    "joint ownership": _in("code", "joint ownership"),
    "land": _in("code", "land"),
    "lease": _in("code", "lease"),
    "leasing": _in("code", "leasing"),
    "loan": _in("code", "loan"),
    "money": _in("code", "money"),
    "mortgage": _in("code", "mortgage"),
    "motorcycle": _in("code", "motorcycle"),
    "other": _in("code", "other"),
    "ownership": _in("code", "ownership"),
    "parent": _in("code", "parent"),
    "payable": _in("code", "owed by the declarant"),
    "pension": _in("code", "pension"),
    "private loan": _in("code", "private loan"),
    "real estate": _in("code", "real estate"),
    "receivable": _in("code", "owed to the declarant"),
    "rent": _in("code", "rent"),
    "rights": _in("code", "rights"),
    "salary": _in("code", "salary"),
    "sale": _in("code", "sale"),
    "savings": _in("code", "savings"),
    "security": _in("code", "security"),
    "share": _in("code", "share"),
    "sibling": _in("code", "sibling"),
    "spouse": _in("code", "spouse"),
    "thing": _in("code", "thing"),
    "travel": _in("code", "travel"),
    "truck": _in("code", "truck"),
    "use": _in("code", "use"),
    "vehicle": _in("code", "vehicle"),
}


def code_word(column: str, value: str) -> str:
    """The word for a coded value; other values stay as they are."""
    if column not in CODED:
        return value
    known = CODES.get(value.replace("_", " "))
    return str(known) if known is not None else value
