"""`adaldyq backup`: makes backups, and checks them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click
from django.template.defaultfilters import date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.project.backups.checking import check, opened
from adaldyq.project.backups.keeping import keep_newest
from adaldyq.project.backups.manifest import Manifest
from adaldyq.project.backups.packs import take_pack
from adaldyq.project.backups.sealing import recipients
from adaldyq.project.backups.taking import destination_of, place_of, take_backup, workshop
from adaldyq.project.cli.output import console, number, progress

MAKE = "make"
MEGABYTE = 1_000_000


class WithoutVerb(click.Group):
    """A group of which `adaldyq backup DEST` is the first command, and the others have a name."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name of the first command in where none is given."""
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = [MAKE, *args]
        return super().parse_args(ctx, args)


key_option = click.option(
    "--key",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help=_("File with the private age key of an encrypted backup, as `age-keygen` writes it."),
)


@click.group(
    cls=WithoutVerb,
    help=_(
        "Back everything up that cannot be made again: `adaldyq backup DEST`, where DEST is a folder or the name of a "
        "new file.\n\n"
        "The site goes on meanwhile: the database is copied as it is at one moment, then the files that people handed "
        "in and the key that opens them, imported datasets, snapshots, and a country pack of your own. The backup has its name only when it is whole. `adaldyq backup check FILE` "
        "reads one again; `adaldyq restore FILE` takes it in."
    ),
)
def backup() -> None:
    """Hold the commands together."""


@backup.command(
    MAKE,
    help=_(
        "Make a backup in a folder, or in a new file.\n\n"
        "Not in it: what can be made again (static files), what must not come back (what "
        "the ledger signed last, what was erased), and the key that signs the ledger: whoever has it can sign another "
        "history in your name, so keep a copy of it elsewhere."
    ),
)
@click.argument("destination", metavar="DEST", type=str)
@click.option(
    "--to", "to", multiple=True, metavar="AGE1…", help=_("Encrypt for this public age key; may be given several times.")
)
@click.option("--with-ledger-key", is_flag=True, help=_("Take the private keys that sign the ledger in."))
@click.option(
    "--keep",
    type=click.IntRange(1),
    metavar="N",
    help=_("Then keep the N newest of the folder and remove the others, and those past the country's term."),
)
def make(destination: str, to: Sequence[str], keep: int | None, *, with_ledger_key: bool) -> None:
    """Make a backup and say what is in it.

    Raises:
        DomainError: as `take_backup`; `age-recipient-wrong`, `backup-there`.
    """
    named = destination_of(destination)
    if keep and not named.is_dir():
        raise click.UsageError(_("--keep needs a folder."))
    now, readers = timezone.now(), recipients(to)
    place = place_of(named, now, sealed=bool(readers))
    with progress(works()) as told:
        made = take_backup(place, to=readers, with_ledger_key=with_ledger_key, at=now, told=told)
    show(made.manifest)
    if not made.manifest.files_key_inside:
        console.print(_("The key of the files stands in ADALDYQ_FILES_KEY and is not in it. Keep it in two places."))
    if not made.manifest.secret_key_inside:
        console.print(_("The secret key stands in ADALDYQ_SECRET_KEY and is not in it: nobody signs in without it."))
    if not with_ledger_key:
        console.print(_("The key that signs the ledger is not in it. Keep a copy of it where the backups are not."))
    size = number(max(made.size // MEGABYTE, 1))
    console.print(_("Written: %(file)s (%(size)s MB).") % {"file": made.file, "size": size}, soft_wrap=True)
    for gone in keep_newest(named, keep, at=now) if keep else []:
        console.print(_("Removed: %(file)s.") % {"file": gone}, soft_wrap=True)


@backup.command(
    "check", help=_("Read a whole backup, and hold every part of it against its hash. Nothing is taken in.")
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@key_option
def check_one(file: Path, key: Path | None) -> None:
    """Check a backup and say what is in it.

    Raises:
        DomainError: what is wrong with it.
    """
    with workshop() as work, progress(works()) as told:
        found = check(opened(file, key, work), str(file), told)
    show(found)
    said = ngettext(
        "The backup is whole: its only part is what it was.",
        "The backup is whole: all %(count)s parts are what they were.",
        found.parts,
    )
    console.print(said % {"count": number(found.parts)})


@backup.command(
    "pack",
    help=_(
        "Take the country pack out of a backup into a new folder.\n\n"
        "For an empty machine: ADALDYQ_COUNTRY names this folder before `adaldyq restore` takes in the rest."
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.argument("folder", metavar="FOLDER", type=click.Path(path_type=Path))
@key_option
def take_out(file: Path, folder: Path, key: Path | None) -> None:
    """Take the country pack out.

    Raises:
        DomainError: as `take_pack`.
    """
    with workshop() as work, progress(works()) as told:
        found = take_pack(opened(file, key, work), str(file), work, folder, told)
    facts = {"country": found.country, "folder": folder.resolve()}
    console.print(
        _("The pack of %(country)s is in %(folder)s. Name that folder in ADALDYQ_COUNTRY.") % facts, soft_wrap=True
    )


def works() -> dict[str, str]:
    """Words for what takes time."""
    return {
        "database": _("Database copied (bytes)"),
        "files": _("Files copied"),
        "check": _("Backup checked (bytes)"),
        "taking": _("Backup taken out (bytes)"),
        "lines": _("Lines hashed"),
    }


def moment_of(found: Manifest) -> str:
    """When a backup was made, by the country's clock."""
    return date(timezone.localtime(datetime.fromisoformat(found.made_at)), "DATETIME_FORMAT")


def show(found: Manifest) -> None:
    """Print what a backup says about itself."""
    facts = {
        "made": moment_of(found),
        "version": found.version,
        "country": found.country,
        "engine": found.engine,
        "files": number(found.files),
    }
    said = ngettext(
        "Backup of %(made)s: version %(version)s, country %(country)s, %(engine)s, %(files)s file.",
        "Backup of %(made)s: version %(version)s, country %(country)s, %(engine)s, %(files)s files.",
        found.files,
    )
    console.print(said % facts, soft_wrap=True)
    beside = {"datasets": ", ".join(found.datasets) or "—", "snapshots": number(found.snapshots)}
    console.print(_("Imported datasets: %(datasets)s. Snapshots: %(snapshots)s.") % beside, soft_wrap=True)
    if found.pack_inside:
        console.print(_("The country pack is in it."))
    if found.tree:
        tree = {"size": number(found.tree.size), "root": found.tree.root, "waiting": number(found.waiting)}
        said = ngettext(
            "Ledger: %(size)s line with the root %(root)s, %(waiting)s more waiting.",
            "Ledger: %(size)s lines with the root %(root)s, %(waiting)s more waiting.",
            found.tree.size,
        )
        console.print(said % tree, soft_wrap=True)
