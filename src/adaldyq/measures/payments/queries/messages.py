"""What payers are told."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.notifications.messages import Message

MESSAGES: Mapping[str, Message] = {
    "invoice-issued": Message(
        _("An invoice for you"),
        _("There is an invoice to be paid until %(due_date)s. It can be paid without cash on its page."),
    ),
    "invoice-paid": Message(
        _("Your payment has come"), _("The invoice is paid. Its page has a receipt that anybody can check.")
    ),
    "invoice-waived": Message(
        _("You need not pay"),
        _("The fee was waived, in whole or in part. The page of the invoice says on which ground."),
    ),
    "invoice-reopened": Message(
        _("Your payment was taken back"), _("Your bank took the payment back, so the invoice is to be paid again.")
    ),
    "refund-approved": Message(
        _("Money goes back to you"), _("A refund was approved. It goes back by the way by which you paid.")
    ),
    "refund-approved-account": Message(
        _("Money goes back to you"), _("A refund was approved. It is transferred to the account that you named.")
    ),
    "refund-came-back": Message(
        _("Your refund did not reach you"),
        _("The bank sent the transfer back. The money is kept for you: tell the body to which account it goes."),
    ),
    "refund-done": Message(_("Money went back to you"), _("The refund has been carried out.")),
    "refund-twice": Message(
        _("You have got a refund twice"),
        _(
            "A transfer that was said to have failed reached you after all, beside another. The body tells you how to give one back."
        ),
    ),
}
