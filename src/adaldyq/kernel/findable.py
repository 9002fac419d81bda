"""How records of the public base registries are found: bodies and companies, by the names they have now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from adaldyq.kernel import naming
from adaldyq.kernel.models import Body, Company
from adaldyq.kernel.search import Findable, put

BODY, COMPANY = "body", "company"


def refresh(records: Iterable[models.Model]) -> None:
    """Let the search find records as they are now; those of registries that are not public are left alone.

    Called by acts that write bodies or companies, in their transaction.
    """
    things = [thing for record in records if (thing := findable(record))]
    if things:
        put(things)


def findable(record: models.Model) -> Findable | None:
    """A record as the search knows it."""
    if isinstance(record, Body):
        names = {naming.pack().languages[0]: record.name, **record.names}
        return Findable(BODY, record.pk, names, place(record.territory_id), [record.identifier])
    if isinstance(record, Company):
        names = {naming.pack().languages[0]: record.name}
        return Findable(COMPANY, record.pk, names, place(record.territory_id), [record.identifier])
    return None


def place(territory: str | None) -> dict[str, str]:
    """The names of a territory by language."""
    return dict(naming.territory_names().get(territory or "", {}))
