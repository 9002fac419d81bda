"""The full-text index of licences on SQLite, with the columns by which the register is narrowed."""

from django.db import migrations

from adaldyq.kernel import search_sql

BEFORE = search_sql.Indexed("permits_permitlicence", ("words",), key="serial")
INDEXED = search_sql.Indexed(
    "permits_permitlicence", ("words",), key="serial", marks=("state", "body_id", "entry_id")
)


def make(apps, schema_editor):
    """Make it anew with them; PostgreSQL puts its indexes together by itself."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in [*search_sql.sqlite_unmade(BEFORE), *search_sql.sqlite_marked(INDEXED)]:
            schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    """Make it anew without them."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in [*search_sql.sqlite_unmade(INDEXED), *search_sql.sqlite_made(BEFORE)]:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("permits", "0008_transfer_proposed")]

    operations = [migrations.RunPython(make, unmake)]
