"""`adaldyq migrate`: prepares the database."""

from __future__ import annotations

import click
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from adaldyq.project.cli.output import console
from adaldyq.project.cli.searching import tell_what_is_lacking


@click.command(
    help=_(
        "Prepare the database: make or change its tables as this version needs them.\n\n"
        "Safe to run again. The database is SQLite in the data folder, or the one that DATABASE_URL names."
    )
)
def migrate() -> None:
    """Prepare the database and say what was done."""
    steps = prepare_database()
    console.print(_("The database is prepared: %(steps)s steps.") % {"steps": steps})
    tell_what_is_lacking()


def prepare_database() -> int:
    """Apply the migrations that are missing and return how many they were."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if missing:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    return len(missing)
