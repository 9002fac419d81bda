"""Sentences of the errors of statements of bank accounts and of their reconciliation."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted, ngettext_lazy
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "statement-empty": _("The file is empty. Download the statement from the bank again."),
    "statement-too-large": _("The file is larger than %(limit)s MB. Ask the bank for shorter periods."),
    "statement-kind-unknown": _("This is no statement in camt.053 or MT940. Choose one of them at the bank."),
    "statement-encoding": _(
        "Line %(line)s is not text in UTF-8. Download the file from the bank again, without opening it in between."
    ),
    "statement-encoding-named": _("Line %(line)s names the encoding %(value)s. Statements are taken in UTF-8."),
    "statement-declares": _(
        "Line %(line)s declares a document type or an entity. No statement has that, so nothing of the file was read."
    ),
    "statement-xml-broken": _("Line %(line)s is no XML that can be read. Download the file from the bank again."),
    "statement-truncated": _(
        "The statement ends at line %(line)s before its closing balance. Download the file from the bank again."
    ),
    "statement-version": _("Line %(line)s: this is “%(value)s”, and camt.053.001.02 to 08 are read."),
    "statement-element-missing": _("Line %(line)s: “%(element)s” is missing."),
    "statement-value": _("Line %(line)s: “%(value)s” cannot be the value of “%(element)s”."),
    "statement-amount": _("Line %(line)s: “%(value)s” is no amount of the account’s currency."),
    "statement-currency": _("Line %(line)s is in the currency “%(value)s”, and the account in %(currency)s."),
    "statement-count": _("Line %(line)s: the statement says %(expected)s entries and has %(found)s."),
    "statement-parts": _("Line %(line)s: the payments of entry %(number)s do not add up to its amount."),
    "statement-sum": _(
        "Line %(line)s: the opening balance and the entries of %(account)s make %(expected)s %(currency)s, and the closing "
        "balance is %(found)s %(currency)s. Ask the bank for a correct statement."
    ),
    "statement-entry-twice": _("Line %(line)s repeats the entry “%(value)s” of line %(other)s."),
    "statement-line": _("Line %(line)s belongs to no field of MT940: “%(value)s”."),
    "statement-order": _("Line %(line)s: the field :%(value)s: cannot stand here."),
    "statement-pages": _("Line %(line)s: a page is missing before this one, or it does not go on where that ended."),
    "statement-account-unknown": _(
        "Line %(line)s: “%(value)s” is none of our accounts, so its statements prove nothing. The operator names accounts in "
        "ADALDYQ_BANK_ACCOUNTS."
    ),
    "statement-overlaps": _(
        "Line %(line)s: the entry “%(value)s” was in another statement. Nothing of the file was taken."
    ),
    "statement-differs": _(
        "Line %(line)s: statement %(value)s was taken before and said otherwise. Ask the bank which one is right."
    ),
    "statement-closed": _(
        "Line %(line)s: the day of statement %(value)s is closed, and this file has more entries for it."
    ),
    "statement-no-invoice": _("There is no invoice “%(value)s”. Check every letter; a reference begins with RF."),
    "statement-no-refund": _(
        "This entry is not that refund: the sum is another, it was not approved, or another entry shows it."
    ),
    "statement-no-payment": _(
        "This entry took nothing of that payment: it bears another key, more was taken than is there, or another entry shows it."
    ),
    "statement-entry-went-out": _("This money went out, so it pays no invoice."),
    "statement-day-not-over": _("%(day)s is not over: more entries may come. Close it tomorrow."),
    "statement-unexplained": ngettext_lazy(
        "%(count)s entry is not explained yet. Explain it, then close the day.",
        "%(count)s entries are not explained yet. Explain them, then close the day.",
        "count",
    ),
    "statement-gap": _(
        "The statement of %(day)s ended with %(ended)s %(currency)s, and this one begins with %(begins)s %(currency)s. A "
        "statement in between is missing."
    ),
    "statement-books-differ": _(
        "What the books have at the bank differs from the statements by %(apart)s %(currency)s. Tell whoever runs the system; "
        "“adaldyq payments balance” shows it too."
    ),
    "statement-before-open": _("The statement of %(day)s goes before it and is still open. Close that one first."),
}
