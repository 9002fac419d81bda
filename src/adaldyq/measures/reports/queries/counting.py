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
from adaldyq.measures.reports.domain.telling import Teller
from adaldyq.measures.reports.domain.terms import IN_TIME, RUNNING, Term, worst
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
from adaldyq.measures.reports.models.reports import SUBSTANTIATED
from adaldyq.measures.reports.queries.cases import cases_of
from adaldyq.measures.reports.queries.histories import ACKNOWLEDGEMENT, FEEDBACK, History, histories
from adaldyq.measures.reports.queries.protection import protected_of
from adaldyq.measures.reports.queries.rewards import rewards_of

TOGETHER = 5000
MONTHS_OF_A_QUARTER = 3
LONGER = "report_feedback_justified"
COUNTED = {ACKNOWLEDGEMENT: (ACKNOWLEDGED, ACKNOWLEDGEMENT_DUE), FEEDBACK: (ANSWERED, ANSWER_DUE)}
"""Terms, and the counts of those that were kept, and of those that have ended."""
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


def ripe_until(as_of: date) -> date:
    """The last day of receipt of which every term to tell what was done has ended by a day, also where more time was given.

    Were younger ones counted too, those that were given more time would be missing from among them, and the others look better.
    """
    day = as_of
    while naming.pack().due(LONGER, settled(day)) > as_of:
        day -= timedelta(days=1)
    return day


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
    ends = Ends(as_of, settled(as_of), ripe_until(as_of))
    for some in in_batches(as_of):
        listed = [one.pk for one in some]
        known, led = histories(listed, as_of, ends.settled), cases_of(listed, as_of)
        rewards, protected = rewards_of(listed, as_of), protected_of(listed, as_of)
        for one in some:
            alone, year, history = tells.alone(one.pk), one.received_date.year, known.get(one.pk) or History()
            if history.aside:
                groups[year, ALL, ""].sets[SET_ASIDE] += alone
                continue
            shared = [RECEIVED, *facts_of_case(one, led), *([PROTECTED] if one.pk in protected else [])]
            facts = [*shared, *facts_of_terms(one, history.terms, ends), *facts_of_outcome(one, history, as_of)]
            of_each: dict[tuple[str, str], Sequence[str]] = dict.fromkeys(groups_of(one, regions, of_bodies), facts)
            of_each |= {(OFFICE, key): own for key, own in facts_of_offices(one, history, ends, facts, shared).items()}
            for (by, key), those in of_each.items():
                sums = groups[year, by, key]
                for fact in those:
                    sums.sets[fact] += alone
                count_money(sums, one, led, rewards)
            groups[year, ALL, ""].waits[waited(one, history, as_of)] += alone
    rows = [row_of(group, sums, tells) for group, sums in sorted(groups.items())]
    told = {one.year for one in rows if one.by == ALL and one.received}
    return [one for one in rows if one.year in told and one.received]


def in_batches(as_of: date) -> Iterator[Sequence[Report]]:
    """All reports received up to a day, some at a time, without what is sealed."""
    needed = ("about_body_id", "topic", "territory_id", "channel", "received_date", "was_reopened", "reopened_date")
    found = Report.objects.filter(received_date__lte=as_of).select_related("unit").order_by("pk")
    found = found.only(*needed, "unit__body_id")
    last = ""
    while some := list(found.filter(pk__gt=last)[:TOGETHER]):
        yield some
        last = some[-1].pk


@dataclass(frozen=True, slots=True)
class Ends:
    """Up to which days a count looks.

    Attributes:
        as_of: its own day.
        settled: the last day of the term to acknowledge what was received on it.
        ripe: the last day of receipt of those of which it is told whether they were answered in time.
    """

    as_of: date
    settled: date
    ripe: date

    def of(self, name: str) -> date:
        """The day on which a term is looked at."""
        return self.settled if name == ACKNOWLEDGEMENT else self.as_of


def facts_of_terms(report: Report, terms: Mapping[str, Sequence[Term]], ends: Ends) -> list[str]:
    """The counts of terms in which a report is one. Whoever was late once was late."""
    facts: list[str] = []
    for name, (kept, due) in COUNTED.items():
        stands = worst(terms[name], ends.of(name))
        if stands != RUNNING and (name == ACKNOWLEDGEMENT or report.received_date <= ends.ripe):
            facts += [kept, due] if stands == IN_TIME else [due]
    return facts


def facts_of_outcome(report: Report, history: History, as_of: date) -> list[str]:
    """Whether it had been decided what came of a report, and whether its reporter had said that it is not resolved.

    That undoes what was decided before it.
    """
    again = report.was_reopened and (report.reopened_date is None or report.reopened_date <= as_of)
    facts = [REOPENED] if again else []
    if history.decided:
        day, outcome = history.decided[-1]
        undone = (
            again and len(history.decided) == 1 and report.reopened_date is not None and day <= report.reopened_date
        )
        if outcome and not undone:
            facts += [DECIDED, SUBSTANTIATED] if outcome == SUBSTANTIATED else [DECIDED]
    return facts


def facts_of_offices(
    report: Report, history: History, ends: Ends, facts: Sequence[str], shared: Sequence[str]
) -> dict[str, Sequence[str]]:
    """The counts in which a report is one, of each office that had it: of terms those that it answers for, of what came of it the last one's.

    Args:
        facts: those of the report as a whole, which are those of its one office.
        shared: those of every office that had it.
    """
    stays = history.stays()
    if len(stays) <= 1:
        return {stays[0][0] if stays else report.unit.body_id: facts}
    answering = {
        name: [(one, one.answers(stays, ends.of(name))) for one in terms] for name, terms in history.terms.items()
    }
    own: dict[str, Sequence[str]] = {}
    for office in dict.fromkeys(office for office, _since in stays):
        terms = {name: [one for one, who in those if who == office] for name, those in answering.items()}
        came = facts_of_outcome(report, history, ends.as_of) if office == stays[-1][0] else []
        own[office] = [*shared, *facts_of_terms(report, terms, ends), *came]
    return own


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
    """The groups that a report is counted in, but for offices: it lies in the region of its body, or else in the one that was named."""
    named = regions.get(report.territory_id or "", "")
    return [
        (ALL, ""),
        (BODY, report.about_body_id or ""),
        (TOPIC, report.topic),
        (REGION, of_bodies.get(report.about_body_id or "", named)),
        (CHANNEL, report.channel),
    ]


def waited(report: Report, history: History, as_of: date) -> Wait:
    """How long the reporter waited to be told for the first time what was done, or waits still."""
    days = (history.decided[0][0] - report.received_date).days if history.decided else None
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
