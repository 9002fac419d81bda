import django.db.models.deletion
from django.db import migrations, models

import adaldyq.base.ids

OUTCOMES = ("substantiated", "not_substantiated", "no_breach", "not_competent")
TOGETHER = 1000


def days_of_decisions(apps, schema_editor):
    """The last decision stands on the report; of one before it, which was opened again, only the day on its message."""
    report, message, decision = (apps.get_model("reports", name) for name in ("Report", "Message", "Decision"))
    found = report.objects.filter(outcome__in=OUTCOMES, feedback_date__isnull=False).order_by("pk")
    last = ""
    while some := list(found.filter(pk__gt=last).only("pk", "outcome", "feedback_date")[:TOGETHER]):
        days = {one.pk: one.feedback_date for one in some}
        closing = message.objects.filter(report__in=days, closes=True).order_by("sent_date", "place")
        before = {pk: day for pk, day in closing.values_list("report", "sent_date") if day < days[pk]}
        made = [decision(report_id=pk, outcome="", made_date=day) for pk, day in before.items()]
        made += [decision(report_id=one.pk, outcome=one.outcome, made_date=one.feedback_date) for one in some]
        decision.objects.bulk_create(made)
        last = some[-1].pk


class Migration(migrations.Migration):
    """What was found of a report, and when, stays where the report is opened again and decided anew."""

    dependencies = [("reports", "0022_ranges")]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                (
                    "id",
                    models.CharField(
                        default=adaldyq.base.ids.new_id,
                        editable=False,
                        help_text="Opaque id.",
                        max_length=12,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[(one, one) for one in OUTCOMES],
                        help_text="Not known of some that another one followed.",
                        max_length=30,
                    ),
                ),
                ("made_date", models.DateField()),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="decisions", to="reports.report"
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            "reportcount", "answer_due", models.IntegerField(help_text="Every term to tell the reporter has ended.")
        ),
        migrations.RunPython(days_of_decisions, migrations.RunPython.noop),
        migrations.RemoveField("report", "feedback_date"),
    ]
