"""Officers of another body are drawn where nobody else may decide; licences of former registers say where they come from."""

import django.db.models.deletion
from django.db import migrations, models

import adaldyq.base.ids


class Migration(migrations.Migration):
    dependencies = [("permits", "0009_licence_marks")]

    operations = [
        migrations.AddField(
            "permitapplication",
            "lent_to",
            models.ForeignKey(
                help_text="Body whose officers are drawn instead.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="kernel.body",
            ),
        ),
        migrations.AddField(
            "permitapplication",
            "nobody_at",
            models.DateTimeField(help_text="Since when no officer may have it; empty: one has or may.", null=True),
        ),
        migrations.CreateModel(
            "PermitOrigin",
            [
                (
                    "id",
                    models.CharField(
                        default=adaldyq.base.ids.new_id,
                        editable=False,
                        help_text="Opaque id.",
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("source", models.CharField(help_text="Short name of the register.", max_length=60)),
                ("title", models.CharField(help_text="What pages call it.", max_length=200)),
                ("as_of", models.DateField(help_text="Day on which it said so.")),
                ("digest", models.CharField(help_text="SHA-256 of what it said, in hexadecimal.", max_length=64)),
                ("taken_at", models.DateTimeField(help_text="When it was taken over.")),
                (
                    "licence",
                    models.OneToOneField(
                        help_text="Which licence.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="origin",
                        to="permits.permitlicence",
                    ),
                ),
            ],
            options={"indexes": [models.Index(fields=["source"], name="permit_origin_by_source")]},
        ),
    ]
