"""`adaldyq serve` and `adaldyq worker`: the processes that serve people.

They start often, and read in nothing of what `adaldyq run` needs to make and verify a country.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
from functools import partial

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from adaldyq.base.passing import new_secret
from adaldyq.kernel import logs
from adaldyq.kernel import worker as background
from adaldyq.ledger.guard import Guard
from adaldyq.portal.operations import SHARED_FIGURES
from adaldyq.project.assets import collect_when_changed
from adaldyq.project.processes import end_with, when_told_to_end
from adaldyq.project.serving import opened

SECONDS_TO_END = 10.0
WORKERS, THREADS = 2, 2
TOGETHER = 16
"""Connections to PostgreSQL that those who file lend each other, in all processes: enough to prepare what the desk then files."""


@click.command(
    help=_(
        "Work in the background until Ctrl-C: deliver events, let deadlines fall, send messages, sign the ledger. "
        "`adaldyq run` starts one by itself. Several on one database share the work."
    )
)
@click.option("--with-parent", is_flag=True, hidden=True)
def worker(*, with_parent: bool) -> None:
    """Be a worker until told to stop."""
    logs.speak()
    stop = threading.Event()
    when_told_to_end(lambda *_: stop.set(), signal.SIGTERM, signal.SIGINT)
    parent = os.getppid() if with_parent else None
    background.run(stop=stop, clock=timezone.now, guard=Guard.of_settings(), parent=parent)


@click.command(
    help=_(
        "Serve the pages only, until told to end. `adaldyq run` starts this by itself; on a server a supervisor does.\n\n"
        "The database must have been prepared with `adaldyq migrate`, and a worker must run somewhere."
    )
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to serve on."))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("Port to serve on."))
@click.option(
    "--workers", default=WORKERS, show_default=True, type=click.IntRange(1, 256), help=_("Processes that answer.")
)
@click.option(
    "--threads",
    default=THREADS,
    show_default=True,
    type=click.IntRange(1, 64),
    help=_("Requests that each of them answers at once."),
)
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages until told to end, or until the process that started this is gone."""
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    collect_when_changed()
    figures, turns = tempfile.mkdtemp(prefix="adaldyq-figures-"), tempfile.mkdtemp(prefix="adaldyq-turns-")
    together, os.environ[SHARED_FIGURES] = max(1, TOGETHER // workers), figures
    loader = partial(opened, os.getpid(), threads, together, turns, new_secret())
    try:
        Granian(
            "adaldyq.project.serving:opened",
            address=host,
            port=port,
            interface=Interfaces.RSGI,
            workers=workers,
            respawn_failed_workers=True,
            workers_kill_timeout=int(SECONDS_TO_END) // 2,
            log_level=LogLevels.warning,
        ).serve(target_loader=loader, wrap_loader=False)
    finally:
        shutil.rmtree(figures, ignore_errors=True)
        shutil.rmtree(turns, ignore_errors=True)
