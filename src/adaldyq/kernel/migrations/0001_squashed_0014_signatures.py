import adaldyq.base.ids
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models

from adaldyq.kernel import search_sql

INDEXED = (search_sql.ENTRIES, search_sql.WORDS)


def make(apps, schema_editor):
    """Make the full-text indexes of the database at hand."""
    made = search_sql.postgresql_made if schema_editor.connection.vendor == "postgresql" else search_sql.sqlite_made
    for indexed in INDEXED:
        for statement in made(indexed):
            schema_editor.execute(statement, params=None)


def unmake(apps, schema_editor):
    """Take them away."""
    there = search_sql.postgresql_unmade if schema_editor.connection.vendor == "postgresql" else search_sql.sqlite_unmade
    for indexed in INDEXED:
        for statement in there(indexed):
            schema_editor.execute(statement, params=None)


def leave_unlogged(apps, schema_editor):
    """Counts need not survive a crash: on PostgreSQL they are kept out of its log, so that a request waits for no disk."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE kernel_requestcount SET UNLOGGED")


class Migration(migrations.Migration):

    replaces = [('kernel', '0001_initial'), ('kernel', '0002_deadlines_notifications_files_reads'), ('kernel', '0003_dated_history'), ('kernel', '0004_accounts_mandates_absences'), ('kernel', '0005_search'), ('kernel', '0006_heartbeats'), ('kernel', '0007_registries_of_registrars'), ('kernel', '0008_delivery_address'), ('kernel', '0009_search_rebuild'), ('kernel', '0010_institution_tokens'), ('kernel', '0011_territories_over_time'), ('kernel', '0012_name_keys'), ('kernel', '0013_erasures'), ('kernel', '0014_signatures')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('birth_date', models.DateField(blank=True, help_text='Day of birth.', null=True)),
                ('death_date', models.DateField(blank=True, help_text='Day of death; empty for the living.', null=True)),
                ('sex', models.CharField(blank=True, help_text='f, m, or empty when the register does not say.', max_length=1)),
                ('country', models.CharField(blank=True, help_text='Citizenship, ISO 3166-1.', max_length=2)),
                ('source', models.CharField(help_text='Register the record came from.', max_length=200)),
                ('as_of', models.DateField(help_text='Day on which the source said so.')),
            ],
            options={
                'verbose_name_plural': 'people',
                'constraints': [models.CheckConstraint(condition=models.Q(('death_date__isnull', True), ('birth_date__isnull', True), ('death_date__gte', models.F('birth_date')), _connector='OR'), name='person_dies_after_birth')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('username', models.CharField(max_length=100, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('is_active', models.BooleanField(default=True)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.person')),
                ('is_sample', models.BooleanField(default=False, help_text='Whether it belongs to a sample country, so that anybody may know how to sign in.')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Territory',
            fields=[
                ('id', models.CharField(help_text='ISO 3166-2 code, or the official one below it.', max_length=12, primary_key=True, serialize=False)),
                ('official_code', models.CharField(blank=True, help_text="Code in the country's own classifier.", max_length=20)),
                ('level', models.CharField(help_text='country, region, city, district or rural.', max_length=20)),
                ('source', models.CharField(help_text='Register the record came from.', max_length=200)),
                ('as_of', models.DateField(help_text='Day on which the source said so.')),
                ('parent', models.ForeignKey(blank=True, help_text='The territory it is part of.', null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.territory')),
                ('closed_date', models.DateField(blank=True, help_text='Last day; empty while it lasts.', null=True)),
                ('names', models.JSONField(blank=True, default=dict, help_text="Names by language; empty when the pack's hold.")),
                ('opened_date', models.DateField(blank=True, help_text='First day; empty when unknown.', null=True)),
            ],
            options={
                'verbose_name_plural': 'territories',
            },
        ),
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('identifier', models.CharField(blank=True, help_text='Registration number, such as the BIN.', max_length=20)),
                ('name', models.CharField(help_text='Registered name.', max_length=300)),
                ('legal_form', models.CharField(help_text="Legal form, from the pack's list.", max_length=20)),
                ('activity', models.CharField(blank=True, help_text='Main activity, NACE or the national variant.', max_length=10)),
                ('registered_date', models.DateField(blank=True, help_text='Day of registration.', null=True)),
                ('closed_date', models.DateField(blank=True, help_text='Day it was struck off; empty while it lives.', null=True)),
                ('source', models.CharField(help_text='Register the record came from.', max_length=200)),
                ('as_of', models.DateField(help_text='Day on which the source said so.')),
                ('head', models.ForeignKey(blank=True, help_text='Who manages it.', null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.person')),
                ('territory', models.ForeignKey(help_text='Where it is registered.', null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.territory')),
            ],
            options={
                'verbose_name_plural': 'companies',
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('last', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='RequestCount',
            fields=[
                ('client', models.CharField(help_text='Beginning of a hash.', max_length=32, primary_key=True, serialize=False)),
                ('minute', models.BigIntegerField(help_text='Minutes since 1970.')),
                ('used', models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='SearchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(help_text='The word, folded.', max_length=100, unique=True)),
                ('trigrams', models.TextField(help_text='Its threes of letters.')),
            ],
        ),
        migrations.CreateModel(
            name='SignInFailures',
            fields=[
                ('key', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('count', models.IntegerField(default=0)),
                ('last_at', models.DateTimeField(db_index=True)),
            ],
            options={
                'verbose_name_plural': 'sign-in failures',
            },
        ),
        migrations.CreateModel(
            name='ContactChoice',
            fields=[
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='contact', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('language', models.CharField(blank=True, help_text="Language of messages; empty for the country's.", max_length=8)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('email_confirmed_at', models.DateTimeField(null=True)),
                ('email_wanted', models.BooleanField(default=True)),
                ('phone', models.CharField(blank=True, help_text='In the form of E.164.', max_length=20)),
                ('phone_confirmed_at', models.DateTimeField(null=True)),
                ('sms_wanted', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('identifier', models.CharField(blank=True, help_text="Number in the country's register of bodies.", max_length=20)),
                ('name', models.CharField(help_text="Official name, in the pack's first language.", max_length=300)),
                ('names', models.JSONField(default=dict, help_text='Official names by language.')),
                ('level', models.CharField(help_text='national, regional, city, district or rural.', max_length=10)),
                ('kind', models.CharField(help_text="Kind of body, from the pack's list.", max_length=30)),
                ('source', models.CharField(help_text='Register the record came from.', max_length=200)),
                ('as_of', models.DateField(help_text='Day on which the source said so.')),
                ('parent', models.ForeignKey(blank=True, help_text='The body above it.', null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.body')),
                ('territory', models.ForeignKey(help_text='Territory it serves.', on_delete=django.db.models.deletion.PROTECT, to='kernel.territory')),
                ('closed_date', models.DateField(blank=True, help_text='Last day; empty while it exists.', null=True)),
                ('opened_date', models.DateField(blank=True, help_text='First day; empty when unknown.', null=True)),
            ],
            options={
                'verbose_name_plural': 'bodies',
                'constraints': [models.CheckConstraint(condition=models.Q(('closed_date__isnull', True), ('opened_date__isnull', True), ('closed_date__gte', models.F('opened_date')), _connector='OR'), name='body_closes_after_it_opens')],
            },
        ),
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('name', models.CharField(help_text='What is due, as the country pack calls it.', max_length=60)),
                ('title', models.CharField(help_text='What is due, an English sentence of the catalogues.', max_length=200)),
                ('subject_kind', models.CharField(help_text='Model of the subject, as app.Model.', max_length=60)),
                ('subject_id', models.CharField(help_text='Id of the subject.', max_length=40)),
                ('href', models.CharField(blank=True, help_text='Page of the subject, without the language.', max_length=200)),
                ('working', models.BooleanField(help_text='Whether working days count, or all days.')),
                ('started_at', models.DateTimeField()),
                ('due_date', models.DateField(help_text='Last day on which it is in time.')),
                ('due_at', models.DateTimeField(help_text='End of that day in the country: from then on it is missed.')),
                ('days_left', models.IntegerField(help_text='Days that were left when it was paused.', null=True)),
                ('step', models.CharField(blank=True, help_text="Step of the subject's life that the clock then takes.", max_length=40)),
                ('action', models.CharField(blank=True, help_text='Dotted name of the action that the clock then calls instead of a step.', max_length=200)),
                ('state', models.CharField(default='running', max_length=10)),
                ('closed_at', models.DateTimeField(help_text='When it was met, missed or cancelled.', null=True)),
                ('attempts', models.IntegerField(default=0, help_text='How often the clock tried to apply what follows and failed.')),
                ('look_at', models.DateTimeField(help_text='When the clock looks next.')),
                ('error', models.TextField(blank=True, help_text='Why the clock failed last.')),
                ('account', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='deadlines', to='kernel.body')),
                ('escalates_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='deadlines', to='kernel.person')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'running')), fields=['look_at'], name='deadline_to_look_at'), models.Index(fields=['subject_kind', 'subject_id'], name='deadline_of_subject'), models.Index(fields=['name', 'state'], name='deadline_counts')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ('running', 'paused'))), fields=('subject_kind', 'subject_id', 'name'), name='deadline_runs_once_for_a_subject')],
            },
        ),
        migrations.CreateModel(
            name='DeadlineChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(help_text='pause, resume, extend or cancel.', max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('due_before', models.DateField()),
                ('due_after', models.DateField(help_text='Empty while it is paused.', null=True)),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='kernel.deadline')),
            ],
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100)),
                ('payload', models.JSONField(default=dict)),
                ('happened_at', models.DateTimeField()),
                ('actor', models.CharField(blank=True, help_text='Id of the account or process that acted.', max_length=40)),
                ('on_behalf_of', models.CharField(blank=True, help_text='Whom the actor acted for, as kind:id.', max_length=40)),
                ('subject', models.CharField(blank=True, help_text='What was acted on, as model:id.', max_length=80)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('subject', ''), _negated=True), fields=['subject'], name='event_subject')],
            },
        ),
        migrations.CreateModel(
            name='FormerValue',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('register', models.CharField(help_text="Name of the register's published table.", max_length=30)),
                ('record_id', models.CharField(help_text='The record.', max_length=12)),
                ('field', models.CharField(help_text='Column that held the value.', max_length=40)),
                ('value', models.JSONField(help_text='What it held; days and numbers as text.', null=True)),
                ('valid_to', models.DateField(help_text='Last day on which it held it.')),
                ('source', models.CharField(blank=True, help_text='Where that value came from.', max_length=200)),
                ('as_of', models.DateField(blank=True, help_text='Day on which that source said so.', null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['register', 'record_id', 'field', 'valid_to'], name='former_value_of_record')],
            },
        ),
        migrations.CreateModel(
            name='Heartbeat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('node', models.CharField(help_text='Name of the machine.', max_length=100)),
                ('loop', models.CharField(help_text='events, clock or witnesses.', max_length=20)),
                ('beat_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('node', 'loop'), name='one_heartbeat_of_a_loop_on_a_node')],
            },
        ),
        migrations.CreateModel(
            name='InstitutionToken',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('label', models.CharField(help_text='Which program of the institution it is for.', max_length=100)),
                ('scopes', models.CharField(help_text='What it opens, with spaces between.', max_length=300)),
                ('requests_a_minute', models.IntegerField()),
                ('issued_by', models.CharField(help_text='Id of the account or process that issued it.', max_length=40)),
                ('issued_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('asked_by', models.CharField(blank=True, help_text='Id of the account whose wish for a secret waits for another; or empty.', max_length=40)),
                ('last_used_date', models.DateField(blank=True, null=True)),
                ('revoked_by', models.CharField(blank=True, max_length=40)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tokens', to='kernel.body')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('issued_at'))), name='token_expires_later'), models.CheckConstraint(condition=models.Q(('requests_a_minute__gt', 0)), name='token_permits_requests')],
            },
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('register', models.CharField(help_text='person, company or body.', max_length=30)),
                ('kept_id', models.CharField(help_text='The record that stays.', max_length=12)),
                ('merged_id', models.CharField(help_text='The record that is merged into it; its id redirects.', max_length=12)),
                ('state', models.CharField(default='proposed', max_length=20)),
                ('reason', models.TextField(help_text='Why the two are one.')),
                ('moved', models.JSONField(default=list, help_text='What was moved: model, column, keys; a split moves it back.')),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('split_reason', models.TextField(blank=True, help_text='Why they are two after all.')),
                ('split_proposed_at', models.DateTimeField(null=True)),
                ('split_decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('split_decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('split_proposed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['rejected', 'split']), _negated=True), fields=('register', 'merged_id'), name='record_is_merged_once'), models.CheckConstraint(condition=models.Q(('kept_id', models.F('merged_id')), _negated=True), name='merge_joins_two_records')],
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('key', models.CharField(help_text='Stable: whoever sends the same key again sends nothing new.', max_length=120)),
                ('message', models.CharField(help_text='Which message, as its room calls it.', max_length=60)),
                ('parameters', models.JSONField(default=dict, help_text='Values in its sentences; never a name or a number of a person.')),
                ('href', models.CharField(blank=True, help_text='Page it is about, without the language.', max_length=200)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('read_at__isnull', True)), fields=['account'], name='notification_unread'), models.Index(fields=['account', 'created_at'], name='notification_of_account')],
                'constraints': [models.UniqueConstraint(fields=('account', 'key'), name='notification_is_made_once')],
            },
        ),
        migrations.CreateModel(
            name='NotificationDelivery',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('channel', models.CharField(help_text='email or sms.', max_length=10)),
                ('state', models.CharField(default='waiting', help_text='waiting, sent or given_up.', max_length=10)),
                ('attempts', models.IntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('error', models.TextField(blank=True)),
                ('notification', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='kernel.notification')),
                ('address', models.CharField(blank=True, help_text="Where it goes when it must not follow a later change; empty for the account's present address, and once it is sent.", max_length=254)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['next_attempt_at'], name='notification_waiting')],
                'constraints': [models.UniqueConstraint(fields=('notification', 'channel'), name='notification_goes_once_through_a_channel')],
            },
        ),
        migrations.CreateModel(
            name='Ownership',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('share', models.DecimalField(blank=True, decimal_places=6, help_text='Share, in percent.', max_digits=18, null=True)),
                ('kind', models.CharField(help_text='direct or beneficial.', max_length=10)),
                ('valid_from', models.DateField(blank=True, help_text='First day; empty when unknown.', null=True)),
                ('valid_to', models.DateField(blank=True, help_text='Last day; empty while it lasts.', null=True)),
                ('company', models.ForeignKey(help_text='The company owned.', on_delete=django.db.models.deletion.CASCADE, related_name='owners', to='kernel.company')),
                ('owner_company', models.ForeignKey(help_text='Owner, if a company.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='kernel.company')),
                ('owner_person', models.ForeignKey(help_text='Owner, if a person.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='kernel.person')),
                ('as_of', models.DateField(blank=True, help_text='Day on which the source said so.', null=True)),
                ('source', models.CharField(blank=True, help_text='Register the record came from.', max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='ownership_period_in_order'), models.CheckConstraint(condition=models.Q(('owner_person__isnull', True), ('owner_company__isnull', True), _connector='XOR'), name='ownership_has_one_owner'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('company', 'owner_person', 'kind'), name='person_owns_one_share'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('company', 'owner_company', 'kind'), name='company_owns_one_share')],
            },
        ),
        migrations.CreateModel(
            name='NameKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(help_text='What one word of the name may sound like.', max_length=60)),
                ('person', models.ForeignKey(help_text='Who is found.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='kernel.person')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('key', 'person'), name='name_key_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('granted_at', models.DateTimeField()),
                ('granted_by', models.CharField(help_text='Id of the account that granted it.', max_length=40)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.CharField(blank=True, help_text='Id of the account that withdrew it.', max_length=40)),
                ('company', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='kernel.company')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='kernel.person')),
                ('representative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates_held', to='kernel.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='mandate_period_in_order'), models.CheckConstraint(condition=models.Q(('company__isnull', True), ('person__isnull', True), _connector='XOR'), name='mandate_has_one_principal'), models.CheckConstraint(condition=models.Q(('person__isnull', True), models.Q(('person', models.F('representative')), _negated=True), _connector='OR'), name='mandate_is_for_somebody_else')],
            },
        ),
        migrations.CreateModel(
            name='IncomeRecord',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('year', models.IntegerField(help_text='Year of the income.')),
                ('kind', models.CharField(help_text='salary, pension, dividend, interest, rent, sale, business or other.', max_length=20)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, help_text='Sum paid in the year, before tax.', max_digits=15, null=True)),
                ('tax_withheld', models.DecimalField(blank=True, decimal_places=2, help_text='Tax withheld by the payer.', max_digits=15, null=True)),
                ('currency', models.CharField(blank=True, help_text='Currency, ISO 4217.', max_length=3)),
                ('source', models.CharField(help_text='Register the record came from.', max_length=200)),
                ('as_of', models.DateField(help_text='Day on which the source said so.')),
                ('payer_body', models.ForeignKey(help_text='Payer, if a state body.', null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.body')),
                ('payer_company', models.ForeignKey(help_text='Payer, if a company.', null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.company')),
                ('person', models.ForeignKey(help_text='Who was paid.', on_delete=django.db.models.deletion.CASCADE, related_name='income_records', to='kernel.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__isnull', True), models.Q(('amount__gt', Decimal('-10000000000000')), ('amount__lt', Decimal('10000000000000'))), _connector='OR'), name='income_record_amount_is_exact')],
            },
        ),
        migrations.CreateModel(
            name='FamilyTie',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('kind', models.CharField(help_text='What the relative is: spouse, child, parent or sibling.', max_length=10)),
                ('valid_from', models.DateField(blank=True, help_text='First day: marriage or birth.', null=True)),
                ('valid_to', models.DateField(blank=True, help_text='Last day, such as a divorce; empty while it lasts.', null=True)),
                ('person', models.ForeignKey(help_text='From whose side.', on_delete=django.db.models.deletion.CASCADE, related_name='ties', to='kernel.person')),
                ('relative', models.ForeignKey(help_text='The relative.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='kernel.person')),
                ('as_of', models.DateField(blank=True, help_text='Day on which the source said so.', null=True)),
                ('source', models.CharField(blank=True, help_text='Register the record came from.', max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='family_tie_period_in_order'), models.CheckConstraint(condition=models.Q(('person', models.F('relative')), _negated=True), name='family_tie_joins_two_people'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('person', 'relative', 'kind'), name='family_tie_is_stated_once')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('kind', models.CharField(help_text='Which document, as its room calls it.', max_length=60)),
                ('number', models.CharField(help_text='Number by which it is checked.', max_length=40, unique=True)),
                ('code', models.CharField(help_text='Second word of the check, printed and in the QR code.', max_length=20)),
                ('language', models.CharField(max_length=8)),
                ('subject_kind', models.CharField(help_text='Model of what it certifies, as app.Model.', max_length=60)),
                ('subject_id', models.CharField(max_length=40)),
                ('facts', models.JSONField(default=dict, help_text='What the check page may show: public facts only.')),
                ('sha256', models.CharField(help_text='SHA-256 of the file, in hexadecimal.', max_length=64, unique=True)),
                ('place', models.CharField(help_text='Where the file lies, within the folder of files.', max_length=100)),
                ('size', models.BigIntegerField(help_text='Bytes.')),
                ('issued_at', models.DateTimeField()),
                ('state', models.CharField(default='in_force', max_length=10)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('ground', models.TextField(blank=True, help_text='Why it was withdrawn; public.')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='documents', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='documents', to='kernel.person')),
            ],
            options={
                'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='document_of_subject')],
            },
        ),
        migrations.CreateModel(
            name='CorrectionRequest',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('register', models.CharField(help_text="Name of the register's published table.", max_length=30)),
                ('record_id', models.CharField(help_text='The record that is said to be wrong.', max_length=12)),
                ('field', models.CharField(help_text='Column that is said to be wrong.', max_length=40)),
                ('present_value', models.TextField(blank=True, help_text='What it held when the request was made.')),
                ('claimed_value', models.TextField(blank=True, help_text='What it should hold.')),
                ('evidence', models.TextField(help_text='What shows it.')),
                ('submitted_at', models.DateTimeField()),
                ('due_date', models.DateField(help_text="Last day for the registrar's decision.")),
                ('state', models.CharField(default='submitted', max_length=20)),
                ('taken_at', models.DateTimeField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('ground', models.TextField(blank=True, help_text='Why it was refused, or a remark of the registrar.')),
                ('appeal_text', models.TextField(blank=True, help_text='Why the person does not accept the refusal.')),
                ('appealed_at', models.DateTimeField(null=True)),
                ('appeal_due_date', models.DateField(help_text="Last day for the reviewer's decision.", null=True)),
                ('appeal_decided_at', models.DateTimeField(null=True)),
                ('appeal_ground', models.TextField(blank=True, help_text='Why the refusal stands or falls.')),
                ('appeal_decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='correction_requests', to='kernel.person')),
                ('submitted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'due_date'], name='correction_queue')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state__in', ['submitted', 'in_review', 'appealed'])), fields=('register', 'record_id', 'field', 'person'), name='field_is_in_dispute_once')],
            },
        ),
        migrations.CreateModel(
            name='BankBalance',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('bank', models.CharField(help_text='Name of the bank.', max_length=200)),
                ('country', models.CharField(help_text='Country of the bank, ISO 3166-1.', max_length=2)),
                ('account_number', models.CharField(help_text='Number of the account.', max_length=40)),
                ('year', models.IntegerField(help_text='Year at whose end the balance is stated.')),
                ('balance', models.DecimalField(blank=True, decimal_places=2, help_text='Balance at the end of the year.', max_digits=15, null=True)),
                ('currency', models.CharField(blank=True, help_text='Currency, ISO 4217.', max_length=3)),
                ('source', models.CharField(help_text='Register the record came from.', max_length=200)),
                ('as_of', models.DateField(help_text='Day on which the source said so.')),
                ('person', models.ForeignKey(help_text='Whose account it is.', on_delete=django.db.models.deletion.CASCADE, related_name='bank_balances', to='kernel.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('balance__isnull', True), models.Q(('balance__gt', Decimal('-10000000000000')), ('balance__lt', Decimal('10000000000000'))), _connector='OR'), name='bank_balance_balance_is_exact')],
            },
        ),
        migrations.CreateModel(
            name='PersonIdentifier',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('scheme', models.CharField(help_text='Name of the scheme in the country pack.', max_length=30)),
                ('country', models.CharField(help_text='Country of the scheme, ISO 3166-1.', max_length=2)),
                ('value', models.CharField(help_text='The number.', max_length=40)),
                ('valid_from', models.DateField(blank=True, help_text='First day; empty when unknown.', null=True)),
                ('valid_to', models.DateField(blank=True, help_text='Last day; empty while it lasts.', null=True)),
                ('person', models.ForeignKey(help_text='Whose number it is.', on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='kernel.person')),
                ('as_of', models.DateField(blank=True, help_text='Day on which the source said so.', null=True)),
                ('source', models.CharField(blank=True, help_text='Register the record came from.', max_length=200)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('scheme', 'country', 'value'), name='person_identifier_is_unique'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='person_identifier_period_in_order')],
            },
        ),
        migrations.CreateModel(
            name='PersonName',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('language', models.CharField(help_text='Language, BCP 47.', max_length=8)),
                ('script', models.CharField(help_text='Script, ISO 15924.', max_length=4)),
                ('text', models.CharField(help_text='The name as written in full.', max_length=300)),
                ('family_name', models.CharField(blank=True, help_text='Family name.', max_length=100)),
                ('given_name', models.CharField(blank=True, help_text='Given name.', max_length=100)),
                ('patronymic', models.CharField(blank=True, help_text='Patronymic.', max_length=100)),
                ('valid_from', models.DateField(blank=True, help_text='First day; empty when unknown.', null=True)),
                ('valid_to', models.DateField(blank=True, help_text='Last day; empty while it lasts.', null=True)),
                ('person', models.ForeignKey(help_text='Whose name it is.', on_delete=django.db.models.deletion.CASCADE, related_name='names', to='kernel.person')),
                ('as_of', models.DateField(blank=True, help_text='Day on which the source said so.', null=True)),
                ('source', models.CharField(blank=True, help_text='Register the record came from.', max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='person_name_period_in_order'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('person', 'language', 'script'), name='person_has_one_name_in_a_language')],
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('category', models.CharField(help_text="Category of posts, from the pack's list.", max_length=20)),
                ('title', models.CharField(help_text="Title, in the pack's first language.", max_length=200)),
                ('titles', models.JSONField(default=dict, help_text='Titles by language.')),
                ('declares', models.BooleanField(default=False, help_text="Whether the law makes the holder's declaration public.")),
                ('heads_body', models.BooleanField(default=False, help_text='Whether the holder heads the body.')),
                ('licences', models.BooleanField(default=False, help_text='Whether the holder issues licences.')),
                ('inspects', models.BooleanField(default=False, help_text='Whether the holder inspects businesses.')),
                ('procures', models.BooleanField(default=False, help_text='Whether the holder buys for the state.')),
                ('body', models.ForeignKey(help_text='The body it belongs to.', on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='kernel.body')),
                ('as_of', models.DateField(blank=True, help_text='Day on which the source said so.', null=True)),
                ('source', models.CharField(blank=True, help_text='Register the record came from.', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Appointment',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('valid_from', models.DateField(help_text='First day in the post.')),
                ('valid_to', models.DateField(blank=True, help_text='Last day in the post; empty while it lasts.', null=True)),
                ('act_number', models.CharField(blank=True, help_text='Number of the act of appointment.', max_length=40)),
                ('person', models.ForeignKey(help_text='Who holds the post.', on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='kernel.person')),
                ('post', models.ForeignKey(help_text='The post.', on_delete=django.db.models.deletion.PROTECT, related_name='appointments', to='kernel.post')),
                ('as_of', models.DateField(blank=True, help_text='Day on which the source said so.', null=True)),
                ('source', models.CharField(blank=True, help_text='Register the record came from.', max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='appointment_period_in_order'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('post',), name='post_has_one_holder')],
            },
        ),
        migrations.CreateModel(
            name='Read',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reader_id', models.CharField(help_text='Account that read; empty for a process of the system.', max_length=40)),
                ('reader', models.CharField(blank=True, help_text='Process of the system that read, if one did.', max_length=100)),
                ('roles', models.CharField(blank=True, help_text='Roles in which it was read, with spaces between.', max_length=300)),
                ('acting_for', models.CharField(blank=True, help_text='Body, company or person that the reader stood for, as kind:id.', max_length=60)),
                ('kind', models.CharField(help_text='What was read, such as finding.', max_length=40)),
                ('object_id', models.CharField(blank=True, help_text='Id of the record.', max_length=60)),
                ('person_id', models.CharField(blank=True, help_text='Person that the record is about.', max_length=40)),
                ('purpose', models.CharField(help_text='Page, operation or job for which it was read.', max_length=100)),
                ('at', models.DateTimeField(help_text='When it was shown.')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('person_id', ''), _negated=True), fields=['person_id', 'at'], name='read_about_person'), models.Index(fields=['reader_id', 'at'], name='read_by_account'), models.Index(fields=['at'], name='read_by_time')],
            },
        ),
        migrations.CreateModel(
            name='RecoveryLink',
            fields=[
                ('digest', models.CharField(help_text='SHA-256 of the secret, in hexadecimal.', max_length=64, primary_key=True, serialize=False)),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_links', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='What it is: person, body …', max_length=30)),
                ('key', models.CharField(help_text='Its public id.', max_length=100)),
                ('names', models.JSONField(default=dict, help_text='What it is called, by language.')),
                ('notes', models.JSONField(default=dict, help_text='A line that tells it from its namesakes, by language.')),
                ('name_forms', models.TextField(help_text='Forms of the words of its names.')),
                ('other_forms', models.TextField(blank=True, help_text='Forms of other words by which it is found.')),
            ],
            options={
                'verbose_name_plural': 'search entries',
                'constraints': [models.UniqueConstraint(fields=('kind', 'key'), name='search_entry_is_one')],
            },
        ),
        migrations.CreateModel(
            name='SearchRebuild',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='What is put in.', max_length=30)),
                ('reached', models.CharField(blank=True, help_text='The last id that was put in.', max_length=100)),
                ('done', models.IntegerField(default=0, help_text='How many were put in.')),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(help_text='When nothing was left; empty while it goes on.', null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('kind',), name='search_is_rebuilt_once_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='SourceKey',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('register', models.CharField(help_text="Name of the register's published table.", max_length=30)),
                ('source', models.CharField(help_text='Short name of the source.', max_length=60)),
                ('key', models.CharField(help_text="The source's own key.", max_length=100)),
                ('record_id', models.CharField(help_text='Our record.', max_length=12)),
            ],
            options={
                'indexes': [models.Index(fields=['register', 'record_id'], name='source_key_of_record')],
                'constraints': [models.UniqueConstraint(fields=('register', 'source', 'key'), name='source_key_is_unique')],
            },
        ),
        migrations.CreateModel(
            name='StoredAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner', models.CharField(help_text='Id of the account or token that sent the request.', max_length=40)),
                ('key', models.CharField(help_text='Chosen by the sender; one request, one key.', max_length=255)),
                ('fingerprint', models.CharField(help_text='SHA-256 of the request, in hexadecimal.', max_length=64)),
                ('status', models.IntegerField(help_text='HTTP status of the answer.')),
                ('answer', models.JSONField(help_text='What was answered: ids and references.')),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner', 'key'), name='answer_by_owner_and_key')],
            },
        ),
        migrations.CreateModel(
            name='RoleGrant',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('role', models.CharField(choices=[('citizen', 'citizen'), ('entrepreneur', 'entrepreneur'), ('representative', 'representative'), ('official', 'official'), ('head', 'head'), ('integrity_officer', 'integrity_officer'), ('registrar', 'registrar'), ('reviewer', 'reviewer'), ('inspector', 'inspector'), ('cashier', 'cashier'), ('operator', 'operator'), ('receiving_officer', 'receiving_officer'), ('custodian', 'custodian'), ('agency_analyst', 'agency_analyst'), ('investigator', 'investigator'), ('prosecutor', 'prosecutor'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.body')),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.territory')),
                ('withdrawn_at', models.DateTimeField(blank=True, help_text='When it was withdrawn, at once.', null=True)),
                ('registry', models.CharField(blank=True, choices=[('civil_status', 'civil_status'), ('civil_service', 'civil_service'), ('companies', 'companies'), ('land', 'land'), ('vehicles', 'vehicles'), ('territories', 'territories'), ('declarations', 'declarations')], help_text='Registry that a registrar keeps; empty for every one.', max_length=20)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='role_grant_period_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Residence',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('dwelling', models.CharField(help_text='Opaque code of the dwelling: equal for those who share it.', max_length=20)),
                ('valid_from', models.DateField(blank=True, help_text='First day; empty when unknown.', null=True)),
                ('valid_to', models.DateField(blank=True, help_text='Last day; empty while it lasts.', null=True)),
                ('person', models.ForeignKey(help_text='Who lives there.', on_delete=django.db.models.deletion.CASCADE, related_name='residences', to='kernel.person')),
                ('territory', models.ForeignKey(help_text='Territory of the dwelling.', on_delete=django.db.models.deletion.PROTECT, to='kernel.territory')),
                ('as_of', models.DateField(blank=True, help_text='Day on which the source said so.', null=True)),
                ('source', models.CharField(blank=True, help_text='Register the record came from.', max_length=200)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='residence_period_in_order'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('person',), name='person_lives_in_one_place')],
            },
        ),
        migrations.CreateModel(
            name='Proposal',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('grant', 'Grant'), ('recovery', 'Recovery')], max_length=10)),
                ('role', models.CharField(blank=True, choices=[('public', 'public'), ('citizen', 'citizen'), ('entrepreneur', 'entrepreneur'), ('representative', 'representative'), ('official', 'official'), ('head', 'head'), ('integrity_officer', 'integrity_officer'), ('registrar', 'registrar'), ('reviewer', 'reviewer'), ('inspector', 'inspector'), ('cashier', 'cashier'), ('operator', 'operator'), ('receiving_officer', 'receiving_officer'), ('custodian', 'custodian'), ('agency_analyst', 'agency_analyst'), ('investigator', 'investigator'), ('prosecutor', 'prosecutor'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20)),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.body')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('territory', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.territory')),
                ('registry', models.CharField(blank=True, choices=[('civil_status', 'civil_status'), ('civil_service', 'civil_service'), ('companies', 'companies'), ('land', 'land'), ('vehicles', 'vehicles'), ('territories', 'territories'), ('declarations', 'declarations')], max_length=20)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='proposal_is_decided_by_another')],
            },
        ),
        migrations.CreateModel(
            name='LandRight',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('object_number', models.CharField(help_text='Cadastral number of the object.', max_length=40)),
                ('kind', models.CharField(help_text='apartment, house, land, garage, commercial or other.', max_length=20)),
                ('address', models.CharField(blank=True, help_text='Address of the object.', max_length=300)),
                ('area', models.DecimalField(blank=True, decimal_places=6, help_text='Area, in square metres.', max_digits=18, null=True)),
                ('share', models.DecimalField(blank=True, decimal_places=6, help_text='Share of the owner, in percent.', max_digits=18, null=True)),
                ('basis', models.CharField(help_text='purchase, gift, inheritance, privatisation or construction.', max_length=20)),
                ('valid_from', models.DateField(blank=True, help_text='First day of the right.', null=True)),
                ('valid_to', models.DateField(blank=True, help_text='Last day of the right; empty while it lasts.', null=True)),
                ('price', models.DecimalField(blank=True, decimal_places=2, help_text='Price paid for the share, where there was one.', max_digits=15, null=True)),
                ('market_value', models.DecimalField(blank=True, decimal_places=2, help_text='Market value of the share on the day of acquisition.', max_digits=15, null=True)),
                ('currency', models.CharField(blank=True, help_text='Currency, ISO 4217.', max_length=3)),
                ('source', models.CharField(help_text='Register the record came from.', max_length=200)),
                ('as_of', models.DateField(help_text='Day on which the source said so.')),
                ('owner_company', models.ForeignKey(help_text='Owner, if a company.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='land_rights', to='kernel.company')),
                ('owner_person', models.ForeignKey(help_text='Owner, if a person.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='land_rights', to='kernel.person')),
                ('previous_owner', models.ForeignKey(help_text='Who had it before, if a person.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='kernel.person')),
                ('territory', models.ForeignKey(help_text='Where it lies.', null=True, on_delete=django.db.models.deletion.PROTECT, to='kernel.territory')),
            ],
            options={
                'db_table': 'kernel_land_register',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='land_right_period_in_order'), models.CheckConstraint(condition=models.Q(('price__isnull', True), models.Q(('price__gt', Decimal('-10000000000000')), ('price__lt', Decimal('10000000000000'))), _connector='OR'), name='land_right_price_is_exact'), models.CheckConstraint(condition=models.Q(('market_value__isnull', True), models.Q(('market_value__gt', Decimal('-10000000000000')), ('market_value__lt', Decimal('10000000000000'))), _connector='OR'), name='land_right_market_value_is_exact')],
            },
        ),
        migrations.CreateModel(
            name='TerritorySuccession',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('since', models.DateField(help_text='First day on which it follows.')),
                ('source', models.CharField(blank=True, help_text='Register the record came from.', max_length=200)),
                ('as_of', models.DateField(blank=True, help_text='Day on which the source said so.', null=True)),
                ('former', models.ForeignKey(help_text='Which ended.', on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='kernel.territory')),
                ('successor', models.ForeignKey(help_text='Which follows.', on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='kernel.territory')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('former', 'successor'), name='territory_is_followed_once')],
            },
        ),
        migrations.CreateModel(
            name='TokenSecret',
            fields=[
                ('digest', models.CharField(help_text='SHA-256 of the secret, in hexadecimal.', max_length=64, primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(blank=True, help_text='When it gives way to a newer one.', null=True)),
                ('token', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='secrets', to='kernel.institutiontoken')),
            ],
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('purpose', models.CharField(help_text='What it is handed in for; says what is taken and who sees it.', max_length=40)),
                ('name', models.CharField(help_text='Name of the file, made harmless.', max_length=150)),
                ('media_type', models.CharField(help_text='What it is by its content.', max_length=100)),
                ('size', models.BigIntegerField(help_text='Bytes.')),
                ('sha256', models.CharField(help_text='SHA-256 of the content, in hexadecimal.', max_length=64)),
                ('place', models.CharField(help_text='Where it lies, within the folder of files.', max_length=100)),
                ('sealed', models.BooleanField(help_text='Whether it lies encrypted (age).')),
                ('scanned_at', models.DateTimeField(help_text='When a scanner found nothing; empty where there is none.', null=True)),
                ('subject_kind', models.CharField(blank=True, help_text='Model that it is attached to, as app.Model.', max_length=60)),
                ('subject_id', models.CharField(blank=True, max_length=40)),
                ('uploaded_at', models.DateTimeField()),
                ('state', models.CharField(default='held', max_length=10)),
                ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uploads', to=settings.AUTH_USER_MODEL)),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='kernel.person')),
            ],
            options={
                'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='upload_of_subject'), models.Index(condition=models.Q(('state', 'held')), fields=['uploaded_at'], name='upload_held')],
            },
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('subject_kind', models.CharField(help_text='Model of what was signed, as app.Model.', max_length=60)),
                ('subject_id', models.CharField(max_length=40)),
                ('form', models.CharField(help_text='cms for a detached signature, pades for one within a PDF.', max_length=10)),
                ('signer', models.TextField(help_text='Subject of the certificate, in words.')),
                ('issuer', models.TextField(help_text='Authority that issued the certificate, in words.')),
                ('serial', models.CharField(help_text='Serial number of the certificate, in hexadecimal.', max_length=64)),
                ('certificate', models.CharField(help_text='SHA-256 of the certificate, in hexadecimal.', max_length=64)),
                ('content', models.CharField(help_text='SHA-256 of what was signed, in hexadecimal.', max_length=64)),
                ('digest', models.CharField(help_text='SHA-256 of the file with the signature, in hexadecimal.', max_length=64)),
                ('claimed_at', models.DateTimeField(help_text="When the signer's own clock said that it was signed.", null=True)),
                ('verified_at', models.DateTimeField(help_text='When it was checked, and the certificate was in force.')),
                ('person', models.ForeignKey(help_text='Who signed.', on_delete=django.db.models.deletion.CASCADE, related_name='+', to='kernel.person')),
                ('upload', models.OneToOneField(help_text='The file with the signature.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='kernel.upload')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject_kind', 'subject_id', 'person'), name='record_is_signed_once_by_each')],
            },
        ),
        migrations.CreateModel(
            name='VehicleRight',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('object_number', models.CharField(help_text='Identification number of the vehicle.', max_length=40)),
                ('kind', models.CharField(help_text='car, truck, motorcycle, boat, aircraft or other.', max_length=20)),
                ('make', models.CharField(help_text='Make and model.', max_length=100)),
                ('production_year', models.IntegerField(help_text='Year it was built.', null=True)),
                ('valid_from', models.DateField(blank=True, help_text='First day of ownership.', null=True)),
                ('valid_to', models.DateField(blank=True, help_text='Last day of ownership; empty while it lasts.', null=True)),
                ('price', models.DecimalField(blank=True, decimal_places=2, help_text='Price paid.', max_digits=15, null=True)),
                ('market_value', models.DecimalField(blank=True, decimal_places=2, help_text='Market value on the day of acquisition.', max_digits=15, null=True)),
                ('currency', models.CharField(blank=True, help_text='Currency, ISO 4217.', max_length=3)),
                ('source', models.CharField(help_text='Register the record came from.', max_length=200)),
                ('as_of', models.DateField(help_text='Day on which the source said so.')),
                ('owner_company', models.ForeignKey(help_text='Owner, if a company.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='vehicle_rights', to='kernel.company')),
                ('owner_person', models.ForeignKey(help_text='Owner, if a person.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='vehicle_rights', to='kernel.person')),
                ('previous_owner', models.ForeignKey(help_text='Who had it before, if a person.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='kernel.person')),
            ],
            options={
                'db_table': 'kernel_vehicle_register',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='vehicle_right_period_in_order'), models.CheckConstraint(condition=models.Q(('price__isnull', True), models.Q(('price__gt', Decimal('-10000000000000')), ('price__lt', Decimal('10000000000000'))), _connector='OR'), name='vehicle_right_price_is_exact'), models.CheckConstraint(condition=models.Q(('market_value__isnull', True), models.Q(('market_value__gt', Decimal('-10000000000000')), ('market_value__lt', Decimal('10000000000000'))), _connector='OR'), name='vehicle_right_market_value_is_exact')],
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField()),
                ('declared_at', models.DateTimeField()),
                ('declared_by', models.CharField(help_text='Id of the account that declared it.', max_length=40)),
                ('ended_at', models.DateTimeField(blank=True, help_text='When it was ended before its last day.', null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='absences', to=settings.AUTH_USER_MODEL)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='kernel.body')),
                ('deputy', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deputies', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_from__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='absence_period_in_order'), models.CheckConstraint(condition=models.Q(('account', models.F('deputy')), _negated=True), name='absence_has_another_as_deputy')],
            },
        ),
        migrations.CreateModel(
            name='ContactCode',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('channel', models.CharField(max_length=10)),
                ('address', models.CharField(max_length=254)),
                ('digest', models.CharField(help_text='Slow hash of the code.', max_length=200)),
                ('made_at', models.DateTimeField()),
                ('tries', models.IntegerField(default=0)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account', 'channel'), name='contact_code_is_the_last_one')],
            },
        ),
        migrations.CreateModel(
            name='DeadlineNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='reminder or escalation.', max_length=10)),
                ('days', models.IntegerField(help_text='Days before or after the last day.')),
                ('at', models.DateTimeField(help_text='When it goes out.')),
                ('sent_at', models.DateTimeField(null=True)),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to='kernel.deadline')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('sent_at__isnull', True)), fields=['at'], name='deadline_notice_waiting')],
                'constraints': [models.UniqueConstraint(fields=('deadline', 'kind', 'days'), name='deadline_notice_is_sent_once')],
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque id.', max_length=12, primary_key=True, serialize=False)),
                ('person_id', models.CharField(blank=True, help_text='Whose; empty once it is done.', max_length=12)),
                ('ground', models.CharField(choices=[('term', 'Term'), ('order', 'Order'), ('error', 'Error')], max_length=10)),
                ('legal_basis', models.CharField(help_text='Law and article, or court and number of the decision.', max_length=300)),
                ('reason', models.TextField(help_text='Why the records go; names nobody.')),
                ('state', models.CharField(default='proposed', max_length=10)),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('outcome', models.JSONField(default=list, help_text='Kinds of records, how many, and whether they went or stayed.')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'proposed')), fields=('person_id',), name='erasure_is_proposed_once')],
            },
        ),
        migrations.CreateModel(
            name='EventDelivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('handler', models.CharField(max_length=200)),
                ('delivered_at', models.DateTimeField(null=True)),
                ('attempts', models.IntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField()),
                ('error', models.TextField(blank=True)),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='kernel.event')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('delivered_at__isnull', True)), fields=['next_attempt_at'], name='delivery_waiting')],
                'constraints': [models.UniqueConstraint(fields=('event', 'handler'), name='event_is_delivered_once_to_a_handler')],
            },
        ),
        migrations.RunPython(make, unmake, elidable=False),
        migrations.RunPython(leave_unlogged, migrations.RunPython.noop, elidable=False),
    ]
