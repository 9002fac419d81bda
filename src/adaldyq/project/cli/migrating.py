"""`adaldyq migrate`: prepares the database."""

from __future__ import annotations

import click
from django.core.management import call_command
from django.core.management.commands.migrate import Command as DjangosMigrate
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from adaldyq.project.cli.output import Told, console, progress
from adaldyq.project.cli.searching import tell_what_is_lacking

WORK = "migrations"


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


class Migrating(DjangosMigrate):
    """Django's command, which tells after each migration how many are done."""

    def __init__(self, told: Told, steps: int) -> None:
        super().__init__()
        self.told, self.steps, self.done = told, steps, 0

    def migration_progress_callback(self, action: str, migration: object = None, fake: bool = False) -> None:  # noqa: FBT002  # Django calls it so
        """Count the migrations that are applied."""
        if action == "apply_success":
            self.done += 1
            self.told(WORK, self.done, self.steps)


def prepare_database() -> int:
    """Apply the migrations that are missing, with progress, and return how many they were."""
    if not missing_migrations():
        return 0
    with progress({WORK: work_title()}) as told:
        return apply_migrations(told)


def apply_migrations(told: Told) -> int:
    """Apply the migrations that are missing, tell how far it is, and return how many they were."""
    if missing := missing_migrations():
        call_command(Migrating(told, missing), verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    return missing


def missing_migrations() -> int:
    """How many migrations are missing."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def work_title() -> str:
    """What the progress calls it."""
    return _("Tables of the database")
