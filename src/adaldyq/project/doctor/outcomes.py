"""What a check found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.utils.translation import ngettext

from adaldyq.project.env import LOCAL_HOSTS

SHORT, LONG = timedelta(minutes=1), timedelta(minutes=10)
"""From when on something that waits deserves a look, and from when on it is bad."""


class Level(StrEnum):
    """How it stands."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one check found.

    Attributes:
        check: its stable name, for programs.
        says: a sentence in the language in force.
        remedy: what to do; empty when all is well.
    """

    check: str
    level: Level
    says: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Under which conditions it is judged.

    Attributes:
        at: now.
        least_free: bytes that must be free on each disk.
    """

    at: datetime
    least_free: int


Check = Callable[[Conditions], Iterator[Outcome]]


def good(check: str, says: str) -> Outcome:
    """All is well."""
    return Outcome(check, Level.GOOD, says)


def look(check: str, says: str, remedy: str) -> Outcome:
    """Somebody should look at it; nothing is broken."""
    return Outcome(check, Level.LOOK, says, remedy)


def bad(check: str, says: str, remedy: str) -> Outcome:
    """It must be mended."""
    return Outcome(check, Level.BAD, says, remedy)


def bad_when(serious: bool, check: str, says: str, remedy: str) -> Outcome:
    """Bad, or only worth a look."""
    return bad(check, says, remedy) if serious else look(check, says, remedy)


def in_production() -> bool:
    """Whether others than whoever sits at this machine are served."""
    return bool(settings.SECURE_SSL_REDIRECT) or bool(set(settings.ALLOWED_HOSTS) - set(LOCAL_HOSTS))


def lasted(span: timedelta) -> str:
    """A span in words, in its largest unit."""
    seconds = max(int(span.total_seconds()), 0)
    days, hours, minutes = (seconds // size for size in (86_400, 3_600, 60))
    if days > 1:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if hours > 1:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if minutes > 1:
        return ngettext("%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}
    return ngettext("%(count)s second", "%(count)s seconds", seconds) % {"count": seconds}
