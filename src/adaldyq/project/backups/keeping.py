"""Removes backups that are no longer kept."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

from adaldyq.kernel.deadlines.days import kept_since
from adaldyq.kernel.naming import pack
from adaldyq.project.backups.taking import UNFINISHED, stem

KIND = "backup"
"""What country packs call the term of keeping."""
ABANDONED_AFTER = timedelta(days=1)
MOMENT = "%Y%m%dT%H%M%SZ"
REST = re.compile(r"(\d{8}T\d{6}Z)\.tar(?:\.age)?")


def backups_in(folder: Path) -> list[tuple[datetime, Path]]:
    """Backups of this country that lie in a folder under the names given here, the newest first."""
    begin = stem(pack().code)
    named = ((REST.fullmatch(file.name.removeprefix(begin)), file) for file in folder.glob(f"{begin}*"))
    return sorted(
        ((datetime.strptime(name[1], MOMENT).replace(tzinfo=UTC), file) for name, file in named if name), reverse=True
    )


def keep_newest(folder: Path, count: int, *, at: datetime) -> list[Path]:
    """Remove all but the newest backups, and those past the country's term; return what was removed.

    What was erased from the register lives on in old backups, so the law sets them a term. The newest stays always.

    Args:
        count: how many stay, at least one.
    """
    since = kept_since(at, KIND)
    gone = [file for rank, (made, file) in enumerate(backups_in(folder)) if rank and (rank >= count or made < since)]
    for file in [*gone, *half_written(folder, before=at - ABANDONED_AFTER)]:
        file.unlink()
    return gone


def half_written(folder: Path, *, before: datetime) -> list[Path]:
    """What backups left that were killed before they were whole."""
    found = folder.glob(f".{stem(pack().code)}*{UNFINISHED}")
    return [file for file in found if file.stat().st_mtime < before.timestamp()]
