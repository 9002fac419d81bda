"""Who signs: the keys of the log and of its witnesses, and what each signed last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from adaldyq.ledger import keys, queries
from adaldyq.ledger.models import StoredCheckpoint
from adaldyq.ledger.notes import Note
from adaldyq.ledger.witnessing import known_keys
from adaldyq.ui.tables import Column, Table


@dataclass(frozen=True, slots=True)
class Signer:
    """A key and what it signed last."""

    role: str
    key: str
    size: int | None
    at: datetime | None


def signers(newest: StoredCheckpoint | None) -> Iterator[Signer]:
    """The keys of the log, then those of the witnesses that it knows."""
    note = Note.parse(newest.note) if newest else None
    for key in keys.public_keys():
        signs = newest if note and note.checked([key]) else None
        yield Signer(_("the ledger"), str(key), signs.size if signs else None, signs.signed_at if signs else None)
    for witness in known_keys():
        found = queries.last_cosigned(witness.name)
        yield Signer(
            _("a witness"), str(witness), found.checkpoint_id if found else None, found.stated_at if found else None
        )


def signers_table(newest: StoredCheckpoint | None) -> Table:
    """The keys with their owners; a key of the log that signs no more has no size."""
    columns = (
        Column("role", _("Whose key")),
        Column("key", _("Public key")),
        Column(
            "size",
            _("Lines it signed last"),
            kind="number",
            link=lambda one: reverse("ledger-checkpoint-of", args=[one.size]) if one.size else "",
        ),
        Column("at", _("Signed"), kind="moment"),
    )
    return Table(
        _("Keys that sign"), columns, list(signers(newest)), empty=_("Nothing has been signed yet."), hide_caption=True
    )
