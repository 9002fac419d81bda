from django.db import migrations, models


class Migration(migrations.Migration):
    """Lines of the clock wait for the night as those of reporters do."""

    dependencies = [("reports", "0017_feedback_of_silent_offices")]

    operations = [
        migrations.AddField(
            "reporterleaf",
            "facts",
            models.TextField(blank=True, default="", help_text="What an act of the clock tells besides, and its name, as JSON."),
            preserve_default=False,
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
                ],
                max_length=10,
            ),
        ),
    ]
