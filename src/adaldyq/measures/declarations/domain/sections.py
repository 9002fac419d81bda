"""The sections of the two forms, as data.

Forms, models, published tables, redaction, importers and pages are all made from this list. Amounts are in
the currency of the row; a column is public where the law opens officials' declarations (addresses, numbers
of ids and accounts, the names of relatives and of other private people, and descriptions in own words stay closed).
"""

from __future__ import annotations

from dataclasses import dataclass

from adaldyq.base.tables import Column, ColumnType, Privacy, Table
from adaldyq.base.words import gettext_noop as _

TEXT, MONEY, NUMBER = ColumnType.TEXT, ColumnType.MONEY, ColumnType.NUMBER
DATE, INTEGER, BOOLEAN = ColumnType.DATE, ColumnType.INTEGER, ColumnType.BOOLEAN
PUBLIC, RESTRICTED = Privacy.PUBLIC, Privacy.RESTRICTED


@dataclass(frozen=True)
class Party:
    """The column that names the other side: an organisation, whose name is public, or a private person, whose is not.

    Attributes:
        name: the column of the name; closed, since it may be a person's.
        id: the column of the same in the registers; empty when the section has none.
        organisations: kinds of the row by which the other side can only be an organisation.
    """

    name: str
    id: str = ""
    organisations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Section:
    """One section of the forms.

    Attributes:
        name: in addresses and files.
        title: on pages, an English sentence for the catalogues.
        table: the published table of its rows.
        worth: column that adds to wealth, if the section counts as wealth.
        party: the other side of its rows, if they have one.
    """

    name: str
    title: str
    table: Table
    worth: str = ""
    party: Party | None = None


def column(name: str, kind: ColumnType, title: str, meaning: str, privacy: Privacy = PUBLIC, unit: str = "") -> Column:
    """A column of a section."""
    return Column(name, kind, meaning, privacy, unit, title=title)


ROW = (
    Column("row_id", TEXT, "Opaque id of the row.", PUBLIC, required=True),
    Column("declaration_id", TEXT, "The declaration it stands in.", PUBLIC, required=True),
    column("owner", TEXT, _("Owner"), "declarant, spouse, child or other."),
)
CURRENCY = column("currency", TEXT, _("Currency"), "Currency of the row, ISO 4217.")
COUNTRY = column("country", TEXT, _("Country"), "Country, ISO 3166-1.")
SHARE = column("share", NUMBER, _("Share"), "Share of the owner.", unit="percent")
BASIS = column("basis", TEXT, _("Basis"), "ownership, joint ownership, lease, use or other.")
ACQUIRED = column("acquired_date", DATE, _("Acquired"), "Day of acquisition.")
PRICE = column("price", MONEY, _("Price"), "Price paid on acquisition.", unit="currency")
VALUE = column("value", MONEY, _("Value"), "Value at the end of the year, as declared.", unit="currency")
AMOUNT = column("amount", MONEY, _("Amount"), "Sum, as declared.", unit="currency")
DESCRIPTION = column("description", TEXT, _("Description"), "In the declarant's words.", RESTRICTED)
"""No rule finds every address or name in a sentence, so the public sees the kind of an entry and not its story."""


def section(
    name: str, title: str, meaning: str, *columns: Column, worth: str = "", party: Party | None = None
) -> Section:
    """A section whose table has the common columns and its own."""
    return Section(name, title, Table(f"declared_{name}", meaning, (*ROW, *columns), "row_id"), worth, party)


SECTIONS: tuple[Section, ...] = (
    section(
        "family",
        _("Family"),
        "A member of the declarant's family.",
        column("relation", TEXT, _("Relation"), "spouse, child, parent, sibling or other."),
        column("relative_id", TEXT, _("Relative"), "The relative in the register of people.", RESTRICTED),
        column("name", TEXT, _("Full name"), "Name as declared.", RESTRICTED),
        column("birth_date", DATE, _("Born"), "Day of birth.", RESTRICTED),
        column("number", TEXT, _("Identification number"), "Number of the relative, as declared.", RESTRICTED),
    ),
    section(
        "income",
        _("Income"),
        "Income of the year, by kind and source.",
        column(
            "kind", TEXT, _("Kind"), "salary, pension, dividend, interest, rent, sale, gift, business, prize or other."
        ),
        column("payer", TEXT, _("Paid by"), "Name of the payer.", RESTRICTED),
        column("payer_id", TEXT, _("Payer’s id"), "The payer in the registers.", RESTRICTED),
        column("number", TEXT, _("Payer’s number"), "Number of the same, as declared.", RESTRICTED),
        COUNTRY,
        AMOUNT,
        column("tax_withheld", MONEY, _("Tax withheld"), "Tax withheld by the payer.", unit="currency"),
        CURRENCY,
        party=Party("payer", "payer_id", frozenset({"salary", "pension", "dividend", "interest"})),
    ),
    section(
        "real_estate",
        _("Real estate"),
        "A piece of real estate owned or used.",
        column("kind", TEXT, _("Kind"), "apartment, house, land, garage, commercial or other."),
        column("object_number", TEXT, _("Cadastral number"), "Number in the land register.", RESTRICTED),
        column("territory_id", TEXT, _("Place"), "Territory it lies in."),
        column("address", TEXT, _("Address"), "Address.", RESTRICTED),
        column("area", NUMBER, _("Area"), "Area.", unit="square metres"),
        SHARE,
        BASIS,
        ACQUIRED,
        PRICE,
        VALUE,
        CURRENCY,
        COUNTRY,
        DESCRIPTION,
        worth="value",
    ),
    section(
        "vehicle",
        _("Vehicles"),
        "A vehicle for land, water or air.",
        column("kind", TEXT, _("Kind"), "car, truck, motorcycle, boat, aircraft or other."),
        column("object_number", TEXT, _("Identification number"), "Number in the vehicle register.", RESTRICTED),
        column("make", TEXT, _("Make"), "Make and model."),
        column("production_year", INTEGER, _("Built"), "Year it was built."),
        SHARE,
        BASIS,
        ACQUIRED,
        PRICE,
        VALUE,
        CURRENCY,
        COUNTRY,
        worth="value",
    ),
    section(
        "account",
        _("Accounts and deposits"),
        "Money on an account at the end of the year.",
        column("bank", TEXT, _("Bank"), "Name of the bank."),
        column("account_number", TEXT, _("Account number"), "Number of the account.", RESTRICTED),
        COUNTRY,
        AMOUNT,
        CURRENCY,
        worth="amount",
    ),
    section(
        "cash",
        _("Cash"),
        "Cash in hand at the end of the year.",
        AMOUNT,
        CURRENCY,
        column(
            "stated_amount",
            MONEY,
            _("As converted by the declarant"),
            "The same sum in the declaration's currency, as the declarant converted it.",
            unit="declaration.currency",
        ),
        column(
            "or_at_bank",
            BOOLEAN,
            _("May be at a bank"),
            "Whether it may be money at a bank as well, because the form of the source does not tell one from the other; "
            "empty when it is in hand.",
        ),
        worth="amount",
    ),
    section(
        "security",
        _("Securities"),
        "Shares, bonds and other securities.",
        column("issuer", TEXT, _("Issuer"), "Who issued them."),
        column("kind", TEXT, _("Kind"), "share, bond, fund or other."),
        column("quantity", NUMBER, _("Quantity"), "How many.", unit="pieces"),
        VALUE,
        CURRENCY,
        COUNTRY,
        worth="value",
    ),
    section(
        "company_interest",
        _("Company interests"),
        "A share in a company, or its beneficial ownership.",
        column("company_name", TEXT, _("Company"), "Name of the company."),
        column("company_id", TEXT, _("Company’s id"), "The company in the register.", RESTRICTED),
        column("number", TEXT, _("Company’s number"), "Number of the same, as declared.", RESTRICTED),
        column("beneficial", BOOLEAN, _("Held through others"), "Whether it is held through others."),
        SHARE,
        VALUE,
        CURRENCY,
        COUNTRY,
        worth="value",
    ),
    section(
        "crypto",
        _("Crypto-assets"),
        "A crypto-asset at the end of the year.",
        column("asset", TEXT, _("Asset"), "Its name."),
        column("platform", TEXT, _("Platform"), "Where it is kept."),
        column("quantity", NUMBER, _("Quantity"), "How much.", unit="units of the asset"),
        VALUE,
        CURRENCY,
        worth="value",
    ),
    section(
        "claim",
        _("Loans and debts"),
        "Money that others owe the declarant, or the declarant owes.",
        column("direction", TEXT, _("Direction"), "receivable or payable."),
        column("kind", TEXT, _("Kind"), "bank loan, mortgage, private loan, leasing or other."),
        column("counterparty", TEXT, _("With whom"), "Name of the other side.", RESTRICTED),
        column("counterparty_id", TEXT, _("Other side’s id"), "The other side in the registers.", RESTRICTED),
        column("number", TEXT, _("Other side’s number"), "Number of the same, as declared.", RESTRICTED),
        column("since_date", DATE, _("Since"), "Day it began."),
        AMOUNT,
        CURRENCY,
        worth="amount",
        party=Party("counterparty", "counterparty_id", frozenset({"bank loan", "mortgage", "leasing"})),
    ),
    section(
        "valuable",
        _("Valuables"),
        "A thing of value: jewellery, art, a collection, intellectual property, arms.",
        column("kind", TEXT, _("Kind"), "jewellery, art, collection, rights, arms or other."),
        DESCRIPTION,
        ACQUIRED,
        VALUE,
        CURRENCY,
        worth="value",
    ),
    section(
        "gift",
        _("Gifts"),
        "A gift received in the year.",
        column("giver", TEXT, _("From whom"), "Name of the giver.", RESTRICTED),
        column("giver_id", TEXT, _("Giver’s id"), "The giver in the registers.", RESTRICTED),
        column("number", TEXT, _("Giver’s number"), "Number of the same, as declared.", RESTRICTED),
        column("kind", TEXT, _("Kind"), "money, thing, travel or other."),
        column("received_date", DATE, _("Received"), "Day it was received."),
        VALUE,
        CURRENCY,
        party=Party("giver", "giver_id"),
    ),
    section(
        "acquisition",
        _("Large acquisitions"),
        "A large purchase of the year and where the money came from.",
        column("kind", TEXT, _("What"), "real estate, vehicle, security or other."),
        DESCRIPTION,
        ACQUIRED,
        PRICE,
        CURRENCY,
        column("source_of_funds", TEXT, _("Source of funds"), "income, savings, loan, gift, sale or other."),
    ),
    section(
        "expense",
        _("Expenses"),
        "A large expense of the year.",
        column("kind", TEXT, _("Kind"), "education, health, travel, interest, lease or other."),
        DESCRIPTION,
        AMOUNT,
        CURRENCY,
    ),
    section(
        "position",
        _("Outside positions"),
        "A position outside the office held.",
        column("organisation", TEXT, _("Organisation"), "Name of the organisation."),
        column("company_id", TEXT, _("Company’s id"), "The organisation in the register.", RESTRICTED),
        column("title", TEXT, _("Position"), "Title of the position."),
        column("paid", BOOLEAN, _("Paid"), "Whether it is paid."),
    ),
    section(
        "trust",
        _("Trust management"),
        "Property handed to a manager.",
        column("manager", TEXT, _("Manager"), "Name of the manager.", RESTRICTED),
        DESCRIPTION,
        column("since_date", DATE, _("Since"), "Day it was handed over."),
        VALUE,
        CURRENCY,
        worth="value",
        party=Party("manager"),
    ),
)

BY_NAME = {one.name: one for one in SECTIONS}

FORMS = {
    "assets": _("Declaration of assets and liabilities"),
    "income": _("Declaration of income and property"),
}
