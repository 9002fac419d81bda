"""How records of the public base registries are found: bodies and companies, by the names they have now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.kernel.indexing import Searchable
from adaldyq.kernel.models import Body, Company, Merge
from adaldyq.kernel.queries.history import MERGED
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


def searchable(model: type[Body | Company], kind: str, title: object) -> Searchable:
    """A public register, for the rebuild of the search; records that were merged into others are left out."""

    def rows() -> models.QuerySet[Any]:
        gone = Merge.objects.filter(register=kind, state__in=MERGED).values("merged_id")
        return model._default_manager.exclude(pk__in=gone)

    def keys_after(key: str, most: int) -> list[str]:
        return list(rows().filter(pk__gt=key).order_by("pk").values_list("pk", flat=True)[:most])

    def put_again(keys: Sequence[str]) -> None:
        refresh(rows().filter(pk__in=keys))

    return Searchable(kind, title, lambda: rows().count(), keys_after, put_again)


SEARCHABLES = (
    searchable(Body, BODY, _("State bodies")),
    searchable(Company, COMPANY, _("Companies")),
)
