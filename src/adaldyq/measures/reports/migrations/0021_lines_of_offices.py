import django.db.models.deletion
from django.db import migrations, models


def days_of_reopening(apps, schema_editor):
    """The day stands on the line that was kept of it, until the report is erased."""
    leaf, report = (apps.get_model("reports", name) for name in ("ReporterLeaf", "Report"))
    kept = leaf.objects.filter(what="reopened", report=models.OuterRef("pk")).order_by("made_date")
    report.objects.filter(was_reopened=True).update(reopened_date=models.Subquery(kept.values("made_date")[:1]))


class Migration(migrations.Migration):
    """Lines of offices wait for the night as those of reporters and of the clock do; the day of reopening is kept."""

    dependencies = [("reports", "0020_at_least_so_many")]

    operations = [
        migrations.AlterField(
            "reporterleaf",
            "report",
            models.ForeignKey(
                help_text="Empty for an act about several.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="leaves",
                to="reports.report",
            ),
        ),
        migrations.AlterField(
            "reporterleaf",
            "facts",
            models.TextField(
                blank=True,
                help_text="What an act of an office or of the clock tells besides, its name, and who did it, as JSON.",
            ),
        ),
        migrations.AlterField(
            "reporterleaf",
            "what",
            models.CharField(
                choices=[
                    ("filed", "filed"),
                    ("added", "added"),
                    ("reopened", "reopened"),
                    ("protection", "protection"),
                    ("objected", "objected"),
                    ("clock", "clock"),
                    ("office", "office"),
                ],
                max_length=10,
            ),
        ),
        migrations.AddField(
            "report",
            "reopened_date",
            models.DateField(help_text="Day of that; not known of some before it was kept.", null=True),
        ),
        migrations.RunPython(days_of_reopening, migrations.RunPython.noop),
    ]
