"""`adaldyq idp`: the e-ID of the sample country."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass

import click
from django.conf import settings
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.sample import demo_sign_ins_present
from adaldyq.project.assets import collect_when_changed
from adaldyq.project.cli.migrating import prepare_database
from adaldyq.project.cli.output import called
from adaldyq.project.idp import keys

PORTS_TRIED = 20
LOCAL_NAMES = ("127.0.0.1", "localhost")


@dataclass(frozen=True, slots=True)
class EId:
    """Where the sample country's e-ID listens, and for which portal.

    Attributes:
        host: name or address by which browsers and the portal reach it.
        port: its port.
        portal: port of the portal.
    """

    host: str
    port: int
    portal: int

    @property
    def issuer(self) -> str:
        """Its address."""
        return f"http://{self.host}:{self.port}"

    def command(self, bound: str) -> list[str]:
        """The command line that serves it on the address `bound`, as long as whoever started it lives."""
        names = dict.fromkeys((self.host, *LOCAL_NAMES))
        portals = [option for name in names for option in ("--portal", f"http://{name}:{self.portal}")]
        own = ["idp", "--host", bound, "--port", str(self.port), "--parent", str(os.getpid())]
        return [sys.executable, "-m", "adaldyq", *own, *portals]

    def environment(self) -> Mapping[str, str]:
        """What the portal must know to send people there."""
        return {
            "ADALDYQ_OIDC_ISSUER": self.issuer,
            "ADALDYQ_OIDC_CLIENT": keys.CLIENT,
            "ADALDYQ_OIDC_SECRET": keys.client_secret(settings.DATA_DIR),
        }


def e_id_beside(host: str, reached: str, port: int) -> EId | None:
    """The e-ID to start beside a portal; none when a real one is configured or no sample country is there.

    Args:
        host: address that the portal is bound to.
        reached: name by which it is reached.
        port: of the portal; the e-ID takes the next one that is free.
    """
    if settings.E_ID or not demo_sign_ins_present():
        return None
    chosen = free_after(host, port)
    return None if chosen is None else EId(reached, chosen, port)


def free_after(host: str, port: int) -> int | None:
    """The next port that is free; none when many in a row are taken."""
    following = range(port + 1, min(port + 1 + PORTS_TRIED, 65536))
    return next((one for one in following if is_free(host, one)), None)


def port_taken(host: str, port: int, command: str) -> DomainError:
    """What to tell when a port is taken, with one that is free."""
    free = free_after(host, port) or "…"
    return DomainError("port-taken", field="port", value=f"{host}:{port}", command=f"{called()} {command}", free=free)


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens on a port."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


@click.command(
    help=_(
        "Serve the e-ID of the sample country: an OpenID Connect provider whose people are the sample country’s.\n\n"
        "`adaldyq run` starts one by itself. A real country has its own; this one refuses to start without a sample "
        "country."
    )
)
@click.option("--host", default="127.0.0.1", show_default=True, help=_("Address to serve on."))
@click.option("--port", default=8001, show_default=True, type=click.IntRange(1, 65535), help=_("Port to serve on."))
@click.option(
    "--portal",
    "portals",
    multiple=True,
    default=tuple(f"http://{name}:8000" for name in LOCAL_NAMES),
    help=_("Address of the portal that may ask; may be given several times."),
)
@click.option("--parent", default="", hidden=True)
def idp(host: str, port: int, portals: tuple[str, ...], parent: str) -> None:
    """Become the e-ID's process."""
    prepare_database()
    if not demo_sign_ins_present():
        raise DomainError("no-sample-country")
    collect_when_changed()
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "adaldyq.project.idp.settings",
        "ADALDYQ_DATA_DIR": str(settings.DATA_DIR),
        "ADALDYQ_IDP_HOST": host,
        "ADALDYQ_IDP_PORT": str(port),
        "ADALDYQ_IDP_PORTALS": " ".join(portal.rstrip("/") for portal in portals),
        "ADALDYQ_IDP_PARENT": parent,
    }
    os.execve(sys.executable, [sys.executable, "-m", "adaldyq.project.idp"], environment)  # noqa: S606  # our own module
