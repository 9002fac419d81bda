
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0015_documents_by_programs'),
    ]

    operations = [
        migrations.AlterField(
            model_name='proposal',
            name='role',
            field=models.CharField(blank=True, choices=[('public', 'public'), ('citizen', 'citizen'), ('entrepreneur', 'entrepreneur'), ('representative', 'representative'), ('official', 'official'), ('head', 'head'), ('integrity_officer', 'integrity_officer'), ('payroll', 'payroll'), ('registrar', 'registrar'), ('reviewer', 'reviewer'), ('inspector', 'inspector'), ('cashier', 'cashier'), ('operator', 'operator'), ('receiving_officer', 'receiving_officer'), ('custodian', 'custodian'), ('agency_analyst', 'agency_analyst'), ('investigator', 'investigator'), ('prosecutor', 'prosecutor'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20),
        ),
        migrations.AlterField(
            model_name='rolegrant',
            name='role',
            field=models.CharField(choices=[('citizen', 'citizen'), ('entrepreneur', 'entrepreneur'), ('representative', 'representative'), ('official', 'official'), ('head', 'head'), ('integrity_officer', 'integrity_officer'), ('payroll', 'payroll'), ('registrar', 'registrar'), ('reviewer', 'reviewer'), ('inspector', 'inspector'), ('cashier', 'cashier'), ('operator', 'operator'), ('receiving_officer', 'receiving_officer'), ('custodian', 'custodian'), ('agency_analyst', 'agency_analyst'), ('investigator', 'investigator'), ('prosecutor', 'prosecutor'), ('auditor', 'auditor'), ('administrator', 'administrator')], max_length=20),
        ),
    ]
