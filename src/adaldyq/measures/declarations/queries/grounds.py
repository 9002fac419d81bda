"""What the registers know of people that the law asks for, of a span of people at a time, in a few statements each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.db.models import Max, Q

from adaldyq.countries.pack import CountryPack
from adaldyq.kernel.models import (
    Appointment,
    BankBalance,
    LandRight,
    Ownership,
    Person,
    VehicleRight,
)
from adaldyq.kernel.periods import not_ended_before
from adaldyq.measures.declarations.domain.obligations import Facts, Ground, Marriage
from adaldyq.measures.declarations.models import SECTION_MODELS, Declaration, FormerObligation, Obligation
from adaldyq.measures.declarations.queries.company_heads import headships, headships_of_spouses
from adaldyq.measures.declarations.queries.spans import SPOUSE, Span, ties_of
from adaldyq.measures.declarations.queries.worth import worth

OFFICIAL, EMPLOYEE, OWNER = "official", "state_employee", "company_head"
FOREIGN, DIGITAL, LARGE = "foreign_assets", "digital_assets", "large_acquisition"
ABROAD = ("real_estate", "account", "security", "company_interest")

Grounds = Mapping[str, Collection[Ground]]


def facts_of(span: Span, year: int, *, pack: CountryPack, on: date) -> dict[str, Facts]:
    """What decides whether the people of a span must file for a year, by person."""
    first = min(on, date(year, 12, 31))
    own = grounds(span, "", first)
    married = marriages(span, first)
    released = any(one.release and one.release.year <= year for one in pack.phases)
    circumstances = circumstances_of(span, year, pack) if released else {}
    declared = declared_before(span, year)
    people = Person.objects.filter(span.on("pk")).values_list("pk", "birth_date", "death_date")
    return {
        person: Facts(
            born,
            died,
            tuple(own.get(person, ())),
            tuple(married.get(person, ())),
            frozenset(circumstances.get(person, ())),
            person in declared,
        )
        for person, born, died in people
    }


def grounds(span: Span, through: str, first: date) -> dict[str, list[Ground]]:
    """Posts, companies and shares of people that lasted to a day or longer, by person.

    Args:
        through: empty for their own; `spouse` for those of their spouses, by the id of the tie.
    """
    found: dict[str, list[Ground]] = defaultdict(list)
    for key, ground in (*posts(span, through, first), *companies(span, through), *shares(span, through, first)):
        found[key].append(ground)
    return found


def posts(span: Span, through: str, first: date) -> Iterator[tuple[str, Ground]]:
    """Posts held, whose holders are officials when the law makes their declarations public."""
    columns = ("valid_from", "valid_to", "post__declares", "post__body_id")
    if through:
        path = "relative__appointments__"
        rows = ties_of(span).filter(not_ended_before(first, path), relative__appointments__isnull=False)
        values = rows.values_list("pk", *(f"{path}{one}" for one in columns))
    else:
        held = Appointment.objects.filter(span.on("person_id"), not_ended_before(first))
        values = held.values_list("person_id", *columns)
    for key, since, until, declares, body in values:
        yield key, Ground(OFFICIAL if declares else EMPLOYEE, since, until, body)


def companies(span: Span, through: str) -> Iterator[tuple[str, Ground]]:
    """Companies headed, from the day each took them over until somebody else did, or they were struck off."""
    for one in headships_of_spouses(span) if through else headships(span):
        yield one.key, Ground(OWNER, one.since, one.until)


def shares(span: Span, through: str, first: date) -> Iterator[tuple[str, Ground]]:
    """Direct shares in companies."""
    columns = ("valid_from", "valid_to")
    if through:
        path = "relative__holdings__"
        rows = ties_of(span).filter(not_ended_before(first, path), relative__holdings__kind="direct")
        values = rows.values_list("pk", *(f"{path}{one}" for one in columns))
    else:
        held = Ownership.objects.filter(span.on("owner_person_id"), not_ended_before(first), kind="direct")
        values = held.values_list("owner_person_id", *columns)
    for key, since, until in values:
        yield key, Ground(OWNER, since, until)


def marriages(span: Span, first: date) -> dict[str, list[Marriage]]:
    """Marriages that lasted to a day or longer, with what the spouse lives by, by person."""
    of_spouses = grounds(span, SPOUSE, first)
    found: dict[str, list[Marriage]] = defaultdict(list)
    rows = ties_of(span).filter(not_ended_before(first))
    for tie, person, since, until, died in rows.values_list(
        "pk", "person_id", "valid_from", "valid_to", "relative__death_date"
    ):
        ends = min((one for one in (until, died) if one), default=None)
        found[person].append(Marriage(since, ends, tuple(of_spouses.get(tie, ()))))
    return found


def declared_before(span: Span, year: int) -> set[str]:
    """People who filed a declaration about an earlier year, or still owe one, or were exempted from it."""
    found: set[str] = set()
    for rows in (Declaration.objects, Obligation.objects, FormerObligation.objects.filter(ended_as="exempted")):
        found.update(rows.filter(span.on("person_id"), year__lt=year).values_list("person_id", flat=True))
    return found


def circumstances_of(span: Span, year: int, pack: CountryPack) -> dict[str, set[str]]:
    """Circumstances that hold a released group to the duty, by person."""
    found: dict[str, set[str]] = defaultdict(set)
    for code, people in (
        (FOREIGN, (*with_money_abroad(span, year, pack), *who_declared_abroad(span, year, pack))),
        (DIGITAL, who_declared(span, year, "crypto", Q())),
        (LARGE, who_bought(span, year, pack)),
    ):
        for person in people:
            found[person].add(code)
    return found


def with_money_abroad(span: Span, year: int, pack: CountryPack) -> Iterator[str]:
    """People with more at banks abroad than the law lets pass, by the last balances that banks have sent."""
    last = BankBalance.objects.filter(year__lte=year).aggregate(last=Max("year"))["last"]
    if last is None or last < year - 1:
        return
    rows = BankBalance.objects.filter(span.on("person_id"), year=last).exclude(country=pack.code)
    sums = rows.values_list("person_id", "balance", "currency")
    limit = pack.threshold_amount("foreign_account_declared", date(year, 12, 31)).amount
    yield from above(sums, limit, pack, date(last, 12, 31))


def who_declared_abroad(span: Span, year: int, pack: CountryPack) -> Iterator[str]:
    """People who declared a thing abroad the year before."""
    abroad = ~Q(country__in=(pack.code, ""))
    for section in ABROAD:
        yield from who_declared(span, year, section, abroad)


def who_declared(span: Span, year: int, section: str, condition: Q) -> Iterable[str]:
    """People whose declaration about the year before has such rows in a section."""
    rows = SECTION_MODELS[section]._default_manager.filter(
        span.on("declaration__person_id"),
        condition,
        owner="declarant",
        declaration__year=year - 1,
        declaration__is_current=True,
    )
    return rows.values_list("declaration__person_id", flat=True)


def who_bought(span: Span, year: int, pack: CountryPack) -> Iterator[str]:
    """People who bought real estate and vehicles in the year for more than the law lets pass."""
    day = date(year, 12, 31)
    bought: list[tuple[str, Decimal | None, str]] = []
    for model in (LandRight, VehicleRight):
        rows = model._default_manager.filter(span.on("owner_person_id"), valid_from__range=(date(year, 1, 1), day))
        bought.extend(rows.values_list("owner_person_id", "price", "currency"))
    yield from above(bought, pack.threshold_amount("large_acquisition", day).amount, pack, day)


def above(
    sums: Iterable[tuple[str, Decimal | None, str]], limit: Decimal, pack: CountryPack, day: date
) -> Iterator[str]:
    """People whose sums, in the pack's currency by the rates of a day, are more than a limit together.

    A sum in a currency whose rate the pack does not know by then is left out.
    """
    totals: dict[str, Decimal] = defaultdict(Decimal)
    for person, amount, currency in sums:
        totals[person] += worth(amount, currency, pack, day)
    return (person for person, total in totals.items() if total > limit)
