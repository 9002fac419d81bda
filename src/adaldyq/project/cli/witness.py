"""`adaldyq witness`: sees that ledgers only grow, and cosigns their checkpoints."""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import gettext as _

from adaldyq.ledger import keys
from adaldyq.ledger.cosignatures import CosignerKey
from adaldyq.ledger.notes import VerifierKey
from adaldyq.ledger.witness import Witness, public_key
from adaldyq.ledger.witness_server import MOST_AT_ONCE, introduction, now, serve
from adaldyq.ledger.witnessing import configured
from adaldyq.project import env
from adaldyq.project.cli.identity import is_free, port_taken
from adaldyq.project.cli.output import console
from adaldyq.project.processes import end_with

NAME = "localhost/witness"
LOCAL = "127.0.0.1"
FIRST_PORT, PORTS_TRIED = 8010, 40


@dataclass(frozen=True, slots=True)
class LocalWitness:
    """The witness that is started beside the pages, so that whoever tries the system sees one at work.

    It keeps nobody honest: a witness is worth something in the hands of another institution.

    Attributes:
        door: the socket that it will serve; it listens already, so that no other start takes the port meanwhile.
        witness: what it signs with and remembers.
        logs: keys of the logs that it watches.
    """

    door: socket.socket
    witness: Witness
    logs: Sequence[VerifierKey]

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.door.getsockname()[1])

    def command(self) -> list[str]:
        """The command line that serves it as long as whoever started it lives."""
        logs = [word for key in self.logs for word in ("--log", str(key))]
        own = [
            "witness",
            "--socket",
            str(self.door.fileno()),
            "--folder",
            str(self.witness.folder),
            *logs,
            "--with-parent",
        ]
        return [sys.executable, "-m", "adaldyq", *own]

    def environment(self) -> Mapping[str, str]:
        """What the worker must know to ask it."""
        return {"ADALDYQ_WITNESSES": f"http://{LOCAL}:{self.port} {self.witness.key}"}


def witness_beside(taken: set[int]) -> LocalWitness | None:
    """The witness to start beside the pages; none when real ones are configured, or no port is free.

    Args:
        taken: ports that other processes of this system will listen on.

    Raises:
        DomainError: `witness-memory-lost`, `witness-memory-damaged`, or those of `keys.signing_keys`.
    """
    if settings.LEDGER_WITNESSES:
        return None
    signing = [one.verifier for one in keys.signing_keys()]
    kept = Witness.open(default_folder(), NAME, signing)
    ports = (port for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port not in taken)
    door = next(filter(None, map(listening, ports)), None)
    return LocalWitness(door, kept, signing) if door else None


def listening(port: int) -> socket.socket | None:
    """A socket of this machine that listens on a port; none when another program has it."""
    door = socket.socket()
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind((LOCAL, port))
        door.listen(MOST_AT_ONCE)
    except OSError:
        door.close()
        return None
    return door


def witness_keys() -> list[CosignerKey]:
    """Keys of the witnesses of this installation: those configured, or the one that `adaldyq run` starts.

    Raises:
        DomainError: `witness-address-malformed`, `key-malformed`.
    """
    local = None if settings.LEDGER_WITNESSES else public_key(default_folder())
    return [local] if local else [one.key for one in configured()]


def default_folder() -> Path:
    """Where this machine's witness keeps key and memory: where no backup takes it from, for an old memory signs forks."""
    return Path(settings.DATA_DIR) / env.OUTSIDE_BACKUPS / "witness"


@click.command(
    help=_(
        "Be a witness: remember the newest checkpoint of each ledger, and cosign only what continues it.\n\n"
        "For an institution that does not run the ledger. It needs no database; its key and its memory are in one "
        "folder, which must never be restored from a backup. Speaks C2SP tlog-witness."
    )
)
@click.option(
    "--log", "logs", multiple=True, required=True, metavar="KEY", help=_("A ledger’s key, as it publishes it.")
)
@click.option("--name", default=NAME, show_default=True, help=_("Name of a new witness, its address without scheme."))
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Folder of its key and its memory; without it, one in the data folder."),
)
@click.option("--host", default=LOCAL, show_default=True, help=_("Address to serve on."))
@click.option(
    "--port", default=FIRST_PORT, show_default=True, type=click.IntRange(1, 65535), help=_("Port to serve on.")
)
@click.option("--socket", "door", type=int, hidden=True)
@click.option("--with-parent", is_flag=True, hidden=True)
def witness(
    logs: Sequence[str], name: str, folder: Path | None, host: str, port: int, door: int | None, *, with_parent: bool
) -> None:
    """Become the witness's process.

    Raises:
        DomainError: `witness-memory-lost`, `witness-memory-damaged`, `key-malformed`, `port-taken`.
    """
    found = Witness.open(folder or default_folder(), name, map(VerifierKey.parse, logs))
    if door is None and not is_free(host, port):
        raise port_taken(host, port, "witness")
    if with_parent:
        threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    place = (host, port) if door is None else socket.socket(fileno=door)
    serve(found, place, clock=now, opened=(lambda: None) if with_parent else (lambda: tell(found)))


def tell(found: Witness) -> None:
    """Tell name, key and logs to whoever started the witness."""
    console.print(introduction(found), markup=False, highlight=False, soft_wrap=True, end="")
