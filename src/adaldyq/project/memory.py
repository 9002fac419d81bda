"""Keeps what a process has in memory off the disk.

A text that comes without a script is in memory for a moment, and Python does not overwrite what it lets go. So no core is
dumped, no other program of the account reads the memory, and what may be locked is never written to swap.
"""

from __future__ import annotations

import ctypes
import resource
import sys

SET_DUMPABLE = 4
ALL_THAT_IS, ALL_THAT_COMES, WHEN_TOUCHED = 1, 2, 4
"""Of prctl(2) and mlockall(2); the C library has them for programs in C only."""


def keep_off_disk() -> None:
    """Let nothing of this process's memory be written to a disk, as far as the system lets it.

    Memory is locked only where there is no limit to it (`LimitMEMLOCK=infinity`): under a limit, any later request for
    memory could fail.
    """
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform != "linux":
        return
    system = ctypes.CDLL(None)
    system.prctl(SET_DUMPABLE, 0, 0, 0, 0)
    if resource.getrlimit(resource.RLIMIT_MEMLOCK)[0] == resource.RLIM_INFINITY:
        system.mlockall(ALL_THAT_IS | ALL_THAT_COMES | WHEN_TOUCHED)
