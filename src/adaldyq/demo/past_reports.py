"""Reports of past years in the sample country, filed and handled by the acts, so that the public numbers say something.

What is sealed in them is one short letter, the same in all: it takes a tenth of a second to lock a mailbox, and nobody
comes back to these. Officers can open them as any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np
from django.db import transaction

from adaldyq.demo.case_story import Office, lead_to_case
from adaldyq.demo.chance import stream
from adaldyq.demo.protection_story import protect
from adaldyq.demo.report_story import OFFICES
from adaldyq.demo.tie_story import tie_some
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.models import Account, Body
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.actions.counting import count_reports
from adaldyq.measures.reports.actions.filing import Filing, file_report
from adaldyq.measures.reports.actions.handling import Sealed, acknowledge_report, close_report
from adaldyq.measures.reports.adapters import letters
from adaldyq.measures.reports.queries.routing import Route, place_of, route
from adaldyq.measures.reports.queries.words import OUTCOME_WORDS, SUBSTANTIATED, WITHOUT_SCRIPT
from adaldyq.measures.reports.states import RECEIVED
from adaldyq.measures.reports.statistics import edition
from adaldyq.sealing import envelopes, receipts

BY = system("demo")
NOBODY = Actor(id="", roles=frozenset({Role.PUBLIC}))
PEOPLE_A_REPORT, MOST_REPORTS = 20, 300
"""One report comes for so many people, but no more than so many: each is filed by its own act, which takes time."""

YEARS_BACK = 1
BODIES = 4
NAMES_BODY, NAMES_REGION, IS_ANSWERED, IS_LATE = 0.85, 0.9, 0.85, 0.3
"""Shares of reports that name a body, and that name its region; of those about the first body to which the office answers at
all, and first writes late. About the others it is in time."""

LEADING, LEADS_TO_CASE, BRINGS_BACK = 2, 0.95, 0.5
"""Shares of reports on the first two bodies that were as reported because of which a case was opened, and of these of which
money came back."""

SUFFERS_OF, FIRST_SUFFERS, NEWEST_SUFFERS = 16, 7, 16
"""Of so many reporters one is made to suffer, and one of the newest, so that the office has a file at hand."""

OUTCOMES_OF_LEADING, OUTCOMES = (0.45, 0.28, 0.16, 0.11), (0.31, 0.39, 0.19, 0.11)
"""Shares of what came of them, in the order of their words."""

STEEPNESS, STEEPNESS_OF_BODIES = 1.6, 0.6
"""How much more often the first topics and bodies are reported than the later ones (a law of Zipf)."""

TEXTS = {
    "kk": "Анықтаманы тезірек алу үшін ақша сұрады.",
    "ru": "Просили деньги, чтобы выдать справку быстрее.",
    "en": "They asked for money to give out a certificate sooner.",
}


@dataclass(frozen=True, slots=True)
class Lot:
    """What is drawn for one report: its day, after how many days what was done, and how much came back by its case.

    None where nothing was yet, or there is no case.
    """

    number: int
    day: date
    about: Body | None
    region: str
    topic: str
    acknowledged: int
    answered: int | None
    outcome: str
    suffers: bool
    case: int | None


def bring_reports(seed: int, people: int, at: datetime) -> None:
    """File and handle the reports of the last years, and count them, unless that was done.

    Args:
        seed: of the country.
        people: how many live in it.
    """
    if edition() is not None:
        return
    ready = sealed(route(None, naming.pack().day_of(at)))
    keeper = Account.objects.filter(username="custodian").first()
    by = actor_of(Account.objects.get(username="receiving-officer"))
    office = Office(by, actor_of(keeper) if keeper else None, ready.sealed)
    for lot in lots(seed, min(people // PEOPLE_A_REPORT, MOST_REPORTS), naming.pack().day_of(at)):
        with transaction.atomic():
            bring(lot, ready, office, at)
    tie_some(by, at)
    count_reports(by=BY, at=at)


def sealed(goes: Route) -> Filing:
    """What all these reports hold, sealed to the officers."""
    secret, own = envelopes.new_identity()
    box_secret, box = envelopes.new_identity()
    letter = letters.Letter(letters.REPORT, TEXTS[naming.pack().languages[0]], language=naming.pack().languages[0])
    return Filing(
        unit=goes.unit,
        topic="bribe",
        channel=WITHOUT_SCRIPT,
        recipient=own,
        wrapped=envelopes.wrap(secret, goes.recipients),
        lookup=b"",
        mailbox=box,
        locked_mailbox=receipts.lock(bytes(11), box_secret),
        sealed=letters.seal(letter, [own, box]),
    )


def bring(lot: Lot, ready: Filing, office: Office, at: datetime) -> None:
    """File one report, and do with it what was drawn, as far as that was before now."""
    filing = replace(
        ready,
        lookup=hashlib.sha256(f"sample report {lot.number}".encode()).digest(),
        about=lot.about,
        territory=place_of(lot.region),
        topic=lot.topic,
    )
    report, by = file_report(filing=filing, by=NOBODY, at=at_day(lot.day)), office.by
    if report.state == RECEIVED and (then := at_day(lot.day, lot.acknowledged)) < at:
        report = acknowledge_report(report=report, message=None, by=by, at=then)
        if lot.suffers:
            protect(report, lot.number, ready.sealed, by, then, at)
        if lot.answered is not None and (end := at_day(lot.day, lot.answered)) < at:
            closed = close_report(report=report, outcome=lot.outcome, message=Sealed(ready.sealed), by=by, at=end)
            if lot.case is not None:
                lead_to_case(closed, lot.number, lot.case, office, end, at)


def at_day(day: date, after: int = 0) -> datetime:
    """Ten in the morning of a day, by the country's clock."""
    return datetime(day.year, day.month, day.day, 10, tzinfo=naming.pack().zone) + timedelta(days=after)


def lots(seed: int, count: int, today: date) -> Iterator[Lot]:
    """What is drawn for each report, the first one first."""
    chance = stream(seed, 0, "reports")
    receivers = [names[naming.pack().languages[0]] for _kind, names in OFFICES.values()]
    there = Body.objects.filter(closed_date=None).exclude(name__in=receivers)
    bodies: Sequence[Body] = list(there.order_by("pk")[:BODIES])
    weights = 1 / np.arange(1, len(bodies) + 1) ** STEEPNESS_OF_BODIES
    regions, topics = naming.region_by_territory(), list(naming.pack().codes["report_topic"])
    first = date(today.year - YEARS_BACK, 1, 1)
    days = np.sort(chance.integers(0, (today - first).days, count))
    for number in range(count):
        drawn = int(chance.choice(len(bodies), p=weights / weights.sum())) if bodies else BODIES
        named = chance.random() < NAMES_BODY
        place = drawn if named else BODIES
        outcome = str(chance.choice(list(OUTCOME_WORDS), p=OUTCOMES_OF_LEADING if place < LEADING else OUTCOMES))
        leads = place < LEADING and outcome == SUBSTANTIATED and chance.random() < LEADS_TO_CASE
        somewhere = chance.random() < NAMES_REGION or place < LEADING
        yield Lot(
            number=number,
            day=first + timedelta(days=int(days[number])),
            about=bodies[place] if place < len(bodies) else None,
            region=regions.get(bodies[drawn].territory_id or "", "") if drawn < len(bodies) and somewhere else "",
            topic=str(chance.choice(topics, p=topic_weights(len(topics)))),
            acknowledged=acknowledged_after(chance, place),
            answered=answered_after(chance, place),
            outcome=outcome,
            case=came_back(chance) if leads else None,
            suffers=number % SUFFERS_OF == FIRST_SUFFERS or number == count - NEWEST_SUFFERS,
        )


def acknowledged_after(chance: np.random.Generator, place: int) -> int:
    """After how many days an office writes first: within the seven of the law, of the first body often later."""
    days = int(1 + chance.poisson(2.5))
    late = chance.random() < IS_LATE and place == 0
    return min(8 + days, 20) if late else min(days, 7)


def answered_after(chance: np.random.Generator, place: int) -> int | None:
    """After how many days an office tells what was done; of the first body late or never at times."""
    if place == 0:
        return int(26 + chance.gamma(2.0, 24.0)) if chance.random() < IS_ANSWERED else None
    return min(int(26 + chance.gamma(2.0, 8.0 + 3 * place)), 85)


def came_back(chance: np.random.Generator) -> int:
    """How much came back by a case, in tenge; nothing by about half of them."""
    return int(round(np.exp(chance.normal(13.2, 1.1)), -3)) if chance.random() < BRINGS_BACK else 0


def topic_weights(count: int) -> list[float]:
    """Bribes are reported most, then what stands next in the pack's list."""
    weights = [1 / (place + 1) ** STEEPNESS for place in range(count)]
    return [one / sum(weights) for one in weights]
