"""Words of this measure that pages, files and acts share."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.measures.payments.adapters.pack_fees import waiver_grounds
from adaldyq.measures.payments.domain.standing import CLEARING
from adaldyq.ui.facts import State

INVOICE_WORDS: Mapping[str, State] = {
    "issued": State(_("To be paid"), "open"),
    "paid": State(_("Paid in full"), "good"),
    "waived": State(_("Waived"), "good"),
    "expired": State(_("Expired"), "closed"),
    "cancelled": State(_("Cancelled"), "closed"),
    "refunded": State(_("All was given back"), "closed"),
}
ATTEMPT_WORDS: Mapping[str, State] = {
    "created": State(_("Begun"), "open"),
    "started": State(_("At the provider"), "work"),
    "submitted": State(_("Being carried out"), "work"),
    "success": State(_("Paid in full"), "good"),
    "declined": State(_("Declined"), "bad"),
    "expired": State(_("Not finished in time"), "closed"),
    "cancelled": State(_("Given up"), "closed"),
    "error": State(_("Failed"), "bad"),
    "disputed": State(_("Contested by the payer"), "attention"),
    "charged_back": State(_("Taken back by the payer's bank"), "bad"),
}
METHOD_WORDS: Mapping[str, object] = {
    "card": _("Bank card"),
    "transfer": _("Transfer from a bank account"),
    "qr": _("QR code with a telephone"),
    "cash_at_bank": _("Cash at a bank"),
}
REFUND_WORDS: Mapping[str, State] = {
    "requested": State(_("Waits for a second person"), "attention"),
    "approved": State(_("Approved"), "work"),
    "sent": State(_("On its way"), "work"),
    "done": State(_("Refund done"), "good"),
    "failed": State(_("Came back"), "bad"),
    "rejected": State(_("Rejected"), "closed"),
}
GROUND_WORDS: Mapping[str, object] = {
    "overpaid": _("Too much was paid"),
    "double": _("It was paid twice"),
    "not_provided": _("The service was not given"),
    "cancelled": _("What it was paid for has fallen"),
    "mistake": _("A mistake of the body"),
}
WAIVER_WORDS: Mapping[str, State] = {
    "proposed": State(_("Waits for a second person"), "attention"),
    "confirmed": State(_("Waived"), "good"),
    "rejected": State(_("Rejected"), "closed"),
}
CORRECTION_WORDS: Mapping[str, object] = {
    "late_success": _("The money came after all"),
    "false_success": _("The money had not come"),
    "reversed_charge_back": _("The bank gave the money back"),
    "late_refund": _("A refund that had failed left after all"),
}
TOLD_WORDS: Mapping[str, object] = {
    "started": _("Payment begun at the provider"),
    "submitted": _("Payment being carried out"),
    "succeeded": _("Money came"),
    "declined": _("Payment declined"),
    "expired": _("Payment not finished in time"),
    "cancelled": _("Payment given up"),
    "error": _("Payment failed"),
    "dispute_opened": _("Payment contested"),
    "dispute_won": _("Contest ended for us"),
    "charged_back": _("Money taken back"),
    "refund_sent": _("Refund sent"),
    "refund_done": _("Refund carried out"),
    "refund_failed": _("Refund came back"),
}
EVENT_WORDS: Mapping[str, State] = {
    "stored": State(_("To be applied"), "work"),
    "applied": State(_("Applied"), "good"),
    "waiting": State(_("Waits"), "attention"),
    "superseded": State(_("Superseded by what came later"), "closed"),
    "refused": State(_("Refused: it does not fit the payment"), "bad"),
    "dismissed": State(_("Dismissed, not applied"), "closed"),
}
CAME_BY: Mapping[str, object] = {
    "webhook": _("by webhook"),
    "poll": _("asked for by us"),
    "statement": _("by a bank statement"),
    "hand": _("by hand"),
}
ACCOUNT_WORDS: Mapping[str, object] = {
    "receivable": _("What payers owe"),
    "bank": _("Money at our bank"),
    "contested": _("Money that payers contest"),
    "unallocated": _("Money that belongs to payers"),
    "refunds_payable": _("Refunds that are owed"),
    "refunded_twice": _("Refunds that left twice, which payers owe"),
    "revenue": _("Fees claimed"),
    "waived": _("Fees waived"),
    "provider_costs": _("What providers cost"),
}
ENTRY_WORDS: Mapping[str, object] = {
    "issue": _("Invoice issued"),
    "cancel": _("Invoice cancelled"),
    "expire": _("Invoice expired"),
    "waive": _("Fee waived"),
    "succeed": _("Money came"),
    "correct_success": _("The money came after all"),
    "correct_failure": _("The money had not come"),
    "correct_charge_back": _("The bank gave the money back"),
    "dispute": _("Payment contested"),
    "win": _("Contest ended for us"),
    "charge_back": _("Money taken back"),
    "refund_approved": _("Refund approved"),
    "refund": _("Refund carried out"),
    "refund_back": _("Refund came back"),
    "refund_returned": _("Transfer of a refund sent back by the bank"),
    "refund_late": _("A refund that had failed left after all"),
    "refund_twice": _("Refund left twice"),
    "refund_not_left": _("Refund had not left after all"),
    "refund_repaid": _("Refund that left twice given back by the payer"),
    "settlement": _("Provider paid out"),
    "taken_back": _("Explanation taken back"),
}


def account_title(code: str) -> str:
    """What an account is called."""
    kind, _point, provider = code.partition(".")
    if kind == CLEARING:
        return str(_("Money at the provider “%(provider)s”") % {"provider": provider})
    return str(ACCOUNT_WORDS.get(code, code))


def ground_titles() -> dict[str, str]:
    """Names of the grounds of waivers in the reader's language, by code."""
    return {code: naming.spoken(names, code) for code, names in waiver_grounds(naming.pack()).items()}
