"""The condition that a column is one of many texts, given to the database as one value.

`key__in=[…]` makes a statement of as many places as there are values, which the driver then fills one by one, and which
is another statement for each number of them. `key__any_of=[…]` is always the same one.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.db.models import Field, ForeignObject
from django.db.models.lookups import Lookup


def as_one(texts: Collection[str], vendor: str) -> object:
    """Texts as the one value that a kind of database takes them in."""
    return array_of(texts) if vendor == "postgresql" else json.dumps(list(texts))


def array_of(texts: Collection[str]) -> str:
    """Texts as PostgreSQL writes an array of them, which it reads as one of the kind of the column beside it.

    The driver would quote each of them twice.
    """
    joined = '","'.join(one.replace("\\", "\\\\").replace('"', '\\"') for one in texts)
    return f'{{"{joined}"}}' if texts else "{}"


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(Lookup):
    """Whether a column of texts is one of a list."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """The condition, as the kind of database has it."""
        column, values = self.process_lhs(compiler, connection)
        listed = "= ANY(%s)" if connection.vendor == "postgresql" else "IN (SELECT value FROM json_each(%s))"
        return f"{column} {listed}", (*values, as_one(self.rhs, connection.vendor))
