from django.db import migrations

from adaldyq.measures.payments.models.guards import install, remove


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0001_initial'),
    ]

    operations = [
        migrations.RunPython(install, remove),
    ]
