"""Telling in the ledger which keys and scripts are official, so that anybody can hold what they were given against it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from adaldyq.base.errors import Conflict
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import Recorded, act
from adaldyq.measures.reports.queries.publication import PUBLISH, Official, in_use, published


def told(made: Official) -> Recorded:
    """The ledger line: all keys in use and the digests of the scripts. Nobody's name or account stands in it."""
    return Recorded([made.facts()], {})


@act(PUBLISH, records=told)
def publish_official(*, kits: Mapping[str, str], by: Actor, at: datetime) -> Official:
    """Put into the ledger which keys, scripts and forms as files are official.

    Args:
        kits: SHA-256 of the form as a file, by language.

    Raises:
        NotAllowed: `by` is a person.
        Conflict: the newest line says the same.
    """
    require(by.system, PUBLISH)
    made = in_use(naming.pack().day_of(at), kits)
    before = published()
    if before is not None and before.facts() == made.facts():
        raise Conflict(PUBLISH, "published")
    return made
