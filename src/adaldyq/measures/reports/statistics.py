"""Published numbers: what came of reports, by year, office, body, topic, region and the way they came.

All of it is counted once a quarter (`queries.counting`), so that nobody sees from one day to the next that a report came
in. Every count is one that is told as "at least" (`domain.telling`), and what is worked out here is worked out from those alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.base.proportions import Share
from adaldyq.kernel import naming
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

__all__ = ["ANSWERED", "DAYS", "SHARES", "ReportEdition"]  # pages name them by the reads that give them

SOURCE = gettext_lazy("Register of reports")
LEAST_SHARE = 30
"""Of fewer no share is told, and nobody is put in a place before others: one report would move them too far."""

YEAR = "year"
RANKED = (OFFICE, BODY, REGION)

DEFINITIONS = {
    "count": gettext_lazy(
        "Every count says “at least so many”. A coin is thrown until it shows heads, and for each tails one is taken off; what is "
        "left is rounded down to a multiple of the least number that is told. In one table the same reports always have the same number, and one "
        "more throws anew. So no difference of two numbers, tables or quarters tells of one report, and parts need not add up."
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
        "Of a hundred whose term to tell the reporter what was done was kept or has passed: told within it."
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
        "Rewards granted for these reports, as the law of the country gives them: at least so much, in two figures. Nothing is told of few."
    ),
    "amount": gettext_lazy(
        "What came back by the cases of these reports: at least so much, in two figures. A case that several reports brought counts "
        "once, and the two largest as much as the third, so that no single case is told. Nothing is told of few cases."
    ),
    "interval": gettext_lazy(
        "In brackets: where the share of many such reports would lie in 95 of 100 cases (Wilson), from the counts as they are told. "
        "Rounding moves a share besides: of 30 by up to 15 points, of 100 by 5, of 300 by 2. A share is told of 30 or more."
    ),
    "place": gettext_lazy(
        "By the share that was told in time. Only where that share is of 30 or more: of few, one report moves it too far."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What became of reports that have something in common: of each count at least so many.

    Attributes:
        key: a year, body, topic, region or channel; empty where none was named.
        name: the same in the reader's language.
        shares: by name; nothing is found where too few are to be told.
        amount: money that came back, in the country's currency; None where it is not told.
        rewards: money that was granted to reporters, likewise.
        set_aside: what was set aside as no report and is not among those received; None where it is not told.
        place: among those that are ranked.
    """

    key: str
    name: str
    received: int
    shares: Mapping[str, Share]
    amount: Decimal | None
    rewards: Decimal | None
    set_aside: int | None
    place: int | None = None

    def in_percent(self, part: str) -> Share | None:
        """A share of which the percentage is told: of `LEAST_SHARE` or more, where enough are found."""
        share = self.shares.get(part)
        return share if share and share.found and share.of >= LEAST_SHARE else None


def edition() -> ReportEdition | None:
    """The newest edition of the numbers."""
    return ReportEdition.objects.order_by("-as_of_date").first()


def least_told(day: date) -> int:
    """The least number that public statistics tell of, by the country pack."""
    return int(naming.pack().threshold("suppressed_below", day).amount)


def by_year(of: ReportEdition) -> list[Line]:
    """Each year that is told, the newest first."""
    return [line_of(one, str(one.year), {}) for one in of.counts.filter(by=ALL).order_by("-year")]


def by(of: ReportEdition, year: int, way: str) -> list[Line]:
    """Reports of a year by office, body, topic, region or channel, those ranked first, then the most received."""
    names = NAMES[way]()
    listed = [line_of(one, one.key, names) for one in of.counts.filter(year=year, by=way).defer("waits")]
    placed = ranked(listed) if way in RANKED else listed
    return sorted(placed, key=lambda one: (not one.key, one.place or len(placed) + 1, -one.received, one.name))


def line_of(one: ReportCount, key: str, names: Mapping[str, str]) -> Line:
    """A row as a line.

    Args:
        names: by key.
    """
    counts = {part: (getattr(one, part), getattr(one, whole)) for part, whole in SHARES.items()}
    return Line(
        key=key,
        name=names.get(key, key),
        received=one.received,
        shares={part: Share(found, of) for part, (found, of) in counts.items() if of},
        amount=one.recovered_amount,
        rewards=one.rewarded_amount,
        set_aside=one.set_aside or None,
    )


def ranked(found: Sequence[Line]) -> list[Line]:
    """Lines with their places; those with equal shares have one place, and whoever told too few in time the last."""
    answered = {one.key: one.shares[ANSWERED] for one in found if one.key and ANSWERED in one.shares}
    shares = {key: share.percent for key, share in answered.items() if share.of >= LEAST_SHARE}
    ordered = sorted(shares.values())
    places = {key: 1 + len(ordered) - bisect_right(ordered, share) for key, share in shares.items()}
    return [replace(one, place=places.get(one.key)) for one in found]


def waiting(of: ReportEdition) -> dict[int, list[Point]]:
    """Of a hundred reports of a year, how many reporters still wait to be told what was done; of the last three years."""
    rows = of.counts.filter(by=ALL, received__gte=LEAST_CURVE).order_by("-year")[:3]
    return {one.year: curve(one.waits) for one in rows}


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
    shares = {name: share.percent for name in SHARES if (share := line.in_percent(name))}
    figures = [
        Figure(
            title=title % {"year": line.key},
            value=line.received if name == RECEIVED else shares.get(name),
            definition=DEFINITIONS[name],
            as_of=as_of,
            source=SOURCE,
            href=page,
            download=file,
            kind="number" if name == RECEIVED else "percent",
            untold=_("too few"),
        )
        for name, title in titles.items()
    ]
    return figures + sums_of(line, as_of, page, file)


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
            untold=_("too few"),
        )
        for name, title in sums.items()
    ]
