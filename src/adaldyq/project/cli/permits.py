"""`adaldyq permits`: the catalogue of licences, permits and notifications."""

from __future__ import annotations

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.kernel.actor import system
from adaldyq.measures.permits.actions.loading import load_pack
from adaldyq.project.cli.output import console, number

BY = system("permits")


@click.group(help=_("The catalogue of licences, permits and notifications."))
def permits() -> None:
    """Hold the commands together."""


@permits.command(
    help=_(
        "Bring into the catalogue what the country pack states in permits.yaml and the catalogue has not yet.\n\n"
        "Entries that are there stay as they are. The bodies that issue them must stand in the register of bodies."
    )
)
def load() -> None:
    """Load the pack's entries."""
    count = load_pack(by=BY, at=timezone.now())
    console.print(_("Entries brought into the catalogue: %(count)s") % {"count": number(count)})
