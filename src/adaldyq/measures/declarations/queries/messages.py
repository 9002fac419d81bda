"""What people are told about their obligation to declare."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.notifications.messages import Message

MESSAGES: Mapping[str, Message] = {
    "obligation-extended": Message(
        _("You may file later: until %(due_date)s"),
        _(
            "The last day to file your declaration about %(year)s was put off to %(due_date)s. The reason is on the page."
        ),
    ),
    "obligation-exempted": Message(
        _("You need not file about %(year)s"),
        _("You were exempted from filing a declaration about %(year)s. The law’s ground is on the page."),
    ),
}
