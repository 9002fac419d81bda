
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0001_squashed_0014_signatures'),
    ]

    operations = [
        migrations.AddField(
            model_name='upload',
            name='body',
            field=models.ForeignKey(help_text='Institution whose program handed it in.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='kernel.body'),
        ),
    ]
