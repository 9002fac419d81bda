"""A temporary file that holds nothing in the open."""

from __future__ import annotations

import pytest

from adaldyq.project.spools import SealedSpool

CANARY = b"canary-7f3a91 he asked for 500 000 "


def test_what_is_written_is_read_again_and_the_file_shows_nothing_of_it() -> None:
    with SealedSpool() as spool:
        for _piece in range(1000):
            spool.write(CANARY)
        spool.seek(0)
        assert spool.read(10) == CANARY[:10]
        assert spool.read() == (CANARY * 1000)[10:]
        spool.file.seek(0)
        assert CANARY not in spool.file.read()


def test_it_is_read_from_its_beginning_only() -> None:
    with SealedSpool() as spool, pytest.raises(OSError, match="from its beginning"):
        spool.seek(3)
