"""A declaration that husband and wife file together, as each of the two files it."""

from __future__ import annotations

from collections.abc import Mapping

OTHER_SIDE: Mapping[str, str] = {"declarant": "spouse", "spouse": "declarant"}
FAMILY = "family"
SHARED = frozenset({"child"})
"""Relations that both have; parents, brothers and sisters of the one are not those of the other."""

Values = Mapping[str, object]


def of_spouse(section: str, values: Values, first: Values) -> Values | None:
    """A row as the husband or wife declares it; none for a relative that is not theirs.

    Args:
        values: of the row, as the one who asked declares it.
        first: the row of the family that names whoever asked.
    """
    if section == FAMILY:
        if values.get("relation") == "spouse":
            return first
        return values if values.get("relation") in SHARED else None
    owner = str(values.get("owner") or "")
    return {**values, "owner": OTHER_SIDE.get(owner, owner)}
