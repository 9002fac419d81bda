"""Requests for cases that waited in their own table are asked through the port of cases."""

from datetime import UTC, datetime, time

from django.db import migrations


def ask_for_waiting(apps, schema_editor):
    """One request through the port for each that waits; what stands in the open of its reports, as the act writes it."""
    requests = apps.get_model("kernel", "PortRequest")
    waiting = apps.get_model("reports", "CaseRequest").objects.filter(state="waiting").select_related("unit")
    for one in waiting.iterator():
        reports = [link.report for link in one.linked.select_related("report")]
        requests.objects.create(
            port="case",
            subject_kind="reports.CaseRequest",
            subject_id=one.pk,
            facts={
                "office": one.unit.body_id,
                "about": sorted({report.about_body_id for report in reports if report.about_body_id}),
                "topics": sorted({report.topic for report in reports if report.topic}),
                "regions": sorted({report.territory_id for report in reports if report.territory_id}),
                "records": sorted(report.pk for report in reports),
            },
            asked_at=datetime.combine(one.asked_date, time(12), UTC),
        )


class Migration(migrations.Migration):

    dependencies = [
        ('reports', '0012_triage'),
        ('kernel', '0018_ports'),
    ]

    operations = [
        migrations.RunPython(ask_for_waiting, migrations.RunPython.noop, elidable=True),
    ]
