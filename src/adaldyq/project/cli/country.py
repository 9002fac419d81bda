"""`adaldyq country`: the packs there are, and what is wrong with one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import click
from django.utils.translation import gettext as _

from adaldyq.countries.loader import available, folder_of, load, read
from adaldyq.countries.reading import Note
from adaldyq.kernel.naming import spoken
from adaldyq.kernel.problems import sentence
from adaldyq.project.cli import REFUSED
from adaldyq.project.cli.output import console, number, show_table


@click.group(help=_("Country packs: the facts of a country as data."))
def country() -> None:
    """Hold the commands together."""


@country.command("list", help=_("List the packs that ship with the product."))
def list_packs() -> None:
    """List the packs."""
    columns = ((_("Code"), "left"), (_("Country"), "left"), (_("Languages"), "left"), (_("Currency"), "left"))
    packs = [(code, load(code)) for code in available()]
    lines = [(code, spoken(pack.names, pack.code), ", ".join(pack.languages), pack.currency) for code, pack in packs]
    show_table(_("Country packs"), columns, lines)


@country.command(
    help=_(
        "Check a pack: the code of one that ships with the product, or a folder.\n\n"
        "Tells every mistake with its file, line and remedy, and which values are illustrative. "
        "Ends with 1 when there is a mistake."
    )
)
@click.argument("pack", metavar="PACK")
@click.pass_context
def check(context: click.Context, pack: str) -> None:
    """Check a pack."""
    folder = folder_of(pack)
    report = read(folder).report
    for mistake in report.mistakes:
        tell(sentence(mistake))
    for line in notes(report.notes):
        tell(line)
    console.print()
    tell(_("Checked: %(folder)s") % {"folder": folder})
    found, noted = len(report.mistakes), len(report.notes)
    tell(_("Mistakes: %(count)s") % {"count": number(found)})
    tell(_("Illustrative values: %(count)s") % {"count": number(noted)})
    if report.mistakes:
        context.exit(REFUSED)


def tell(line: str) -> None:
    """Print a line as it is, however long."""
    console.print(line, markup=False, soft_wrap=True)


def notes(found: Sequence[Note]) -> Iterator[str]:
    """What is illustrative, a sentence for each run of lines that follow each other in a file."""
    placed = sorted(found, key=lambda note: (note.file, note.line))
    runs = groupby(enumerate(placed), key=lambda pair: (pair[1].file, pair[1].line - pair[0]))
    for _run, members in runs:
        together = [note for _place, note in members]
        first, last = together[0], together[-1]
        facts = {"file": first.file, "line": first.line, "last": last.line, "value": first.value}
        if first is last:
            yield _("%(file)s, line %(line)s: “%(value)s” is illustrative.") % facts
        else:
            yield _("%(file)s, lines %(line)s to %(last)s: the values are illustrative.") % facts
