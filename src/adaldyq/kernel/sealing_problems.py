"""Sentences of the errors of sealed reports: phrases of receipts, keys and envelopes."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "phrase-length": _("A phrase has %(needed)s words, and %(count)s were typed. Write all of them, in their order."),
    "phrase-word-unknown": _("Word %(place)s, “%(word)s”, is not in the list of words. Compare it with your note."),
    "phrase-word-unknown-but-near": _(
        "Word %(place)s, “%(word)s”, is not in the list of words. Perhaps it is “%(meant)s”?"
    ),
    "phrase-check": _(
        "All words are in the list, but together they are no phrase: one is another than you were given, or two have changed places."
    ),
    "mailbox-damaged": _("The mailbox of this report cannot be opened with this phrase."),
    "envelope-damaged": _("This is no sealed file of a report, or it was damaged on the way. Send it again."),
    "envelope-not-opened": _("This key does not open the file, or the file was cut off or changed."),
    "recipient-invalid": _("“%(value)s” is not a public key. A public key begins with age1."),
    "key-invalid": _("This is not a secret key. A secret key begins with AGE-SECRET-KEY-1."),
    "nobody-to-seal-to": _("No officer has a key to whom this could be sealed. Nothing was taken."),
}
