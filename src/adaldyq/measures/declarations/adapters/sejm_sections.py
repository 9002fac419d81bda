"""Maps the sections of a declaration of the Sejm into the sections of ours, and notes what looks like a slip.

Each function takes the rows being made and one item of the source. Sums come as numbers that a program
read from a PDF, so a sum is also held against the words, the area and the number of pieces beside it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from adaldyq.measures.declarations.adapters import polish
from adaldyq.measures.declarations.adapters.amounts import read_amount, read_number
from adaldyq.measures.declarations.adapters.collection import Row
from adaldyq.measures.declarations.adapters.currencies import CODES
from adaldyq.measures.declarations.adapters.rows import Declared

Item = Mapping[str, Any]

CURRENCY, PLACE_OF_MONEY = "PLN", "assetDeclarations[].cashPositions[]"
CRYPTO = {"BTC", "ETH", "ETHW", "APECOIN", "CARDANO", "STELLAR", "RIPPLE", "ETHEREUM", "XRP", "USDT", "KRYPTOWALUTY"}
ABSURD = {"cash": 10**7, "income": 5 * 10**7, "vehicle": 2 * 10**7, "valuable": 2 * 10**7}
ABSURD_OTHERWISE = 10**8
LARGEST_AREA = {"apartment": 1000, "house": 5000, "garage": 2000, "land": 10**8}
DEAREST_METRE = {"apartment": 100_000, "house": 100_000, "land": 10_000}
CHEAPEST = {"apartment": 10_000, "house": 10_000}
TREASURY_BOND = (Decimal(50), Decimal(500))
EARLIEST_VEHICLE = 1900


def words(item: Item, name: str) -> str:
    """A text of the source on one line; empty when there is none."""
    value = item.get(name)
    return "" if value is None else " ".join(str(value).split())


def described(item: Item) -> str | None:
    """The description, with the legal title behind it so that nothing of it is lost."""
    text, title = words(item, "description"), words(item, "legalTitle")
    return f"{text} ({title})" if text and title else text or title or None


def put_sum(declared: Declared, section: str, row: Row, column: str, raw: object, item: Item) -> None:
    """Put a sum with its currency into a row, and note what is suspicious about them."""
    reading = read_amount(raw)
    code = words(item, "currency").upper()
    text = words(item, "description") or words(item, "name")
    row[column] = reading.amount
    row["currency"] = code or CURRENCY
    what = f"{text}: " if text else ""
    declared.note_doubt(reading, f"{what}{raw}", section, row)
    if isinstance(raw, Decimal) and reading.amount is not None and raw != reading.amount:
        declared.note("decimal-slip", f"{what}{raw}", section, row)
    named = polish.currency_named_for(reading.amount, text) if reading.amount else None
    if named and not code:
        row["currency"] = named
    elif named and named != code:
        declared.note("currency-mismatch", f"{code}: {text}", section, row)
    if code and code not in CODES:
        declared.note("unknown-currency", f"{raw} {code}", section, row)
        row["currency"] = None
    elif reading.amount is not None and abs(reading.amount) >= ABSURD.get(section, ABSURD_OTHERWISE):
        declared.note("absurd-amount", f"{what}{reading.amount} {row['currency']}", section, row)


def add_money(declared: Declared, place: str, item: Item) -> None:
    """Money resources: an account, insurance or fund where the words say so, a crypto-asset, else cash."""
    code, text = words(item, "currency").upper() or CURRENCY, words(item, "description")
    if code in CRYPTO or code.endswith(".US"):
        add_units(declared, place, item, code)
        return
    if not (polish.INSTRUMENT.search(text) or polish.ACCOUNT.search(text)):
        add_cash(declared, place, item, code)
        return
    if code != CURRENCY and item.get("baseValue") is not None:
        declared.tally.lose(f"{PLACE_OF_MONEY}.baseValue (of an account or a security)", item["baseValue"])
    if polish.INSTRUMENT.search(text):
        kind = polish.kind_of(text, polish.SECURITY)
        row = declared.add("security", place, owner="declarant", issuer=text, kind=kind)
        put_sum(declared, "security", row, "value", item.get("currencyValue"), item)
    else:
        row = declared.add("account", place, owner="declarant", bank=text)
        put_sum(declared, "account", row, "amount", item.get("currencyValue"), item)


def add_units(declared: Declared, place: str, item: Item, code: str) -> None:
    """A crypto-asset, or a contract on a share, that stands among the currencies with its value in złoty."""
    converted, quantity = read_amount(item.get("baseValue")), read_number(item.get("currencyValue"))
    section = "crypto" if code in CRYPTO else "security"
    what: Row = {"asset": code} if code in CRYPTO else {"issuer": code, "kind": "other"}
    values: Row = {**what, "quantity": quantity, "value": converted.amount, "currency": CURRENCY}
    row = declared.add(section, place, owner="declarant", **values)
    declared.note_doubt(converted, item.get("baseValue"), section, row)


def add_cash(declared: Declared, place: str, item: Item, code: str) -> None:
    """Money of which the form does not say whether it is in hand or in a bank, with the declarant's conversion."""
    held, converted = read_amount(item.get("currencyValue")).amount, read_amount(item.get("baseValue")).amount
    in_hand = polish.IN_HAND.search(words(item, "description"))
    row = declared.add("cash", place, owner="declarant", or_at_bank=None if in_hand else True)
    put_sum(declared, "cash", row, "amount", item.get("currencyValue"), item)
    if words(item, "description"):
        declared.tally.lose(f"{PLACE_OF_MONEY}.description (of money in hand)", words(item, "description"))
    if code == CURRENCY:
        if converted is not None and held is not None and held >= 0 and held != converted:
            declared.note("currency-mismatch", f"{held} {code} = {converted} {CURRENCY}", "cash", row)
        return
    row["stated_amount"] = converted
    if converted is not None and converted >= ABSURD["cash"] > abs(held or Decimal(0)):
        declared.note("absurd-amount", f"{held} {code} = {converted} {CURRENCY}", "cash", row)


def add_real_estate(declared: Declared, place: str, item: Item) -> None:
    """A house, flat, farm or plot."""
    text, title = words(item, "description"), words(item, "legalTitle")
    kind, shares = polish.kind_of(text, polish.REAL_ESTATE), polish.shares_of(f"{text} {title}")
    row = declared.add(
        "real_estate",
        place,
        owner="declarant",
        kind=kind,
        area=polish.area_of(text, of_land=kind in ("land", "other")),
        share=shares[0] if len(set(shares)) == 1 else None,
        basis=polish.basis_of(title),
        description=described(item),
    )
    put_sum(declared, "real_estate", row, "value", item.get("value"), item)
    suspect_real_estate(declared, row, text)


def suspect_real_estate(declared: Declared, row: Row, text: str) -> None:
    """Note an area, a value or a value for each square metre that cannot well be meant."""
    kind, area, value = str(row["kind"]), row["area"], row["value"]
    share = row["share"]
    if isinstance(share, Decimal) and not 0 <= share <= 100:  # noqa: PLR2004 # percent
        declared.note("share-over-100", text, "real_estate", row)
    if isinstance(area, Decimal) and share is None and area > LARGEST_AREA.get(kind, LARGEST_AREA["land"]):
        declared.note("area-absurd", text, "real_estate", row)
    if not isinstance(value, Decimal) or not 0 < value < ABSURD_OTHERWISE:
        return
    dearest = DEAREST_METRE.get(kind)
    if isinstance(area, Decimal) and area > 0 and dearest and value / area > dearest:
        declared.note("decimal-slip", f"{text}: {value}", "real_estate", row)
    elif value < CHEAPEST.get(kind, 0) and share is None:
        declared.note("implausibly-small", f"{text}: {value}", "real_estate", row)


def add_debt(declared: Declared, place: str, item: Item) -> None:
    """A debt above 10,000 zł; the words of the source name the other side."""
    add_claim(declared, place, item, "payable")


def add_receivable(declared: Declared, place: str, item: Item) -> None:
    """What others owe the declarant."""
    add_claim(declared, place, item, "receivable")


def add_claim(declared: Declared, place: str, item: Item, direction: str) -> None:
    """A claim in one direction."""
    text = words(item, "description")
    kind = polish.kind_of(text, polish.CLAIM)
    row = declared.add("claim", place, owner="declarant", direction=direction, kind=kind, counterparty=text or None)
    put_sum(declared, "claim", row, "amount", item.get("value"), item)


def add_movable(declared: Declared, place: str, item: Item) -> None:
    """A movable above 10,000 zł: a vehicle where it is one, else a thing of value."""
    text = words(item, "description")
    vehicle = polish.kind_of(text, polish.VEHICLE, "")
    if not vehicle:
        kind = polish.kind_of(text, polish.VALUABLE)
        row = declared.add("valuable", place, owner="declarant", kind=kind, description=described(item))
        put_sum(declared, "valuable", row, "value", item.get("value"), item)
        return
    built = [int(item["year"])] if isinstance(item.get("year"), int) else polish.years_of(text)
    title = polish.basis_of(words(item, "legalTitle"))
    row = declared.add("vehicle", place, owner="declarant", kind=vehicle, make=text or None, basis=title)
    put_sum(declared, "vehicle", row, "value", item.get("value"), item)
    row["production_year"] = built[0] if len(built) == 1 else None
    latest = declared.year + 1
    if len(built) == 1 and not EARLIEST_VEHICLE <= built[0] <= latest:
        declared.note("impossible-date", f"{text}: {built[0]}", "vehicle", row)
        row["production_year"] = None


def add_security(declared: Declared, place: str, item: Item) -> None:
    """Shares, bonds, funds, insurance policies that save money."""
    name = words(item, "name")
    quantity = read_number(item.get("quantity"))
    kind = polish.kind_of(name, polish.SECURITY)
    row = declared.add("security", place, owner="declarant", issuer=name or None, kind=kind, quantity=quantity)
    put_sum(declared, "security", row, "value", item.get("value"), item)
    value = row["value"]
    if quantity is None and words(item, "quantity"):
        declared.note("unreadable-amount", f"{name}: {words(item, 'quantity')}", "security", row)
    if not isinstance(value, Decimal) or not quantity or quantity <= 1 or value <= 0:
        return
    each = value / quantity
    is_treasury_bond = kind == "bond" and "skarb" in name.casefold()
    if is_treasury_bond and not TREASURY_BOND[0] <= each <= TREASURY_BOND[1]:
        declared.note("decimal-slip", f"{name}: {quantity.normalize():f} for {value}", "security", row)
    elif each < Decimal("0.01"):
        declared.note("unit-price", f"{name}: {quantity.normalize():f} for {value}", "security", row)


def add_income(declared: Declared, place: str, item: Item) -> None:
    """Income of the year before; the words of the source say what it is and who paid."""
    text = words(item, "description")
    kind = polish.kind_of(text, polish.INCOME)
    row = declared.add("income", place, owner="declarant", kind=kind, payer=text or None)
    put_sum(declared, "income", row, "amount", item.get("yearlyValue"), item)


def add_business(declared: Declared, place: str, item: Item) -> None:
    """A business or a post in a company, and the income from it unless the incomes have that very sum."""
    name, form, text = (words(item, one) for one in ("businessName", "businessType", "description"))
    reading = read_amount(item.get("income"))
    paid = None if reading.amount is None else reading.amount > 0
    title = "; ".join(one for one in (form, text) if one)
    declared.add("position", place, organisation=name or None, title=title or None, paid=paid, owner="declarant")
    known = {row.get("amount") for table, row in declared.rows if table == "declared_income"}
    if reading.amount and reading.amount not in known:
        row = declared.add("income", place, owner="declarant", kind="business", payer=name or title or None)
        put_sum(declared, "income", row, "amount", item.get("income"), {"description": title})
    shares = polish.shares_of(text) if "udział" in text.casefold() or "akcj" in text.casefold() else []
    if len(shares) == 1:
        row = declared.add("company_interest", place, owner="declarant", company_name=name or None, share=shares[0])
        if not 0 <= shares[0] <= 100:  # noqa: PLR2004 # percent
            declared.note("share-over-100", text, "company_interest", row)


ADDING: Mapping[str, Callable[[Declared, str, Item], None]] = {
    "cashPositions": add_money,
    "realEstate": add_real_estate,
    "liabilities": add_debt,
    "receivables": add_receivable,
    "personalProperties": add_movable,
    "securityPositions": add_security,
    "incomes": add_income,
    "businessActivities": add_business,
}
"""How an item of each section of the source becomes rows; incomes come before businesses."""
