"""Counting all reports for the public numbers: from what the system did and when, never from what an office says of itself.

Every report is looked at once, some thousands at a time, so that memory holds counts and not reports. What leaves this
module is what everybody may read (`domain.telling`); an exact count is kept nowhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.utils.crypto import salted_hmac

from adaldyq.kernel import naming
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Deadline
from adaldyq.kernel.models.deadlines import CANCELLED
from adaldyq.measures.reports.domain.telling import Teller
from adaldyq.measures.reports.domain.waiting import Wait, steps_of, wait_of
from adaldyq.measures.reports.models import Report, ReportCount, ReportEdition
from adaldyq.measures.reports.models.numbers import (
    ACKNOWLEDGED,
    ACKNOWLEDGEMENT_DUE,
    ALL,
    ANSWER_DUE,
    ANSWERED,
    BODY,
    CHANNEL,
    COUNTS,
    DECIDED,
    LED_TO_CASE,
    MONEY,
    OFFICE,
    PROTECTED,
    RECEIVED,
    RECOVERED,
    REGION,
    REOPENED,
    REWARDED,
    SET_ASIDE,
    TOPIC,
    WITHIN,
)
from adaldyq.measures.reports.models.places import region_by_body
from adaldyq.measures.reports.models.reports import NOT_A_REPORT, OUTCOMES, SUBSTANTIATED
from adaldyq.measures.reports.queries.cases import cases_of
from adaldyq.measures.reports.queries.protection import protected_of
from adaldyq.measures.reports.queries.rewards import rewards_of
from adaldyq.measures.reports.states import SET_ASIDE as ASIDE

TOGETHER = 5000
MONTHS_OF_A_QUARTER = 3
ACKNOWLEDGEMENT, FEEDBACK = "report_acknowledgement", "report_feedback"
TERMS = {ACKNOWLEDGEMENT: (ACKNOWLEDGED, ACKNOWLEDGEMENT_DUE), FEEDBACK: (ANSWERED, ANSWER_DUE)}
"""Terms, and the counts of those that were kept, and of those that were kept or have passed."""
RUNNING, IN_TIME, LATE = range(3)
"""How a term stands; of several terms the last one here counts."""
SALT = "adaldyq.measures.reports.numbers"
Group = tuple[int, str, str]


@dataclass(slots=True)
class Sums:
    """Sets of reports of one group, how long its reporters waited, and what came back (`domain.telling`).

    Attributes:
        sets: by the name of the count.
        waits: by how long they waited.
        money: by what it is, then by request for a case or by report, so that what several reports brought counts once.
    """

    sets: Counter[str] = field(default_factory=Counter)
    waits: Counter[Wait] = field(default_factory=Counter)
    money: dict[str, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(dict))


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


def teller(as_of: date) -> Teller:
    """Who tells the counts of an edition."""
    least = int(naming.pack().threshold("suppressed_below", as_of).amount)
    return Teller(salted_hmac(SALT, "coins", algorithm="sha256").digest(), least)


def counted(as_of: date) -> list[ReportCount]:
    """What is told of all reports received up to a day, with what was done up to it."""
    groups: dict[Group, Sums] = defaultdict(Sums)
    regions, of_bodies, tells = naming.region_by_territory(), region_by_body(), teller(as_of)
    for some in in_batches(as_of):
        listed = [one.pk for one in some]
        terms, led, rewards = terms_of(listed, as_of), cases_of(listed, as_of), rewards_of(listed, as_of)
        protected = protected_of(listed, as_of)
        for one in some:
            alone, year = tells.alone(one.pk), one.received_date.year
            if is_aside(one):
                groups[year, ALL, ""].sets[SET_ASIDE] += alone
                continue
            facts = [*facts_of(one, terms, as_of), *facts_of_case(one, led)]
            facts += [PROTECTED] if one.pk in protected else []
            for by, key in groups_of(one, regions, of_bodies):
                sums = groups[year, by, key]
                for fact in facts:
                    sums.sets[fact] += alone
                count_money(sums, one, led, rewards)
            groups[year, ALL, ""].waits[waited(one, as_of)] += alone
    rows = [row_of(group, sums, tells) for group, sums in sorted(groups.items())]
    told = {one.year for one in rows if one.by == ALL and one.received}
    return [one for one in rows if one.year in told and one.received]


def in_batches(as_of: date) -> Iterator[Sequence[Report]]:
    """All reports received up to a day, some at a time, without what is sealed."""
    needed = (
        *("about_body_id", "topic", "territory_id", "channel", "received_date", "acknowledged_date"),
        *("feedback_date", "closed_date", "outcome", "was_reopened", "reopened_date", "unit__body_id", "state"),
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
    rows = Deadline.objects.filter(subject_kind=Report._meta.label, subject_id__in=reports, name__in=TERMS)
    for report, name, due, closed_at, state in rows.values_list("subject_id", "name", "due_date", "closed_at", "state"):
        closed = day_of(closed_at) if closed_at else None
        if closed is not None and closed > ends[name]:
            closed = None
        stands = IN_TIME if closed and closed <= due else LATE if due <= (closed or ends[name]) else RUNNING
        if stands != IN_TIME or state != CANCELLED:
            found[report, name] = max(found.get((report, name), RUNNING), stands)
    return found


def facts_of(report: Report, terms: Mapping[tuple[str, str], int], as_of: date) -> list[str]:
    """The counts in which a report is one."""
    facts = [RECEIVED]
    for name, (kept, due) in TERMS.items():
        stands = terms.get((report.pk, name), RUNNING)
        facts += [kept, due] if stands == IN_TIME else [due] if stands == LATE else []
    if report.outcome in OUTCOMES and report.closed_date is not None and report.closed_date <= as_of:
        facts += [SUBSTANTIATED, DECIDED] if report.outcome == SUBSTANTIATED else [DECIDED]
    again = report.was_reopened and (report.reopened_date is None or report.reopened_date <= as_of)
    return [*facts, REOPENED] if again else facts


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


def waited(report: Report, as_of: date) -> Wait:
    """How long the reporter waited to be told what was done, or waits still."""
    told = report.feedback_date if report.feedback_date and report.feedback_date <= as_of else None
    days = (told - report.received_date).days if told else None
    return wait_of(days, (as_of - report.received_date).days)


def row_of(group: Group, sums: Sums, tells: Teller) -> ReportCount:
    """What is told of a group: no part of a count is told as more than the count itself."""
    year, by, key = group
    counts = {name: tells.at_least(sums.sets[name], by) for name in (*COUNTS, SET_ASIDE)}
    for part, whole in WITHIN:
        counts[whole] = max(counts[whole], counts[part])
    steps = [(tells.at_least(since, by), tells.at_least(after, by)) for since, after in steps_of(sums.waits)]
    waits = [[max(step), step[1]] for step in steps] if by == ALL else []
    told = [name for name in MONEY if counts.get(name, 1)]  # no sum beside a count of which nothing is told
    money = {MONEY[name]: tells.sum_at_least(sums.money[name], by) for name in told}
    return ReportCount(year=year, by=by, key=key, **counts, **money, waits=waits)
