"""`adaldyq doctor`: whether everything is in order, and what to do where it is not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.project.cli import REFUSED
from adaldyq.project.cli.output import console
from adaldyq.project.doctor.examination import examine
from adaldyq.project.doctor.machine import GIGABYTE
from adaldyq.project.doctor.outcomes import Conditions, Level, Outcome

STYLES = {Level.GOOD: "green", Level.LOOK: "yellow", Level.BAD: "bold red"}


@click.command(
    help=_(
        "Look at settings, database, worker, ledger, disk and clock, and say what to do where something is wrong.\n\n"
        "A line for each check: good, look (nothing is broken, but see to it) or bad. It mends nothing itself. "
        "Exit code 0: nothing is bad; 1: something is."
    )
)
@click.option("--json", "as_json", is_flag=True, help=_("For programs: one JSON document."))
@click.option(
    "--free",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0),
    metavar="GB",
    help=_("Gigabytes that must be free on each disk."),
)
@click.option(
    "--web", "pages_only", is_flag=True, help=_("No worker runs on this machine: do not ask for the ledger’s key.")
)
@click.pass_context
def doctor(context: click.Context, *, as_json: bool, free: float, pages_only: bool) -> None:
    """Look at everything."""
    conditions = Conditions(at=timezone.now(), least_free=int(free * GIGABYTE))
    found = []
    for outcome in examine(conditions, pages_only=pages_only):
        found.append(outcome)
        if not as_json:
            tell(outcome)
    counts = Counter(outcome.level for outcome in found)
    numbers = {str(level): counts[level] for level in Level}
    if as_json:
        click.echo(json.dumps(numbers | {"checks": [asdict(one) for one in found]}, ensure_ascii=False, indent=1))
    else:
        console.print()
        console.print(_("good: %(good)s, look: %(look)s, bad: %(bad)s") % numbers)
    if counts[Level.BAD]:
        context.exit(REFUSED)


def tell(outcome: Outcome) -> None:
    """Print what a check found, with the remedy on the same line."""
    words: Mapping[Level, str] = {Level.GOOD: _("good"), Level.LOOK: _("look"), Level.BAD: _("bad")}
    width = max(map(len, words.values()))
    console.print(words[outcome.level].ljust(width), style=STYLES[outcome.level], end="  ")
    line = f"{outcome.says} → {outcome.remedy}" if outcome.remedy else outcome.says
    console.print(line, markup=False, soft_wrap=True)
