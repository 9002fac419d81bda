"""What the public is told of a count: at least so many, in fives. The one door through which a count becomes public.

The rule. Of a set of reports a coin is thrown until it shows heads; one is taken off the count for each tails, and what is
left is rounded down to a multiple of the base. Of less than the base nothing is told. The throws hang on the set and the table: the
same reports have the same number in every edition, file and answer, so that asking again averages nothing away, and one report
more throws anew. Another table throws its own: else a region whose numbers are no longer those of its only body would tell
for certain that something else was reported there.

Why nothing follows from it. All that is published, of every edition, are statements of one kind: "this set holds at least n
reports". Sets lie in each other, are parts of others, are those of another table, of a point of a curve, or of an edition
before; it does not matter, because a statement of this kind stays true when reports are added, and the coin may fall so that it
is published word for word: of x reports n is told when x − n tails fall, or up to base − 1 fewer (a coin is thrown 256 times at most). So beside every register
that fits all that was ever published stand those with one more report wherever one likes. Whatever set somebody works towards,
by adding and subtracting whatever is told, may hold one more than it does: no number from 1 to 4 can be pinned, by any number of steps.
Rounding alone does not give that: two fours and a two, told as 10 and as fewer than five each, are known when two such rows
have fewer than five in the first column together.

Sums of money are the same. Of each of some fixed amounts it is told of how many cases at least so much came back, and a sum is
worked out from these counts and from nothing else. So whatever sums are published, one case more, of whatever amount, fits them too.

Statistical offices round to a base: Statistics Canada at random to 5, Statistics New Zealand at random to 3, with the same
result for the same records in later years; the key of a set made from those of its records is that of the Australian Bureau of
Statistics (Thompson, Broadfoot, Elazar, UNECE work session on statistical data confidentiality, 2013). They round to
either side; here it is always down, so that every threshold holds for the truth too: what is told as five is five at least, and who is
told with thirty has thirty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b
from itertools import pairwise

PLACES = 40
"""Binary places of a set that hold how many there are; those above hold the sum of their keys."""
KEY_BYTES, THROWS = 8, 256
LEVELS = tuple(Decimal(10**power) for power in range(16))
"""Amounts of which it is counted how many are so large or larger: 1, 10, 100 and so on, whatever the
amounts are. More levels would tell more of each sum, and throw more coins by which a case more could be guessed."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells counts. A set of reports is a number: of sets that have none in common these numbers add up.

    Attributes:
        secret: of this installation, so that nobody throws the coins again.
        base: the least number that is told, and that of which others are multiples.
    """

    secret: bytes
    base: int

    def alone(self, name: str) -> int:
        """The set that holds one thing only."""
        key = int.from_bytes(blake2b(name.encode(), key=self.secret, digest_size=KEY_BYTES).digest())
        return key << PLACES | 1

    def at_least(self, those: int, table: str) -> int:
        """How many a set is said to hold at least in a table; 0 where nothing is told."""
        return max(0, size(those) - self.tails(those, table)) // self.base * self.base

    def sum_at_least(self, amounts: Mapping[str, Decimal], table: str) -> Decimal | None:
        """How much some things brought together at least; None where nothing is told.

        It is worked out from counts alone: of each level how many brought as much or more, at least. A larger amount above
        the highest level that is told counts as that level, so that the sum never hangs on fewer than are told.

        Args:
            amounts: each by the name of what brought it.
        """
        keys = {name: self.alone(name) for name in amounts}
        told, whole = 0, Decimal(0)
        for lower, level in reversed(list(pairwise((Decimal(0), *LEVELS)))):
            those = sum(keys[name] for name, amount in amounts.items() if amount >= level)
            told = max(told, self.at_least(those, table))
            whole += told * (level - lower)
        return whole or None

    def tails(self, those: int, table: str) -> int:
        """How often the coin of a set in a table shows tails before heads: none in half of all sets, one in a quarter, and so on."""
        keys = (those >> PLACES) % (1 << 8 * KEY_BYTES)
        drawn = int.from_bytes(
            blake2b(keys.to_bytes(KEY_BYTES), key=self.secret, digest_size=THROWS // 8, person=table.encode()).digest()
        )
        return (drawn & -drawn).bit_length() - 1 if drawn else THROWS


def size(those: int) -> int:
    """How many a set holds."""
    return those % (1 << PLACES)
