"""Indexes of the register of licences: words, and the columns by which it is narrowed and sorted."""

from django.db import migrations, models

from adaldyq.kernel import search_sql

INDEXED = search_sql.Indexed("permits_permitlicence", ("words",), key="serial")
LATEST_FIRST = "CREATE INDEX permit_licence_by_end_last ON permits_permitlicence (valid_until DESC NULLS LAST)"


def make(apps, schema_editor):
    """Make the full-text index; and on PostgreSQL one that begins with the latest end, which it does not read off another."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    made = search_sql.postgresql_made if is_postgresql else search_sql.sqlite_made
    for statement in [*made(INDEXED), *([LATEST_FIRST] if is_postgresql else [])]:
        schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    """Take them away."""
    is_postgresql = schema_editor.connection.vendor == "postgresql"
    if is_postgresql:
        schema_editor.execute("DROP INDEX permit_licence_by_end_last", params=None)
    there = search_sql.postgresql_unmade if is_postgresql else search_sql.sqlite_unmade
    for statement in there(INDEXED):
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("permits", "0005_days_taken")]

    operations = [
        migrations.AddIndex(
            "permitlicence", models.Index(fields=["entry", "number"], name="permit_licence_by_entry")
        ),
        migrations.AddIndex(
            "permitlicence", models.Index(fields=["state", "number"], name="permit_licence_by_state")
        ),
        migrations.AddIndex("permitlicence", models.Index(fields=["holder_name"], name="permit_licence_by_holder")),
        migrations.AddIndex("permitlicence", models.Index(fields=["valid_until"], name="permit_licence_by_end")),
        migrations.RunPython(make, unmake),
    ]
