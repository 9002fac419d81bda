"""`adaldyq permits`: the catalogue of licences, permits and notifications."""

from __future__ import annotations

from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import system
from adaldyq.kernel.naming import pack
from adaldyq.kernel.problems import sentence
from adaldyq.measures.permits.actions.loading import load_pack, load_procedures
from adaldyq.measures.permits.domain.bpmn import bpmn
from adaldyq.measures.permits.domain.linting import lint as look_through
from adaldyq.measures.permits.domain.procedures import read
from adaldyq.project.cli import REFUSED
from adaldyq.project.cli.output import console, harmless, number

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
    published = load_procedures(by=BY, at=timezone.now())
    console.print(_("Procedures published: %(count)s") % {"count": number(published)})


@permits.command(
    help=_(
        "Look through the procedure of a permit in FILE, without a database, and say everything for which it would not be "
        "published: a step that nothing leads to, a loop, a step without deadline or appeal, one person who both verifies and "
        "decides. Ends with 1 when there is something.\n\n"
        "With --bpmn the picture of a procedure that is in order is written into a file, for tools that open BPMN 2.0."
    )
)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--bpmn", "picture", type=click.Path(path_type=Path, dir_okay=False), help=_("File for the picture."))
@click.pass_context
def lint(context: click.Context, file: Path, picture: Path | None) -> None:
    """Look a procedure through."""
    try:
        procedure = read(file.read_text(encoding="utf-8"))
        found = look_through(procedure, pack().languages)
    except DomainError as refused:
        procedure, found = None, [refused]
    except UnicodeDecodeError:
        procedure, found = None, [DomainError("procedure-not-json", field="text")]
    for one in found:
        console.print(harmless(sentence(one)), markup=False, soft_wrap=True)
    console.print(_("Mistakes: %(count)s") % {"count": number(len(found))})
    if found or procedure is None:
        context.exit(REFUSED)
    if picture:
        picture.write_bytes(bpmn(procedure, pack().languages[0], _("Within %(days)s working days")))
