"""Invoices that waited in their own table are asked for through the port of payments."""

from django.db import migrations, models

PURPOSE = {
    "kk": "%s жыл туралы тапсырылмаған декларация үшін айыппұл",
    "ru": "Штраф за неподанную декларацию за %s год",
    "en": "Fine for a declaration about %s that was not filed",
}


def ask_for_waiting(apps, schema_editor):
    """One request for each invoice that waits; the worker has it told as it starts, when somebody takes payments."""
    requests = apps.get_model("kernel", "PortRequest")
    waiting = apps.get_model("declarations", "FineInvoice").objects.filter(state="waiting")
    for one in waiting.select_related("non_filing__obligation").iterator():
        year = one.non_filing.obligation.year
        requests.objects.create(
            port="invoice",
            subject_kind="declarations.FineInvoice",
            subject_id=one.pk,
            person_id=one.payer_id,
            facts={
                "amount": str(one.amount),
                "currency": one.currency,
                "purpose": {language: words % year for language, words in PURPOSE.items()},
                "due_date": one.due_date.isoformat(),
                "reference": one.non_filing_id,
            },
            asked_at=one.issued_at,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('declarations', '0024_fines_paid'),
        ('kernel', '0018_ports'),
    ]

    operations = [
        migrations.AddField(
            model_name='fineinvoice',
            name='number',
            field=models.CharField(blank=True, help_text='Number of the invoice where it is paid.', max_length=60),
        ),
        migrations.AlterField(
            model_name='fineinvoice',
            name='state',
            field=models.CharField(default='waiting', help_text='waiting for a measure of payments, issued by it, cancelled or paid.', max_length=10),
        ),
        migrations.RunPython(ask_for_waiting, migrations.RunPython.noop, elidable=True),
    ]
