"""What kinds of records are called in a list of all that is held on a person."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.registry import REGISTERS

KINDS: Mapping[str, object] = {
    **{one.model: one.title for one in REGISTERS.values()},
    "account.EmailAddress": _("Sign-in: addresses"),
    "declarations.Declaration": _("Declarations"),
    "declarations.Draft": _("Draft declarations"),
    "declarations.BreachReferral": _("Signs of a breach that were referred"),
    "declarations.FineInvoice": _("Invoices of fines"),
    "declarations.FormerObligation": _("Duties to declare that ended"),
    "declarations.JointFiling": _("Declarations filed together"),
    "declarations.Keying": _("Papers keyed in"),
    "declarations.NonFiling": _("Declarations not filed, and what followed"),
    "declarations.Obligation": _("Duties to declare"),
    "declarations.ObligationExtension": _("Longer terms to declare"),
    "declarations.ReceivedPaper": _("Declarations on paper"),
    "declarations.Review": _("Reviews of declarations"),
    "declarations.ReviewSelection": _("Selections for review"),
    "declarations.ReviewInquiry": _("Questions in reviews, asked together"),
    "declarations.ReviewQuestion": _("Questions in reviews, with answers"),
    "kernel.Absence": _("Absences from office"),
    "kernel.Account": _("Sign-in"),
    "kernel.ContactChoice": _("Addresses for messages"),
    "kernel.ContactCode": _("Codes sent to an address"),
    "kernel.CorrectionRequest": _("Requests for correction"),
    "kernel.Deadline": _("Deadlines"),
    "kernel.DeadlineChange": _("Changes of deadlines"),
    "kernel.Erasure": _("Erasures"),
    "kernel.DeadlineNotice": _("Reminders of deadlines"),
    "kernel.Document": _("Issued documents"),
    "kernel.FormerValue": _("What registers held before"),
    "kernel.Mandate": _("Mandates"),
    "kernel.MandateRequest": _("Mandates asked for"),
    "kernel.Merge": _("Merges of records"),
    "kernel.NameKey": _("Spellings under which the name is found"),
    "kernel.Notification": _("Messages"),
    "kernel.NotificationDelivery": _("Messages sent"),
    "kernel.PortRequest": _("Requests to payments and other registers"),
    "kernel.Proposal": _("Proposed roles and recoveries"),
    "kernel.RecoveryLink": _("Links for a new password"),
    "kernel.RoleGrant": _("Roles"),
    "kernel.Signature": _("Signatures"),
    "kernel.SourceKey": _("Keys under which sources know records"),
    "kernel.Upload": _("Files"),
    "ledger.Leaf": _("Lines of the ledger about one’s own acts"),
    "mfa.Authenticator": _("Second factors of the sign-in"),
    "socialaccount.SocialAccount": _("Sign-in by e-ID"),
    "verification.Decision": _("Decisions about findings"),
    "verification.Finding": _("Findings in work"),
    "usersessions.UserSession": _("Sign-in: sessions"),
}
"""By `app.Model`; a kind that is not here is called as its room calls it."""


def kind_title(kind: str) -> str:
    """What a kind of record is called."""
    if kind in KINDS:
        return str(KINDS[kind])
    try:
        return str(apps.get_model(kind)._meta.verbose_name_plural)
    except LookupError:
        return kind
