"""What can be wrong with the ledger or a proof, in sentences for a person; the catalogues translate them.

They stand here and not with the other sentences so that a proof can be checked, and its verdict read, where
nothing else of the system is installed.
"""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.errors import DomainError
from adaldyq.base.words import ENGLISH, Counted, Translation, ngettext_lazy, worded
from adaldyq.base.words import gettext_noop as _
from adaldyq.ledger import witness_wording

SENTENCES: Mapping[str, str | Counted] = {
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
    "receipt-malformed": _("This is not a receipt of a ledger, or a part of it is missing or damaged."),
    "payload-wrong": _("Salt and payload are not what the line commits to: one of the three was changed."),
    "log-shorter": ngettext_lazy(
        "The log now has %(size)s line, but signed %(seen)s before: it was rolled back. Both checkpoints are kept in "
        "%(file)s.",
        "The log now has %(size)s lines, but signed %(seen)s before: it was rolled back. Both checkpoints are kept in "
        "%(file)s.",
        "size",
    ),
    "log-forked": ngettext_lazy(
        "The log signed two histories: its first line is not the one that was seen before. Both checkpoints "
        "are kept in %(file)s; publish them.",
        "The log signed two histories: its first %(seen)s lines are not those that were seen before. Both checkpoints "
        "are kept in %(file)s; publish them.",
        "seen",
    ),
    "tile-wrong": _("The tile %(tile)s does not hold the hashes of the lines."),
    "root-wrong": ngettext_lazy(
        "The line does not give the root that the log signed for one line.",
        "The lines do not give the root that the log signed for %(size)s lines.",
        "size",
    ),
    "source-unreachable": _("%(address)s could not be read: %(problem)s. Check the address and the connection."),
    "state-malformed": _("%(file)s does not hold what was seen of ledgers before. Give another file with --state."),
    "keys-missing": _("No key of the ledger is known. Give one with --key; the ledger publishes it at %(address)s."),
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
    **witness_wording.SENTENCES,
}

STEPS: Mapping[str, str | Counted] = {
    "step-read": _("The receipt can be read. It is about the act “%(act)s” in the hour of %(hour)s."),
    "step-opens": _("Salt and payload are what the line commits to, so this is what the act said."),
    "step-closed": _("This copy has no payload, so what the act said was not checked. The holder’s own copy has it."),
    "step-included": ngettext_lazy(
        "The line stands at place %(index)s, counted from 0, in a tree of %(size)s line.",
        "The line stands at place %(index)s, counted from 0, in a tree of %(size)s lines.",
        "size",
    ),
    "step-signed": _("The root of that tree is signed by %(keys)s, a key you trust."),
    "step-key-unknown": _(
        "The root is signed with a key that the receipt itself brings, %(keys)s. Whose it is was not checked: give a "
        "key that you trust."
    ),
    "step-cosigned": _(
        "%(witness)s, a witness you trust, saw this tree at %(at)s and that it continued the earlier one."
    ),
    "step-witnessed": ngettext_lazy(
        "The one witness you trust cosigned this.",
        "%(count)s of the %(known)s witnesses you trust cosigned this.",
        "known",
    ),
    "step-not-cosigned": ngettext_lazy(
        "The one witness you trust has not cosigned this: %(names)s.",
        "None of the %(known)s witnesses you trust has cosigned this: %(names)s.",
        "known",
    ),
    "step-no-witness-known": _("No key of a witness was given, so whether one cosigned this was not checked."),
    "step-cosigned-ahead": _(
        "%(witness)s states that it signed at %(at)s, which is still to come. Its cosignature does not count."
    ),
    "witnesses-too-few": ngettext_lazy(
        "Of the one witness you trust %(count)s cosigned this, and you ask for %(least)s: nothing is proven yet.",
        "%(count)s of the %(known)s witnesses you trust cosigned this, and you ask for %(least)s: nothing is proven yet.",
        "known",
    ),
    "audit-read": ngettext_lazy(
        "The checkpoint of %(origin)s was read: %(size)s line.",
        "The checkpoint of %(origin)s was read: %(size)s lines.",
        "size",
    ),
    "audit-lines": ngettext_lazy(
        "The only line was fetched and hashed; it gives the root that was signed.",
        "All %(size)s lines were fetched and hashed; they give the root that was signed.",
        "size",
    ),
    "audit-tiles": ngettext_lazy(
        "The only tile holds the hashes of the lines.",
        "All %(count)s tiles hold the hashes of the lines.",
        "count",
    ),
    "audit-first": _("This log was not seen before. Its checkpoint is kept in %(file)s for the next time."),
    "audit-continued": ngettext_lazy(
        "The log continues what was seen before: its first line is the same.",
        "The log continues what was seen before: its first %(seen)s lines are the same.",
        "seen",
    ),
    "audit-key-taken": _(
        "The key %(keys)s was taken from the log itself, because none was known. Compare it with what its owner publishes."
    ),
    "audit-key-added": _("What the known key signed names the new key %(keys)s; it is trusted from now on."),
    "audit-unread": ngettext_lazy(
        "%(count)s line is not of the form that this version knows. It is in the tree all the same.",
        "%(count)s lines are not of the form that this version knows. They are in the tree all the same.",
        "count",
    ),
}
"""What each step of a check found."""


def english(error: DomainError) -> str:
    """The sentence of an error, untranslated."""
    return sentence(error.code, error.parameters)


def sentence(code: str, facts: Mapping[str, object], translation: Translation = ENGLISH) -> str:
    """The sentence of an error or a step.

    Args:
        translation: turns the English sentence into another language.
    """
    known = SENTENCES.get(code) or STEPS.get(code)
    return code if known is None else worded(known, facts, translation)
