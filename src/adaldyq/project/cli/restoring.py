"""`adaldyq restore`: takes a backup in, and tells how to go on."""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path

import click
from django.conf import settings
from django.db import Error, connection
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.base.errors import DomainError
from adaldyq.countries.loader import folder_of
from adaldyq.kernel.actions.erasures import replay_erasures
from adaldyq.kernel.actor import system
from adaldyq.kernel.models import Upload
from adaldyq.kernel.models.uploads import REMOVED
from adaldyq.kernel.problems import IN_FORCE, sentence
from adaldyq.ledger import erasures
from adaldyq.ledger import keys as ledger_keys
from adaldyq.ledger.audit import Seen, audit
from adaldyq.ledger.guard import known_keys, why_held
from adaldyq.ledger.models import Leaf, LogKey, WaitingErasure
from adaldyq.ledger.offline import exit_code, lines_of
from adaldyq.ledger.store import newest_checkpoint
from adaldyq.ledger.stored import Stored
from adaldyq.ledger.verdicts import Verdict
from adaldyq.project.backups.checking import check, opened, require_fitting
from adaldyq.project.backups.folders import PACK, SNAPSHOTS, is_pack_in_use
from adaldyq.project.backups.manifest import Manifest
from adaldyq.project.backups.restoring import is_empty, name_of_replaced, restore
from adaldyq.project.backups.taking import workshop
from adaldyq.project.cli import HELD
from adaldyq.project.cli.backing_up import key_option, moment_of, show, works
from adaldyq.project.cli.migrating import WORK, apply_migrations, work_title
from adaldyq.project.cli.output import console, number, progress
from adaldyq.verification.runs import forget_old_snapshots

BY = system("restore")
WORD = "replace"
FIRST = "audit-first"


@click.command(
    "restore",
    help=_(
        "Take a backup in, into an empty data folder and an empty database.\n\n"
        "Checks every part first, then puts database, files and keys in place, brings the tables to this version, "
        "erases again what was erased since, and audits the whole ledger. At the end it says whether the ledger may be "
        "signed, or what to do before. When anything fails, what was there is as it was."
    ),
)
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@key_option
@click.option(
    "--replace",
    is_flag=True,
    help=_(
        "Replace what is there, after a word typed at the terminal; it is kept aside, and the site must be stopped."
    ),
)
def restore_one(file: Path, key: Path | None, *, replace: bool) -> int:
    """Restore a backup; the exit code says whether the ledger holds and may be signed.

    Raises:
        DomainError: as `check`, `require_fitting`, `note_what_waits` and `restore`; `restore-not-empty`,
            `restore-needs-terminal`.
    """
    if not is_empty() and not replace:
        raise DomainError("restore-not-empty")
    with workshop() as work:
        archive = opened(file, key, work)
        with progress(works()) as told:
            found = check(archive, str(file), told)
        require_fitting(found, str(file))
        show(found)
        replaced = "" if is_empty() else agreed()
        if replaced:
            note_what_waits()
        with progress(works() | {WORK: work_title()}) as told:
            prepare = partial(apply_migrations, told)
            steps = restore(archive, str(file), work, replaced=replaced, prepare=prepare, told=told)
        said = ngettext(
            "Database, files and keys are in place; %(steps)s migration was missing.",
            "Database, files and keys are in place; %(steps)s migrations were missing.",
            steps,
        )
        console.print(said % {"steps": steps})
        if replaced:
            console.print(told_aside(replaced), soft_wrap=True)
        tell_pack(found, work, file)
        erase_again(found)
        verdict = audited(found, work)
    return told_ledger(verdict)


def agreed() -> str:
    """Let the operator type the word; returns the name under which what is there is kept.

    Raises:
        DomainError: `restore-needs-terminal`.
        Abort: another word was typed.
    """
    if not sys.stdin.isatty():
        raise DomainError("restore-needs-terminal")
    asked = _("The records that are here now will be set aside. Type %(word)s to go on") % {"word": WORD}
    if click.prompt(asked, default="", show_default=False) != WORD:
        raise click.Abort
    return name_of_replaced(timezone.now())


def note_what_waits() -> None:
    """Note what the database that goes erased and did not note, for nobody looks there afterwards.

    Raises:
        DomainError: `restore-erasures-not-noted`: the file outside the backups cannot be written.
    """
    try:
        if WaitingErasure._meta.db_table not in connection.introspection.table_names():
            return  # of a version that had no such rows
        erasures.note_waiting()
        waiting = erasures.not_noted().exists()
    except Error:
        console.print(
            _("The database that is replaced cannot be read. What was erased in its last moments may be here again."),
            soft_wrap=True,
        )
        return
    if waiting:
        raise DomainError("restore-erasures-not-noted", file=settings.ERASED)


def told_aside(replaced: str) -> str:
    """Where what was there before lies now, and how to be rid of it."""
    if connection.vendor == "postgresql":
        return _(
            "What was here lies in the schema %(name)s, and in .%(name)s of the folder of files and of the data folder. "
            "Remove all of it soon."
        ) % {"name": replaced}
    return _(
        "What was here lies beside the database, in the folder of files and in the data folder, under %(name)s. Remove "
        "all of it soon."
    ) % {"name": replaced}


def tell_pack(found: Manifest, work: Path, file: Path) -> None:
    """Say when the country pack in use is not the one that the backup brings."""
    if found.pack_inside and not is_pack_in_use(work / PACK):
        facts = {"folder": folder_of(settings.COUNTRY), "file": file}
        console.print(
            _(
                "The country pack in use, %(folder)s, is not as it was in the backup. "
                "`adaldyq backup pack %(file)s FOLDER` takes that out."
            )
            % facts,
            soft_wrap=True,
        )


def erase_again(found: Manifest) -> None:
    """Erase what is noted outside the backups, and say how much it was, or that nothing is noted."""
    if not Path(settings.ERASED).exists():
        facts = {"file": settings.ERASED, "made": moment_of(found)}
        known = (
            _("%(file)s is not here. Whatever was erased after %(made)s is here again: erase it again by hand.")
            if Leaf.objects.filter(salt=None).exists() or Upload.objects.filter(state=REMOVED).exists()
            else _(
                "Nothing had been erased when the backup was made, at %(made)s. If something was erased after it, bring "
                "%(file)s and restore again."
            )
        )
        console.print(known % facts, soft_wrap=True)
        return
    done = replay_erasures(by=BY, at=timezone.now())
    if done.people:
        forget_old_snapshots(Path(settings.DATA_DIR) / SNAPSHOTS, kept=0)  # they hold who was erased since
    facts = {"lines": number(done.lines), "files": number(done.files), "people": number(done.people)}
    console.print(_("Erased again: lines of the ledger: %(lines)s; files: %(files)s; people: %(people)s.") % facts)


def audited(found: Manifest, work: Path) -> Verdict | None:
    """Audit the ledger that is in the database now; None when nothing was ever signed.

    Raises:
        DomainError: `restore-tree-differs`: it is not the tree that the backup had.
    """
    newest = newest_checkpoint()
    said = (newest.size, bytes(newest.root).hex()) if newest else None
    if said != ((found.tree.size, found.tree.root) if found.tree else None):
        raise DomainError("restore-tree-differs")
    if newest is None:
        return None
    with progress(works()) as told:
        judged = audit(
            Stored(),
            Seen(work / "seen"),
            keys=known_keys(),
            told=lambda done, total: told("lines", done, total),
        )
    return Verdict(tuple(step for step in judged.verdict.steps if step.code != FIRST))


def told_ledger(verdict: Verdict | None) -> int:
    """Say what the audit found and whether the ledger may be signed, and give the exit code."""
    for line in lines_of(verdict, IN_FORCE) if verdict else ():
        console.print(line, markup=False, soft_wrap=True)
    if verdict and not verdict.holds:
        return exit_code(verdict)
    refusals = [one for one in (key_refusal(), why_held()) if one]
    if not refusals:
        console.print(_("The ledger may be signed. Start the site."))
        return 0
    for one in refusals:
        console.print(sentence(one), markup=False, soft_wrap=True)
    console.print(
        _("The ledger is not signed before this is settled; acts go on, and their lines wait. How to go on: %(page)s.")
        % {"page": "docs/how-to/restore-the-ledger.md"},
        soft_wrap=True,
    )
    return HELD


def key_refusal() -> DomainError | None:
    """Why the ledger could not be signed for want of its key; None when the key is here or none was made yet."""
    if settings.LEDGER_KEY or ledger_keys.file().exists() or not LogKey.objects.exists():
        return None
    return DomainError("ledger-key-missing", file=str(ledger_keys.file()))
