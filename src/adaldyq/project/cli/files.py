"""`adaldyq files`: the key with which the files that people hand in are sealed."""

from __future__ import annotations

import click
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.kernel.uploads import resealing
from adaldyq.project.cli.output import console, number, progress


@click.group(
    help=_(
        "Replace the key with which files of people are sealed.\n\n"
        "First `rotate-key`: a new key seals from now on, and every file is sealed anew with it. A day later "
        "`retire-keys`: the old key is taken away, once no file needs it."
    )
)
def files() -> None:
    """Hold the commands together."""


@files.command(
    "rotate-key",
    help=_(
        "Make a new key and seal every file anew with it, while the site runs.\n\n"
        "When it was stopped half-way, run it again: it goes on where it was, and no file was lost. The old key stays "
        "until `adaldyq files retire-keys`. Where ADALDYQ_FILES_KEY gives the key, put a new one before it first, "
        "separated by a comma."
    ),
)
def rotate_key() -> None:
    """Seal every file with a new key.

    Raises:
        DomainError: `files-key-in-environment`, `files-key-wrong`.
    """
    if not resealing.begin_rotation():
        console.print(_("A rotation was begun before; it goes on."))
    with progress(works()) as told:
        done = resealing.reseal(lambda count, total: told("files", count, total))
    said = ngettext("Sealed anew: %(count)s file.", "Sealed anew: %(count)s files.", done.files)
    console.print(said % {"count": number(done.files)})
    if done.closed:
        said = ngettext(
            "No key opens %(count)s file; it was left as it is.",
            "No key opens %(count)s files; they were left as they are.",
            done.closed,
        )
        console.print(said % {"count": number(done.closed)})
    console.print(_("Make a backup now. A day later, take the old key away: `adaldyq files retire-keys`."))


@files.command(
    "retire-keys",
    help=_("Take the older keys of files away, once no file needs them. Older backups bring their own keys."),
)
def retire_keys() -> None:
    """Take older keys away.

    Raises:
        DomainError: `files-key-in-use`, `files-key-in-environment`.
    """
    with progress(works()) as told:
        gone = resealing.retire_keys(lambda count, total: told("files", count, total))
    console.print(_("Keys taken away: %(count)s.") % {"count": number(gone)})


def works() -> dict[str, str]:
    """Words for what takes time."""
    return {"files": _("Files")}
