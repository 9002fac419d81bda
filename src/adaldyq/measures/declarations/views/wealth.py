"""Wealth and income over the years as plots and tables, with what a reader must know about the sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.domain.wealth import ASSET_CLASSES, INCOME_CLASSES, Totals
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.people import Official
from adaldyq.ui.plots import LinePlot, Plot, Series, StackedPlot
from adaldyq.ui.tables import Column, Table


@dataclass(frozen=True)
class Notes:
    """What is behind the sums: sentences, and the rates used."""

    sentences: Sequence[str]
    rates: Table | None


@dataclass(frozen=True)
class RateUsed:
    """What one unit of a currency was worth at a year's end."""

    day: date
    currency: str
    rate: Decimal
    into: str
    source: str


def assets_of(totals: Totals) -> Mapping[str, Decimal]:
    """Assets by class."""
    return totals.assets


def part(sums: Callable[[Totals], Mapping[str, Decimal]], name: str) -> Callable[[Totals], Decimal | None]:
    """Takes the sum of one class; none where the form does not ask for it."""
    return lambda one: sums(one).get(name)


def wealth_plot(totals: Sequence[Totals], of: Official) -> Plot:
    """What is owned, by class."""
    return layers(_("What the family owned at the end of each year"), ASSET_CLASSES, assets_of, totals, of)


def income_plot(totals: Sequence[Totals], of: Official) -> Plot:
    """What was received, by class."""
    return layers(_("What the family received in each year"), INCOME_CLASSES, lambda one: one.income, totals, of)


def net_plot(totals: Sequence[Totals], of: Official) -> Plot:
    """Wealth less debts beside income."""
    series = [
        over_years(_("Wealth less debts"), totals, lambda one: one.net),
        over_years(_("Income of the year"), totals, lambda one: one.all_income),
        over_years(_("Debts"), totals, lambda one: one.debts),
    ]
    return LinePlot(_("Wealth beside income and debts"), years_of(totals), series, **about(of))


def layers(
    title: str,
    classes: Mapping[str, str],
    sums: Callable[[Totals], Mapping[str, Decimal]],
    totals: Sequence[Totals],
    of: Official,
) -> Plot:
    """Classes on top of each other; as lines when an odd declaration states less than nothing."""
    series = [over_years(_(word), totals, part(sums, name)) for name, word in classes.items()]
    negative = any(value < 0 for one in totals for value in sums(one).values())
    return (LinePlot if negative else StackedPlot)(title, years_of(totals), series, **about(of))


def years_of(totals: Sequence[Totals]) -> list[int]:
    """Every year from the first declared to the last, so that a missing one leaves a gap."""
    return list(range(totals[0].year, totals[-1].year + 1))


def over_years(title: str, totals: Sequence[Totals], value: Callable[[Totals], Decimal | None]) -> Series:
    """A sum of each year; none where no declaration is open."""
    known = {one.year: value(one) for one in totals}
    return Series(title, [known.get(year) for year in years_of(totals)])


def about(of: Official) -> dict[str, Any]:
    """Source, day and currency of a plot."""
    as_of = timezone.localtime(of.as_of).date() if of.as_of else None
    return {
        "kind": "money",
        "currency": of.currency,
        "source": _("The official’s declarations"),
        "as_of": as_of,
    }


def wealth_table(totals: Sequence[Totals]) -> Table:
    """Wealth by class, debts and income of each declared year, the newest first."""

    def money(name: str, title: str, value: Callable[[Totals], Decimal | None]) -> Column:
        return Column(name, title, kind="money", currency="currency", value=value)

    columns = (
        Column("year", _("Year"), kind="year"),
        *(money(name, _(word), part(assets_of, name)) for name, word in ASSET_CLASSES.items()),
        money("debts", _("Debts"), lambda one: one.debts),
        money("net", _("Wealth less debts"), lambda one: one.net),
        money("income", _("Income of the year"), lambda one: one.all_income),
    )
    return Table(_("Wealth, debts and income by year"), columns, list(reversed(totals)), hide_caption=True)


def shares_table(shares: Sequence[Mapping[str, Totals]]) -> Table | None:
    """Whose the family's wealth and income are, the newest year first; none when all is the declarant's."""
    titles = {
        "declarant": (_("Declarant’s wealth less debts"), _("Declarant’s income")),
        "spouse": (_("Spouse’s wealth less debts"), _("Spouse’s income")),
        "child": (_("Children’s wealth less debts"), _("Children’s income")),
    }
    having = [name for name in titles if any(one[name].net or one[name].all_income for one in shares)]
    if not {*having} - {"declarant"}:
        return None

    def money(name: str, title: str, value: Callable[[Totals], Decimal | None]) -> Column:
        def of_owner(one: Mapping[str, Totals]) -> Decimal | None:
            return value(one[name.partition("_")[0]])

        return Column(name, title, kind="money", currency=shares[0]["declarant"].currency, value=of_owner)

    columns = (
        Column("year", _("Year"), kind="year", value=lambda one: one["declarant"].year),
        *(money(f"{name}_net", titles[name][0], lambda one: one.net) for name in having),
        *(money(f"{name}_income", titles[name][1], lambda one: one.all_income) for name in having),
    )
    return Table(_("Whose it is, by year"), columns, shares, hide_caption=True)


def conversion_notes(totals: Sequence[Totals]) -> Notes:
    """How sums in several currencies were brought together, and what could not be counted."""
    sentences = []
    if any(one.converted for one in totals):
        sentences.append(_("Sums in other currencies are converted at the rate of the end of their year."))
    for one in totals:
        for currency, count in sorted(one.without_rate.items()):
            sentences.append(
                ngettext(
                    "%(year)s: %(count)s sum in %(currency)s is left out, because there is no rate for that year.",
                    "%(year)s: %(count)s sums in %(currency)s are left out, because there is no rate for that year.",
                    count,
                )
                % {"year": one.year, "count": count, "currency": currency}
            )
        if one.unstated:
            sentences.append(
                ngettext(
                    "%(year)s: %(count)s row states no sum and counts as nothing.",
                    "%(year)s: %(count)s rows state no sum and count as nothing.",
                    one.unstated,
                )
                % {"year": one.year, "count": one.unstated}
            )
            where = ", ".join(f"{_(BY_NAME[name].title)} ({count})" for name, count in one.unstated_in.items() if count)
            sentences.append(_("Without a sum: %(where)s.") % {"where": where})
    return Notes(sentences, rates_table(totals))


def rates_table(totals: Sequence[Totals]) -> Table | None:
    """The rates that were used; none when nothing was converted."""
    pack = naming.pack()
    known = {(one.currency, one.year): one for one in pack.rate_facts}
    used = [
        RateUsed(date(one.year, 12, 31), currency, fact.rate, pack.currency, fact.source)
        for one in totals
        for currency in sorted({*one.converted, *([one.currency] if one.converted else [])})
        if (fact := known.get((currency, one.year))) is not None
    ]
    columns = (
        Column("currency", _("Currency")),
        Column("rate", _("One unit was worth"), kind="money", currency="into"),
        Column("day", _("On"), kind="day"),
        Column("source", _("Source"), value=lambda one: words.law(one.source)),
    )
    return Table(_("Rates used"), columns, used) if used else None
