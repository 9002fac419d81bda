"""Tells what is away for a while, a database or the room on a disk, from a fault of the program."""

from __future__ import annotations

import errno

from django.db import InterfaceError, OperationalError

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
NOT_PREPARED = ("no such table", "no such column")  # SQLite says of a wrong statement what others say of a lost server


def is_away(error: BaseException | None) -> bool:
    """Whether an error passes by itself once the database is back or the disk has room again."""
    if isinstance(error, InterfaceError):
        return True
    if isinstance(error, OperationalError):
        return not any(words in str(error) for words in NOT_PREPARED)
    return isinstance(error, OSError) and error.errno in NO_ROOM
