"""A correction may say that a refund which had failed left after all."""

from django.db import migrations, models

KINDS = ("late_success", "false_success", "reversed_charge_back", "late_refund")


class Migration(migrations.Migration):
    dependencies = [("payments", "0025_refund_account")]

    operations = [
        migrations.AlterField(
            "attemptcorrection",
            "kind",
            models.CharField(choices=[(one, one) for one in KINDS], help_text="Which kind.", max_length=24),
        ),
    ]
