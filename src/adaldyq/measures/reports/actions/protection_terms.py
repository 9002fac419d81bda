"""What follows when a term of a protection file passes."""

from __future__ import annotations

from datetime import datetime

from adaldyq.base.errors import Conflict
from adaldyq.kernel import naming
from adaldyq.kernel.actor import Actor, require
from adaldyq.kernel.acts import act
from adaldyq.kernel.deadlines import queries as deadlines
from adaldyq.kernel.models import Account
from adaldyq.kernel.models.deadlines import MISSED
from adaldyq.kernel.notifications.actions import notify
from adaldyq.kernel.states import advance
from adaldyq.measures.reports.actions.filing import RELIEF, START
from adaldyq.measures.reports.actions.protection import stepped
from adaldyq.measures.reports.actions.watching import escalated, tell
from adaldyq.measures.reports.models import Escalation, ProtectionFile, Report
from adaldyq.measures.reports.models.leaves import HANDLED
from adaldyq.measures.reports.queries.barring import kept_from, other_units
from adaldyq.measures.reports.queries.reviewing import bound_to_leave, gone_from
from adaldyq.measures.reports.queries.routing import officers_of

ESCALATE, PRESUME = "reports.protection.escalate", "reports.protection.presume"
SILENT = "protection-employer-silent"


@act(ESCALATE, records=escalated, told_as=HANDLED)
def escalate_protection(*, subject: Report, by: Actor, at: datetime) -> Escalation:
    """Tell another body that a file was not taken up in time, or interim relief not decided, as of any term of a report.

    Raises:
        NotAllowed: `by` is not the clock.
    """
    require(by.system, ESCALATE)
    day = naming.pack().day_of(at)
    own = deadlines.of_subject(subject).filter(name__in=(START, RELIEF), state=MISSED)
    passed = own.order_by("-closed_at", "-due_date")[0]
    told = next(iter(other_units(subject, day)), None)
    made = Escalation.objects.create(
        report=subject, name=passed.name, late=subject.unit, told=told, due_date=passed.due_date, made_date=day
    )
    if told is not None:
        tell(made, at)
    return made


@act(PRESUME, records=stepped, told_as=HANDLED)
def presume_retaliation(*, subject: Report, by: Actor, at: datetime) -> ProtectionFile:
    """Let it stand that the reporter suffers for the report, since the employer has shown no other reason in time.

    Raises:
        NotAllowed: `by` is not the clock.
        Conflict: the employer answered, or the file is closed.
    """
    require(by.system, PRESUME)
    file = ProtectionFile.objects.filter(report=subject).first()
    if file is None:
        raise Conflict(PRESUME, "")
    presumed = advance(file, "presume", by=by, at=at)
    day = naming.pack().day_of(at)
    known = {one for one in (presumed.protector_id, subject.assigned_to_id) if one}
    known = (known - gone_from(subject, known, day)) or officers_of(subject.unit, day)
    told = known - kept_from(subject, known, day) - bound_to_leave(subject, day)
    for account in Account.objects.filter(pk__in=told).order_by("pk"):
        href = f"reports/inbox/{subject.pk}/protection/"
        key = f"{SILENT}:{presumed.pk}:{presumed.asked_date}"
        notify(account=account, message=SILENT, parameters={}, key=key, href=href, at=at)
    return presumed
