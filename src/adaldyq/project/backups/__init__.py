"""Backups: one file with the database, the files that people handed in, and the keys without which both are useless.

The file is a tar archive, opened by anybody's `tar` when we are gone; with a recipient it is encrypted with age as
a whole. Its parts, in this order: `database.sqlite3.gz` or `database.dump` (what `pg_restore` reads), `files/…`,
`files-key`, `demo/…`, `datasets/…`, `snapshots/…`, `snapshots-key`, `secret-key`, `ledger-key` only when asked for, then `SHA256SUMS` over all of these in the form of
`sha256sum`, and `manifest.json` last: where it is missing, the file was cut short.

What remembers what the ledger signed last, and what was erased, is never in it: restored, it would be worth nothing.
"""
