"""A licence goes to another company when two officers say so: the first names the company."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("permits", "0007_public_beacon")]

    operations = [
        migrations.AddField(
            "permitlicenceevent",
            "company",
            models.ForeignKey(
                help_text="To which it was proposed to go.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.company",
            ),
        ),
    ]
