import adaldyq.base.ids
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('ledger', '0001_initial'), ('ledger', '0002_tree_and_receipts'), ('ledger', '0003_last_cosignature'), ('ledger', '0004_waiting_erasure')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='LogKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(help_text='Public key in the text form of signed notes.', max_length=500, unique=True)),
                ('first_signed_at', models.DateTimeField()),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='StoredCheckpoint',
            fields=[
                ('size', models.BigIntegerField(help_text='Number of lines.', primary_key=True, serialize=False)),
                ('root', models.BinaryField(help_text='Merkle tree hash of them.')),
                ('note', models.TextField(help_text='Checkpoint with the signatures of the log.')),
                ('signed_at', models.DateTimeField(help_text='Never earlier than that of a smaller checkpoint.')),
            ],
        ),
        migrations.CreateModel(
            name='StoredTile',
            fields=[
                ('id', models.BigIntegerField(help_text='Level times 2**56, plus the index within the level.', primary_key=True, serialize=False)),
                ('hashes', models.BinaryField(help_text='Up to 256 hashes of 32 bytes.')),
            ],
        ),
        migrations.CreateModel(
            name='WaitingErasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(help_text='Line of the ledger, or file.', max_length=10)),
                ('name', models.CharField(help_text='Reference of the line, or place of the file.', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='DayCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(help_text="Day of the country's time in which the act was recorded.")),
                ('act', models.CharField(max_length=100)),
                ('count', models.BigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('day', 'act'), name='one_count_of_an_act_and_day')],
            },
        ),
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=100)),
                ('entry', models.BinaryField(help_text='Bytes hashed into the tree.')),
                ('recorded_at', models.DateTimeField()),
                ('position', models.BigIntegerField(help_text='Place in the tree; empty until sequenced.', null=True, unique=True)),
                ('salt', models.BinaryField(help_text='Destroyed when the record is erased.', null=True)),
                ('payload', models.TextField(help_text='Canonical payload; destroyed when the record is erased.', null=True)),
                ('holder', models.CharField(help_text='Id of the account that acted.', max_length=40, null=True)),
                ('reference', models.CharField(default=adaldyq.base.ids.new_id, editable=False, help_text='Opaque name of the receipt.', max_length=12, unique=True)),
                ('subject', models.CharField(help_text='Id of the record that the act is about.', max_length=40, null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('position__isnull', True)), fields=['id'], name='leaf_waiting'), models.Index(condition=models.Q(('subject__isnull', False)), fields=['subject', 'act'], name='leaf_of_subject'), models.Index(condition=models.Q(('holder__isnull', False)), fields=['holder', 'id'], name='leaf_of_holder')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('payload__isnull', True), ('salt__isnull', True)), models.Q(('payload__isnull', False), ('salt__isnull', False)), _connector='OR'), name='leaf_salt_and_payload_go_together')],
            },
        ),
        migrations.CreateModel(
            name='StoredCosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('witness', models.CharField(help_text="Name of the witness's key.", max_length=200)),
                ('line', models.CharField(help_text='Signature line of the note, with its newline.', max_length=500)),
                ('stated_at', models.DateTimeField(help_text='Time that the witness signed.')),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='ledger.storedcheckpoint')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['witness', '-checkpoint'], name='cosigned_last')],
                'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='one_cosignature_of_a_witness')],
            },
        ),
    ]
