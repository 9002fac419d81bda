
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('declarations', '0022_fine_ground'),
        ('kernel', '0015_documents_by_programs'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='attachment',
            name='attachment_is_of_something',
        ),
        migrations.AddField(
            model_name='attachment',
            name='paper',
            field=models.ForeignKey(help_text='Paper in hand with which it was brought.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='declarations.receivedpaper'),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='row_id',
            field=models.CharField(help_text='Id of the entry, in the draft or in the declaration; of a paper its number.', max_length=20),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(('draft__isnull', False), ('declaration__isnull', False), ('paper__isnull', False), _connector='OR'), name='attachment_is_of_something'),
        ),
    ]
