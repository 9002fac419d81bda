"""How wealth changed over the years: what came in, what went out, and how much of it the declarations do not account for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel import reads
from adaldyq.kernel.actor import actor_of
from adaldyq.measures.declarations.domain.wealth_change import UNKNOWN, Change, Interval
from adaldyq.measures.declarations.policies import filer
from adaldyq.measures.declarations.queries.people import official
from adaldyq.measures.declarations.queries.wealth_changes import Account, account_of, open_account
from adaldyq.measures.declarations.views.kept_people import at_kept_id
from adaldyq.ui.downloads import csv_response
from adaldyq.ui.formats.values import show
from adaldyq.ui.plots import LinePlot, Plot, Series
from adaldyq.ui.tables import Column, Table

READ = "declaration"
PARTS = ("worth", "inflow", "outflow")
ALL_PARTS = (*PARTS, "unexplained")
FILE = "wealth-change.csv"


@require_safe
def own_page(request: HttpRequest) -> HttpResponse:
    """How one's own wealth changed, or that of the person for whom one acts."""
    found = account_of(filer(actor_of(request.user)))
    download = reverse("declarations-own-change-csv")
    return render(request, "declarations/wealth_change.html", page_context(found, download) | {"own": True})


@require_safe
def own_csv(request: HttpRequest) -> HttpResponseBase:
    """The same as a file.

    Raises:
        Http404: nothing is filed.
    """
    return csv_response(FILE, file_columns(ALL_PARTS), lines(or_404(account_of(filer(actor_of(request.user))))))


@require_safe
def person_page(request: HttpRequest, person_id: str) -> HttpResponse:
    """How the wealth of somebody changed, for an analyst; the person sees who looked.

    Raises:
        Http404: nobody of this id has filed.
    """
    found = noted(request, or_404(account_of(person_id)))
    download = reverse("declarations-change-csv", args=[person_id])
    return render(request, "declarations/wealth_change.html", page_context(found, download))


@require_safe
def person_csv(request: HttpRequest, person_id: str) -> HttpResponseBase:
    """The same as a file.

    Raises:
        Http404: nobody of this id has filed.
    """
    found = noted(request, or_404(account_of(person_id)))
    return csv_response(FILE, file_columns(ALL_PARTS), lines(found))


@require_safe
@at_kept_id
def open_csv(request: HttpRequest, person_id: str) -> HttpResponseBase:
    """What the public declarations of an official say of it: change, inflow and outflow, without a conclusion.

    Raises:
        Http404: there is no such official.
    """
    found = official(person_id, timezone.localdate())
    if found is None:
        raise Http404(person_id)
    return csv_response(FILE, file_columns(PARTS), lines(open_account(found)))


def or_404(found: Account | None) -> Account:
    """An account that is there.

    Raises:
        Http404: there is none.
    """
    if found is None:
        raise Http404
    return found


def noted(request: HttpRequest, found: Account) -> Account:
    """An account whose declarations are noted as shown."""
    reads.note(request, READ, [(one.pk, one.person_id) for one in found.declarations])
    return found


def page_context(found: Account | None, download: str) -> dict[str, object]:
    """What the page shows of an account; little where there are no two declarations to compare."""
    if found is None or found.total is None:
        return {"account": found, "table": None}
    return {
        "account": found,
        "told": unexplained_in_words(found.total, found.currency),
        "table": change_table(found, ALL_PARTS, download),
        "plot": unexplained_plot(found),
        "unknown": unknown_words(found.years),
    }


def lines(found: Account) -> list[Change]:
    """The years, and all of them together when there are several."""
    several = len(found.years) > 1 and found.total is not None
    return [*found.years, *([found.total] if several and found.total else [])]


def years_of(one: Change) -> str:
    """From the end of which year to the end of which."""
    return f"{one.since}–{one.until}"


def change_table(found: Account, parts: Sequence[str], download: str) -> Table:
    """Change, inflow, outflow and, for those entitled, what is unexplained, year by year and altogether."""
    titles = {
        "worth": _("Change of wealth"),
        "inflow": _("Came in"),
        "outflow": _("Went out"),
        "unexplained": _("Unexplained"),
    }

    def column(part: str) -> Column:
        return Column(part, titles[part], value=lambda one: in_words(getattr(one, part), found.currency))

    def years(one: Change) -> str:
        together = one is found.total and len(found.years) > 1
        return _("%(years)s, altogether") % {"years": years_of(one)} if together else years_of(one)

    columns = (Column("years", _("From year end to year end"), value=years), *map(column, parts))
    return Table(_("How wealth changed over the years"), columns, lines(found), download=download, hide_caption=True)


def file_columns(parts: Sequence[str]) -> list[Column]:
    """Columns of the file: both bounds of each part, empty where one is not known."""

    def bound(part: str, end: str) -> Column:
        return Column(f"{part}_{end}", f"{part}_{end}", value=lambda one: getattr(getattr(one, part), end))

    years = [Column("since", "since"), Column("until", "until")]
    return [*years, *(bound(part, end) for part in parts for end in ("low", "high"))]


def in_words(one: Interval, currency: str) -> str:
    """An interval as a reader says it."""

    def money(amount: Decimal) -> str:
        return str(show(amount, "money", currency))

    if one.low is None and one.high is None:
        return _("cannot be said")
    if one.low is None or one.high is None:
        known = one.high if one.low is None else one.low
        assert known is not None  # noqa: S101  # for mypy: one of the two is known here
        word = _("at most %(sum)s") if one.low is None else _("at least %(sum)s")
        return word % {"sum": money(known)}
    if one.exact:
        return money(one.low)
    return _("between %(low)s and %(high)s") % {"low": money(one.low), "high": money(one.high)}


def unexplained_in_words(total: Change, currency: str) -> str:
    """What the declarations do not account for over all years, in plain words that ask and do not accuse."""
    low, high = total.unexplained.low, total.unexplained.high
    years = {"since": total.since, "until": total.until}
    if low is not None and low > 0:
        return grown_in_words(total.unexplained, currency) % years
    if high is None:
        words = _(
            "It cannot be said whether the declarations account for how wealth changed from the end of %(since)s to "
            "the end of %(until)s, because some sums are not known."
        )
        return words % years
    if high <= 0:
        told = _(
            "The declarations account for all of how wealth changed from the end of %(since)s to the end of %(until)s."
        )
        spare = _("At least %(sum)s more came in than was needed.") % {"sum": show(-high, "money", currency)}
        return " ".join(filter(None, (told % years, spare if high else "")))
    words = _(
        "The declarations may account for how wealth changed from the end of %(since)s to the end of %(until)s, or leave "
        "up to %(sum)s of it open. It cannot be said more exactly, because some sums are not known."
    )
    return words % {**years, "sum": show(high, "money", currency)}


def grown_in_words(unexplained: Interval, currency: str) -> str:
    """By how much wealth grew beyond the declarations; the years are filled in later."""
    low, high = (None if one is None else show(one, "money", currency) for one in (unexplained.low, unexplained.high))
    if unexplained.exact:
        words = _(
            "From the end of %(since)s to the end of %(until)s wealth grew by %(low)s more than the declarations account "
            "for."
        )
    elif high is None:
        words = _(
            "From the end of %(since)s to the end of %(until)s wealth grew by at least %(low)s more than the "
            "declarations account for. How much more cannot be said, because some sums are not known."
        )
    else:
        words = _(
            "From the end of %(since)s to the end of %(until)s wealth grew by at least %(low)s more than the "
            "declarations account for, and by no more than %(high)s. It cannot be said more exactly, because some sums "
            "are not known."
        )
    return words.replace("%(low)s", str(low)).replace("%(high)s", str(high))


def unexplained_plot(found: Account) -> Plot | None:
    """The bounds of what is unexplained year by year; none when no bound is known."""
    low = [one.unexplained.low for one in found.years]
    high = [one.unexplained.high for one in found.years]
    if not any(one is not None for one in (*low, *high)):
        return None
    series = [
        Series(_("Unexplained, at most"), high),
        Series(_("Unexplained, at least"), low),
    ]
    return LinePlot(
        _("What the declarations do not account for, least and most"),
        [one.until for one in found.years],
        series,
        kind="money",
        currency=found.currency,
        source=_("The declarations"),
        note=_("Above nothing, more is there than what was declared explains; a missing bound is not known."),
    )


def unknown_words(years: Sequence[Change]) -> list[str]:
    """What is not known of each pair of years."""
    return [
        f"{years_of(one)}: {'; '.join(_(UNKNOWN[code]) for code in sorted(one.unknown))}."
        for one in years
        if one.unknown
    ]
