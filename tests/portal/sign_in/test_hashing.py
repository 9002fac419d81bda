"""A password is hashed as Django hashes it, by a thread that stands back behind those that answer pages."""

from __future__ import annotations

import os
import threading

from django.contrib.auth.hashers import ScryptPasswordHasher

from adaldyq.portal.sign_in.hashing import YIELDING, YieldingScrypt, hashing

CHEAP = {"n": 16, "r": 1, "p": 1}


def test_what_one_has_hashed_the_other_knows() -> None:
    ours, theirs = YieldingScrypt(), ScryptPasswordHasher()
    kept = ours.encode("құпия сөз", "saltsaltsalt", **CHEAP)
    assert kept == theirs.encode("құпия сөз", "saltsaltsalt", **CHEAP)
    assert theirs.verify("құпия сөз", kept)
    assert ours.verify("құпия сөз", kept)
    assert not ours.verify("басқа сөз", kept)


def test_the_thread_that_hashes_yields_and_the_others_do_not() -> None:
    def priority() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    before = priority()
    assert hashing().submit(priority).result() == max(before, YIELDING)
    assert priority() == before
