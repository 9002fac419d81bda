"""What officers are told. No sentence holds anything of a report."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.notifications.messages import Message

MESSAGES: Mapping[str, Message] = {
    "report-given": Message(
        _("A report was drawn for you"),
        _("You answer for it from now on. Its terms stand on the page; what was reported opens with your key."),
    ),
    "protection-employer-silent": Message(
        _("An employer has shown no other reason in time"),
        _("The reporter is taken to suffer because of the report. Decide how they are protected."),
    ),
    "reward-proposed": Message(
        _("A reward waits for your decision"),
        _("An officer proposed it, or that none is given. You decide without reading the report."),
    ),
    "report-overdue-elsewhere": Message(
        _("Another office has let a term of a report pass"),
        _("%(what_title)s: the last day was %(due_date)s. Which report and which office stand on the page."),
    ),
}
