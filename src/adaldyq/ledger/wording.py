"""What can be wrong with a proof, in sentences for a person; the catalogues translate them.

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
    "bundle-malformed": _("A bundle of lines is cut short, or holds more than it should."),
}


def english(error: DomainError) -> str:
    """The sentence of an error, untranslated."""
    return SENTENCES.get(error.code, error.code) % dict(error.parameters)
