"""How the wealth of a family changed over the declared years, for the person, for analysts and for the public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adaldyq.kernel import naming
from adaldyq.measures.declarations.domain.wealth_change import Change, altogether, changes
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.queries.people import Official
from adaldyq.measures.declarations.queries.sections import Contents, rates


@dataclass(frozen=True, slots=True)
class Account:
    """What became of the wealth of a person's family.

    Attributes:
        years: between each two declarations in force, the oldest first.
        total: over all of them; none when there are fewer than two declarations.
        declarations: those that it was worked out from.
    """

    person_id: str
    name: str
    currency: str
    years: Sequence[Change]
    total: Change | None
    declarations: Sequence[Declaration]


def account_of(person: str) -> Account | None:
    """The account of all declarations of a person in force, public or not; None when there are none."""
    found = list(Declaration.objects.filter(person_id=person, is_current=True))
    return account(person, leading(found), Contents(found)) if found else None


def open_account(found: Official) -> Account:
    """The account of the public declarations of an official."""
    return account(found.id, leading(found.declarations), found.contents)


def leading(found: Sequence[Declaration]) -> list[Declaration]:
    """The declaration that stands for each year, the oldest first: the yearly form where both were filed."""
    by_year: dict[int, Declaration] = {}
    for one in sorted(found, key=lambda one: one.form == "income"):
        by_year[one.year] = one
    return [by_year[year] for year in sorted(by_year)]


def account(person: str, declarations: Sequence[Declaration], contents: Contents) -> Account:
    """The account of some declarations, in the currency of the newest."""
    newest = declarations[-1]
    found = changes([contents.year(one) for one in declarations], newest.currency, rates())
    name = naming.names_of([person]).get(person, newest.declarant_name)
    return Account(person, name, newest.currency, found, altogether(found), declarations)
