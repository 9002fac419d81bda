"""Counts are kept as they are told. Exact ones go, and the newest quarter is counted anew in the next night."""

from __future__ import annotations

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import adaldyq.base.ids


def forget_editions(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Remove the editions, whose counts were exact."""
    apps.get_model("reports", "ReportEdition").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("reports", "0019_senders_of_doors")]

    operations = [
        migrations.DeleteModel("ReportCount"),
        migrations.RunPython(forget_editions, migrations.RunPython.noop),
        migrations.CreateModel(
            name='ReportCount',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('year', models.IntegerField(help_text='Year in which they were received.')),
                ('by', models.CharField(choices=[('all', 'all'), ('office', 'office'), ('body', 'body'), ('topic', 'topic'), ('region', 'region'), ('channel', 'channel')], max_length=10)),
                ('key', models.CharField(blank=True, help_text='Which one; empty for all, or where none was named.', max_length=40)),
                ('received', models.IntegerField()),
                ('acknowledged', models.IntegerField(help_text='Within the term.')),
                ('acknowledgement_due', models.IntegerField(help_text='Acknowledged, or the term to do it has passed.')),
                ('answered', models.IntegerField(help_text='The reporter was told within the term what was done.')),
                ('answer_due', models.IntegerField(help_text='The reporter was told, or the term to do it has passed.')),
                ('substantiated', models.IntegerField()),
                ('decided', models.IntegerField()),
                ('reopened', models.IntegerField(help_text='The reporter said that it was not resolved.')),
                ('led_to_case', models.IntegerField(help_text='A case was opened, as the register of cases says.')),
                ('recovered', models.IntegerField(help_text='Money came back by such a case.')),
                ('recovered_amount', models.DecimalField(decimal_places=2, help_text="How much, in the country's currency; empty where it is not told.", max_digits=18, null=True)),
                ('rewarded_amount', models.DecimalField(decimal_places=2, help_text='How much was granted as rewards; empty where it is not told.', max_digits=18, null=True)),
                ('protected', models.IntegerField(help_text='A protection file was opened.')),
                ('set_aside', models.IntegerField(help_text='Set aside as no report; not among those received.')),
                ('waits', models.JSONField(default=list, help_text='Of all together: of each step of the curve how many waited until it, and how many after it.')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='reports.reportedition')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('edition', 'by', 'year', 'key'), name='report_count_is_once')],
            },
        ),
    ]
