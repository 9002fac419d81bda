"""`adaldyq snapshots`: the key with which snapshots of the registers are encrypted."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.base.locks import held_alone
from adaldyq.project.cli.output import console, number
from adaldyq.verification import snapshot_keys
from adaldyq.verification.runs import LOCK, snapshots_in


@click.group(
    help=_(
        "Replace the key with which snapshots of the country's registers are encrypted.\n\n"
        "A run takes a snapshot of all registers, as encrypted Parquet files, and keeps the last five. Each has a key "
        "of its own; the key of this installation opens those keys."
    )
)
def snapshots() -> None:
    """Hold the commands together."""


@snapshots.command(
    "rotate-key",
    help=_(
        "Make a new key, seal the keys of all kept snapshots with it, and take the old one away.\n\n"
        "Older backups bring their own keys. Where ADALDYQ_SNAPSHOTS_KEY gives the key, put a new one before it first, "
        "separated by a comma, and take the old one out afterwards. Whoever had the old key and the files can still "
        "open what they copied; `adaldyq verify --country` takes a snapshot that they cannot."
    ),
)
def rotate_key() -> None:
    """Seal the keys of all snapshots with a new key.

    Raises:
        DomainError: `snapshot-closed`, `files-key-wrong`, `run-under-way`.
    """
    data = Path(settings.DATA_DIR)
    with held_alone(data / LOCK, "run-under-way"):
        count = snapshot_keys.rotate([one for one in snapshots_in(data / "snapshots") if snapshot_keys.is_sealed(one)])
    said = ngettext(
        "Sealed anew: the key of %(count)s snapshot.", "Sealed anew: the keys of %(count)s snapshots.", count
    )
    console.print(said % {"count": number(count)})
