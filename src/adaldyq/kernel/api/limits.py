"""How many requests a client may send in a minute, counted over all processes of all servers.

Where the database is PostgreSQL, which several servers may share, a request costs one statement on a table that
PostgreSQL keeps out of its log. SQLite serves one machine only, and there a request adds one byte to a file of its
client and minute, whose length is the count: appending is atomic, and no long transaction holds up a reader.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from adaldyq.kernel.api.counted_files import counted_in_file
from adaldyq.kernel.models import RequestCount

SECONDS = 60
FOLDER = "limits"
COUNT = """
INSERT INTO kernel_requestcount (client, minute, used) VALUES (%s, %s, 1)
ON CONFLICT (client) DO UPDATE SET
    used = CASE WHEN kernel_requestcount.minute = excluded.minute THEN kernel_requestcount.used + 1 ELSE 1 END,
    minute = excluded.minute
RETURNING used
"""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left to a client.

    Attributes:
        limit: requests a minute.
        left: of them, in this minute; below zero when it asked too often.
        seconds: until the next minute.
    """

    limit: int
    left: int
    seconds: int

    def headers(self) -> dict[str, str]:
        """The same as headers of an answer."""
        known = {
            "RateLimit-Limit": str(self.limit),
            "RateLimit-Remaining": str(max(0, self.left)),
            "RateLimit-Reset": str(self.seconds),
        }
        return known | ({"Retry-After": str(self.seconds)} if self.left < 0 else {})


def count(client: str, *, limit: int, at: datetime) -> Allowance:
    """Count a request.

    Args:
        client: whose request it is; kept only as a hash.
        limit: requests that it may send in a minute.
        at: now.
    """
    minute = int(at.timestamp()) // SECONDS
    name = hashlib.sha256(client.encode()).hexdigest()[:32]
    if connection.vendor == "postgresql":
        used = counted_in_database(name, minute)
    else:
        used = counted_in_file(Path(settings.DATA_DIR) / FOLDER, name, minute)
    return Allowance(limit, limit - used, SECONDS - int(at.timestamp()) % SECONDS)


def counted_in_database(name: str, minute: int) -> int:
    """Count a request in the database, and return how many its minute has had."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [name, minute])
        used: int = cursor.fetchone()[0]
    return used


def forget_counts(*, at: datetime) -> int:
    """Remove from the database the counts of earlier minutes."""
    return RequestCount.objects.filter(minute__lt=int(at.timestamp()) // SECONDS - 1).delete()[0]
