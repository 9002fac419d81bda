"""Keeps the day of filing by the country's own clock beside the instant."""

from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import TruncDate


def fill(apps, schema_editor):
    """Fill in the day of what was filed before."""
    filed = apps.get_model("declarations", "Declaration").objects.filter(filed_at__isnull=False)
    filed.update(filed_date=TruncDate("filed_at", tzinfo=ZoneInfo(settings.TIME_ZONE)))


class Migration(migrations.Migration):
    dependencies = [("declarations", "0003_indexes_of_the_register")]

    operations = [
        migrations.AddField(
            model_name="declaration",
            name="filed_date",
            field=models.DateField(
                editable=False,
                help_text="Day of filing by the country's own clock; empty when the source does not say.",
                null=True,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
