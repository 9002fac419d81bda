"""What processes that others start, and end, have in common."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


def end_with(parent: int) -> None:
    """End this process when its parent has gone, however it went."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def when_told_to_end(end: Callable[[int, FrameType | None], object], *numbers: signal.Signals) -> None:
    """Call `end` on these signals, but not on one that whoever started this process wants ignored.

    `nohup` has a program ignore that its terminal is closed, a shell has one in the background ignore Ctrl-C.
    """
    for number in numbers:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, end)


@contextmanager
def undisturbed(*numbers: signal.Signals) -> Iterator[None]:
    """Let what is told by these signals wait until the body is done.

    Ctrl-C between the start of a process and its being known would leave one behind that nobody ends.
    """
    handlers = {number: signal.getsignal(number) for number in numbers}
    came: list[int] = []
    for number, handler in handlers.items():
        if callable(handler):
            signal.signal(number, lambda told, _frame: came.append(told))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            if callable(handler):
                signal.signal(number, handler)
        if came:
            os.kill(os.getpid(), came[0])
