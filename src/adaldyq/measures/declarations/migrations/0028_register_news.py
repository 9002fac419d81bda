"""What a register has said since it was corrected, beside what stands in the row of a draft."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("declarations", "0027_referrals_through_the_port")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="draftrow",
            name="news",
            field=models.JSONField(
                default=dict,
                help_text="What its register says since it was corrected: day, taken columns, text by box that differs, gone.",
            ),
        ),
    ]
