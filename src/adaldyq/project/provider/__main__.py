"""Serves the test provider; `adaldyq provider` starts it with the environment that it needs."""

from __future__ import annotations

import os
import threading

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

THREADS = 4


def main() -> None:
    """Serve until told to end, or until the process that started this is gone."""
    from adaldyq.project.processes import end_with  # noqa: PLC0415  # nothing of ours before the settings are chosen

    if parent := os.environ.get("ADALDYQ_PROVIDER_PARENT"):
        threading.Thread(target=end_with, args=(int(parent),), daemon=True).start()
    Granian(
        "adaldyq.project.provider.wsgi:application",
        address=os.environ["ADALDYQ_PROVIDER_HOST"],
        port=int(os.environ["ADALDYQ_PROVIDER_PORT"]),
        interface=Interfaces.WSGI,
        workers=1,  # one, since it sends its webhooks from a thread beside
        blocking_threads=THREADS,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,  # one that was told to end before it could listen would be waited for for ever
    ).serve()


if __name__ == "__main__":
    main()
