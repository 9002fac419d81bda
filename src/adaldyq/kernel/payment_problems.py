"""Sentences of the errors of payments."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "amount-not-payable": _("“%(value)s” cannot be paid. Write an amount above zero, down to the least coin."),
    "fee-quantity": _("Write a whole number from 1 to %(most)s."),
    "fee-formula": _("The fee cannot be counted so. Write numbers from zero up, the least not above the most."),
    "fee-body-unknown": _(
        "The register of state bodies has no “%(value)s”, whose fee is “%(fee)s”. Register the body first."
    ),
    "fee-code": _("“%(value)s” is no code of a fee. Write small Latin letters, digits and hyphens."),
    "fee-untranslated": _("Write it in every language, each at most %(limit)s characters long."),
    "fee-law-missing": _("Name the number of the act that sets the fee."),
    "fee-days": _("Write a whole number of days, at most %(most)s."),
    "fee-exemption": _(
        "A ground stands here that the country does not know, or twice, or without a per cent from 1 to 100."
    ),
    "fee-version-day": _("Choose a day after %(day)s, from which on it says what it says now."),
    "fee-kind-fixed": _("Whether an act states the sum does not change. Publish another fee under another code."),
    "fee-not-in-force": _("The fee “%(value)s” is not in force today. Choose one that is."),
    "fee-sum-stated": _("Either the fee counts the sum, or an act states it. Say which sum, or leave it out."),
    "invoice-without-payer": _("Name who pays: one person or one company."),
    "invoice-own": _("This is about an invoice of your own. Somebody else must do it."),
    "invoice-not-payable": _("Nothing is left to pay here: it was paid, cancelled, or has expired."),
    "payment-method-unknown": _("“%(value)s” is no way to pay here. Choose one of those that are shown."),
    "payment-under-way": _("A payment is being carried out. Wait until it has ended before you pay again."),
    "payment-given-back": _("Money of this payment has been given back, so it must have come. Mend the refund first."),
    "payment-proved": _(
        "A bank's statement shows that this money came. Take back how its entry was explained instead."
    ),
    "payment-of-statement": _(
        "What a bank's statement proves changes only there: explain its entry, or take back how it was explained."
    ),
    "provider-event-waits": _(
        "What it waits for is still not there. It goes on waiting; dismiss it if nothing will come."
    ),
    "statement-day-closed": _("The day %(day)s is closed, so nothing in it changes. Correct it by an entry of today."),
    "statement-told-by-provider": _(
        "A provider told of this money. Correct the payment itself, on the page of its invoice."
    ),
    "correction-needs-two": _(
        "By this correction money is held after all, so somebody else must confirm it. Propose it."
    ),
    "correction-waits": _("A correction of this payment waits for a second person already."),
    "correction-unknown": _("“%(value)s” is no kind of correction."),
    "provider-event-unknown": _("“%(value)s” is nothing that a provider can tell."),
    "provider-event-changed": _(
        "The provider told something else under the key “%(value)s” before. Nothing was applied."
    ),
    "provider-event-of-another": _("What was told is about a payment at another provider. Nothing was applied."),
    "provider-event-payment": _("What was told is about another payment of the provider. Nothing was applied."),
    "provider-event-sum": _("Amount or currency is not that of the payment. Nothing was applied; a person must look."),
    "waiver-ground": _("The fee is not waived on the ground “%(value)s”. Choose one that its law names."),
    "waiver-too-late": _("The invoice is no longer to be paid, so nothing can be waived. Ask for a refund instead."),
    "waiver-there": _("A waiver of this invoice was proposed or confirmed already."),
    "receipt-unpaid": _("There is no receipt, since nothing has been paid here, or it was given back."),
    "refund-ground": _("“%(value)s” is no ground of a refund. Choose one of the list."),
    "refund-nothing-came": _("No money is held of this payment, or the payer's bank contests it. Nothing can go back."),
    "refund-taken-back": _(
        "The payer's bank contests this payment or took it back, so the same money cannot go back once more. Reject the refund, or wait."
    ),
    "refund-account": _("“%(value)s” is no number of an account. Write its letters and figures, 5 to 34 of them."),
    "refund-asked-again": _(
        "It was asked for again already, or its money is there no longer. See the refunds of the invoice."
    ),
    "refund-too-much": _("No more can go back than has come and is left: %(left)s %(currency)s."),
}
