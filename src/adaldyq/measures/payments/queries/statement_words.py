"""Words of statements that pages share."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.ui.facts import State

STATEMENT_WORDS: Mapping[str, State] = {
    "open": State(_("Open"), "open"),
    "closed": State(_("Day closed"), "closed"),
}
ENTRY_WORDS: Mapping[str, State] = {
    "new": State(_("Being matched"), "work"),
    "matched": State(_("Matched"), "good"),
    "queued": State(_("Waits for a cashier"), "attention"),
    "explained": State(_("Explained by a cashier"), "good"),
}
VERDICT_WORDS: Mapping[str, object] = {
    "": _("Not known yet"),
    "settled": _("Paid at a provider"),
    "given_back": _("Given back by a provider"),
    "taken_back": _("Taken back by the payer's bank"),
    "came_back": _("A refund that the bank sent back"),
    "exact": _("Pays an invoice"),
    "under": _("Too little for its invoice"),
    "over": _("Too much for its invoice"),
    "double": _("Paid once more"),
    "unmatched": _("Nobody can place it"),
    "costs": _("What the bank charges"),
    "payout": _("Paid out by a provider"),
}
WAY_WORDS: Mapping[str, object] = {
    "": "",
    "key": _("by our key of the payment"),
    "reference": _("by the reference"),
    "amount": _("by amount and date"),
    "person": _("by a cashier"),
}
