"""What people are told about applications and licences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.notifications.messages import Message

MESSAGES: Mapping[str, Message] = {
    "permit-fee": Message(
        _("The invoice of your application %(number)s is there"), _("Its number is on the page of the application.")
    ),
    "permit-reminder-paused": Message(
        _("Your application %(number)s still waits for you"),
        _("Do what the body asked for and say so on the page. Until then its days stand still."),
    ),
    "permit-reminder-fee": Message(
        _("The fee of your application %(number)s is still to be paid"), _("The invoice is on the page.")
    ),
    "permit-paused": Message(
        _("Your application %(number)s waits for you"),
        _("The days of the body stand still until you give what is asked for on the page."),
    ),
    "permit-granted": Message(_("Your application %(number)s was granted"), _("What happens next is on the page.")),
    "permit-deemed": Message(
        _("Your application %(number)s counts as granted"),
        _("The body was silent up to the last day. What happens next is on the page."),
    ),
    "permit-noted": Message(_("Your notification %(number)s was noted"), _("You may begin. It is on the page.")),
    "permit-refused": Message(
        _("Your application %(number)s was refused"),
        _("Each requirement that is not met is on the page, and where you may appeal."),
    ),
    "permit-returned": Message(
        _("Your application %(number)s is not complete"),
        _("Everything that is missing is on the page. You may send it again, and appeal."),
    ),
    "permit-closed-abolished": Message(
        _("Your application %(number)s was closed: the permit was abolished"),
        _("You need it no longer. An invoice that is not paid yet is withdrawn."),
    ),
    "permit-closed-fee-back": Message(
        _("Your application %(number)s was closed: the permit was abolished"),
        _(
            "You need it no longer. It was proposed that the fee which you paid is given back; you are told once it is approved."
        ),
    ),
    "permit-returned-fee-back": Message(
        _("The permit of your application %(number)s was abolished"),
        _(
            "It was returned to you, and you need not send it again. It was proposed that the fee which you paid is given back; you are told once it is approved."
        ),
    ),
    "permit-returned-abolished": Message(
        _("The permit of your application %(number)s was abolished"),
        _("It was returned to you, and you need not send it again. An invoice that is not paid yet is withdrawn."),
    ),
    "permit-closed-licence": Message(
        _("Your application %(number)s was closed"),
        _("The licence that it would renew was revoked or transferred. An invoice that is not paid yet is withdrawn."),
    ),
    "permit-closed-suspended": Message(
        _("Your application %(number)s was closed: a licence of yours for the same is suspended"),
        _(
            "Nobody decided in time, and silence gives no licence beside a suspended one. Apply anew once that licence is valid again. A fee that you paid is proposed to be given back; an unpaid invoice is withdrawn."
        ),
    ),
    "permit-closed-suspended-officer": Message(
        _("The application %(number)s was closed: its holder’s licence for the same is suspended"),
        _(
            "Nobody decided by its last day, and silence gives no licence beside a suspended one. The applicant was told."
        ),
    ),
    "permit-appeal-decided": Message(
        _("Your appeal about %(number)s was decided"), _("The decision and its reasons are on the page.")
    ),
    "permit-given": Message(_("You were drawn for the application %(number)s"), _("Its last day is on the page.")),
    "permit-nobody": Message(
        _("Nobody may decide about the application %(number)s"),
        _(
            "Every officer of the body gains from it or has a part in it. Name a body whose officers are drawn, before silence decides."
        ),
    ),
    "permit-fee-owed": Message(
        _("The fee of your application %(number)s is owed again"),
        _("Your bank took the money back. The invoice is on the page."),
    ),
    "licence-fee-owed": Message(
        _("The fee of the licence %(number)s is owed again"),
        _("Your bank took the money back. Pay by the day on the page, or the licence may be suspended."),
    ),
    "licence-fee-owed-officer": Message(
        _("The fee of the licence %(number)s was taken back"),
        _("The holder may pay it again by the day on the page. If nobody does, decide about a suspension."),
    ),
    "licence-fee-settled": Message(
        _("The fee of the suspended licence %(number)s has come"),
        _("Decide whether the licence is valid again."),
    ),
    "licence-suspended": Message(
        _("The licence %(number)s was suspended"), _("The act and its ground are on the page.")
    ),
    "licence-restored": Message(
        _("The licence %(number)s is valid again"), _("The act and its ground are on the page.")
    ),
    "licence-revoked": Message(_("The licence %(number)s was revoked"), _("The act and its ground are on the page.")),
    "licence-transfer-proposed": Message(
        _("It is proposed that the licence %(number)s goes to another company"),
        _("The act and its ground are on the page. If you did not ask for it, tell the body at once."),
    ),
    "licence-transferred": Message(_("The licence %(number)s was transferred"), _("To whom is on the page.")),
    "licence-received": Message(
        _("The licence %(number)s was transferred to you"), _("What it permits, and until when, is on the page.")
    ),
    "licence-taken-over": Message(
        _("Your licence %(number)s stands in this register now"),
        _("It was taken over from another register. If something on its page is wrong, tell the body that issued it."),
    ),
    "licence-expired": Message(_("The licence %(number)s has expired"), _("How to apply anew is on the page.")),
}
