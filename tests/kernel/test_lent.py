"""Connections that threads lend each other: whoever waits holds none, and the next uses the same."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import DEFAULT_DB_ALIAS, connection, connections

from adaldyq.kernel.lent import Lent

SECONDS = 30


@pytest.mark.django_db(transaction=True)
def test_many_wait_for_each_other_with_one_connection_among_them() -> None:
    lent, people = Lent(1), 5
    all_there, used = Barrier(people), []

    def ask() -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        used.append(connections[DEFAULT_DB_ALIAS])
        return id(connection.connection)

    def come(_number: int) -> set[int]:
        with lent.borrowed():
            before = ask()
            with lent.set_down():
                all_there.wait(SECONDS)  # would break if the first held what the second needs
            return {before, ask()}

    with ThreadPoolExecutor(people) as threads:
        found = set().union(*threads.map(come, range(people)))
    used[0].close()
    assert (len(used), len(found), len({id(one) for one in used})) == (2 * people, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_a_connection_goes_on_to_the_next_whatever_happens_to_whoever_holds_it() -> None:
    lent = Lent(1)

    def fail() -> None:
        with lent.borrowed(), lent.set_down():
            raise RuntimeError

    with ThreadPoolExecutor(1) as thread:
        for _one in range(2):
            with pytest.raises(RuntimeError):
                thread.submit(fail).result(SECONDS)
    assert lent.free.qsize() == 1
