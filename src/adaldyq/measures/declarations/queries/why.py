"""Why a person must file, more closely than an obligation that a source states: by what they own, head or bought."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext

from adaldyq.kernel import naming
from adaldyq.kernel.models import FamilyTie, Ownership
from adaldyq.kernel.queries.families import in_force
from adaldyq.measures.declarations.domain.obligations import HELD_BY, OTHER, REASONS, reason_of
from adaldyq.measures.declarations.models import FormerObligation, Obligation
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.company_heads import companies_headed
from adaldyq.measures.declarations.queries.grounds import (
    DIGITAL,
    FOREIGN,
    OWNER,
    circumstances_of,
    who_declared,
    who_declared_abroad,
)
from adaldyq.measures.declarations.queries.spans import Span


def reason(one: Obligation | FormerObligation, on: date) -> str:
    """Why an obligation is, in words; of one that only says `other`, what the registers tell of the person for its year.

    Args:
        on: the day by whose law it is looked at.
    """
    if one.reason != OTHER:
        return words.reason(one.reason)
    phase = next((each for each in naming.pack().phases if each.group == OTHER), None)
    release = phase.released(one.year, on) if phase else None
    if phase is None or release is None:
        return words.reason(REASONS[OTHER, False])
    held_by = phase.held_by(one.year, circumstances(one.person_id, one.year), on)
    if held_by:
        return words.reason(reason_of(OTHER, held_by, as_spouse=False))
    cases = ", ".join(words.reason(HELD_BY[each]) for each in release.unless if each in HELD_BY)
    return gettext("one of these: %(cases)s") % {"cases": cases}


def circumstances(person: str, year: int) -> set[str]:
    """Circumstances that hold a person to the duty for a year, also by what they declared for that very year."""
    pack, span = naming.pack(), Span(people=(person,))
    found = set(circumstances_of(span, year, pack).get(person, ()))
    if any(who_declared_abroad(span, year + 1, pack)):
        found.add(FOREIGN)
    if any(who_declared(span, year + 1, "crypto", Q())):
        found.add(DIGITAL)
    return found


def companies(one: Obligation | FormerObligation) -> str:
    """Names of the companies that bring an obligation: headed or owned directly on the last day of its year.

    Of a spouse's duty they are the spouse's; who heads and owns a company everybody may know.
    """
    day = date(one.year, 12, 31)
    if one.reason == REASONS[OWNER, True]:
        ties = FamilyTie.objects.filter(in_force(day), person=one.person_id, kind="spouse")
        return companies_of([str(each) for each in ties.values_list("relative_id", flat=True)], day)
    return companies_of([one.person_id], day) if one.reason == REASONS[OWNER, False] else ""


def companies_of(people: Collection[str], day: date) -> str:
    """Names of the companies that people head or directly own on a day."""
    headed = companies_headed(people, day)
    owned = Ownership.objects.filter(in_force(day), owner_person__in=people, kind="direct")
    names = {*headed.values_list("name", flat=True), *owned.values_list("company__name", flat=True)}
    return ", ".join(sorted(names))
