"""What must be true of a key that was sealed to its readers, as far as one can see who does not open it."""

from __future__ import annotations

from collections.abc import Sequence

from adaldyq.base.errors import DomainError
from adaldyq.measures.reports.adapters.rewraps import Wrapped, name_of
from adaldyq.sealing import envelopes


def check_places(wrapped: bytes, *, field: str) -> None:
    """Refuse a wrap that was cut off, or whose places are not filled up as ours are.

    Raises:
        DomainError: `envelope-damaged`.
    """
    places = envelopes.recipients_of(wrapped)
    filled = places and not places % envelopes.SLOTS and places <= envelopes.MOST_RECIPIENTS
    if not filled or not envelopes.is_whole(wrapped):
        raise DomainError("envelope-damaged", field=field)


def check_readers(wrap: Wrapped, readers: Sequence[str], current: bytes) -> None:
    """Refuse a wrap that an officer made for others than those who shall read, or of another key than is sealed now.

    Which key a wrap holds is not seen here: one made before a reporter named somebody holds a key that opens nothing
    added since, and would destroy the one that does.

    Args:
        readers: public keys, in their order.
        current: the wrap whose place it takes.

    Raises:
        DomainError: `nobody-to-seal-to`; `rewrap-keys-changed`; `envelope-damaged` for what is no wrap.
    """
    if not readers:
        raise DomainError("nobody-to-seal-to", field="file")
    if wrap.of != name_of(current) or sorted(wrap.recipients) != list(readers):
        raise DomainError("rewrap-keys-changed", field="file")
    check_places(wrap.wrapped, field="file")
