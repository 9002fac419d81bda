from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_editions(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the editions, whose sums and curves were told otherwise; the newest quarter is counted anew in the next night."""
    apps.get_model("reports", "ReportEdition").objects.all().delete()


class Migration(migrations.Migration):
    """Sums are told by counts of cases, and curves by those who were watched for so long."""

    dependencies = [("reports", "0021_lines_of_offices")]

    operations = [
        migrations.RunPython(forget_editions, migrations.RunPython.noop),
        migrations.AlterField(
            "reportcount",
            "waits",
            models.JSONField(
                default=list,
                help_text="Of all together: of each day of the curve how many were watched until it, and how many waited after it.",
            ),
        ),
    ]
