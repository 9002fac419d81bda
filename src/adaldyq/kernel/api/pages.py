"""Pages of long lists: `limit` and `offset`, with the total, and the neighbouring pages in a Link header (RFC 8288)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Field, Schema

Item = TypeVar("Item")

MOST_AT_ONCE = 200
FARTHEST = 10_000_000


class Slice(Schema):
    """Which part of a list is asked for."""

    limit: int = Field(50, ge=1, le=MOST_AT_ONCE, description="How many at once.")
    offset: int = Field(0, ge=0, le=FARTHEST, description="How many to leave out before.")


class Page(Schema, Generic[Item]):
    """A part of a list."""

    total: int = Field(description="How many there are in all.")
    limit: int
    offset: int
    items: list[Item]


def page_of(
    request: HttpRequest, response: HttpResponse, part: Slice, total: int, items: Sequence[Any], *, more: bool = False
) -> dict[str, Any]:
    """A part of a list as an answer; its neighbours go into the Link header of `response`.

    Args:
        more: whether there are more than `total`, which nobody counted; the last part is then not known.
    """
    starts = {"first": 0}
    if part.offset > 0:
        starts["prev"] = max(0, part.offset - part.limit)
    if part.offset + part.limit < total or (more and len(items) == part.limit):
        starts["next"] = part.offset + part.limit
    if not more:
        starts["last"] = max(0, (total - 1) // part.limit * part.limit)
    response["Link"] = ", ".join(f'<{address(request, start)}>; rel="{rel}"' for rel, start in starts.items())
    response["X-Total-Count"] = str(total)
    return {"total": total, "limit": part.limit, "offset": part.offset, "items": list(items)}


def address(request: HttpRequest, offset: int) -> str:
    """The same request from another place of the list."""
    query = request.GET.copy()
    query["offset"] = str(offset)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
