"""Published numbers: what came of reports, by year, office, body, topic, region and the way they came.

All of it is counted once a quarter (`queries.counting`), so that nobody sees from one day to the next that a report came
in. Of few nothing is told, nor anything from which it would follow (`base.disclosure`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from adaldyq.base.proportions import Share
from adaldyq.kernel import naming
from adaldyq.measures.reports.domain.waiting import DAYS, LEAST_CURVE, Ended, Point, curve
from adaldyq.measures.reports.models import ReportEdition
from adaldyq.measures.reports.models.channels import CHANNEL_WORDS
from adaldyq.measures.reports.models.numbers import (
    ALL,
    BODY,
    CHANNEL,
    LED_TO_CASE,
    OFFICE,
    PROTECTED,
    RECOVERED,
    REGION,
    REWARDED,
    SET_ASIDE,
    TOPIC,
)
from adaldyq.measures.reports.models.places import region_by_body
from adaldyq.measures.reports.models.telling import (
    OF,
    OTHERS,
    PARTS,
    REOPENED,
    Counts,
    Larger,
    counts_of,
    told,
    told_beside,
)
from adaldyq.ui.figures import Figure

__all__ = ["DAYS", "OTHERS", "PARTS", "ReportEdition"]  # pages name them by the reads that give them

SOURCE = gettext_lazy("Register of reports")
LEAST_RANKED = 30
"""Of fewer nobody is put in a place before others: one report would move them too far."""

YEAR = "year"
RANKED = (OFFICE, BODY, REGION)

DEFINITIONS = {
    "received": gettext_lazy("Reports received in the year, up to the day of the numbers, on every way."),
    SET_ASIDE: gettext_lazy(
        "Messages that are no report, as an officer and then another one found; they are not among those received. Those that "
        "wait for the second look are counted here too. Who sent one may say that it is a report; then it is one."
    ),
    "acknowledged": gettext_lazy(
        "Of a hundred whose term to acknowledge was kept or has passed: acknowledged within it. A later one that was "
        "missed, after the report went to another office, counts as missed."
    ),
    "answered": gettext_lazy(
        "Of a hundred whose term to tell the reporter what was done was kept or has passed: told within it."
    ),
    "substantiated": gettext_lazy("Of a hundred that were decided: it was as reported, and steps were taken."),
    "reopened": gettext_lazy("Of a hundred received: the reporter said that it was not resolved."),
    LED_TO_CASE: gettext_lazy(
        "Of a hundred received: the register of cases has opened a case because of them. What only an office says does not count."
    ),
    RECOVERED: gettext_lazy("Of a hundred received: money came back by such a case, as the register of cases says."),
    PROTECTED: gettext_lazy(
        "Of a hundred received: a protection file was opened, since the reporter is made to suffer or fears it."
    ),
    "rewards": gettext_lazy(
        "Rewards granted for these reports, as the law of the country gives them. Nothing is told of few."
    ),
    "amount": gettext_lazy(
        "What came back by the cases of these reports; a case that several reports brought counts once. It is told where the "
        "reports by which it came are."
    ),
    "interval": gettext_lazy(
        "In brackets: where the share of many such reports would lie in 95 of 100 cases (Wilson)."
    ),
    "place": gettext_lazy(
        "By the share that was told in time. Only where that share is of 30 or more: of few, one report moves it too far."
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What became of reports that have something in common.

    Attributes:
        key: a year, body, topic, region or channel; empty where none was named; `others` for what is told together.
        name: the same in the reader's language.
        acknowledged, answered, substantiated, reopened, led_to_case, recovered, protected: shares; None where there is nothing
            yet, or where it is not told.
        amount: money that came back, in the country's currency; None where it is not told.
        rewards: money that was granted to reporters, likewise.
        set_aside: what was set aside as no report and is not among those received; told of years only.
        untold: which of them are not told, since something would follow from them of too few.
        place: among those that are ranked.
    """

    key: str
    name: str
    received: int
    acknowledged: Share | None = None
    answered: Share | None = None
    substantiated: Share | None = None
    reopened: Share | None = None
    led_to_case: Share | None = None
    recovered: Share | None = None
    protected: Share | None = None
    amount: Decimal | None = None
    rewards: Decimal | None = None
    set_aside: int | None = None
    untold: frozenset[str] = frozenset()
    place: int | None = None


def edition() -> ReportEdition | None:
    """The newest edition of the numbers."""
    return ReportEdition.objects.order_by("-as_of_date").first()


def least_told(day: date) -> int:
    """The least number that public statistics tell of, by the country pack."""
    return int(naming.pack().threshold("suppressed_below", day).amount)


def by_year(of: ReportEdition) -> list[Line]:
    """Each year, the newest first; years of few reports together."""
    found = [counts_of(one, str(one.year)) for one in of.counts.filter(by=ALL, received__gt=0)]
    listed = lines(found, least_told(of.as_of_date), {})
    return sorted(listed, key=lambda one: (one.key != OTHERS, one.key), reverse=True)


def one_year(of: ReportEdition, year: int) -> Line | None:
    """All reports of a year; None when there are too few to tell, or none."""
    return next((one for one in by_year(of) if one.key == str(year)), None)


def by(of: ReportEdition, year: int, way: str) -> list[Line]:
    """Reports of a year by office, body, topic, region or channel, those ranked first, then the most received."""
    whole = one_year(of, year)
    if whole is None:
        return []
    found = [counts_of(one, one.key) for one in of.counts.filter(year=year, by=way)]
    least, untold = least_told(of.as_of_date), whole.untold - {SET_ASIDE}
    if way == BODY:
        regions = [counts_of(one, one.key) for one in of.counts.filter(year=year, by=REGION)]
        larger = Larger(regions, region_by_body([one.key for one in found]))
        apart = told_beside(found, larger, least, untold)
        listed = [line_of(one, body_names(), hidden) for one, hidden in apart]
    else:
        listed = lines(found, least, NAMES[way](), untold)
    listed = [replace(one, set_aside=None) for one in listed]
    placed = ranked(listed) if way in RANKED else listed
    return sorted(
        placed, key=lambda one: (one.key in {"", OTHERS}, one.place or len(placed) + 1, -one.received, one.name)
    )


def lines(
    found: Sequence[Counts], least: int, names: Mapping[str, str], untold: frozenset[str] = frozenset()
) -> list[Line]:
    """What may be told of groups whose sum is told.

    Args:
        names: by key.
        untold: parts of which not even the sum is told.
    """
    return [line_of(one, names, hidden) for one, hidden in told(found, least, untold)]


def line_of(one: Counts, names: Mapping[str, str], untold: frozenset[str]) -> Line:
    """A group with its shares."""
    shares = {part: None if part in untold else share(one, part) for part in PARTS}
    name = _("Others, too few to be told apart") if one.key == OTHERS else names.get(one.key, one.key)
    return Line(
        one.key,
        name,
        one["received"],
        acknowledged=shares["acknowledged"],
        answered=shares["answered"],
        substantiated=shares["substantiated"],
        reopened=shares[REOPENED],
        led_to_case=shares[LED_TO_CASE],
        recovered=shares[RECOVERED],
        protected=shares[PROTECTED],
        amount=None if RECOVERED in untold else one.amount,
        rewards=None if REWARDED in untold else one.rewards,
        set_aside=None if SET_ASIDE in untold else one[SET_ASIDE],
        untold=untold,
    )


def share(one: Counts, part: str) -> Share | None:
    """A share of a group; None of nothing."""
    of = sum(one[name] for name in OF[part])
    return Share(one[PARTS[part][0]], of) if of else None


def ranked(found: Sequence[Line]) -> list[Line]:
    """Lines with their places; those with equal shares have one place."""
    able = [one for one in found if one.key not in {"", OTHERS} and one.answered and one.answered.of >= LEAST_RANKED]
    shares = [one.answered.percent for one in able if one.answered]
    places = {one.key: 1 + sum(other > one.answered.percent for other in shares) for one in able if one.answered}
    return [replace(one, place=places.get(one.key)) for one in found]


def waiting(of: ReportEdition) -> dict[int, list[Point]]:
    """Of a hundred reports of a year, how many reporters still wait to be told what was done; of the last three years."""
    least = least_told(of.as_of_date)
    enough = {int(one.key) for one in by_year(of) if one.key != OTHERS and one.received >= LEAST_CURVE}
    rows = of.counts.filter(by=ALL, year__in=enough).order_by("-year")[:3]
    return {one.year: curve([Ended(*wait) for wait in one.waits], DAYS, least) for one in rows}


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
    years = [one for one in by_year(newest) if one.key != OTHERS] if newest else []
    return figures_of(years[0], newest.as_of_date)[:2] if newest and years else []


def figures_of(line: Line, as_of: date) -> list[Figure]:
    """The numbers of a year, each with its definition and the file behind it."""
    page, file = f"{reverse('reports-numbers')}?year={line.key}", f"{reverse('reports-numbers-csv')}?by=year"
    titles = {
        "received": _("Reports received in %(year)s"),
        "answered": _("Told in time what was done"),
        "acknowledged": _("Acknowledged in time"),
        "substantiated": _("As reported, of those decided"),
        LED_TO_CASE: _("Led to a case"),
        PROTECTED: _("Protection from retaliation opened"),
    }
    shares = {name: getattr(line, name) for name in PARTS}
    hidden = {part: _("too few") for part in line.untold}
    figures = [
        Figure(
            title=title % {"year": line.key},
            value=line.received if name == "received" else shares[name].percent if shares[name] else None,
            definition=DEFINITIONS[name],
            as_of=as_of,
            source=SOURCE,
            href=page,
            download=file,
            kind="number" if name == "received" else "percent",
            untold=hidden.get(name, ""),
        )
        for name, title in titles.items()
    ]
    return figures + sums_of(line, as_of, hidden, page, file)


def sums_of(line: Line, as_of: date, hidden: Mapping[str, object], page: str, file: str) -> list[Figure]:
    """What came back and what was paid to reporters in a year.

    Args:
        hidden: why a part is not told, by its name.
        page: where the year is shown in full.
        file: the data behind it.
    """
    sums = {"amount": (_("Money that came back"), RECOVERED), "rewards": (_("Rewards granted"), REWARDED)}
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
            untold=hidden.get(part, ""),
        )
        for name, (title, part) in sums.items()
    ]
