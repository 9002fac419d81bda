"""Room on the disk for the figures that processes of the server share.

prometheus-client keeps them in files that it maps into memory and lets grow without taking room for them. A disk that is
full then ends the process at the next new figure (SIGBUS), and every one that takes its place: the pages are away because
of a count. So the room is taken before, and where there is none the process counts for itself.
"""

from __future__ import annotations

import os
from pathlib import Path

from adaldyq.portal.operations import SHARED_FIGURES

ROOM = 2_000_000
"""Bytes of a kind of figures: some 3 kB for each address, of which there are hundreds."""
KINDS = ("counter", "histogram")


def take_room() -> None:
    """Take the room for the figures of this process, before prometheus-client is imported."""
    folder = os.environ.get(SHARED_FIGURES)
    if folder is None:
        return
    files = [Path(folder) / f"{kind}_{os.getpid()}.db" for kind in KINDS]
    try:
        for file in files:
            with file.open("wb") as opened:
                os.posix_fallocate(opened.fileno(), 0, ROOM)
    except OSError:
        for file in files:
            file.unlink(missing_ok=True)
        del os.environ[SHARED_FIGURES]
