"""`adaldyq provider`: the test provider of payments."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import gettext as _

from adaldyq.kernel.sample import demo_sign_ins_present
from adaldyq.project.assets import collect_when_changed
from adaldyq.project.cli.identity import is_free, port_taken
from adaldyq.project.cli.output import console
from adaldyq.project.provider import keys
from adaldyq.project.provider.behaviour import LONGEST_DELAY, Behaviour
from adaldyq.project.provider.store import Store

LOCAL = "127.0.0.1"
FIRST_PORT, PORTS_TRIED = 8060, 40
SHARE = click.FloatRange(0, 1)


@dataclass(frozen=True, slots=True)
class LocalProvider:
    """The test provider that is started beside the pages.

    Attributes:
        port: where it listens, on this machine only.
        folder: what it keeps.
    """

    port: int
    folder: Path

    @property
    def address(self) -> str:
        """Its address, for the portal and for browsers of this machine."""
        return f"http://{LOCAL}:{self.port}"

    def command(self) -> list[str]:
        """The command line that serves it as long as whoever started it lives."""
        own = ["provider", "--port", str(self.port), "--folder", str(self.folder), "--parent", str(os.getpid())]
        return [sys.executable, "-m", "adaldyq", *own]

    def environment(self) -> Mapping[str, str]:
        """What the portal must know to ask it and to believe it."""
        return {
            "ADALDYQ_PROVIDER": self.address,
            "ADALDYQ_PROVIDER_KEY": keys.api_key(self.folder),
            "ADALDYQ_PROVIDER_SECRET": keys.webhook_secret(self.folder),
        }


def provider_beside(taken: set[int]) -> LocalProvider | None:
    """The test provider to start beside the pages; none without a sample country, or when one is configured.

    Args:
        taken: ports that other processes of this system will listen on.
    """
    if settings.PROVIDER or not demo_sign_ins_present():
        return None
    ports = (port for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED) if port not in taken)
    free = next((port for port in ports if is_free(LOCAL, port)), None)
    return None if free is None else LocalProvider(free, keys.folder(settings.DATA_DIR))


@click.command(
    help=_(
        "Serve the test provider: it takes payments by card, transfer and QR code, and sends no money anywhere.\n\n"
        "`adaldyq run` starts one by itself. It listens on this machine only. Its desk, at its address, shows every "
        "payment, lets one dispute it, gives the statement of each day in camt.053 and MT940, and changes how it behaves.\n\n"
        "A portal that is started alone finds it by ADALDYQ_PROVIDER, ADALDYQ_PROVIDER_KEY and ADALDYQ_PROVIDER_SECRET, "
        "which this command prints."
    )
)
@click.option(
    "--port", default=FIRST_PORT, show_default=True, type=click.IntRange(1, 65535), help=_("Port to serve on.")
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Folder of its keys and its payments; without it, one in the data folder."),
)
@click.option(
    "--delay",
    type=click.FloatRange(0, LONGEST_DELAY),
    help=_("Seconds after which a webhook is sent; without it, none."),
)
@click.option("--lose", type=SHARE, help=_("Share of webhooks that are never sent, from 0 to 1."))
@click.option("--duplicate", type=SHARE, help=_("Share of webhooks that are sent twice."))
@click.option("--reorder", type=SHARE, help=_("Share of webhooks that later ones overtake."))
@click.option("--decline", type=SHARE, help=_("Share of payments that are declined."))
@click.option("--dispute", type=SHARE, help=_("Share of payments that are disputed after they succeeded."))
@click.option("--parent", default="", hidden=True)
def provider(port: int, folder: Path | None, parent: str, **behaviour: float | None) -> None:
    """Become the test provider's process.

    Raises:
        DomainError: `port-taken`.
    """
    kept = folder or keys.folder(settings.DATA_DIR)
    kept.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not is_free(LOCAL, port):
        raise port_taken(LOCAL, port, "provider")
    said = {name: value for name, value in behaviour.items() if value is not None}
    if said:
        Store(kept / "provider.sqlite3").behave(Behaviour.of(said))
    collect_when_changed()
    if not parent:
        tell(LocalProvider(port, kept))
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "adaldyq.project.provider.settings",
        "ADALDYQ_DATA_DIR": str(settings.DATA_DIR),
        "ADALDYQ_PROVIDER_HOST": LOCAL,
        "ADALDYQ_PROVIDER_PORT": str(port),
        "ADALDYQ_PROVIDER_FOLDER": str(kept),
        "ADALDYQ_PROVIDER_PARENT": parent,
    }
    os.execve(sys.executable, [sys.executable, "-m", "adaldyq.project.provider"], environment)  # noqa: S606  # our own module


def tell(served: LocalProvider) -> None:
    """Tell whoever started it where it is, and what a portal must know."""
    console.print(_("The test provider is open at %(address)s") % {"address": served.address}, style="bold")
    for name, value in served.environment().items():
        console.print(f"{name}={value}", markup=False, highlight=False, soft_wrap=True)
