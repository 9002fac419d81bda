"""What of the base registries is in the open snapshot: state bodies, their posts, territories, rates. No people."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Model

from adaldyq.kernel.models import Body, Post, Territory
from adaldyq.kernel.open_tables import OpenTables, Rows
from adaldyq.kernel.tables import pack_exchange_rates, pack_index_values

MODELS: dict[str, tuple[type[Model], tuple[str, ...]]] = {
    "body": (Body, Body.Privacy.public),
    "post": (Post, Post.Privacy.public),
    "territory": (Territory, Territory.Privacy.public),
}


def rows() -> Iterator[tuple[str, Rows]]:
    """Records that name nobody."""
    for name, (model, public) in MODELS.items():
        yield name, list(model._default_manager.order_by("pk").values(*public))
    yield "exchange_rate", list(pack_exchange_rates())
    yield "index_value", list(pack_index_values())


OPEN_TABLES = OpenTables((*MODELS, "exchange_rate", "index_value"), rows)
