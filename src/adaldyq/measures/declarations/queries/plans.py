"""What must change in the stated obligations so that they say what the registers and the law say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from adaldyq.countries.pack import CountryPack
from adaldyq.kernel import naming
from adaldyq.kernel.deadlines import days
from adaldyq.kernel.deadlines.days import day_of
from adaldyq.kernel.models import Account, Deadline
from adaldyq.kernel.models.deadlines import MET, MET_LATE
from adaldyq.measures.declarations.domain.obligations import Due, Exempt, Facts, Why, decide
from adaldyq.measures.declarations.models import EXEMPTED, WITHDRAWN, FormerObligation, Obligation
from adaldyq.measures.declarations.queries.entered import TERM
from adaldyq.measures.declarations.queries.grounds import facts_of
from adaldyq.measures.declarations.queries.spans import Span
from adaldyq.measures.declarations.queries.terms import KEPT, OWED, SHOWN, first_kept_year

BY_DEATH = Q(ended_as=WITHDRAWN, ground=Why.DEAD.value)
"""Of obligations that ended because the register said that the person had died."""
ANOTHER_FORM = "another_form"
"""Why an obligation ends when the other form is due."""


@dataclass
class Plan:
    """What to state, to ground anew and to withdraw for a year, of some people.

    Attributes:
        new: obligations that are not stated yet.
        regrounded: stated ones whose ground is another by now, with the new one.
        withdrawn: stated ones without a ground, with the code of why.
        unchanged: how many stay as they are.
        late_known: settled ones of people who were known as officials only afterwards, whom nobody has told so yet or
            whose day to open has come, with the ground that opens them.
        stay_closed: settled ones that were announced to open, and whose ground for it was corrected away.
    """

    new: list[Obligation] = field(default_factory=list)
    regrounded: list[Obligation] = field(default_factory=list)
    withdrawn: list[tuple[Obligation, str]] = field(default_factory=list)
    unchanged: int = 0
    late_known: list[tuple[Obligation, Mapping[str, object]]] = field(default_factory=list)
    stay_closed: list[Obligation] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be done."""
        return not (self.new or self.regrounded or self.withdrawn)


LastDay = Callable[[Due], date | None]
"""Last day to file of an obligation that is not stated yet; none when it is not to be stated."""


def by_law(due: Due) -> date:
    """The last day that the law sets for everybody."""
    return due.due_date


def nothing_new(_due: Due) -> None:
    """Nothing is stated anew: what stands is held against the registers alone."""


def plan_of(span: Span, year: int, *, on: date, pack: CountryPack | None = None, last_day: LastDay = by_law) -> Plan:
    """What must change for a year, of the people of a span."""
    country = pack or naming.pack()
    stated: dict[str, list[Obligation]] = {}
    # The sum keeps SQLite from reading all obligations of the year for every span: it would take the index of years.
    rows = Obligation.objects.alias(declared=F("year") + 0).filter(span.on("person_id"), declared=year)
    for one in rows.order_by("pk"):
        stated.setdefault(one.person_id, []).append(one)
    exempted, again = ended_of(span, year, on)
    facts = facts_of(span, year, pack=country, on=on)
    plan, over = Plan(), year < max(first_kept_year(SHOWN, on), first_kept_year(KEPT, on))
    for person, known in facts.items():
        decision = decide(known, year, pack=country, on=on)
        if isinstance(decision, Due) and (person, decision.form) in exempted:
            plan.unchanged += 1
            continue
        theirs = [one for one in stated.get(person, ()) if not died_before(plan, one, known, decision)]
        compare(
            plan,
            person,
            without_public(decision) if over else decision,
            theirs,
            on,
            or_again(last_day, again.get(person)),
        )
        weigh_openness(plan, decision, theirs, on)
    if over:
        plan.late_known.clear()
    return plan


def ended_of(span: Span, year: int, on: date) -> tuple[set[tuple[str, str]], dict[str, date]]:
    """People of a span who were exempted for a year, with the form; and the last day of what ended with a death.

    That day counts when the death was entered wrongly, and the person lives by the register.
    """
    exempted, again = set[tuple[str, str]](), dict[str, date]()
    ended = FormerObligation.objects.filter(BY_DEATH | Q(ended_as=EXEMPTED), span.on("person_id"), year=year)
    for one in ended.order_by("ended_at", "pk"):
        if one.ended_as == EXEMPTED:
            exempted.add((one.person_id, one.form))
        else:
            again[one.person_id] = last_day_again(one.due_date, day_of(one.ended_at), on)
    return exempted, again


def last_day_again(due: date, ended: date, on: date) -> date:
    """Last day of an obligation that comes back: as it was where it had passed before, else with a term from today."""
    return due if due < ended else max(due, days.pack_due(TERM, on))


def or_again(last_day: LastDay, again: date | None) -> LastDay:
    """The last day, and where nothing is to be stated anew that of what comes back."""
    return lambda due: last_day(due) or again


def without_public(decision: Due | Exempt) -> Due | Exempt:
    """What the law says of a year whose public years are over: it is owed all the same, and stays closed."""
    return replace(decision, is_public=False) if isinstance(decision, Due) else decision


def weigh_openness(plan: Plan, decision: Due | Exempt, stated: Iterable[Obligation], on: date) -> None:
    """Find what was settled as closed though its person was an official; only of what the law obliges here."""
    for one in stated:
        if one.is_public or not one.group or not is_settled(one, on):
            continue
        if not isinstance(decision, Due) or not decision.is_public:
            if one.opens_date is not None:
                plan.stay_closed.append(one)
        elif one.opens_date is None or one.opens_date <= on:
            plan.late_known.append((one, columns_of(decision)))


def died_before(plan: Plan, one: Obligation, known: Facts, decision: Due | Exempt) -> bool:
    """Withdraw what fell due for somebody who had died by then, and whether it did: they never had to answer it."""
    died = known.died
    if isinstance(decision, Due) or one.filed_date is not None or died is None or died > one.due_date:
        return False
    plan.withdrawn.append((one, decision.why))
    return True


def compare(
    plan: Plan, person: str, decision: Due | Exempt, stated: Iterable[Obligation], on: date, last_day: LastDay
) -> None:
    """Hold what is stated of one person against the decision, and add to the plan what must change.

    What was filed, or fell due, stays as it is: it was owed.
    """
    is_there = answered = False
    for one in stated:
        answered |= is_settled(one, on)
        if isinstance(decision, Due) and one.form == decision.form:
            is_there = True
            if is_settled(one, on) or not reground(one, columns_of(decision)):
                plan.unchanged += 1
            else:
                plan.regrounded.append(one)
        elif is_settled(one, on):
            plan.unchanged += 1
        else:
            plan.withdrawn.append((one, decision.why if isinstance(decision, Exempt) else ANOTHER_FORM))
    if isinstance(decision, Due) and not (is_there or answered) and (last := last_day(decision)):
        due = {"year": decision.year, "form": decision.form, "due_date": last}
        plan.new.append(Obligation(person_id=person, **due, **columns_of(decision)))


def is_settled(one: Obligation, on: date) -> bool:
    """Whether an obligation was answered, or its last day has passed."""
    return one.filed_date is not None or one.due_date < on


def columns_of(decision: Due) -> dict[str, object]:
    """The ground of a decision as columns."""
    return {
        "reason": decision.reason,
        "group": decision.group,
        "as_spouse": decision.as_spouse,
        "body_id": decision.body or None,
        "is_public": decision.is_public,
        "law": decision.law,
        "phase_since": decision.phase_since,
    }


def reground(one: Obligation, ground: Mapping[str, object]) -> bool:
    """Give an unsaved change of ground to an obligation, and say whether it is one."""
    changed = {name: value for name, value in ground.items() if getattr(one, name) != value}
    for name, value in changed.items():
        setattr(one, name, value)
    return bool(changed)


def open_years(on: date, pack: CountryPack | None = None) -> list[int]:
    """Declared years whose last day to file is still to come: the present one, and the one before until then."""
    due = (pack or naming.pack()).filing_deadlines
    return [year for year in (on.year - 1, on.year) if due[year] >= on]


def owed_beyond(on: date, people: Collection[str] = ()) -> dict[int, set[str]]:
    """People who still have time to file for a year that is over for everybody else, by year; only by the law.

    They were told late, or the last day was put off for them. With them are those who had died before the last day, of
    which the register learned only afterwards, those who live after all, and those whose declaration is announced to open.

    Args:
        people: only they; everybody when empty.
    """
    found: dict[int, set[str]] = {}
    in_time = Q(due_date__gte=on) & ~Q(year__in=open_years(on))
    dead = Q(due_date__lt=on, person__death_date__lte=F("due_date"))
    unanswered = Q(in_time | dead, filed_date__isnull=True)
    owed = Obligation.objects.filter(unanswered | Q(opens_date__isnull=False, is_public=False))
    if people:
        owed = owed.filter(person_id__in=people)
    back = came_back(on)
    if people:
        back = back.filter(person_id__in=people)
    for rows in (owed, back):
        for year, person in rows.exclude(group="").values_list("year", "person_id"):
            found.setdefault(year, set()).add(person)
    return found


def came_back(on: date) -> QuerySet[FormerObligation]:
    """What ended with a death that was entered wrongly, of years that are over and kept, until it is stated again."""
    stated = Obligation.objects.filter(person_id=OuterRef("person_id"), year=OuterRef("year"))
    ended = FormerObligation.objects.filter(BY_DEATH, ~Exists(stated), person__death_date=None)
    return ended.filter(year__gte=first_kept_year(OWED, on)).exclude(year__in=open_years(on))


def to_remind(on: date, people: Collection[str] = ()) -> QuerySet[Obligation]:
    """Obligations that are still to be answered, of people with an account, about which no deadline runs yet, or any more.

    Args:
        people: only theirs; everybody's when empty.
    """
    accounts = Account.objects.filter(person_id=OuterRef("person_id"), is_active=True)
    about = Deadline.objects.filter(subject_kind=Obligation._meta.label, subject_id=OuterRef("pk"))
    deadlines = about.exclude(state__in=(MET, MET_LATE))  # met by a paper that was given back
    found = Obligation.objects.filter(Exists(accounts), ~Exists(deadlines), filed_date__isnull=True, due_date__gte=on)
    return found.filter(person_id__in=people) if people else found
