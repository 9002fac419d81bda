"""The messages of the kernel itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.notifications.messages import Message

MESSAGES: Mapping[str, Message] = {
    "correction-answered": Message(
        _("Your request to correct a record was answered"),
        _("The answer, its ground and what you can do about it are on the page of the request."),
    ),
    "deadline-reminder": Message(
        _("Due on %(due_date)s: %(what_title)s"), _("Something that you answer for is due on %(due_date)s.")
    ),
    "deadline-missed": Message(
        _("Missed on %(due_date)s: %(what_title)s"),
        _("What was due on %(due_date)s has not been done. The delay is counted in public."),
    ),
    "deadline-escalated": Message(
        _("Not done since %(due_date)s: %(what_title)s"),
        _("What was due on %(due_date)s in your field has still not been done. You are asked to see to it."),
    ),
}
