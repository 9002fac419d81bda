"""Draws may wait for a round of a public beacon."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("permits", "0006_licence_search")]

    operations = [
        migrations.AddField(
            "permitdraw",
            "round",
            models.BigIntegerField(help_text="Number of the round of the public beacon; empty without it.", null=True),
        ),
        migrations.AlterField(
            "permitdraw",
            "beacon_kind",
            models.CharField(help_text="What makes the seed: witnesses, offices or drand.", max_length=12),
        ),
    ]
