"""What the forms ask of a person who files by hand: which sections and columns, what must be answered, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from adaldyq.base.tables import Column
from adaldyq.base.words import gettext_noop as _
from adaldyq.measures.declarations.domain.sections import BY_NAME, SECTIONS, Section

OF_INCOME_ONLY = frozenset({"income", "gift", "acquisition", "expense"})
"""Sections about what happened in the year, which the one-time form of assets and liabilities does not ask for."""

MOST_ROWS = 200
"""Rows of a section that are filed by hand; whoever has more sends a file."""

NOT_ASKED = frozenset({"row_id", "declaration_id", "stated_amount", "or_at_bank"})
"""Columns that are kept for other sources, or that nobody types."""

KEPT_IDS: Mapping[str, str] = {
    "relative_id": "name",
    "payer_id": "payer",
    "company_id": "company_name",
    "counterparty_id": "counterparty",
    "giver_id": "giver",
}
"""Ids that come from a register with the name beside them, and go when that name is typed anew."""

OWNER_OF_RELATION: Mapping[str, str] = {"spouse": "spouse", "child": "child"}
"""In the section of the family the tie says whose row it is."""

REQUIRED: Mapping[str, frozenset[str]] = {
    "family": frozenset({"relation", "name", "birth_date"}),
    "income": frozenset({"kind", "payer", "country", "amount", "currency"}),
    "real_estate": frozenset({"kind", "address", "share", "basis", "country"}),
    "vehicle": frozenset({"kind", "make", "share", "basis", "country"}),
    "account": frozenset({"bank", "country", "amount", "currency"}),
    "cash": frozenset({"amount", "currency"}),
    "security": frozenset({"issuer", "kind", "quantity", "value", "currency", "country"}),
    "company_interest": frozenset({"company_name", "share", "country"}),
    "crypto": frozenset({"asset", "quantity", "value", "currency"}),
    "claim": frozenset({"direction", "kind", "counterparty", "amount", "currency"}),
    "valuable": frozenset({"kind", "description", "value", "currency"}),
    "gift": frozenset({"giver", "kind", "value", "currency"}),
    "acquisition": frozenset({"kind", "description", "acquired_date", "price", "currency", "source_of_funds"}),
    "expense": frozenset({"kind", "amount", "currency"}),
    "position": frozenset({"organisation", "title", "paid"}),
    "trust": frozenset({"manager", "description"}),
}
"""Columns without which a row says too little, besides whose it is."""

HELP: Mapping[str, str] = {
    "family": _("Your husband or wife, and your children under eighteen, as of the last day of the year."),
    "income": _("Everything that you were paid in the year, before tax: salary, pension, rent, interest, sales."),
    "real_estate": _("Flats, houses, land and garages that you own, rent or use for free, at home and abroad."),
    "vehicle": _("Cars, lorries, motorcycles, boats and aircraft that you own or use."),
    "account": _("Money on accounts and deposits on the last day of the year, at home and abroad."),
    "cash": _("Money in notes and coins on the last day of the year, in any currency."),
    "security": _("Shares, bonds and units of funds on the last day of the year."),
    "company_interest": _("Shares in companies, also those that somebody else holds for you."),
    "crypto": _("Digital assets on the last day of the year, wherever they are kept."),
    "claim": _("Loans that you have given and debts that you owe on the last day of the year."),
    "valuable": _("Jewellery, art, collections, intellectual property and arms."),
    "gift": _("What others gave you in the year: money, things, travel."),
    "acquisition": _("Property bought in the year, and where the money for each purchase came from."),
    "expense": _("What you spent in the year on education, medical care, travel, interest and leases."),
    "position": _("Work outside your main post, paid or not: boards, foundations, teaching."),
    "trust": _("Property that you have handed to somebody else to manage."),
}
"""What belongs in a section."""

LIMITS: Mapping[str, tuple[str, str]] = {
    "account": (
        "foreign_account_declared",
        _("Money in accounts abroad is declared when it is more than %(sum)s altogether."),
    ),
    "cash": ("cash_declared", _("Cash is declared when it is more than %(sum)s altogether.")),
    "claim": ("debt_declared", _("A loan or a debt is declared when it is more than %(sum)s.")),
    "valuable": ("valuable_declared", _("A thing is declared when it is worth more than %(sum)s.")),
    "acquisition": (
        "large_acquisition",
        _("Purchases are declared when the year’s come to more than %(sum)s altogether."),
    ),
    "expense": ("expense_declared", _("An expense is declared when it is more than %(sum)s.")),
}
"""From which sum something of a section is declared: the threshold of the pack, and the sentence that tells it."""

MOST: Mapping[str, tuple[str, str]] = {
    "cash": (
        "cash_most",
        _(
            "Cash is stated up to %(sum)s altogether by the law. Whoever had more states all of it, and is asked about it."
        ),
    ),
}
"""Up to which sum the law lets something of a section be stated, where the pack sets one; more is asked about."""

NO_LIMIT: Mapping[str, str] = {"expense": _("No sum is set from which an expense is declared.")}
"""What is said of a section instead where the pack has no threshold."""

HINTS: Mapping[str, str] = {
    "acquired_date": _("The day on which it became yours. For example, 27 3 2019"),
    "address": _("Street, house and flat. It is not shown to the public."),
    "account_number": _("It is not shown to the public."),
    "area": _("In square metres."),
    "basis": _("By what right you have it."),
    "beneficial": _("Whether somebody else holds it for you."),
    "birth_date": _("For example, 27 3 2015"),
    "counterparty": _("The bank, company or person. The name of a person is not shown to the public."),
    "giver": _("The name of a person is not shown to the public."),
    "name": _("Family name, given name and patronymic. It is not shown to the public."),
    "number": _("Leave it empty if they have none or you do not know it. It is not shown to the public."),
    "object_number": _("As it stands in the register or the document. It is not shown to the public."),
    "owner": _("To whom it belongs."),
    "payer": _("The employer, bank, tenant or buyer. The name of a person is not shown to the public."),
    "price": _("What was paid for it. Leave it empty when nothing was paid."),
    "received_date": _("A day of the year that you declare. For example, 27 3 2025"),
    "share": _("In percent. Write 100 when it is wholly theirs."),
    "since_date": _("For example, 27 3 2019"),
    "source_of_funds": _("Where most of the money came from."),
    "tax_withheld": _("Tax that the payer kept back. Leave it empty when none was."),
    "territory_id": _("Leave it empty when it lies abroad."),
    "value": _("What it was worth on the last day of the year."),
}
"""A word of explanation under a question."""

OF_THE_OTHER_SIDE = _(
    "As it stands in a contract or a register. Leave it empty if you do not know it or they are abroad. It is not shown to the public."
)

HINTS_OF: Mapping[tuple[str, str], str] = {
    ("family", "relation"): _("Who they are to you."),
    ("income", "kind"): _("What the money was paid for."),
    ("income", "country"): _("Where whoever paid it is."),
    ("income", "number"): OF_THE_OTHER_SIDE,
    ("income", "amount"): _("All of the year together, before tax."),
    ("real_estate", "kind"): _("What it is by its document."),
    ("real_estate", "country"): _("The country it lies in."),
    ("real_estate", "description"): _("Only if something above does not say it, such as that it is being built."),
    ("vehicle", "kind"): _("What it is by its registration."),
    ("vehicle", "make"): _("Make and model, as in the registration. For example, Toyota Camry"),
    ("vehicle", "production_year"): _("The year in which it was made. For example, 2019"),
    ("vehicle", "country"): _("The country in which it is registered."),
    ("account", "bank"): _("Its name. The number of the account has a box of its own."),
    ("account", "country"): _("Where the bank is."),
    ("account", "amount"): _("What stood on it on the last day of the year."),
    ("cash", "amount"): _("What you had in this currency on the last day of the year."),
    ("security", "issuer"): _("The company, fund or state that issued them."),
    ("security", "kind"): _("A share makes you an owner, a bond is a debt to you."),
    ("security", "quantity"): _("How many pieces."),
    ("security", "country"): _("Where whoever issued them is."),
    ("company_interest", "company_name"): _("As it stands in the register of companies."),
    ("company_interest", "number"): OF_THE_OTHER_SIDE,
    ("company_interest", "country"): _("Where the company is registered."),
    ("crypto", "asset"): _("Its name or sign. For example, Bitcoin"),
    ("crypto", "platform"): _("The exchange, or that you keep it yourself. Not the address of a wallet."),
    ("crypto", "quantity"): _("How many units, with the fraction. For example, 0.25"),
    ("claim", "direction"): _("To be received: others owe it to you or yours. To be paid: you or yours owe it."),
    ("claim", "kind"): _("By what contract it arose."),
    ("claim", "number"): OF_THE_OTHER_SIDE,
    ("claim", "amount"): _("What is still to be paid back on the last day of the year."),
    ("valuable", "kind"): _("What kind of thing it is."),
    ("valuable", "description"): _("In a few words. For example, a gold watch"),
    ("gift", "kind"): _("What was given."),
    ("gift", "number"): OF_THE_OTHER_SIDE,
    ("gift", "value"): _("What it was worth when it was given."),
    ("acquisition", "kind"): _("What you bought."),
    ("acquisition", "description"): _("In a few words. For example, a flat of two rooms"),
    ("expense", "kind"): _("What it was spent on."),
    ("expense", "description"): _("In a few words. For example, a year at a university"),
    ("expense", "amount"): _("What it cost in the year."),
    ("position", "organisation"): _("Its full name."),
    ("position", "title"): _("What you are there. For example, member of the board"),
    ("position", "paid"): _("Whether you get money for it."),
    ("trust", "manager"): _("The company or person. The name of a person is not shown to the public."),
    ("trust", "description"): _("What was handed over. For example, shares of a company"),
}
"""The same, of a column that is asked for in another way in each section."""

OF_CURRENCY = _("One for which no rate is known stays as it is and is not counted in sums.")
"""The word under every question for a currency, for which a form on paper has no room."""


def hint(section: str, column: str) -> str:
    """The word of explanation under a question; every question has one."""
    return OF_CURRENCY if column == "currency" else HINTS_OF.get((section, column)) or HINTS[column]


@cache
def sections_of(form: str) -> tuple[Section, ...]:
    """Sections that a form asks for, in their order."""
    return tuple(one for one in SECTIONS if form != "assets" or one.name not in OF_INCOME_ONLY)


@cache
def asked_columns(section: str) -> tuple[Column, ...]:
    """Columns of a section that a person is asked for, in their order."""
    left_out = NOT_ASKED | set(KEPT_IDS) | ({"owner"} if section == "family" else set())
    return tuple(one for one in BY_NAME[section].table.columns if one.name not in left_out)


def is_required(section: str, column: str) -> bool:
    """Whether a row says too little without this column."""
    return column == "owner" or column in REQUIRED[section]
