"""Which bodies a role reaches: the same ones in lists as `Held.holds` lets it decide about one by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from adaldyq.kernel.models import Body, Held, Territory


def bodies_within(places: Iterable[Held]) -> set[str] | None:
    """Bodies that roles reach: those they are bound to with all below them, and those that serve their territories.

    A territory is served by whatever serves a part of it, so that a region's keeper sees its districts.

    Returns:
        Ids; None stands for every body, when a role is bound to nothing.
    """
    bodies, territories = set[str](), set[str]()
    for one in places:
        if not one.body_id and not one.territory_id:
            return None
        bodies |= {one.body_id} - {""}
        territories |= {one.territory_id} - {""}
    served = Body.objects.filter(territory_id__in=with_lower(territories, Territory)) if territories else ()
    return with_lower(bodies) | {one.pk for one in served}


def with_lower(roots: Collection[str], kind: type[Body | Territory] = Body) -> set[str]:
    """Bodies, or territories, and all that are below them."""
    found, level = set(roots), set(roots)
    while level:
        level = set(kind._default_manager.filter(parent_id__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found
