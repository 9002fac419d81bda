"""In which region a report is counted: in that of the body that it is about, so that a region holds its bodies whole."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from adaldyq.kernel import naming
from adaldyq.kernel.models import Body

NATIONAL = "national"


def region_by_body(bodies: Collection[str] | None = None) -> Mapping[str, str]:
    """The region that each body serves; a body of the whole country has none.

    Args:
        bodies: which ones; all when it is not said.
    """
    regions = naming.region_by_territory()
    found = Body.objects.exclude(level=NATIONAL).values_list("pk", "territory_id")
    wanted = found if bodies is None else found.filter(pk__in=bodies)
    return {body: regions[territory] for body, territory in wanted if territory in regions}
