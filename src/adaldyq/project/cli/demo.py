"""`adaldyq demo`: the sample country."""

from __future__ import annotations

from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.demo import load
from adaldyq.demo.parquet import write_country
from adaldyq.demo.world import MOST_PEOPLE
from adaldyq.project.cli.migrating import prepare_database
from adaldyq.project.cli.output import console, number, progress

PEOPLE, SEED = 20_000, 1


@click.group(
    invoke_without_command=True,
    help=_(
        "Make the sample country: invented people, bodies, companies and several years of declarations, with schemes "
        "planted in them whose truth is known.\n\n"
        "Without --parquet it is loaded into the database, which must be empty of other records; a load that was "
        "interrupted is completed. With --parquet it is written to a folder, whatever its size, and no database is "
        "touched; `adaldyq verify --snapshot DIR` verifies that folder. `adaldyq demo score` tells how well the "
        "rules find what was planted."
    ),
)
@click.option(
    "--people",
    default=PEOPLE,
    show_default=True,
    type=click.IntRange(100, MOST_PEOPLE),
    help=_("How many people live in it."),
)
@click.option("--seed", default=SEED, show_default=True, help=_("The same seed gives the same country."))
@click.option(
    "--parquet",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help=_("Write Parquet files to this folder instead of the database."),
)
@click.pass_context
def demo(context: click.Context, people: int, seed: int, parquet: Path | None) -> None:
    """Make the sample country, unless a command of the group was named."""
    if context.invoked_subcommand is not None:
        return
    if parquet is None:
        prepare_database()
        load_country(people, seed)
        console.print(_("The sample country is loaded. See it with `adaldyq run`, verify it with `adaldyq verify`."))
        return
    with progress(works()) as told:
        write_country(parquet, seed=seed, people=people, at=timezone.now(), progress=told)
    console.print(_("Written. Verify it with `adaldyq verify --snapshot %(folder)s`.") % {"folder": parquet})


def load_country(people: int, seed: int) -> None:
    """Load the sample country into the database, showing progress."""
    with progress(works()) as told:
        load.load_country(seed=seed, people=people, folder=settings.DATA_DIR, at=timezone.now(), progress=told)


def load_when_empty(people: int) -> None:
    """Load the sample country unless it is there, whole."""
    if not load.is_loaded():
        console.print(_("Making a sample country of %(people)s people …") % {"people": number(people)})
        load_country(people, SEED)


def works() -> dict[str, str]:
    """Words for what takes time."""
    return {"people": _("People")}
