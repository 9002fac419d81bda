"""Rows of a draft or of one's own declaration as facts: what was typed, where it comes from, what is wrong with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.base.money import CENT
from adaldyq.base.tables import Column, ColumnType
from adaldyq.countries.facts import ILLUSTRATIVE
from adaldyq.kernel import naming
from adaldyq.kernel.problems import sentence
from adaldyq.measures.declarations.domain.checks import DAY_PARTS
from adaldyq.measures.declarations.domain.codes import words_of
from adaldyq.measures.declarations.domain.questions import asked_columns
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.forms.seen import as_seen
from adaldyq.measures.declarations.queries import drafts, words
from adaldyq.measures.declarations.queries.drafts import Draft, DraftRow, FilledRow
from adaldyq.measures.declarations.queries.prefill import is_of_own_child
from adaldyq.measures.declarations.queries.prefilled import CLAIMABLE, FILED, LAST_YEAR, LAST_YEAR_WAS
from adaldyq.measures.declarations.views import news
from adaldyq.measures.declarations.views.sections import KINDS
from adaldyq.ui.facts import Fact, Link
from adaldyq.ui.formats.values import Kind, day, money

NAMES = (
    *("name", "payer", "address", "make", "bank", "issuer", "company_name", "asset", "counterparty", "giver"),
    *("organisation", "manager", "description"),
)
"""What a row is called by, the first that is there."""
SUMS = ("amount", "value", "price")
DIRECTION = "direction"
REGISTERS: Mapping[str, object] = {
    "land_register": gettext_lazy("From the register of land and buildings."),
    "vehicle_register": gettext_lazy("From the register of vehicles."),
    "ownership": gettext_lazy("From the register of owners of companies."),
    "family_tie": gettext_lazy("From the register of families."),
    "bank_balance": gettext_lazy("From the bank’s report to the tax service."),
    "income_record": gettext_lazy("From the payer’s report to the tax service."),
    "loan_balance": gettext_lazy("From the lender’s report to the tax service."),
    "security_holding": gettext_lazy("From the depository of securities."),
    "company": gettext_lazy("From the register of companies."),
    FILED: gettext_lazy("As you filed it."),
}


def typed_words(section: str, typed: Mapping[str, str]) -> list[tuple[str, str]]:
    """What was typed into the boxes of an entry as words, so that it can be copied; empty ones are left out."""
    found = []
    for column in asked_columns(section) if section in BY_NAME else ():
        parts = [typed.get(f"{column.name}_{part}", "") for part in DAY_PARTS]
        text = typed.get(column.name, "") or ".".join(filter(None, parts))
        if text:
            word = words_of(section, column.name).get(text)
            found.append((_(column.title), _(word) if word else text))
    return [*found, *([(_("Or why there is none"), typed["reason"])] if typed.get("reason") else [])]


def source_words(source: str, year: int) -> str:
    """Where a value comes from."""
    if source.startswith(LAST_YEAR_WAS):
        _name, amount, currency = source.split(" ")
        told = {"year": year - 1, "sum": money(Decimal(amount), currency)}
        return _("In your declaration for %(year)s: %(sum)s.") % told
    if source == LAST_YEAR:
        return _("From your declaration for %(year)s.") % {"year": year - 1}
    return str(REGISTERS.get(source, ""))


def main_source(row: DraftRow) -> str:
    """Where most of a row comes from; empty when it is all from own hand, or no source tells of several columns."""
    told = Counter(row.sources.values()).most_common(1)
    return told[0][0] if told and (told[0][1] > 1 or len(row.sources) == 1) else ""


def source_of_all(row: DraftRow, draft: Draft) -> str:
    """Where a row comes from, to be said once; what of it comes from elsewhere says so itself."""
    words = source_words(main_source(row), draft.year)
    filled = {column.name for column in asked_columns(row.section) if as_typed(column, row.typed)}
    whole = filled <= {name for name, source in row.sources.items() if source == main_source(row)}
    elsewhere = "" if whole or not words else _("What is from elsewhere says so.")
    return " ".join(filter(None, (words, elsewhere, news.of_row(row))))


def sources_in_words(row: DraftRow, draft: Draft) -> dict[str, str]:
    """By column, where its value comes from, unless that is said once of the row."""
    main = main_source(row)
    told = {name: source_words(source, draft.year) for name, source in row.sources.items() if source != main}
    if main:
        typed = {one.name for one in asked_columns(row.section) if as_typed(one, row.typed)} - row.sources.keys()
        told |= dict.fromkeys(typed, _("As you typed it."))
    corrected = news.of_columns(row)
    return told | {name: " ".join(filter(None, (told.get(name), says))) for name, says in corrected.items()}


def claim_link(row: DraftRow, person: str) -> Link | None:
    """The page on which the person says that the register is wrong, also about what a child under age has.

    None for what is a husband's or wife's, who says it themselves.
    """
    owner = row.typed.get("owner", "declarant")
    if row.origin not in CLAIMABLE or not person or (owner not in {"declarant", "child"} and row.section != "family"):
        return None
    if owner == "child" and not is_of_own_child(row.origin, row.origin_id, person, timezone.localdate()):
        return None
    try:
        return Link(_("The register is wrong"), reverse("registers-claim", args=[row.origin, row.origin_id]))
    except NoReverseMatch:
        return None


def row_title(section: str, values: Mapping[str, object], place: int) -> str:
    """What a row is called: its kind and a name, else its place in the section."""
    kind = words.code_word(section, "kind", values.get("kind")) or words.code_word(
        section, "relation", values.get("relation")
    )
    name = next((str(values[one]) for one in NAMES if values.get(one)), "")
    called = ", ".join(str(one) for one in (kind, name) if one)
    return called or _("Entry %(number)s") % {"number": place}


def facts_of(one: FilledRow, draft: Draft) -> list[Fact]:
    """Columns of a row that say something, or in which something is wrong."""
    told = sources_in_words(one.row, draft)
    wrong = {problem.field: sentence(problem) for problem in one.reading.problems}
    public, facts = drafts.is_public(draft), []
    for column in asked_columns(one.row.section):
        typed = as_typed(column, one.row.typed)
        seen = as_seen(one.row.section, column.name, typed) if public else ""
        if column.name in wrong:
            hint = " ".join(filter(None, (wrong[column.name], told.get(column.name), seen)))
            facts.append(Fact(_(column.title), typed or None, hint=hint))
        elif typed and column.name != "currency":
            hint = " ".join(filter(None, (told.get(column.name), seen)))
            facts.append(fact_of(one.row.section, column, one.reading.values, hint))
    return facts


def stated_facts(section: str, values: Mapping[str, object]) -> list[Fact]:
    """Columns of a row of a declaration that say something."""
    return [
        fact_of(section, column, values, "")
        for column in asked_columns(section)
        if values.get(column.name) not in (None, "") and column.name != "currency"
    ]


def fact_of(section: str, column: Column, values: Mapping[str, object], hint: str) -> Fact:
    """One column of a row that can be read."""
    value = values[column.name]
    if column.type is ColumnType.BOOLEAN:
        return Fact(_(column.title), _("yes") if value else _("no"), hint=hint)
    kind: Kind = "percent" if column.unit == "percent" else KINDS.get(column.type, "text")
    shown = words.code_word(section, column.name, value)
    return Fact(_(column.title), shown, kind=kind, currency=str(values.get("currency") or ""), hint=hint)


def as_typed(column: Column, typed: Mapping[str, str]) -> str:
    """What stands in the boxes of a column."""
    if column.type is ColumnType.DATE:
        return " ".join(filter(None, (typed.get(f"{column.name}_{part}", "") for part in DAY_PARTS)))
    return typed.get(column.name, "")


def sums_of(section: str, rows: Iterable[Mapping[str, object]]) -> str:
    """What the rows of a section add up to, by currency; what is owed either way apart; empty when it has no sums."""
    columns = BY_NAME[section].table.by_name
    name = next((one for one in SUMS if one in columns), "")
    if DIRECTION not in columns:
        return added(name, rows)
    kept = list(rows)
    ways = words_of(section, DIRECTION).items()
    sums = ((word, added(name, (row for row in kept if row.get(DIRECTION) == way))) for way, word in ways)
    return "; ".join(f"{_(word)}: {total}" for word, total in sums if total)


def converted(section: str, rows: Iterable[Mapping[str, object]], year: int) -> str:
    """What the rows of a section come to in the country's currency, by which rates; empty when none is in another.

    What is owed either way, and what has no rate, is not counted together. Rates that the pack marks as illustrative are
    not called official.
    """
    columns, pack = BY_NAME[section].table.by_name, naming.pack()
    name = next((one for one in SUMS if one in columns), "")
    if DIRECTION in columns:
        return ""
    rates = {currency: rate for (currency, of), rate in pack.exchange_rates.items() if of == year}
    rates[pack.currency] = Decimal(1)
    total, used = Decimal(0), set()
    for row in rows:
        amount, currency = row.get(name), str(row.get("currency") or pack.currency)
        if isinstance(amount, Decimal) and currency in rates:
            total += amount * rates[currency]
            used.add(currency)
    told = ", ".join(f"1 {code} = {money(rates[code], pack.currency)}" for code in sorted(used - {pack.currency}))
    if not told:
        return ""
    words = _("About %(sum)s by the official rates of %(day)s: %(rates)s.")
    if any(one.currency in used and one.year == year and one.source == ILLUSTRATIVE for one in pack.rate_facts):
        words = _("About %(sum)s by example rates for %(day)s, which are not the official ones: %(rates)s.")
    return words % {"sum": money(total.quantize(CENT), pack.currency), "day": day(date(year, 12, 31)), "rates": told}


def added(name: str, rows: Iterable[Mapping[str, object]]) -> str:
    """What a column of rows adds up to, by currency."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        amount = row.get(name)
        if isinstance(amount, Decimal):
            sums[str(row.get("currency") or "")] += amount
    return ", ".join(money(amount, currency) for currency, amount in sorted(sums.items()))
