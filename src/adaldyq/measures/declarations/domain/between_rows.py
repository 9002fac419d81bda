"""Says what is wrong between the rows of a section, each of which may be right by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from adaldyq.base.errors import DomainError
from adaldyq.measures.declarations.domain.checks import WHOLE_SHARE


def spouses(rows: Iterable[tuple[str, Mapping[str, object]]]) -> set[str]:
    """Rows of the family that name a husband or wife when there are several, by their ids; nobody has two at once.

    Args:
        rows: of the family, each with its id.
    """
    found = [key for key, values in rows if values.get("relation") == "spouse"]
    return set(found) if len(found) > 1 else set()


def wrong_together(section: str, rows: Iterable[tuple[str, Mapping[str, object]]]) -> dict[str, DomainError]:
    """What is wrong between the rows of a section, by the id of each row that it is said of."""
    listed = list(rows)
    if section == "family":
        return {key: DomainError("declared-two-spouses", field="relation") for key in spouses(listed)}
    return {key: DomainError("declared-shares-over-whole", field="share") for key in shares_over_whole(listed)}


def shares_over_whole(rows: Iterable[tuple[str, Mapping[str, object]]]) -> set[str]:
    """Rows of one thing whose shares add up to more than the whole, by their ids.

    Args:
        rows: of one section, each with its id.
    """
    shares: dict[object, list[tuple[str, Decimal]]] = defaultdict(list)
    for key, values in rows:
        share, number = values.get("share"), values.get("object_number")
        if number and isinstance(share, Decimal) and values.get("basis") in {"ownership", "joint ownership"}:
            shares[number].append((key, share))
    over = (listed for listed in shares.values() if sum(share for _key, share in listed) > WHOLE_SHARE)
    return {key for listed in over for key, _share in listed}
