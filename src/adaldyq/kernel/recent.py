"""What is dear to make and the same for everybody, kept for a minute in the memory of each web process."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar

from django.core.cache import caches

SECONDS = 60
Made = TypeVar("Made")


def recent(key: str, make: Callable[[], Made]) -> Made:
    """What was made under a key within the last minute, else made anew.

    Only for what is public: whoever asks next is given the same.
    """
    name = sha256(key.encode()).hexdigest()
    kept: Made | None = caches["recent"].get(name)
    if kept is None:
        kept = make()
        caches["recent"].set(name, kept, SECONDS)
    return kept


def forget(key: str) -> None:
    """Let what was made under a key be made anew by the next who asks in this process."""
    caches["recent"].delete(sha256(key.encode()).hexdigest())
