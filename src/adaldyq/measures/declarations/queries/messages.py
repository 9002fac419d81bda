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
    "obligation-opens": Message(
        _("Your declaration about %(year)s will be open to everybody"),
        _(
            "The register now says that you held a post for %(year)s whose holders declare in public. "
            "It opens on %(due_date)s. If the register is wrong, ask for a correction before then."
        ),
    ),
    "obligation-stays-closed": Message(
        _("Your declaration about %(year)s stays closed"),
        _("You were told that it would open to everybody. The register was corrected since, and it does not."),
    ),
    "non-filing-notice": Message(
        _("Your declaration about %(year)s has not been filed"),
        _(
            "The last day to file has passed. File now; an officer decides what follows. What you can do is on the page."
        ),
    ),
    "non-filing-fined": Message(
        _("You were fined for a declaration about %(year)s"),
        _("The fine, its law, the last day to pay and how to appeal are on the page."),
    ),
    "non-filing-issued": Message(
        _("The invoice of your fine about %(year)s is there"),
        _("Its number and the last day to pay are on the page."),
    ),
    "non-filing-paid": Message(
        _("Your fine about %(year)s was paid"),
        _("What shows the payment is on the page."),
    ),
    "non-filing-dropped": Message(
        _("Nothing follows from the declaration about %(year)s that was not filed"),
        _("The ground is on the page. What you must file, you must file still."),
    ),
    "non-filing-taken-back": Message(
        _("Your fine about %(year)s was taken back"),
        _("It is not to be paid, and what was paid is given back. The ground is on the page."),
    ),
    "non-filing-in-time": Message(
        _("Nothing is held against you for the declaration about %(year)s"),
        _("It was filed in time. A notice or fine about it has ended, and what was paid is given back."),
    ),
    "review-asked": Message(
        _("You are asked about your declaration about %(year)s"),
        _("Answer until %(due_date)s. The questions are on the page, and files can be added to the answer."),
    ),
    "review-answered": Message(
        _("Your questions about a declaration about %(year)s were answered"),
        _("The answer is on the page of the review."),
    ),
    "review-decided": Message(
        _("The review of your declaration about %(year)s is finished"),
        _("Outcome: %(outcome_title)s. The ground is on the page."),
    ),
    "review-referred": Message(
        _("Signs of a breach in your declaration about %(year)s were referred"),
        _("The ground and how to appeal until %(due_date)s are on the page."),
    ),
    "review-appeal-decided": Message(
        _("Your appeal about the review of your declaration about %(year)s was decided"),
        _("The decision and its ground are on the page."),
    ),
    "declaration-filed-for": Message(
        _("Your declaration about %(year)s was filed for you"),
        _("Whoever acts for you filed it. Look under My declarations whether it is right; you can amend it."),
    ),
    "joint-asked": Message(
        _("You are asked to file your declaration about %(year)s together"),
        _(
            "Your husband or wife has filled one in for both. Look at it, and confirm it or decline, under My declarations."
        ),
    ),
    "joint-confirmed": Message(
        _("Your declaration about %(year)s for both is confirmed"),
        _("You can sign and file it now. If you change anything, it has to be confirmed again."),
    ),
    "joint-changed": Message(
        _("The declaration about %(year)s that you confirmed was changed"),
        _(
            "Your husband or wife changed it after you had confirmed it. It is not filed before you confirm it once more, "
            "under My declarations."
        ),
    ),
    "joint-declined": Message(
        _("Your declaration about %(year)s is not filed together any more"),
        _(
            "Your husband or wife declined, and files their own. Your draft is now yours alone: look at it, and file it."
        ),
    ),
    "joint-withdrawn": Message(
        _("The declaration about %(year)s is not filed for you too"),
        _("Your husband or wife does not file it together with you any more. File your own, under My declarations."),
    ),
    "non-filing-appeal-decided": Message(
        _("Your appeal about the declaration about %(year)s was decided"),
        _("The decision and its ground are on the page."),
    ),
    "declaration-sent": Message(
        _("Your declaration about %(year)s was filed for you"),
        _("It came in a file or from a program. By whom, and what it says, is on the page: look whether it is right."),
    ),
    "declaration-sent-anew": Message(
        _("Your declaration about %(year)s was amended for you"),
        _(
            "A new version came in a file or from a program. By whom, and what it says, is on the page: look whether it is right."
        ),
    ),
    "paper-received": Message(
        _("Your declaration on paper about %(year)s was received"),
        _("It was received on %(received_date)s under the number %(number)s. You are told when it is filed."),
    ),
    "paper-filed": Message(
        _("Your declaration on paper about %(year)s is filed"),
        _(
            "The paper %(number)s is filed as of %(received_date)s. What was filed is on the page: look whether it is right."
        ),
    ),
    "paper-refused": Message(
        _("Your declaration on paper about %(year)s cannot be filed as it stands"),
        _("Something in the paper %(number)s has to be mended. What it is, and what you can do, is on the page."),
    ),
    "paper-given-back": Message(
        _("Your declaration on paper about %(year)s was not filed"),
        _(
            "The paper %(number)s is given back to you. The ground is on the page. What you must file, you must file still."
        ),
    ),
}
