"""What people of the sample country tell openly of services, told by the act, moderated and counted; with what is true of it.

Two services at which bribes are asked for far more often in one region than elsewhere are planted, and beside them one
where it only looks so, one where the difference is no larger than chance makes it, and one of which too few dare to tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import numpy as np
import pyarrow as pa
from django.db import transaction

from adaldyq.base.calendar import months_later
from adaldyq.base.ids import new_id
from adaldyq.demo.chance import stream
from adaldyq.demo.truth import SCHEMA, Kind
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, actor_of, system
from adaldyq.kernel.acts import part_of_the_whole
from adaldyq.kernel.models import Account, Territory
from adaldyq.measures.street.actions.counting import count_openly
from adaldyq.measures.street.actions.moderating import publish_without_words, publish_words
from adaldyq.measures.street.actions.telling import NOBODY, Told, tell_openly
from adaldyq.measures.street.queries.moderating import waiting
from adaldyq.measures.street.queries.words import HONEST, PAID, REFUSED
from adaldyq.measures.street.statistics import edition

BY = system("demo")
RULE, PRICE_RULE = "street.bribe-asked-often", "street.price-above-fee"
PEOPLE_AN_ANSWER, MOST_ANSWERS = 15, 600
"""One answer comes for so many people, and no more than so many beside the planted ones: each is told by its own act."""

FEWEST_FOR_PLOTS = 100
"""Answers below which nothing is planted: a small country has too few to tell of."""

ASKED, PAYS, NAMES_SUM = 0.4, 0.6, 0.7
"""Shares of all answers that tell of a bribe asked for, of these that paid, and that name the sum."""

SUMS = {
    "traffic": 15_000,
    "health": 25_000,
    "documents": 10_000,
    "kindergarten": 70_000,
    "land": 400_000,
    "property": 50_000,
    "permit": 150_000,
    "vehicle": 20_000,
    "customs": 120_000,
}
"""What half of those who are asked at a service are asked for less than, in tenge; services told of most stand first."""

KINDS = {
    "traffic": "police",
    "vehicle": "police",
    "customs": "department",
    "property": "quasi_state",
    "documents": "quasi_state",
    "land": "akimat",
    "kindergarten": "akimat",
    "permit": "department",
    "health": "akimat",
}
"""Kinds of bodies that give the services."""

SAYS_KIND = 0.7
"""Share of those who say what kind of body it was."""

REGIONS = 8
STEEPNESS = 0.8


@dataclass(frozen=True, slots=True)
class Plot:
    """Something planted at a service in a region: how many tell of it and how many of these were asked.

    Attributes:
        scheme: name of the story's kind.
        region: place in the list of regions.
        costs: how many times dearer it is than elsewhere.
    """

    scheme: str
    kind: Kind
    service: str
    region: int
    answers: int
    asked: int
    story: str
    costs: int = 1
    hidden: bool = False


PLOTS = (
    Plot(
        "a bribe for each plot",
        Kind.SCHEME,
        "land",
        1,
        44,
        42,
        "Nobody got a plot of land without paying a middleman.",
        3,
    ),
    Plot(
        "a price on the road",
        Kind.SCHEME,
        "traffic",
        2,
        46,
        43,
        "One crew of the road police asked whomever it stopped.",
    ),
    Plot(
        "a campaign",
        Kind.LOOK_ALIKE,
        "property",
        3,
        48,
        46,
        "A newspaper asked its readers of one region to tell of bribes.",
    ),
    Plot(
        "a little more",
        Kind.NEAR_MISS,
        "kindergarten",
        4,
        26,
        11,
        "Asked for a little more often than elsewhere, by chance.",
    ),
    Plot(
        "nobody dares",
        Kind.SCHEME,
        "customs",
        5,
        6,
        6,
        "Everybody pays at the border, and almost nobody tells it.",
        hidden=True,
    ),
)
ELSEWHERE = 44
"""Answers about the service of a plot from other regions."""

WORDS: tuple[tuple[str, str, str], ...] = (
    ("health", PAID, "Операцияға кезекті тездету үшін ақша сұрады, әйтпесе үш ай күтесің деді."),
    ("health", HONEST, "Дәрігер сыйлықтан бас тартып, кезекпен қабылдады. Рақмет."),
    ("traffic", PAID, "Остановили за ремень и предложили решить на месте без протокола."),
    ("traffic", REFUSED, "Попросил составить протокол — сразу отпустили."),
    ("land", PAID, "Без посредника заявление возвращали три раза, через него приняли за день."),
    ("kindergarten", REFUSED, "Балабақшаға орын үшін «демеушілік көмек» сұрады, бас тарттым."),
    ("documents", HONEST, "Паспортты бес күнде берді, артық ештеңе сұраған жоқ."),
    ("permit", PAID, "Сказали, что так принято у всех и быстрее не бывает."),
    ("property", HONEST, "Всё оформили за два дня, помогли заполнить заявление."),
    ("health", PAID, "Звоните 8 701 555 00 11, там скажут, сколько стоит справка."),
    ("traffic", PAID, "Екеуі тұрды, біреуі сөйлесті, екіншісі ақшаны алды."),
    ("vehicle", HONEST, "Инспектор сам показал, какой документ забыли, и подождал."),
)
SHOWN, WITHOUT = 8, 9
"""The moderator has shown the words up to here, and left those up to there out; the rest waits."""


def tell_some(seed: int, people: int, at: datetime) -> None:
    """Let people tell, a moderator read, and the month be counted, unless that was done."""
    if edition() is not None:
        return
    day = naming.pack().day_of(at)
    with transaction.atomic(), part_of_the_whole():
        for told, received in (*answers(seed, people, day), *with_words(day)):
            tell_openly(told=told, by=NOBODY, at=at_day(received))
    moderate(at)
    count_openly(by=BY, at=at)


def truth(people: int, day: date) -> pa.Table:
    """What is true of it, for scores."""
    rows = [
        {
            "case_id": f"street-{number}",
            "scheme": plot.scheme,
            "rule": rule,
            "subject_id": regions()[plot.region],
            "object_id": f"{plot.service}:{year_of_plots(day)}",
            "kind": plot.kind,
            "story": plot.story,
            "hidden": plot.hidden,
        }
        for number, plot in enumerate(plots(people))
        for rule in ((RULE, PRICE_RULE) if plot.costs > 1 else (RULE,))
    ]
    return pa.Table.from_pylist(rows, SCHEMA)


def plots(people: int) -> tuple[Plot, ...]:
    """What is planted in a country of so many people."""
    return PLOTS if people // PEOPLE_AN_ANSWER >= FEWEST_FOR_PLOTS else ()


def regions() -> list[str]:
    """Codes of the regions of which people tell: cities first, where most is told."""
    found = [one for one in naming.pack().territories if one.parent and one.level != "country"]
    return [one.code for one in sorted(found, key=lambda one: (one.level != "city", one.code))]


def year_of_plots(day: date) -> int:
    """The year that the last month counted lies in."""
    return (day.replace(day=1) - timedelta(days=1)).year


def answers(seed: int, people: int, day: date) -> Iterator[tuple[Told, date]]:
    """What is told without words, each with the day on which it came; all but the last ones are counted."""
    chance = stream(seed, 0, "street")
    places = {one.pk: one for one in Territory.objects.filter(pk__in=regions())}
    known = [places[code] for code in regions() if code in places][:REGIONS]
    if not known:
        return
    last = day.replace(day=1) - timedelta(days=1)
    for _each in range(min(people // PEOPLE_AN_ANSWER, MOST_ANSWERS)):
        service = list(SUMS)[int(chance.choice(len(SUMS), p=weights(len(SUMS))))]
        place = known[int(chance.choice(len(known), p=weights(len(known))))]
        back = int(chance.integers(0, 18))
        yield drawn(
            chance, service, place, months_later(last.replace(day=1), -back), last, bool(chance.random() < ASKED)
        )
    for plot in plots(people):
        yield from planted(chance, plot, known, last)


def planted(chance: np.random.Generator, plot: Plot, known: list[Territory], last: date) -> Iterator[tuple[Told, date]]:
    """What is told of a plot, and of the same service elsewhere."""
    for number in range(plot.answers + ELSEWHERE):
        here = number < plot.answers
        place = known[plot.region] if here else known[(plot.region + 1 + number % 3) % len(known)]
        asked = number < plot.asked if here else bool(chance.random() < ASKED)
        month = date(last.year, int(chance.integers(1, last.month + 1)), 1)
        told, received = drawn(chance, plot.service, place, month, last, asked)
        if here and told.amount is not None:
            told = replace(told, amount=told.amount * plot.costs)
        yield told, received


def drawn(
    chance: np.random.Generator, service: str, place: Territory, month: date, last: date, asked: bool
) -> tuple[Told, date]:
    """An answer: whether it was paid, the sum, and on which day up to the last one it came."""
    happened = (PAID if chance.random() < PAYS else REFUSED) if asked else HONEST
    amount = None
    if asked and chance.random() < NAMES_SUM:
        amount = max(round(SUMS[service] * float(np.exp(chance.normal(0, 0.6))) / 1000), 1) * Decimal(1000)
    received = min(month + timedelta(days=int(chance.integers(0, 45))), last)
    kind = KINDS[service] if chance.random() < SAYS_KIND else ""
    return Told(new_id(), happened, service, place, month, kind, amount), received


def weights(count: int) -> list[float]:
    """The first ones are told of most (a law of Zipf)."""
    found = [1 / (place + 1) ** STEEPNESS for place in range(count)]
    return [one / sum(found) for one in found]


def with_words(day: date) -> Iterator[tuple[Told, date]]:
    """What is told in words too; the last ones came this month."""
    last = day.replace(day=1) - timedelta(days=1)
    there = Territory.objects.filter(pk__in=regions()).order_by("pk")
    places = list(there[:REGIONS])
    for number, (service, happened, words) in enumerate(WORDS if places else ()):
        place = places[number % len(places)]
        received = last - timedelta(days=number) if number < WITHOUT else day
        month = received.replace(day=1)
        yield Told(new_id(), happened, service, place, month, words=words), received


def moderate(at: datetime) -> None:
    """Let the reviewer read what came first."""
    reviewer = Account.objects.filter(username="reviewer").first()
    if reviewer is None:
        return
    by: Actor = actor_of(reviewer)
    texts = [words for _service, _happened, words in WORDS]
    for one in list(waiting(by)):
        place = texts.index(one.words)
        if place < SHOWN:
            publish_words(report=one, words=one.words, names_nobody=True, by=by, at=at)
        elif place < WITHOUT:
            publish_without_words(report=one, ground="unrelated", by=by, at=at)


def at_day(day: date) -> datetime:
    """The beginning of a day, by the country's clock."""
    return datetime(day.year, day.month, day.day, tzinfo=naming.pack().zone)
