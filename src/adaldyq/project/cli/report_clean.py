"""`adaldyq reports clean`: cleaned copies of files that reporters sent, made on the officer's own computer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.base.private_files import write_private_bytes
from adaldyq.project.cli.output import console, number


@click.command(
    "clean",
    help=_(
        "Make a cleaned copy of each FILE: without who made it, when and where, macros, embedded files and links to elsewhere.\n\n"
        "PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP and pictures are known. What was removed is said; FILE stays as it is. "
        "Nothing is sent anywhere. What a text or a picture shows stays in it: look at the copy before you pass it on. "
        "Exit code 1: a file was not cleaned."
    ),
)
@click.argument(
    "files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--to",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Folder for the copies; beside each file, if none."),
)
def clean(files: Sequence[Path], folder: Path | None) -> int:
    """Clean files, each by itself: one that cannot be cleaned does not keep the others from it."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    return max(clean_one(file, folder or file.parent) for file in files)


def clean_one(file: Path, folder: Path) -> int:
    """Clean a file, say what was removed, and give the exit code."""
    from adaldyq.kernel.problems import sentence  # noqa: PLC0415  # a command reads in what it needs only
    from adaldyq.measures.reports.adapters.cleaning import cleaned  # noqa: PLC0415  # as above

    try:
        made = cleaned(file.read_bytes())
    except DomainError as refused:
        say(_("%(file)s was not cleaned: %(problem)s") % {"file": file.name, "problem": sentence(refused)})
        return 1
    target = folder / f"{file.stem}-clean{made.ending}"
    if target.exists():
        say(_("%(file)s is there already. Choose another name.") % {"file": target})
        return 1
    write_private_bytes(target, made.content, fresh=True)
    say(f"{file.name} → {target}")
    say(said_of(made.removed))
    return 0


def said_of(removed: Mapping[str, int]) -> str:
    """What was removed, in one line."""
    words = {
        "place": _("place"),
        "device": _("device and program"),
        "time": _("time"),
        "metadata": _("authors, dates and other notes of the program"),
        "notes": _("other notes beside a picture"),
        "changes": _("tracked changes and former versions"),
        "macros": _("macros and what runs"),
        "embedded": _("embedded files"),
        "links": _("links to elsewhere"),
        "signatures": _("signatures"),
        "frames": _("further pictures of a moving one"),
        "behind": _("what stood behind the end of the picture"),
    }
    if not removed:
        return _("There was nothing to remove.")
    listed = "; ".join(f"{words[kind]} ({number(times)})" for kind, times in removed.items())
    return _("Removed: %(listed)s.") % {"listed": listed}


def say(text: str) -> None:
    """Print a line; a name of a file may hold anything."""
    console.print(text, markup=False, soft_wrap=True, highlight=False)
