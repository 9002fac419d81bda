"""Counting all reports for the public numbers: from what the system did and when, never from what an office says of itself.

Every report is looked at once, some thousands at a time, so that memory holds counts and not reports.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from adaldyq.kernel import naming
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import CANCELLED
from adaldyq.measures.reports.models import Report, ReportCount, ReportEdition
from adaldyq.measures.reports.models.numbers import (
    ACKNOWLEDGEMENT,
    ALL,
    BODY,
    CHANNEL,
    CLASSES,
    FEEDBACK,
    IN_TIME,
    LATE,
    LED_TO_CASE,
    MONEY,
    OFFICE,
    PROTECTED,
    RECEIVED,
    RECOVERED,
    REGION,
    REOPENED,
    REWARDED,
    RUNNING,
    SET_ASIDE,
    SUMS,
    TOPIC,
    UNDECIDED,
)
from adaldyq.measures.reports.models.places import region_by_body
from adaldyq.measures.reports.models.reports import NOT_A_REPORT, OUTCOMES
from adaldyq.measures.reports.queries.cases import cases_of
from adaldyq.measures.reports.queries.protection import protected_of
from adaldyq.measures.reports.queries.rewards import rewards_of
from adaldyq.measures.reports.states import SET_ASIDE as ASIDE

TOGETHER = 5000
MONTHS_OF_A_QUARTER = 3
Group = tuple[int, str, str]
Terms = Mapping[tuple[str, str], int]


@dataclass(slots=True)
class Sums:
    """Counts of one group, how long its reporters waited, and what came back.

    Attributes:
        told, waiting: by days, how many were told then, and how many wait still.
        money: by what it is, then by request for a case or by report, so that what several reports brought counts once.
    """

    counts: Counter[str] = field(default_factory=Counter)
    told: Counter[int] = field(default_factory=Counter)
    waiting: Counter[int] = field(default_factory=Counter)
    money: dict[str, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def waits(self) -> list[list[int]]:
        """The waits as they are kept."""
        return [[days, self.told[days], self.waiting[days]] for days in sorted({*self.told, *self.waiting})]


def last_quarter(day: date) -> date:
    """The last day of the newest quarter that may be counted on a day.

    A quarter is counted once the term to acknowledge its last report has passed. Before that some reports of the last
    days would still be within their term: so few that for their sake nothing could be told of all the others.
    """
    ended = quarter_before(day)
    return ended if settled(ended) < day else quarter_before(ended)


def quarter_before(day: date) -> date:
    """The last day of the quarter before the one of a day."""
    first_month = day.month - (day.month - 1) % MONTHS_OF_A_QUARTER
    return date(day.year, first_month, 1) - timedelta(days=1)


def settled(as_of: date) -> date:
    """The last day of the term to acknowledge what was received on a day."""
    return naming.pack().due(ACKNOWLEDGEMENT, as_of)


def is_counted(as_of: date) -> bool:
    """Whether the edition of a day is there."""
    return ReportEdition.objects.filter(as_of_date=as_of).exists()


def counted(as_of: date) -> list[ReportCount]:
    """Counts of all reports received up to a day, with what was done up to it.

    Of a year from which reports have been erased since the last edition the counts of that edition stay.
    """
    groups: dict[Group, Sums] = defaultdict(Sums)
    regions, of_bodies = naming.region_by_territory(), region_by_body()
    for some in in_batches(as_of):
        listed = [one.pk for one in some]
        terms, led, rewards = terms_of(listed, as_of), cases_of(listed, as_of), rewards_of(listed, as_of)
        protected = protected_of(listed, as_of)
        for one in some:
            if is_aside(one):
                groups[one.received_date.year, ALL, ""].counts[SET_ASIDE] += 1
                continue
            facts = [*facts_of(one, terms, as_of), *facts_of_case(one, led)]
            facts += [name for name, those in ((REWARDED, rewards), (PROTECTED, protected)) if one.pk in those]
            year = one.received_date.year
            for by, key in groups_of(one, regions, of_bodies):
                groups[year, by, key].counts.update(facts)
                count_money(groups[year, by, key], one, led, rewards)
            count_wait(groups[year, ALL, ""], one, as_of)
    all_that_came = {
        year: sums.counts[RECEIVED] + sums.counts[SET_ASIDE] for (year, by, _key), sums in groups.items() if by == ALL
    }
    past = kept(all_that_came, as_of)
    gone = {one.year for one in past}
    return [*(one for one in rows_of(groups) if one.year not in gone), *past]


def in_batches(as_of: date) -> Iterator[Sequence[Report]]:
    """All reports received up to a day, some at a time, without what is sealed."""
    needed = (
        *("about_body_id", "topic", "territory_id", "channel", "received_date", "acknowledged_date"),
        *("feedback_date", "closed_date", "outcome", "was_reopened", "unit__body_id", "state"),
    )
    found = Report.objects.filter(received_date__lte=as_of).select_related("unit").only(*needed).order_by("pk")
    last = ""
    while some := list(found.filter(pk__gt=last)[:TOGETHER]):
        yield some
        last = some[-1].pk


def is_aside(report: Report) -> bool:
    """Whether officers have set a report aside as none, whenever they did; it is counted apart."""
    return report.state == ASIDE or report.outcome == NOT_A_REPORT


def terms_of(reports: Sequence[str], as_of: date) -> dict[tuple[str, str], int]:
    """How each term of some reports stood at the end of a day; those to acknowledge, when the last of them had passed.

    Whoever was late once was late.
    """
    found: dict[tuple[str, str], int] = {}
    ends = {ACKNOWLEDGEMENT: settled(as_of), FEEDBACK: as_of}
    rows = Deadline.objects.filter(subject_kind=Report._meta.label, subject_id__in=reports, name__in=CLASSES)
    for report, name, due, closed_at, state in rows.values_list("subject_id", "name", "due_date", "closed_at", "state"):
        closed = day_of(closed_at) if closed_at else None
        if closed is not None and closed > ends[name]:
            closed = None
        stands = IN_TIME if closed and closed <= due else LATE if due <= (closed or ends[name]) else RUNNING
        if stands != IN_TIME or state != CANCELLED:
            found[report, name] = max(found.get((report, name), RUNNING), stands)
    return found


def facts_of(report: Report, terms: Terms, as_of: date) -> list[str]:
    """The counts in which a report is one."""
    facts = [RECEIVED]
    facts += [names[terms.get((report.pk, name), RUNNING)] for name, names in CLASSES.items()]
    closed = report.closed_date is not None and report.closed_date <= as_of
    facts.append(report.outcome if closed and report.outcome in OUTCOMES else UNDECIDED)
    if report.was_reopened:
        facts.append(REOPENED)
    return facts


def facts_of_case(report: Report, led: Mapping[str, tuple[str, Decimal]]) -> list[str]:
    """Whether a report led to a case, and whether money came back by it, as the register of cases says."""
    if report.pk not in led:
        return []
    return [LED_TO_CASE, RECOVERED] if led[report.pk][1] else [LED_TO_CASE]


def count_money(
    sums: Sums, report: Report, led: Mapping[str, tuple[str, Decimal]], rewards: Mapping[str, Decimal]
) -> None:
    """Count what came back by the case of a report, and the reward for it."""
    if report.pk in led:
        sums.money[RECOVERED].update([led[report.pk]])
    if report.pk in rewards:
        sums.money[REWARDED][report.pk] = rewards[report.pk]


def groups_of(report: Report, regions: Mapping[str, str], of_bodies: Mapping[str, str]) -> list[tuple[str, str]]:
    """The groups that a report is counted in: it lies in the region of its body, or else in the one that was named."""
    named = regions.get(report.territory_id or "", "")
    return [
        (ALL, ""),
        (OFFICE, report.unit.body_id),
        (BODY, report.about_body_id or ""),
        (TOPIC, report.topic),
        (REGION, of_bodies.get(report.about_body_id or "", named)),
        (CHANNEL, report.channel),
    ]


def count_wait(sums: Sums, report: Report, as_of: date) -> None:
    """Count how long the reporter waited to be told what was done, or waits still."""
    told = report.feedback_date if report.feedback_date and report.feedback_date <= as_of else None
    (sums.told if told else sums.waiting)[((told or as_of) - report.received_date).days] += 1


def rows_of(groups: Mapping[Group, Sums]) -> Iterator[ReportCount]:
    """The groups as rows."""
    for (year, by, key), sums in sorted(groups.items()):
        counts = {name: sums.counts[name] for name in SUMS}
        money = {column: sum(sums.money[name].values(), Decimal(0)) for name, column in MONEY.items()}
        yield ReportCount(year=year, by=by, key=key, **counts, **money, waits=sums.waits if by == ALL else [])


def kept(came: Mapping[int, int], as_of: date) -> list[ReportCount]:
    """Rows of the last edition, anew, for the years of which it counted more than is there now."""
    last = ReportEdition.objects.filter(as_of_date__lt=as_of).order_by("-as_of_date").first()
    if last is None:
        return []
    before = last.counts.filter(by=ALL).values_list("year", RECEIVED, SET_ASIDE)
    gone = [year for year, received, aside in before if received + aside > came.get(year, 0)]
    names = ("year", "by", "key", *SUMS, *MONEY.values(), "waits")
    return [ReportCount(**row) for row in last.counts.filter(year__in=gone).values(*names)]
