"""What last year's declaration adds to what registers know, for a draft to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from adaldyq.base.name_keys import may_be_one
from adaldyq.base.registered_numbers import number_key
from adaldyq.kernel import naming
from adaldyq.kernel.models import FamilyTie, LandRight, Person, VehicleRight
from adaldyq.kernel.queries.families import is_minor
from adaldyq.measures.declarations.domain.checks import DAY_PARTS, Typed, typed_of
from adaldyq.measures.declarations.domain.questions import OF_INCOME_ONLY, sections_of
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.queries.drafts import last_year
from adaldyq.measures.declarations.queries.prefill import ROW, known_again, rows_of
from adaldyq.measures.declarations.queries.prefilled import LAST_YEAR, LAST_YEAR_WAS, Prefilled, Values, row
from adaldyq.measures.declarations.queries.registered import of_registers

LASTING_INCOME = frozenset({"rent", "business"})
"""Kinds of income that go on from year to year and that no payer reports to the tax service."""
PAID_ON = frozenset({"salary", "pension"})
"""Kinds that payers do report, and that go on where no payer has reported yet."""
INCOME_OF_ONCE = frozenset({"sale", "gift", "prize"})
"""Kinds of income that happen once; of abroad all others may go on, since nobody there reports here."""
NEW_EACH_YEAR = OF_INCOME_ONLY - {"income"}
"""Sections of which last year's rows say nothing about this year."""
SUMS_OF_THE_DAY: Mapping[str, frozenset[str]] = {
    "cash": frozenset({"amount"}),
    "account": frozenset({"amount"}),
    "claim": frozenset({"amount"}),
    "crypto": frozenset({"value"}),
    "income": frozenset({"amount", "tax_withheld"}),
    "security": frozenset({"value"}),
}
"""Sums that are another each year, so that nobody files last year's by not looking."""
KNOWN_BY: Mapping[str, tuple[str, ...]] = {
    "real_estate": ("object_number",),
    "vehicle": ("object_number",),
    "account": ("account_number",),
    "company_interest": ("company_id",),
    "income": ("payer_id", "payer"),
    "family": ("relative_id",),
    "claim": ("counterparty",),
    "security": ("issuer",),
    "position": ("organisation",),
}
"""What tells that a row of last year is one that a register has told already."""

BORN = tuple(f"birth_date_{part}" for part in DAY_PARTS)
OF_THINGS = ("value", "description")
TOLD_BY_THE_PERSON: Mapping[str, tuple[str, ...]] = {
    "real_estate": OF_THINGS,
    "vehicle": OF_THINGS,
    "company_interest": OF_THINGS,
    "family": ("number",),
    "position": ("paid",),
}
"""By section, what of a register's row only the person tells: what a thing is worth, the number of a relative."""


def prefilled(person: Person, form: str, year: int) -> list[Prefilled]:
    """Rows that a draft begins with, from the registers first.

    What registers hold on a husband or wife is not shown: their property comes only from what the person declared
    last year. That of children under eighteen is.
    """
    known = [one for one in of_registers(person, year) if one.section in {part.name for part in sections_of(form)}]
    before = last_year(person.pk, form, year)
    if before is None:
        return known
    earlier = rows_of(before)
    merged = [with_own_words(one, earlier) for one in known]
    return [*merged, *still_held(person, before, earlier, merged, form)]


def with_own_words(one: Prefilled, earlier: Mapping[str, Sequence[Values]]) -> Prefilled:
    """A row of a register with what was declared of the same last year and no register tells."""
    if one.section not in TOLD_BY_THE_PERSON:
        return one
    known = [(name, known_again(name, one.typed[name])) for name in KNOWN_BY[one.section] if one.typed.get(name)]
    same = [
        values
        for values in earlier.get(one.section, ())
        if any(known_again(name, str(values[name] or "")) == text for name, text in known)
    ]
    if not same:
        return one
    told = typed_of(one.section, {name: same[0].get(name) for name in TOLD_BY_THE_PERSON[one.section]})
    added = {name: text for name, text in told.items() if name not in one.typed}
    sources = {**one.sources, **dict.fromkeys(added, LAST_YEAR)}
    return Prefilled(one.section, {**one.typed, **added}, one.origin, one.origin_id, sources)


def still_held(
    person: Person,
    before: Declaration,
    earlier: Mapping[str, Sequence[Values]],
    known: Sequence[Prefilled],
    form: str,
) -> Iterator[Prefilled]:
    """Rows of last year that may still hold: of things that no register tells of, and that none says were given away.

    What belonged to the husband or wife, or to a child, is left out when none is in the family any more.
    """
    told = {
        (one.section, name, known_again(name, one.typed.get(name, "")))
        for one in known
        for name in KNOWN_BY.get(one.section, ())
    }
    gone = given_away(person)
    family = list(lasting_family(person, earlier["family"], known, date(before.year + 1, 12, 31)))
    reported = {one.typed.get("owner") for one in known if one.section == "income"}
    income = [values for values in earlier["income"] if goes_on(values, reported=values["owner"] in reported)]
    now = {values["relation"] for values in family}
    now |= {one.typed["relation"] for one in known if one.section == "family"}
    left = {values["relation"] for values in earlier["family"]} - now
    for name in (one.name for one in sections_of(form) if one.name not in NEW_EACH_YEAR):
        for values in {**earlier, "family": family, "income": income}[name]:
            number = values.get("object_number")
            if (number and number_key(number) in gone) or values["owner"] in left:
                continue
            keys = [key for key in KNOWN_BY.get(name, ()) if values[key]]
            if any((name, key, known_again(key, str(values[key]))) in told for key in keys):
                continue
            yield without_sums(name, values, before)


def without_sums(section: str, values: Values, before: Declaration) -> Prefilled:
    """A row of last year without the sums of its day; the source of each box says what stood there."""
    sums = SUMS_OF_THE_DAY.get(section, frozenset())
    one = row(
        section, {name: value for name, value in values.items() if name not in {ROW, *sums}}, LAST_YEAR, before.pk
    )
    currency = values.get("currency") or before.currency
    was = {name: f"{LAST_YEAR_WAS} {values[name]} {currency}" for name in sorted(sums) if values[name] is not None}
    return replace(one, sources={**one.sources, **was})


def goes_on(income: Values, *, reported: bool) -> bool:
    """Whether income of last year may have come again without a payer who reports it.

    Args:
        reported: whether payers have reported income of the same owner this year.
    """
    if not reported and income["kind"] in PAID_ON:
        return True
    abroad = income["country"] not in {"", naming.pack().code}
    return income["kind"] in LASTING_INCOME or (abroad and income["kind"] not in INCOME_OF_ONCE)


def lasting_family(
    person: Person, declared: Sequence[Values], known: Sequence[Prefilled], day: date
) -> Iterator[Values]:
    """Relatives of last year of whom the register of families does not tell, and who may be in the family on a day.

    Left out is a child who has come of age, who has died, and a husband or wife when the register names one now or says
    that the marriage has ended.
    """
    told = [one.typed for one in known if one.section == "family"]
    married = any(one["relation"] == "spouse" for one in told)
    ids = [str(values["relative_id"]) for values in declared if values["relative_id"]]
    gone = {one.get("relative_id") for one in told}
    gone |= set(Person.objects.filter(pk__in=ids, death_date__lte=day).values_list("pk", flat=True))
    ended = FamilyTie.objects.filter(person=person, relative__in=ids, valid_to__lt=day)
    gone |= set(ended.values_list("relative_id", flat=True))
    for values in declared:
        tie, born = values["relation"], values["birth_date"]
        if (values["relative_id"] and values["relative_id"] in gone) or is_among(values, told):
            continue
        grown = tie == "child" and isinstance(born, date) and not is_minor(born, day)
        if not grown and not (tie == "spouse" and married):
            yield values


def is_among(relative: Values, told: Sequence[Typed]) -> bool:
    """Whether a relative is one of those whom the register names, however the name was spelt."""
    typed = typed_of("family", relative)
    return any(
        all(typed.get(box) == one.get(box) for box in ("relation", *BORN))
        and may_be_one(typed.get("name", ""), one.get("name", ""))
        for one in told
    )


def given_away(person: Person) -> set[str]:
    """Keys of the numbers of objects to which a person's right has ended."""
    ended = {"owner_person": person, "valid_to__isnull": False}
    land_numbers = LandRight.objects.filter(**ended).values_list("object_number", flat=True)
    vehicle_numbers = VehicleRight.objects.filter(**ended).values_list("object_number", flat=True)
    return {number_key(number) for number in (*land_numbers, *vehicle_numbers)}
