"""A refund by bank that did not reach the payer goes to another account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0024_corrections_of_two")]

    operations = [
        migrations.AddField(
            "refund",
            "account",
            models.CharField(
                help_text="Account to which it is transferred; empty: by the way it came.", max_length=40, null=True
            ),
        ),
    ]
