from django.conf import settings
from django.db import migrations, models
import django.db.models.deletion


class Migration(migrations.Migration):

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('declarations', '0031_opened_late'),
    ]

    operations = [
        migrations.AddField(
            model_name='nonfiling',
            name='back_refusal',
            field=models.TextField(blank=True, default='', help_text='Why another officer refused what was proposed last.'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='nonfiling',
            name='back_refused_at',
            field=models.DateTimeField(help_text='When what was proposed last was refused.', null=True),
        ),
        migrations.AddField(
            model_name='nonfiling',
            name='back_refused_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
    ]
