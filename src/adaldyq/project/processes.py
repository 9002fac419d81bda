"""What processes that others start have in common."""

from __future__ import annotations

import os
import signal
import time


def end_with(parent: int) -> None:
    """End this process when its parent has gone, however it went."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
