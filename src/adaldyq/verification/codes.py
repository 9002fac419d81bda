"""Words for the codes that stand in published tables, such as the owner or the kind of a thing."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy

CODED = frozenset({"owner", "kind", "basis", "relation", "direction", "form", "source_of_funds"})

CODES: Mapping[str, object] = {
    "apartment": pgettext_lazy("code", "apartment"),
    "arms": pgettext_lazy("code", "arms"),
    "art": pgettext_lazy("code", "art"),
    "aircraft": pgettext_lazy("code", "aircraft"),
    "assets": pgettext_lazy("code", "assets and liabilities"),
    "bank loan": pgettext_lazy("code", "bank loan"),
    "beneficial": pgettext_lazy("code", "owner through others"),
    "boat": pgettext_lazy("code", "boat"),
    "bond": pgettext_lazy("code", "bond"),
    "business": pgettext_lazy("code", "business"),
    "car": pgettext_lazy("code", "car"),
    "change": pgettext_lazy("code", "notice of change"),
    "child": pgettext_lazy("code", "child"),
    "collection": pgettext_lazy("code", "collection"),
    "commercial": pgettext_lazy("code", "commercial premises"),
    "construction": pgettext_lazy("code", "construction"),
    "declarant": pgettext_lazy("code", "declarant"),
    "direct": pgettext_lazy("code", "direct owner"),
    "dividend": pgettext_lazy("code", "dividend"),
    "education": pgettext_lazy("code", "education"),
    "fund": pgettext_lazy("code", "fund"),
    "garage": pgettext_lazy("code", "garage"),
    "gift": pgettext_lazy("code", "gift"),
    "health": pgettext_lazy("code", "health"),
    "house": pgettext_lazy("code", "house"),
    "income": pgettext_lazy("code", "income and property"),
    "inheritance": pgettext_lazy("code", "inheritance"),
    "interest": pgettext_lazy("code", "interest"),
    "jewellery": pgettext_lazy("code", "jewellery"),
    "joint ownership": pgettext_lazy("code", "joint ownership"),
    "land": pgettext_lazy("code", "land"),
    "lease": pgettext_lazy("code", "lease"),
    "leasing": pgettext_lazy("code", "leasing"),
    "loan": pgettext_lazy("code", "loan"),
    "money": pgettext_lazy("code", "money"),
    "mortgage": pgettext_lazy("code", "mortgage"),
    "motorcycle": pgettext_lazy("code", "motorcycle"),
    "other": pgettext_lazy("code", "other"),
    "ownership": pgettext_lazy("code", "ownership"),
    "parent": pgettext_lazy("code", "parent"),
    "payable": pgettext_lazy("code", "to be paid"),
    "pension": pgettext_lazy("code", "pension"),
    "privatisation": pgettext_lazy("code", "privatisation"),
    "private loan": pgettext_lazy("code", "private loan"),
    "prize": pgettext_lazy("code", "prize or winnings"),
    "purchase": pgettext_lazy("code", "purchase"),
    "real estate": pgettext_lazy("code", "real estate"),
    "receivable": pgettext_lazy("code", "to be received"),
    "rent": pgettext_lazy("code", "rent"),
    "rights": pgettext_lazy("code", "rights"),
    "salary": pgettext_lazy("code", "salary"),
    "sale": pgettext_lazy("code", "sale"),
    "savings": pgettext_lazy("code", "savings"),
    "security": pgettext_lazy("code", "security"),
    "share": pgettext_lazy("code", "share"),
    "sibling": pgettext_lazy("code", "sibling"),
    "spouse": pgettext_lazy("code", "spouse"),
    "thing": pgettext_lazy("code", "thing"),
    "travel": pgettext_lazy("code", "travel"),
    "truck": pgettext_lazy("code", "truck"),
    "use": pgettext_lazy("code", "use"),
    "vehicle": pgettext_lazy("code", "vehicle"),
}


def code_word(column: str, value: str) -> str:
    """The word for a coded value; other values stay as they are."""
    if column not in CODED:
        return value
    known = CODES.get(value.replace("_", " "))
    return str(known) if known is not None else value
