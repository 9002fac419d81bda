from django.db import migrations, models


class Migration(migrations.Migration):
    """Sums are told by steps. What earlier editions told stays as it was."""

    dependencies = [("street", "0003_limits")]

    operations = [
        migrations.AlterField(
            "streetcell",
            "price_low",
            models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Three quarters of the sums named are so much or more; a step of 1, 2, 5, 10 and so on.",
                max_digits=15,
                null=True,
            ),
        ),
        migrations.AlterField(
            "streetcell",
            "price_median",
            models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Half of the sums named are so much or more; such a step.",
                max_digits=15,
                null=True,
            ),
        ),
        migrations.AlterField(
            "streetcell",
            "price_high",
            models.DecimalField(
                blank=True,
                decimal_places=2,
                help_text="Three quarters of the sums named are less; such a step.",
                max_digits=15,
                null=True,
            ),
        ),
    ]
