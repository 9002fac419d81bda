"""Taking in statements of banks: a file is read whole before anything is written, and known entries are written once."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog

from adaldyq.base.errors import DomainError
from adaldyq.kernel.actor import Actor, require, system
from adaldyq.kernel.acts import Leaves, Recorded, act
from adaldyq.kernel.inserting import insert_together
from adaldyq.kernel.uploads import store
from adaldyq.kernel.uploads.actions import Kept, attach, record_upload
from adaldyq.measures.payments import policies
from adaldyq.measures.payments.adapters.providers.registry import is_our_account
from adaldyq.measures.payments.domain.statements.reading import read_statements
from adaldyq.measures.payments.domain.statements.statement import Entry, Statement, broken
from adaldyq.measures.payments.models import BankStatement, StatementEntry
from adaldyq.measures.payments.queries.statement_files import STATEMENT_FILE, file_of
from adaldyq.measures.payments.states import OPEN_DAY

log = structlog.stdlib.get_logger(__name__)
IMPORT_ACT = "payments.statement.import"
TOGETHER, DIGEST = 5000, 32
"""How many entries are written together; how much of a digest tells one file from all others in a log."""
BY, MEDIA_TYPE = system("statements"), "application/octet-stream"


@dataclass(frozen=True, slots=True)
class File:
    """A file of statements that was read.

    Attributes:
        format: such as camt.053.
        digest: SHA-256 of its bytes.
        content: the bytes themselves.
    """

    format: str
    digest: str
    statements: Sequence[Statement]
    content: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file.

    Attributes:
        statements: of the file, as they are kept.
        changed: those of them that are new, or have new entries.
        new: how many entries were new.
        known: how many were kept before.
    """

    statements: Sequence[BankStatement]
    changed: Sequence[BankStatement]
    new: int
    known: int


def take_file(*, content: bytes, by: Actor, at: datetime) -> Taken:
    """Take in a file of statements. One that is refused is logged with the reason and its digest; a log names who acts by itself.

    Raises:
        DomainError: as `read_file` and `keep_statements`.
    """
    try:
        return keep_statements(file=read_file(content), by=by, at=at)
    except DomainError as refused:
        digest = hashlib.sha256(content).hexdigest()[:DIGEST]
        log.warning("a statement was refused", code=refused.code, digest=digest)
        raise


def read_file(content: bytes) -> File:
    """Read a file of statements; nothing is written.

    Raises:
        DomainError: those of `read_statements`; `statement-account-unknown` for an account that is not ours.
    """
    kind, found = read_statements(content)
    for one in found:
        if not is_our_account(one.account):
            raise broken("statement-account-unknown", one.place, value=one.account)
    return File(kind, hashlib.sha256(content).hexdigest(), found, content)


def told(taken: Taken) -> Recorded:
    """Ledger lines: of each statement that is new or has new entries, its day, balances and file."""
    lines: list[dict[str, object]] = [
        {
            "statement": one.pk,
            "day": one.day.isoformat(),
            "currency": one.currency,
            "opening": one.opening,
            "closing": one.closing,
            "entries": one.count,
            "file": one.digest,
        }
        for one in taken.changed
    ]
    return Recorded(lines, {"statements": [one.pk for one in taken.changed]})


@act(IMPORT_ACT, leaves=Leaves.PER_RECORD, records=told)
def keep_statements(*, file: File, by: Actor, at: datetime) -> Taken:
    """Keep the statements of a file. The same file again, or the same day in another format, writes nothing twice.

    A statement of a day that is not over may come again with more entries.

    Raises:
        NotAllowed: `by` is neither a cashier nor the system.
        DomainError: `statement-overlaps` when some of its entries were in another statement; `statement-differs` when
            the same statement came before and said otherwise; `statement-closed`.
    """
    require(policies.may_issue(by), IMPORT_ACT)
    kept: list[BankStatement] = []
    changed: list[BankStatement] = []
    new = 0
    for one in file.statements:
        statement, added = keep(one, file, by, at)
        kept.append(statement)
        if added is not None:
            changed.append(statement)
            new += added
    if changed:
        keep_file(file, changed[0], at)
    return Taken(kept, changed, new, sum(len(one.entries) for one in file.statements) - new)


def keep(one: Statement, file: File, by: Actor, at: datetime) -> tuple[BankStatement, int | None]:
    """Keep a statement, and return it with how many of its entries were new; none when it was known whole.

    Raises:
        DomainError: as `keep_statements`.
    """
    keys = one.keys()
    facts = {"account": one.account, "currency": one.currency, "day": one.day, "number": one.number}
    before = BankStatement.objects.select_for_update().filter(**facts).first()
    known = dict(StatementEntry.objects.filter(key__any_of=keys).values_list("key", "statement"))
    for entry, key in zip(one.entries, keys, strict=True):
        if key in known and (before is None or known[key] != before.pk):
            raise broken("statement-overlaps", entry.place, value=entry.bank_reference or one.number)
    if before is not None:
        if before.count != len(known) or before.opening != one.opening:
            raise broken("statement-differs", one.place, value=one.number)
        if len(known) == len(keys):
            return before, None
        if before.state != OPEN_DAY:
            raise broken("statement-closed", one.place, value=one.number)
    statement = before or BankStatement(**facts, opening=one.opening, imported_by_id=account_of(by))
    statement.closing, statement.count, statement.imported_at = one.closing, len(keys), at
    statement.format, statement.digest = file.format, file.digest
    statement.save()
    new = [(entry, key) for entry, key in zip(one.entries, keys, strict=True) if key not in known]
    for start in range(0, len(new), TOGETHER):
        insert_together([row_of(statement, entry, key) for entry, key in new[start : start + TOGETHER]])
    return statement, len(keys) - len(known)


def keep_file(file: File, statement: BankStatement, at: datetime) -> None:
    """Keep the file itself, encrypted, once; it is attached to the first statement that it brought something for."""
    if file_of(file.digest) is not None:
        return
    place = store.keep(file.content, sealed=True)
    ending = "xml" if file.content.lstrip()[:1] == b"<" else "sta"
    name = f"{statement.account}-{statement.day.isoformat()}.{ending}"
    kept = Kept(name, MEDIA_TYPE, len(file.content), file.digest, place)
    upload = record_upload(purpose=STATEMENT_FILE, kept=kept, person=None, by=BY, at=at)
    attach(upload=upload, subject=statement, by=BY, at=at)


def row_of(statement: BankStatement, entry: Entry, key: str) -> StatementEntry:
    """An entry as it is kept."""
    return StatementEntry(
        statement=statement,
        place=entry.place,
        key=key,
        booked_date=entry.booked_date,
        amount=entry.amount,
        currency=statement.currency,
        reference=entry.reference[:140],
        end_to_end=entry.end_to_end[:140],
        bank_reference=entry.bank_reference[:140],
        party=entry.party[:140],
        words=entry.words,
    )


def account_of(by: Actor) -> str | None:
    """Id of the account of whoever acts; none for the system."""
    return None if by.system else by.id or None
