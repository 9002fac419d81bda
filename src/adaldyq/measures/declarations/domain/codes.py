"""The code lists of the sections and the words that pages show for them.

A code is what files and databases hold; its word is an English sentence for the catalogues. A code that no
list knows is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import gettext_noop as _
from adaldyq.measures.declarations.domain.sections import BY_NAME

Words = Mapping[str, str]

OWNER: Words = {
    "declarant": _("declarant"),
    "spouse": _("spouse"),
    "child": _("child"),
    "other": _("somebody else"),
}
RELATION: Words = {
    "spouse": _("spouse"),
    "child": _("child"),
    "parent": _("parent"),
    "sibling": _("brother or sister"),
    "other": _("other"),
}
BASIS: Words = {
    "ownership": _("ownership"),
    "joint ownership": _("joint ownership"),
    "lease": _("lease"),
    "use": _("use"),
    "other": _("other"),
}
INCOME: Words = {
    "salary": _("salary"),
    "pension": _("pension"),
    "dividend": _("dividend"),
    "interest": _("interest on money"),
    "rent": _("rent received"),
    "sale": _("sale of property"),
    "gift": _("gift"),
    "business": _("own business"),
    "prize": _("prize or winnings"),
    "other": _("other"),
}
REAL_ESTATE: Words = {
    "apartment": _("apartment"),
    "house": _("house"),
    "land": _("plot of land"),
    "garage": _("garage"),
    "commercial": _("commercial premises"),
    "other": _("other"),
}
VEHICLE: Words = {
    "car": _("car"),
    "truck": _("truck"),
    "motorcycle": _("motorcycle"),
    "boat": _("boat"),
    "aircraft": _("aircraft"),
    "other": _("other"),
}
SECURITY: Words = {
    "share": _("shares"),
    "bond": _("bonds"),
    "fund": _("units of a fund"),
    "other": _("other"),
}
DIRECTION: Words = {"receivable": _("to be received"), "payable": _("to be paid")}
CLAIM: Words = {
    "bank loan": _("bank loan"),
    "mortgage": _("mortgage"),
    "private loan": _("private loan"),
    "leasing": _("leasing"),
    "other": _("other"),
}
VALUABLE: Words = {
    "jewellery": _("jewellery"),
    "art": _("art"),
    "collection": _("collection"),
    "rights": _("intellectual property"),
    "arms": _("arms"),
    "other": _("other"),
}
GIFT: Words = {"money": _("money"), "thing": _("thing"), "travel": _("travel"), "other": _("other")}
ACQUISITION: Words = {
    "real estate": _("real estate"),
    "vehicle": _("vehicle"),
    "security": _("securities"),
    "other": _("other"),
}
FUNDS: Words = {
    "income": _("income of the year"),
    "savings": _("savings"),
    "loan": _("loan"),
    "gift": _("gift"),
    "sale": _("sale of property"),
    "other": _("other"),
}
EXPENSE: Words = {
    "education": _("education"),
    "health": _("health"),
    "travel": _("travel"),
    "interest": _("interest paid"),
    "lease": _("lease"),
    "other": _("other"),
}

PARTY: Words = {
    **{code: word for code, word in RELATION.items() if code != "other"},
    "private person": _("a private person"),
    "not named": _("not named in public"),
}
"""What stands in the place of another side whose name is not public; an organisation's name stands as it is."""

LISTS: Mapping[tuple[str, str], Words] = {
    ("family", "relation"): RELATION,
    ("income", "kind"): INCOME,
    ("real_estate", "kind"): REAL_ESTATE,
    ("real_estate", "basis"): BASIS,
    ("vehicle", "kind"): VEHICLE,
    ("vehicle", "basis"): BASIS,
    ("security", "kind"): SECURITY,
    ("claim", "direction"): DIRECTION,
    ("claim", "kind"): CLAIM,
    ("valuable", "kind"): VALUABLE,
    ("gift", "kind"): GIFT,
    ("acquisition", "kind"): ACQUISITION,
    ("acquisition", "source_of_funds"): FUNDS,
    ("expense", "kind"): EXPENSE,
}


def words_of(section: str, column: str) -> Words:
    """The code list of a column; empty when the column holds no codes."""
    party = BY_NAME[section].party
    if party and column == party.name:
        return PARTY
    return OWNER if column == "owner" else LISTS.get((section, column), {})
