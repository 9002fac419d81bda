import adaldyq.base.ids
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('verification', '0001_initial'), ('verification', '0002_queue_order'), ('verification', '0003_queue_counts'), ('verification', '0004_object_label'), ('verification', '0005_not_reproducible'), ('verification', '0006_evidence_of_row')]

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('dataset', models.CharField(blank=True, help_text='Name of the dataset; empty for the country.', max_length=60)),
                ('snapshot', models.CharField(help_text="SHA-256 of the snapshot's manifest.", max_length=64)),
                ('snapshot_path', models.CharField(help_text='Folder of the snapshot, within the data folder.', max_length=500)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('engine', models.CharField(help_text='Engine and its version.', max_length=60)),
                ('outcome', models.CharField(default='running', help_text='running, done or failed.', max_length=10)),
                ('not_reproducible_since', models.DateTimeField(help_text='When records that it read were erased, and its snapshot with them.', null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['dataset', 'started_at'], name='run_of_dataset')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.CharField(help_text='Made of rule, dataset, subject and object.', max_length=26, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=100)),
                ('kind', models.CharField(help_text='flag, or quality for suspected typing errors.', max_length=10)),
                ('severity', models.CharField(help_text='high, medium or low.', max_length=10)),
                ('dataset', models.CharField(blank=True, max_length=60)),
                ('subject_id', models.CharField(help_text='Person the question is about.', max_length=40)),
                ('subject_label', models.CharField(blank=True, help_text='Name to show in the queue.', max_length=300)),
                ('object_id', models.CharField(blank=True, help_text='What it is about: a year, a thing, a company.', max_length=100)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, help_text='Sum in question.', max_digits=15, null=True)),
                ('currency', models.CharField(blank=True, help_text='Currency, ISO 4217.', max_length=3)),
                ('since', models.DateField(help_text='Day from which the question stands.', null=True)),
                ('version', models.CharField(help_text='Version of the rule that fired last.', max_length=64)),
                ('state', models.CharField(default='open', max_length=10)),
                ('assignee', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='findings', to=settings.AUTH_USER_MODEL)),
                ('first_run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='new_findings', to='verification.run')),
                ('gone_run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='gone_findings', to='verification.run')),
                ('last_run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seen_findings', to='verification.run')),
                ('rank', models.GeneratedField(db_persist=True, expression=models.Case(models.When(severity='high', then=models.Value(0)), models.When(severity='medium', then=models.Value(1)), models.When(severity='low', then=models.Value(2)), default=models.Value(3)), output_field=models.SmallIntegerField())),
                ('object_label', models.CharField(blank=True, help_text='Name of the company, person or body that the object names.', max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['dataset', 'rule'], name='finding_of_rule'), models.Index(fields=['subject_id'], name='finding_of_subject'), models.Index(condition=models.Q(('gone_run__isnull', True)), fields=['kind', 'state'], name='finding_counts'), models.Index(condition=models.Q(('gone_run__isnull', True)), fields=['kind', 'rank', 'id'], name='finding_by_severity'), models.Index(condition=models.Q(('gone_run__isnull', True)), fields=['kind', 'amount', 'id'], name='finding_by_amount'), models.Index(condition=models.Q(('gone_run__isnull', True)), fields=['kind', 'since', 'id'], name='finding_by_day'), models.Index(condition=models.Q(('gone_run__isnull', True)), fields=['kind', 'first_run'], name='finding_new'), models.Index(condition=models.Q(('gone_run__isnull', False)), fields=['kind', 'state'], name='finding_gone')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(help_text="Step of the finding's life that was taken.", max_length=20)),
                ('reason', models.TextField(blank=True)),
                ('ruled_out', models.JSONField(default=list, help_text='Innocent explanations that were ruled out, by number.')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='verification.finding')),
            ],
        ),
        migrations.CreateModel(
            name='EvidenceRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=100)),
                ('values', models.JSONField(help_text='The row, column by column.')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evidence', to='verification.finding')),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'table'], name='evidence_of_row')],
            },
        ),
        migrations.CreateModel(
            name='RuleRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=100)),
                ('version', models.CharField(help_text='SHA-256 of the rule file.', max_length=64)),
                ('checked', models.BigIntegerField(default=0)),
                ('fired', models.BigIntegerField(default=0)),
                ('unjudged', models.JSONField(default=dict, help_text='Units that could not be judged, by reason.')),
                ('error', models.TextField(blank=True)),
                ('milliseconds', models.IntegerField(default=0)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='verification.run')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'rule'), name='rule_runs_once_in_a_run')],
            },
        ),
    ]
