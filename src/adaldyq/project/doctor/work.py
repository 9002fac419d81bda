"""Whether the work in the background goes on: events, deadlines, messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from adaldyq.kernel.deadlines.queries import to_fall
from adaldyq.kernel.heartbeats import CLOCK, EVENTS, newest_by_loop, newest_by_node
from adaldyq.kernel.models import Deadline, EventDelivery, NotificationDelivery
from adaldyq.kernel.models.deadlines import RUNNING
from adaldyq.kernel.models.notifications import WAITING
from adaldyq.kernel.notifications.channels import channels
from adaldyq.project.doctor.outcomes import LONG, SHORT, Conditions, Outcome, bad, bad_when, good, lasted, look

SILENT_AFTER = timedelta(minutes=2)
MESSAGES_MAY_WAIT = timedelta(hours=1)
FAILED_OFTEN = 3


def worker(conditions: Conditions) -> Iterator[Outcome]:
    """That a worker goes round, on some machine."""
    remedy = _("Start it: `adaldyq worker`, or `systemctl start adaldyq-worker`.")
    seen = newest_by_loop()
    alive = {loop: conditions.at - at < SILENT_AFTER for loop, at in seen.items()}
    if CLOCK not in seen:
        yield bad("worker", _("No worker has ever run with this database."), remedy)
    elif not alive[CLOCK]:
        span = lasted(conditions.at - seen[CLOCK])
        yield bad("worker", _("No worker has shown a sign of life for %(span)s.") % {"span": span}, remedy)
    elif not alive.get(EVENTS, False):
        yield look(
            "worker",
            _("A worker is alive, but has been at one event for a while."),
            _("A verification of the country may take so long. Look again; its log tells what it does."),
        )
    else:
        yield good("worker", _("A worker is alive."))
    for node, at in newest_by_node().items():
        if alive.get(CLOCK) and conditions.at - at >= SILENT_AFTER:
            facts = {"node": node, "span": lasted(conditions.at - at)}
            yield look(
                "worker-node",
                _("The worker of %(node)s has been silent for %(span)s; another does its work.") % facts,
                _("Start it there. A machine that was taken away is forgotten after a week."),
            )


def events(conditions: Conditions) -> Iterator[Outcome]:
    """That what acts tell reaches whom it is for."""
    waiting = EventDelivery.objects.filter(delivered_at=None)
    oldest = waiting.filter(next_attempt_at__lte=conditions.at).aggregate(oldest=Min("next_attempt_at"))["oldest"]
    yield from behind(
        "events",
        oldest,
        conditions,
        fresh=_("No event waits longer than a minute."),
        late=_("An event has waited for %(span)s to be delivered."),
    )
    failing = waiting.filter(attempts__gte=FAILED_OFTEN).order_by("-attempts").values_list("handler", "error")
    for handler, error in failing[:5]:
        yield look(
            "events-failing",
            _("An event fails again and again at %(handler)s: %(error)s.")
            % {"handler": handler, "error": error.partition(":")[0]},
            _("The column error of kernel_eventdelivery tells why; mend the cause, it is tried again by itself."),
        )


def deadlines(conditions: Conditions) -> Iterator[Outcome]:
    """That the legal effect of a day comes on that day."""
    oldest = to_fall(conditions.at).filter(attempts=0).aggregate(oldest=Min("look_at"))["oldest"]
    yield from behind(
        "deadlines",
        oldest,
        conditions,
        fresh=_("No deadline waits longer than a minute for what follows from it."),
        late=_("What follows from a deadline has been late for %(span)s."),
    )
    failing = Deadline.objects.filter(state=RUNNING, attempts__gt=0).count()
    if failing:
        yield bad(
            "deadlines-failing",
            ngettext(
                "What follows from %(count)s deadline cannot be applied.",
                "What follows from %(count)s deadlines cannot be applied.",
                failing,
            )
            % {"count": failing},
            _("The column error of kernel_deadline tells why; mend the cause, it is tried again by itself."),
        )


def messages(conditions: Conditions) -> Iterator[Outcome]:
    """That e-mail and SMS leave."""
    waiting = NotificationDelivery.objects.filter(state=WAITING, channel__in=channels())
    oldest = waiting.aggregate(oldest=Min("notification__created_at"))["oldest"]
    if oldest and conditions.at - oldest > MESSAGES_MAY_WAIT:
        yield look(
            "messages",
            _("A message has waited for %(span)s.") % {"span": lasted(conditions.at - oldest)},
            _("Check the mail server and the SMS gateway; a message is given up after three days."),
        )
    else:
        yield good("messages", _("No message waits longer than an hour."))


def behind(check: str, oldest: datetime | None, conditions: Conditions, *, fresh: str, late: str) -> Iterator[Outcome]:
    """How it stands with something that should be done at once.

    Args:
        oldest: since when the oldest of it waits.
        late: sentence with a place for the span.
    """
    waited = conditions.at - oldest if oldest else timedelta(0)
    if waited < SHORT:
        yield good(check, fresh)
    else:
        remedy = _("Start a worker, or look into its log for what holds it up.")
        yield bad_when(waited >= LONG, check, late % {"span": lasted(waited)}, remedy)
