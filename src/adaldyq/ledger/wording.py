"""What can be wrong with the ledger or a proof, in sentences for a person; the catalogues translate them.

They stand here and not with the other sentences so that a proof can be checked, and its verdict read, where
nothing else of the system is installed.
"""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.errors import DomainError
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str] = {
    "key-malformed": _("“%(value)s” is not a key. A public key looks like NAME+8 hexadecimal digits+base64."),
    "note-malformed": _("This is not a signed note: text, an empty line, then lines of signatures."),
    "signature-wrong": _(
        "The signature of %(name)s does not belong to this text. Either the text or the signature was changed."
    ),
    "not-signed": _("None of the keys you trust has signed this: %(keys)s."),
    "checkpoint-malformed": _("This is not a checkpoint: the log’s name, the number of lines, the root of the tree."),
    "checkpoint-of-another-log": _("This checkpoint is of the log %(origin)s, not of %(expected)s."),
    "inclusion-wrong": _("The proof does not lead from the line to the root of the tree."),
    "consistency-wrong": _("The newer tree does not begin with the older one: lines were changed or removed."),
    "tile-malformed": _("“%(value)s” is not the address of a tile."),
    "ledger-tree-damaged": _(
        "The ledger’s tree does not agree with its own newest checkpoint (%(tile)s), so nothing more was signed. Lines "
        "wait safely. Restore the database whole; do not repair rows by hand."
    ),
    "ledger-key-missing": _(
        "The ledger was signed before, and its private key is not in %(file)s. Put the file back. If it is lost for "
        "good, make another with `adaldyq ledger key --add` and publish why."
    ),
    "ledger-key-file-wrong": _(
        "%(file)s does not hold private keys of one ledger, a line each. Put the right one there."
    ),
    "ledger-key-of-another-log": _(
        "The private key belongs to the ledger %(origin)s, but this one is called %(expected)s. Put the right key there."
    ),
    "ledger-key-in-environment": _("The keys come from ADALDYQ_LEDGER_KEY. Change them there."),
    "ledger-key-unknown": _("No key with the id %(value)s signs the ledger. See `adaldyq ledger key`."),
    "ledger-key-last": _("%(value)s is the only key that signs. Add another first, and publish it."),
    "bundle-malformed": _("A bundle of lines is cut short, or holds more than it should."),
}


def english(error: DomainError) -> str:
    """The sentence of an error, untranslated."""
    return SENTENCES.get(error.code, error.code) % dict(error.parameters)
