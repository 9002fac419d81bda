"""Published numbers: what came of reports, by year, office, body, topic, region and the way they came.

All of it is counted once a quarter (`queries.counting`), so that nobody sees on which day a report came
in. Every count is one that is told as "at least" (`domain.telling`), and what is worked out here is worked out from those alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.kernel import naming
from adaldyq.measures.reports.domain.ranges import Told, most_more
from adaldyq.measures.reports.domain.waiting import DAYS, LEAST_CURVE, Point, curve
from adaldyq.measures.reports.models import ReportCount, ReportEdition
from adaldyq.measures.reports.models.channels import CHANNEL_WORDS
from adaldyq.measures.reports.models.numbers import (
    ACKNOWLEDGED,
    ALL,
    ANSWERED,
    BODY,
    CHANNEL,
    LED_TO_CASE,
    OFFICE,
    PROTECTED,
    RECEIVED,
    RECOVERED,
    REGION,
    REOPENED,
    SET_ASIDE,
    SHARES,
    TOPIC,
)
from adaldyq.measures.reports.models.reports import SUBSTANTIATED
from adaldyq.ui.figures import Figure
from adaldyq.ui.formats.values import number, percent

__all__ = ["ANSWERED", "DAYS", "SHARES", "ReportEdition"]  # pages name them by the reads that give them

SOURCE = gettext_lazy("Register of reports")
LEAST_SHARE = 30
"""Of fewer no share is told, and nobody is put in a place before others: one report would move them too far."""

YEAR = "year"
RANKED = (OFFICE, BODY, REGION)
Standing = Literal["more", "as", "less", ""]
MORE: Standing = "more"
AS_OFTEN: Standing = "as"
LESS: Standing = "less"
STANDINGS: tuple[Standing, ...] = (MORE, AS_OFTEN, LESS, "")
"""Who told more, as many or fewer in time than the country did; of others nothing is said."""

DEFINITIONS = {
    "count": gettext_lazy(
        "Every count says “at least so many”. A coin is thrown until it shows heads, and for each tails one is taken off; what is "
        "left is rounded down to a multiple of the least number that is told. In one table the same reports always have the same number, and one "
        "more throws anew. So a number that changes from one quarter to the next tells that something came or went, a single report in about "
        "one of three cases, and never how many; no difference of two numbers or tables tells how many lie between them, and parts need not add up."
    ),
    RECEIVED: gettext_lazy("Reports received in the year, up to the day of the numbers, on every way."),
    SET_ASIDE: gettext_lazy(
        "Messages that are no report, as an officer and then another one found; they are not among those received. Those that "
        "wait for the second look are counted here too. Who sent one may say that it is a report; then it is one."
    ),
    ACKNOWLEDGED: gettext_lazy(
        "Of a hundred whose term to acknowledge was kept or has passed: acknowledged within it. A later one that was "
        "missed, after the report went to another office, counts as missed."
    ),
    ANSWERED: gettext_lazy(
        "Of a hundred so old that every term to tell the reporter what was done has ended, also where more time was given: told within "
        "it. The term runs on when the report goes to another office; one that was missed counts at the office where the report lay longest."
    ),
    SUBSTANTIATED: gettext_lazy("Of a hundred that were decided: it was as reported, and steps were taken."),
    REOPENED: gettext_lazy("Of a hundred received: the reporter said that it was not resolved."),
    LED_TO_CASE: gettext_lazy(
        "Of a hundred received: the register of cases has opened a case because of them. What only an office says does not count."
    ),
    RECOVERED: gettext_lazy("Of a hundred received: money came back by such a case, as the register of cases says."),
    PROTECTED: gettext_lazy(
        "Of a hundred received: a protection file was opened, since the reporter is made to suffer or fears it."
    ),
    "rewards": gettext_lazy(
        "Rewards granted for these reports, as the law of the country gives them: at least so much, counted as what came back. Nothing is told of few."
    ),
    "amount": gettext_lazy(
        "What came back by the cases of these reports, at least. It is told of how many cases at least 1, 10, 100 and so on came back, "
        "and the sum is worked out from these counts, so that no single case shows in it. A case that several reports brought counts once."
    ),
    "interval": gettext_lazy(
        "A share is told as a range. It is the interval of Wilson for 95 in 100, made wider by what rounding and coin may have taken off "
        "the two counts, so that the true share of many such reports lies in it in 95 of 100 cases at least. A range is told of 30 or more."
    ),
    "standing": gettext_lazy(
        "More often or less often: the range lies wholly above or below that of the country. As often: they overlap, and no difference is "
        "shown. Only where the range is of 30 or more, and not where one alone has a range: nobody is put in a place by chance."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What became of reports that have something in common: of each count at least so many.

    Attributes:
        key: a year, body, topic, region or channel; empty where none was named.
        name: the same in the reader's language.
        shares: by name; none where too few are to be told of which it would be a share.
        amount: money that came back, in the country's currency; None where it is not told.
        rewards: money that was granted to reporters, likewise.
        set_aside: what was set aside as no report and is not among those received; None where it is not told.
        standing: whether more or fewer than in the country were told in time, where that is certain.
    """

    key: str
    name: str
    received: int
    shares: Mapping[str, Told]
    amount: Decimal | None
    rewards: Decimal | None
    set_aside: int | None
    standing: Standing = ""

    def in_percent(self, part: str) -> Told | None:
        """A share of which the range is told: of `LEAST_SHARE` or more."""
        share = self.shares.get(part)
        return share if share and share.of >= LEAST_SHARE else None


def edition() -> ReportEdition | None:
    """The newest edition of the numbers."""
    return ReportEdition.objects.order_by("-as_of_date").first()


def least_told(day: date) -> int:
    """The least number that public statistics tell of, by the country pack."""
    return int(naming.pack().threshold("suppressed_below", day).amount)


def by_year(of: ReportEdition) -> list[Line]:
    """Each year that is told, the newest first."""
    return lines_of(of, of.counts.filter(by=ALL).order_by("-year"), {})


def by(of: ReportEdition, year: int, way: str) -> list[Line]:
    """Reports of a year by office, body, topic, region or channel, by their standing, then the most received."""
    listed = lines_of(of, of.counts.filter(year=year, by=way), NAMES[way]())
    stand = compared(listed, lines_of(of, of.counts.filter(year=year, by=ALL), {})) if way in RANKED else listed
    return sorted(stand, key=lambda one: (not one.key, STANDINGS.index(one.standing), -one.received, one.name))


def lines_of(of: ReportEdition, rows: QuerySet[ReportCount], names: Mapping[str, str]) -> list[Line]:
    """Rows of an edition as lines.

    Args:
        names: by key.
    """
    more = most_more(least_told(of.as_of_date))
    return [line_of(one, names, more) for one in rows.defer("waits")]


def line_of(one: ReportCount, names: Mapping[str, str], more: int) -> Line:
    """A row as a line; that of all reports has its year as key.

    Args:
        names: by key.
        more: how many more there may be than are told.
    """
    counts = {part: (getattr(one, part), getattr(one, whole)) for part, whole in SHARES.items()}
    key = str(one.year) if one.by == ALL else one.key
    return Line(
        key=key,
        name=names.get(key, key),
        received=one.received,
        shares={part: Told(found, of, more) for part, (found, of) in counts.items() if of},
        amount=one.recovered_amount,
        rewards=one.rewarded_amount,
        set_aside=one.set_aside or None,
    )


def compared(found: Sequence[Line], country: Sequence[Line]) -> list[Line]:
    """Lines with their standing: by ranges that do not overlap, and only where two lines at least have a range."""
    of_all = next((share for one in country if (share := one.in_percent(ANSWERED))), None)
    ranges = {one.key: share for one in found if one.key and (share := one.in_percent(ANSWERED))}
    if of_all is None or len(ranges) == 1:
        return list(found)
    return [replace(one, standing=beside(ranges[one.key], of_all)) if one.key in ranges else one for one in found]


def beside(share: Told, of_all: Told) -> Standing:
    """How a share stands beside that of the country."""
    return MORE if share.low > of_all.high else LESS if share.high < of_all.low else AS_OFTEN


def waiting(of: ReportEdition) -> dict[int, list[Point]]:
    """Of a hundred reports of a year, how many reporters still wait to be told what was done; of the last three years."""
    rows = of.counts.filter(by=ALL, received__gte=LEAST_CURVE).order_by("-year")[:3]
    more = most_more(least_told(of.as_of_date))
    return {one.year: curve(one.waits, more) for one in rows}


def body_names() -> Mapping[str, str]:
    """Names of bodies."""
    return {**naming.body_names(), "": _("No body was named")}


def topic_names() -> Mapping[str, str]:
    """Names of topics."""
    return {code: naming.spoken(names, code) for code, names in naming.pack().codes["report_topic"].items()}


def region_names() -> Mapping[str, str]:
    """Names of regions."""
    return {**dict(naming.regions()), "": _("No region was named")}


def channel_names() -> Mapping[str, str]:
    """Names of the ways on which reports come."""
    return {code: str(words) for code, words in CHANNEL_WORDS.items()}


NAMES: Mapping[str, Callable[[], Mapping[str, str]]] = {
    OFFICE: naming.body_names,
    BODY: body_names,
    TOPIC: topic_names,
    REGION: region_names,
    CHANNEL: channel_names,
}


def headline() -> list[Figure]:
    """Figures for the first page: of the newest year that is told."""
    newest = edition()
    years = by_year(newest) if newest else []
    return figures_of(years[0], newest.as_of_date)[:2] if newest and years else []


def figures_of(line: Line, as_of: date) -> list[Figure]:
    """The numbers of a year, each with its definition and the file behind it."""
    page, file = f"{reverse('reports-numbers')}?year={line.key}", f"{reverse('reports-numbers-csv')}?by=year"
    titles = {
        RECEIVED: _("Reports received in %(year)s, at least"),
        ANSWERED: _("Told in time what was done"),
        ACKNOWLEDGED: _("Acknowledged in time"),
        SUBSTANTIATED: _("As reported, of those decided"),
        LED_TO_CASE: _("Led to a case"),
        PROTECTED: _("Protection from retaliation opened"),
    }
    shares = {name: share for name in SHARES if (share := line.in_percent(name))}
    figures = [
        Figure(
            title=title % {"year": line.key},
            value=line.received if name == RECEIVED else shares[name].low if name in shares else None,
            definition=DEFINITIONS[name],
            as_of=as_of,
            source=SOURCE,
            href=page,
            download=file,
            kind="number" if name == RECEIVED else "percent",
            untold=_("too few for a share"),
            range=written(shares[name]) if name in shares else "",
        )
        for name, title in titles.items()
    ]
    return figures + sums_of(line, as_of, page, file)


def written(share: Told) -> str:
    """The range of a share as people read it."""
    return f"{number(share.low)}\N{EN DASH}{percent(share.high)}"


def sums_of(line: Line, as_of: date, page: str, file: str) -> list[Figure]:
    """What came back and what was paid to reporters in a year.

    Args:
        page: where the year is shown in full.
        file: the data behind it.
    """
    sums = {"amount": _("Money that came back, at least"), "rewards": _("Rewards granted, at least")}
    return [
        Figure(
            title=title,
            value=getattr(line, name),
            definition=DEFINITIONS[name],
            as_of=as_of,
            source=SOURCE,
            href=page,
            download=file,
            kind="money",
            currency=naming.pack().currency,
            untold=_("none or few"),
        )
        for name, title in sums.items()
    ]
