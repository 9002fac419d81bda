"""Begins the term for telling what was done of reports that were not acknowledged in time, which had none."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SUBJECT = "reports.Report"


def begin_terms(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Give each such report its term, from the end of the one for acknowledging it."""
    from adaldyq.kernel.naming import pack  # noqa: PLC0415  # the country is asked only where there are such reports

    deadlines = apps.get_model("kernel", "Deadline").objects.filter(subject_kind=SUBJECT)
    waiting = apps.get_model("reports", "Report").objects.filter(state="received")
    begun = set(deadlines.filter(name="report_feedback", closed_at=None).values_list("subject_id", flat=True))
    missed = deadlines.filter(name="report_acknowledgement", state="missed")
    for one in missed.filter(subject_id__in=waiting.values("pk")).order_by("-due_date"):
        if one.subject_id in begun:
            continue
        begun.add(one.subject_id)
        last = pack().due("report_feedback", one.due_date)
        ends = datetime.combine(last + timedelta(1), time(), tzinfo=pack().zone).astimezone(UTC)
        deadlines.create(
            name="report_feedback",
            title="Tell the reporter what was done",
            subject_kind=SUBJECT,
            subject_id=one.subject_id,
            href=one.href,
            body_id=one.body_id,
            account_id=one.account_id,
            working=False,
            started_at=one.closed_at or one.due_at,
            due_date=last,
            due_at=ends,
            look_at=ends,
            action=one.action,
        )


class Migration(migrations.Migration):
    """Terms of reports that no office acknowledged."""

    dependencies = [("reports", "0016_albums"), ("kernel", "0022_fees_registry")]

    operations = [migrations.RunPython(begin_terms, migrations.RunPython.noop)]
