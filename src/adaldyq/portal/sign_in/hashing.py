"""Hashes passwords beside everything else: a hash takes as long as a dozen pages, and none of them may wait for it."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import cache

from django.contrib.auth.hashers import ScryptPasswordHasher

YIELDING = 5
"""How far the thread that hashes stands back behind those that answer pages, of 19 (setpriority(2)).

Where all processors are busy with pages it still gets a quarter of one, enough for one or two sign-ins a second.
"""


class YieldingScrypt(ScryptPasswordHasher):
    """Scrypt as Django has it, one hash at a time in a process, by a thread that yields to the others.

    While it hashes it holds none of Python's locks, so that nobody waits for a thread which is not given its turn.
    """

    def encode(self, password: str, salt: str, n: int | None = None, r: int | None = None, p: int | None = None) -> str:
        """The hash of a password with its salt and what it was made with."""
        encode = super().encode
        return hashing().submit(lambda: encode(password, salt, n, r, p)).result()


@cache
def hashing() -> ThreadPoolExecutor:
    """The thread; made when it is first needed, which is in the process that uses it."""
    return ThreadPoolExecutor(1, "hash", initializer=stand_back)


def stand_back() -> None:
    """Let this thread wait for the others, where the system knows of threads (on Linux)."""
    own = threading.get_native_id()
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, own, max(YIELDING, os.getpriority(os.PRIO_PROCESS, own)))
