"""`adaldyq run`: starts the processes that serve people, and what must be there before."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.base.locks import held_alone
from adaldyq.demo import load
from adaldyq.demo.lapse_story import tell_lapses
from adaldyq.demo.load import sample
from adaldyq.demo.paying_story import issue_fees, pay, to_be_paid
from adaldyq.demo.review_story import tell_reviews
from adaldyq.demo.sign_ins import PASSWORD
from adaldyq.project import env
from adaldyq.project.assets import collect_when_changed
from adaldyq.project.cli.demo import SEED, load_when_empty
from adaldyq.project.cli.identity import EId, e_id_beside, port_taken
from adaldyq.project.cli.migrating import prepare_database
from adaldyq.project.cli.output import called, console
from adaldyq.project.cli.paying import LocalProvider, provider_beside
from adaldyq.project.cli.serving import SECONDS_TO_END
from adaldyq.project.cli.verifying import show, verify_one
from adaldyq.project.cli.witness import LocalWitness, witness_beside
from adaldyq.project.doctor.outcomes import in_production
from adaldyq.project.idp.certificates import authority_of
from adaldyq.project.processes import undisturbed, when_told_to_end
from adaldyq.project.sign_ins import of_sample_country
from adaldyq.verification.models import COUNTRY, Run

LOCK = "run.lock"
SECONDS_TO_START = 120.0  # an old machine that does other work too


@click.command(
    help=_(
        "Run everything: prepare the database, make and verify the sample country when there is none, then serve "
        "the pages and work in the background until Ctrl-C.\n\n"
        "The second start keeps the data and takes a few seconds."
    )
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to serve on."))
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help=_("Port to serve on."))
@click.option(
    "--people",
    default=20_000,
    show_default=True,
    type=click.IntRange(100, 1_000_000),
    help=_("How many people the sample country has, when it is made."),
)
@click.option("--no-demo", is_flag=True, help=_("Start with empty registers instead of the sample country."))
def run(host: str, port: int, people: int, *, no_demo: bool) -> None:
    """Run everything until Ctrl-C, once in a data folder."""
    with held_alone(settings.DATA_DIR / LOCK, "runs-already"):
        check_port(host, port)
        if not no_demo:
            sample(SEED, people)  # what cannot be loaded is refused before tables are made for it
        prepare_database()
        if not no_demo:
            load_when_empty(people)
        serve_until_ended(host, port, no_demo=no_demo)


def serve_until_ended(host: str, port: int, *, no_demo: bool) -> None:
    """Verify what never was, and run the processes that serve people until one of them or Ctrl-C ends it."""
    if not Run.objects.filter(dataset=COUNTRY).exists():
        show(verify_one(COUNTRY))
    if not no_demo:
        tell_reviews(timezone.now())
        tell_lapses(timezone.now())
        issue_fees(timezone.now())
    collect_when_changed()
    when_told_to_end(interrupted, signal.SIGTERM, signal.SIGHUP)
    e_id = e_id_beside(host, reachable(host), port)
    if e_id and not in_production():
        authority_of(settings.DATA_DIR, at=timezone.now())
    log_file().unlink(missing_ok=True)
    taken = {port, *([e_id.port] if e_id else [])}
    witness = witness_beside(taken)
    provider = provider_beside(taken | ({witness.port} if witness else set()))
    with processes(host, port, e_id, witness, provider) as started:
        wait_until_open(host, port, started)
        if provider and not no_demo:
            threading.Thread(target=pay, args=(address_of(host, port), to_be_paid()), daemon=True).start()
        greet(host, port, e_id, provider)
        wait_for_an_end(started)


@contextmanager
def processes(
    host: str, port: int, e_id: EId | None, witness: LocalWitness | None, provider: LocalProvider | None
) -> Iterator[Sequence[subprocess.Popen[bytes]]]:
    """Start server and worker, e-ID, witness and test provider if there are, and end all when the body ends, however."""
    environment = os.environ | {"ADALDYQ_DATA_DIR": str(settings.DATA_DIR)} | dict(e_id.environment() if e_id else {})
    environment |= {**address_given(host, port), **log_given(), **(witness.environment() if witness else {})}
    environment |= provider.environment() if provider else {}
    ours = (sys.executable, "-m", "adaldyq")
    server = [*ours, "serve", "--host", host, "--port", str(port)]
    helper = [*ours, "worker", "--with-parent"]
    # The witness first: the worker asks it before it signs anything.
    commands = [*([witness.command()] if witness else []), server, helper, *([e_id.command(host)] if e_id else [])]
    commands += [provider.command()] if provider else []
    doors = [witness.door.fileno()] if witness else []
    started: list[subprocess.Popen[bytes]] = []
    try:
        # In a group of their own: Ctrl-C in a terminal must not reach them beside our own request to end.
        with undisturbed(signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            for command in commands:
                fds = doors if "--socket" in command else []
                started.append(subprocess.Popen(command, env=environment, process_group=0, pass_fds=fds))  # noqa: S603  # our own command lines
        if witness:
            witness.door.close()
        with env.address_kept(address_of(host, port)):
            yield started
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        for process in started:
            process.terminate()
        until = time.monotonic() + SECONDS_TO_END
        for process in started:
            end(process, until)


def end(process: subprocess.Popen[bytes], until: float) -> None:
    """Wait for a process that was asked to end; when it is still there then, end it with everything that it started."""
    try:
        process.wait(max(0.0, until - time.monotonic()))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)


def check_port(host: str, port: int) -> None:
    """Refuse a port that is taken, before anything is made.

    Raises:
        DomainError: `port-taken`.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise port_taken(host, port, "run") from None


def wait_until_open(host: str, port: int, started: Sequence[subprocess.Popen[bytes]]) -> None:
    """Wait until the server takes connections.

    Raises:
        DomainError: `server-did-not-start`, when a process ended, or `server-slow`.
    """
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and all(process.poll() is None for process in started):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            if probe.connect_ex((reachable(host), port)) == 0:
                return
        time.sleep(0.1)
    if all(process.poll() is None for process in started):
        raise DomainError("server-slow", seconds=round(SECONDS_TO_START))
    raise DomainError("server-did-not-start")


def wait_for_an_end(started: Sequence[subprocess.Popen[bytes]]) -> None:
    """Wait for Ctrl-C; when a process ends by itself, that is an error.

    Raises:
        DomainError: `server-ended`.
    """
    try:
        while all(process.poll() is None for process in started):
            time.sleep(0.5)
    except KeyboardInterrupt:
        console.print(_("Ending …"))
        return
    raise DomainError("server-ended")


def greet(host: str, port: int, e_id: EId | None, provider: LocalProvider | None) -> None:
    """Tell where the pages are and who may sign in."""
    named = reachable(host)
    address = f"http://{f'[{named}]' if ':' in named else named}:{port}/"
    console.print()
    console.print(_("Adaldyq is open at %(address)s") % {"address": address}, style="bold")
    if load.is_loaded():
        console.print(_("Sign in to the sample country, password %(password)s:") % {"password": PASSWORD})
        for username, title in of_sample_country():
            console.print(f"  {username:<24} {title}")
        said = _("The six digits that are asked for next: %(adaldyq)s demo code USER")
        console.print(said % {"adaldyq": called()}, soft_wrap=True, markup=False)
    if e_id:
        console.print(
            _("Citizens sign in with the e-ID of the sample country, at %(address)s") % {"address": e_id.issuer}
        )
    if provider:
        console.print(_("Fees are paid at the test provider, at %(address)s") % {"address": provider.address})
    if log_given():
        console.print(_("Each request is noted in %(file)s") % {"file": log_file()}, soft_wrap=True)
    console.print(_("Ctrl-C ends it; the data stays in %(folder)s.") % {"folder": settings.DATA_DIR})


def address_of(host: str, port: int) -> str:
    """The address with which links begin: of this machine by its name, to which alone a passkey can belong."""
    named = reachable(host)
    name = "localhost" if named in {"127.0.0.1", "::1"} else f"[{named}]" if ":" in named else named
    return f"http://{name}:{port}"


def address_given(host: str, port: int) -> dict[str, str]:
    """What server and worker must know to write links; nothing when the operator says it."""
    return {} if os.environ.get(env.ADDRESS) else {env.ADDRESS: address_of(host, port)}


def log_given() -> dict[str, str]:
    """Where they note what goes well: in a terminal in a file, for it would scroll away what the greeting says."""
    said = os.environ.get(env.LOG_FILE) or os.environ.get("ADALDYQ_LOG")
    return {} if said or not sys.stderr.isatty() else {env.LOG_FILE: str(log_file())}


def log_file() -> Path:
    """That file."""
    return Path(settings.DATA_DIR) / "requests.log"


def reachable(host: str) -> str:
    """An address at which a server on `host` is reached from this machine."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # read, not bound


def interrupted(number: int, frame: FrameType | None) -> None:
    """End as with Ctrl-C when somebody asks the process to end."""
    raise KeyboardInterrupt
