"""Scopes: what a token of an institution opens in the API."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.roles import Registry


class Scope(StrEnum):
    """One thing that a token may be good for; the access matrix names the scope of each operation."""

    PEOPLE_READ = "people:read"
    FAMILIES_READ = "families:read"
    APPOINTMENTS_READ = "appointments:read"
    LAND_READ = "land:read"
    VEHICLES_READ = "vehicles:read"
    RECEIPTS_READ = "receipts:read"
    REVIEWS_READ = "reviews:read"
    PEOPLE_WRITE = "people:write"
    FAMILIES_WRITE = "families:write"
    APPOINTMENTS_WRITE = "appointments:write"
    COMPANIES_WRITE = "companies:write"
    LAND_WRITE = "land:write"
    VEHICLES_WRITE = "vehicles:write"
    DECLARATIONS_WRITE = "declarations:write"

    @property
    def writes(self) -> bool:
        """Whether it opens operations that record something."""
        return self in KEPT


KEPT: Mapping[Scope, Registry] = {
    Scope.PEOPLE_WRITE: Registry.CIVIL_STATUS,
    Scope.FAMILIES_WRITE: Registry.CIVIL_STATUS,
    Scope.APPOINTMENTS_WRITE: Registry.CIVIL_SERVICE,
    Scope.COMPANIES_WRITE: Registry.COMPANIES,
    Scope.LAND_WRITE: Registry.LAND,
    Scope.VEHICLES_WRITE: Registry.VEHICLES,
    Scope.DECLARATIONS_WRITE: Registry.DECLARATIONS,
}
"""The registry that a token with a scope keeps, as a registrar bound to it does."""
OF_OWN_BODIES = frozenset({Scope.APPOINTMENTS_WRITE, Scope.DECLARATIONS_WRITE})
"""Scopes that reach the institution's own body and those below it only."""

TITLES: Mapping[Scope, object] = {
    Scope.PEOPLE_READ: _("Read the register of people: names, numbers, residence"),
    Scope.FAMILIES_READ: _("Read the register of families"),
    Scope.APPOINTMENTS_READ: _("Read who held a post on a day"),
    Scope.LAND_READ: _("Read rights to land and buildings, by object and by owner"),
    Scope.VEHICLES_READ: _("Read rights to vehicles, by object and by owner"),
    Scope.RECEIPTS_READ: _("Fetch the whole receipts of its own acts"),
    Scope.REVIEWS_READ: _("Read reviews of declarations, but of those who work in its own body and below it"),
    Scope.PEOPLE_WRITE: _("Record births, names, numbers and moves"),
    Scope.FAMILIES_WRITE: _("Record family ties and their end"),
    Scope.APPOINTMENTS_WRITE: _("Record appointments and dismissals in its own body and those below it"),
    Scope.COMPANIES_WRITE: _("Record companies, their owners and their end"),
    Scope.LAND_WRITE: _("Record rights to land and buildings, their transfer and their end"),
    Scope.VEHICLES_WRITE: _("Record vehicles, their transfer and their end"),
    Scope.DECLARATIONS_WRITE: _(
        "File declarations of those who work in its own body and those below it and have let its payroll"
    ),
}


def written(scopes: Iterable[Scope]) -> str:
    """Scopes as one text, as OAuth writes them: with spaces between, each once."""
    return " ".join(sorted(set(scopes)))


def read(text: str) -> frozenset[Scope]:
    """Scopes of a text; a word that is no scope, such as one of a later version, opens nothing."""
    known = {one.value for one in Scope}
    return frozenset(Scope(one) for one in text.split() if one in known)
