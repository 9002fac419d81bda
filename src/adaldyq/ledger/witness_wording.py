"""What can be wrong between a ledger and its witnesses, in sentences for a person."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted, ngettext_lazy
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "witness-request-malformed": _(
        "This is not a request to a witness: the old size, a proof of at most 63 hashes, an empty line, a checkpoint."
    ),
    "witness-old-size-larger": ngettext_lazy(
        "The proof begins at %(old)s line, but the checkpoint has only %(size)s.",
        "The proof begins at %(old)s lines, but the checkpoint has only %(size)s.",
        "old",
    ),
    "witness-log-unknown": _("This witness does not watch the log %(origin)s."),
    "witness-size-differs": ngettext_lazy(
        "This witness saw %(size)s line last. The proof must begin there.",
        "This witness saw %(size)s lines last. The proof must begin there.",
        "size",
    ),
    "witness-root-differs": ngettext_lazy(
        "This witness saw another first line: the log signed two histories. Nothing was cosigned.",
        "This witness saw other %(size)s lines: the log signed two histories. Nothing was cosigned.",
        "size",
    ),
    "witness-memory-lost": _(
        "%(file)s is gone, so this witness no longer knows what it signed and could sign a fork. Put the file back, "
        "or begin a new witness with another name in an empty folder."
    ),
    "witness-memory-damaged": _(
        "%(file)s is not what this witness has written. Put the file back, or begin a new witness with another name in "
        "an empty folder."
    ),
    "witness-memory-old": _(
        "%(file)s is not the newest that this witness has written: somebody put an older one back, with which it could "
        "sign a fork. Put the newest back, or begin a new witness with another name in an empty folder."
    ),
    "witness-address-malformed": _(
        "“%(value)s” names no witness. Write its address, a space and its public key: `https://witness.example KEY`."
    ),
    "ledger-behind": ngettext_lazy(
        "The ledger has %(size)s line, but %(place)s holds a checkpoint that it signed of %(seen)s: the database "
        "is an old one. Nothing is signed and lines wait safely. See docs/how-to/restore-the-ledger.md.",
        "The ledger has %(size)s lines, but %(place)s holds a checkpoint that it signed of %(seen)s: the database "
        "is an old one. Nothing is signed and lines wait safely. See docs/how-to/restore-the-ledger.md.",
        "size",
    ),
    "ledger-differs": ngettext_lazy(
        "The first line of the ledger is not the one whose checkpoint %(place)s holds: the database is not "
        "that of this ledger, or was changed. Nothing is signed and lines wait safely. "
        "See docs/how-to/restore-the-ledger.md.",
        "The first %(seen)s lines of the ledger are not those whose checkpoint %(place)s holds: the database is not "
        "that of this ledger, or was changed. Nothing is signed and lines wait safely. "
        "See docs/how-to/restore-the-ledger.md.",
        "seen",
    ),
    "ledger-unguarded": _(
        "Neither a witness nor %(place)s tells what the ledger signed last, so nothing is signed and lines wait safely. "
        "Let a witness be reached, put the file back, or, when you are certain that the database is the newest, run "
        "`adaldyq ledger accept`. See docs/how-to/restore-the-ledger.md."
    ),
    "ledger-last-unreadable": _(
        "What %(place)s says of the newest checkpoint bears no signature of this ledger’s keys, so nothing is signed "
        "and lines wait safely. See docs/how-to/restore-the-ledger.md."
    ),
    "ledger-refused": _(
        "The witness %(place)s saw another history of this ledger and refused to cosign: %(problem)s. Nothing more is "
        "signed and lines wait safely. See docs/how-to/restore-the-ledger.md."
    ),
}
