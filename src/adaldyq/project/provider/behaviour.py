"""How the test provider behaves: what it does to webhooks and payments, so that one sees the other side hold."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields

SHARES = ("lose", "duplicate", "reorder", "decline", "dispute")
LONGEST_DELAY = 600.0
SECONDS_APART = 5.0
"""Within how many seconds a doubled webhook comes again, and one that is overtaken comes late."""


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How it behaves.

    Attributes:
        delay: seconds after which a webhook is sent.
        lose, duplicate, reorder: shares of webhooks that are never sent, sent twice, or overtaken by later ones.
        decline, dispute: shares of payments that are declined whatever card is used, or disputed after they succeeded.
    """

    delay: float = 0.0
    lose: float = 0.0
    duplicate: float = 0.0
    reorder: float = 0.0
    decline: float = 0.0
    dispute: float = 0.0

    @classmethod
    def of(cls, given: object) -> Behaviour:
        """The behaviour that numbers by name make; what is not named is 0.

        Raises:
            ValueError: a name is unknown or a number cannot be.
        """
        if not isinstance(given, dict):
            raise ValueError("not an object")  # noqa: TRY004  # callers take one kind
        known = {field.name for field in fields(cls)}
        if unknown := set(given) - known:
            raise ValueError(f"unknown: {', '.join(sorted(map(str, unknown)))}")
        numbers = {name: float(value) for name, value in given.items()}
        found = cls(**numbers)
        if not 0 <= found.delay <= LONGEST_DELAY or not all(0 <= getattr(found, name) <= 1 for name in SHARES):
            raise ValueError("a share lies between 0 and 1, a delay between 0 and 600 seconds")
        return found

    def facts(self) -> dict[str, float]:
        """Its numbers by name."""
        return asdict(self)

    def sendings(self, chance: random.Random) -> Sequence[float]:
        """After how many seconds a webhook is sent, each time that it is; never when it is lost."""
        if chance.random() < self.lose:
            return ()
        late = chance.uniform(0.5, SECONDS_APART) if chance.random() < self.reorder else 0.0
        again = [chance.uniform(0.0, SECONDS_APART)] if chance.random() < self.duplicate else []
        return tuple(self.delay + late + more for more in (0.0, *again))
