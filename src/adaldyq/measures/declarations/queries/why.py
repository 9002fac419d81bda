"""Why a person must file, more closely than an obligation that a source states: by what they own, head or bought."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from adaldyq.kernel import naming
from adaldyq.kernel.models import Company, Ownership
from adaldyq.kernel.periods import not_ended_before
from adaldyq.measures.declarations.domain.obligations import OTHER, REASONS, reason_of
from adaldyq.measures.declarations.models import FormerObligation, Obligation
from adaldyq.measures.declarations.queries import words
from adaldyq.measures.declarations.queries.grounds import OWNER, Span, circumstances_of


def reason(one: Obligation | FormerObligation, on: date) -> str:
    """Why an obligation is, in words; of one that only says `other`, what the registers tell of the person for its year.

    Args:
        on: the day by whose law it is looked at.
    """
    if one.reason != OTHER:
        return words.reason(one.reason)
    pack = naming.pack()
    phase = next((each for each in pack.phases if each.group == OTHER), None)
    if phase is None or phase.released(one.year, on) is None:
        return words.reason(REASONS[OTHER, False])
    found = circumstances_of(Span(people=(one.person_id,)), one.year, pack).get(one.person_id, set())
    return words.reason(reason_of(OTHER, phase.held_by(one.year, found, on), as_spouse=False))


def companies(one: Obligation | FormerObligation) -> str:
    """Names of the companies that bring an obligation: headed or owned directly on the last day of its year."""
    if one.reason != REASONS[OWNER, False]:
        return ""
    day = date(one.year, 12, 31)
    headed = Company.objects.filter(Q(registered_date__isnull=True) | Q(registered_date__lte=day), head=one.person_id)
    headed = headed.filter(Q(closed_date__isnull=True) | Q(closed_date__gte=day))
    owned = Ownership.objects.filter(not_ended_before(day), owner_person=one.person_id, kind="direct")
    owned = owned.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day))
    names = {*headed.values_list("name", flat=True), *owned.values_list("company__name", flat=True)}
    return ", ".join(sorted(names))
