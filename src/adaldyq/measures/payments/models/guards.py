"""Triggers that hold, whoever writes: the refunds of an attempt never exceed what it brought, and entries never change.

SQLite forgets the triggers of a table that Django makes anew, so a migration that alters one of these calls `install` again;
a test sees that they are there.
"""

from __future__ import annotations

from typing import Any

from adaldyq.measures.payments.states import LIVE_REFUND

REFUNDS, ATTEMPTS, ENTRIES = "payments_refund", "payments_paymentattempt", "payments_bookentry"
LIVE = ", ".join(f"'{one}'" for one in LIVE_REFUND)
TOO_MUCH, FIXED = "refunds exceed what was captured", "an entry of the books is never changed"
TAKEN = (
    f"SELECT COALESCE(SUM(amount), 0) FROM {REFUNDS} WHERE attempt_id = NEW.attempt_id "  # noqa: S608  # our own names
    f"AND state IN ({LIVE})"
)
CAME = f"SELECT captured FROM {ATTEMPTS} WHERE id = NEW.attempt_id"  # noqa: S608  # as above
GUARDS = ("payments_refunds_guard", "payments_refunds_guard_update", "payments_entries_guard")

SQLITE = (
    *(
        f"CREATE TRIGGER {name} AFTER {event} ON {REFUNDS} WHEN ({TAKEN}) > ({CAME}) "
        f"BEGIN SELECT RAISE(ABORT, '{TOO_MUCH}'); END"
        for name, event in ((GUARDS[0], "INSERT"), (GUARDS[1], "UPDATE"))
    ),
    f"CREATE TRIGGER {GUARDS[2]} BEFORE UPDATE ON {ENTRIES} BEGIN SELECT RAISE(ABORT, '{FIXED}'); END",
)
REFUNDS_FUNCTION = f"""CREATE OR REPLACE FUNCTION payments_refunds_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM 1 FROM {ATTEMPTS} WHERE id = NEW.attempt_id FOR UPDATE;
        IF ({TAKEN}) > ({CAME}) THEN
            RAISE EXCEPTION '{TOO_MUCH}' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NULL;
    END $$"""  # our own names
ENTRIES_FUNCTION = f"""CREATE OR REPLACE FUNCTION payments_entries_guard() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '{FIXED}' USING ERRCODE = 'check_violation';
    END $$"""
POSTGRESQL = (
    REFUNDS_FUNCTION,
    f"CREATE TRIGGER {GUARDS[0]} AFTER INSERT OR UPDATE ON {REFUNDS} FOR EACH ROW EXECUTE FUNCTION payments_refunds_guard()",
    ENTRIES_FUNCTION,
    f"CREATE TRIGGER {GUARDS[2]} BEFORE UPDATE OR DELETE ON {ENTRIES} FOR EACH ROW EXECUTE FUNCTION payments_entries_guard()",
)


def install(_apps: Any, editor: Any) -> None:
    """Put the triggers up, anew where they stand; called by migrations."""
    remove(_apps, editor)
    for statement in SQLITE if editor.connection.vendor == "sqlite" else POSTGRESQL:
        editor.execute(statement)


def remove(_apps: Any, editor: Any) -> None:
    """Take the triggers down."""
    tables = (REFUNDS, REFUNDS, ENTRIES)
    for name, table in zip(GUARDS, tables, strict=True):
        of = "" if editor.connection.vendor == "sqlite" else f" ON {table}"
        editor.execute(f"DROP TRIGGER IF EXISTS {name}{of}")
