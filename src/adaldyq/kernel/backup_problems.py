"""Sentences of the errors of backups, of restoring them, and of the keys of files."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted, ngettext_lazy
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "database-not-prepared": _("The database is not prepared, so there is nothing to back up. Check DATABASE_URL."),
    "backup-there": _("There is a file %(file)s already. Name another, or a folder."),
    "backup-under-way": _("Another backup or restore of this data folder is under way. Wait for it to end."),
    "backup-foreign": _("%(file)s is not a backup of this program. Nothing was touched. Check the path."),
    "backup-cut-short": _(
        "%(file)s is damaged: it was cut short, or changed. Nothing was touched. Copy it again, or take an earlier backup."
    ),
    "backup-damaged": _(
        "%(file)s is damaged: its part %(part)s is not what it was. Nothing was touched. Copy it again, or take an "
        "earlier backup."
    ),
    "backup-newer": _(
        "%(file)s was made by a newer program, version %(version)s. Nothing was touched. Install that version or a "
        "later one, and try again."
    ),
    "backup-of-another-country": _(
        "%(file)s is a backup of the country “%(value)s”, and this installation’s is “%(country)s”. Nothing was touched. "
        "Set ADALDYQ_COUNTRY."
    ),
    "backup-brings-its-pack": _(
        "%(file)s is a backup of the country “%(value)s”, and this installation’s is “%(country)s”. Nothing was touched. "
        "The backup brings the country pack: take it out with `adaldyq backup pack`, then name its folder in "
        "ADALDYQ_COUNTRY."
    ),
    "folder-not-empty": _("There is something in %(file)s already. Name a folder that is not there, or an empty one."),
    "backup-without-pack": _(
        "%(file)s brings no country pack: that of “%(value)s” comes with the program. Set ADALDYQ_COUNTRY to it."
    ),
    "backup-of-another-engine": _(
        "%(file)s holds a database of %(value)s, and DATABASE_URL names one of %(engine)s. Nothing was touched. Name an "
        "empty database of %(value)s."
    ),
    "backup-files-key-outside": _(
        "The files in %(file)s are sealed with keys that ADALDYQ_FILES_KEY does not hold: %(keys)s. Nothing was touched. "
        "Put their private halves there, separated by commas; where the backup has them itself, leave it out."
    ),
    "backup-secret-key-outside": _(
        "Second factors in %(file)s are sealed with another secret key than ADALDYQ_SECRET_KEY gives. Nothing was touched. "
        "Put the key there that the backed-up installation had; where the backup has it itself, leave it out."
    ),
    "backup-key-needed": _("%(file)s is encrypted. Give the file with its private age key: --key FILE."),
    "backup-key-wrong": _(
        "%(key)s does not open %(file)s: it is encrypted for another key, or its beginning is damaged. Nothing was touched."
    ),
    "age-recipient-wrong": _("“%(value)s” is not a public age key. One looks like age1… ; `age-keygen -y` prints it."),
    "age-key-file-wrong": _("%(file)s holds no private age key. A line with one begins with AGE-SECRET-KEY-1."),
    "pg-program-missing": _(
        "%(program)s of PostgreSQL %(version)s or newer is not on this machine. Install it (Debian: "
        "`apt install postgresql-client`), or put its folder on PATH."
    ),
    "pg-program-failed": _("%(program)s refused: %(problem)s"),
    "restore-not-empty": _(
        "There are records here already, so nothing was restored. Choose an empty data folder (ADALDYQ_DATA_DIR) and an "
        "empty database, or stop the site and say --replace."
    ),
    "restore-needs-terminal": _(
        "What is here is replaced only after a word typed at a terminal. Run this by hand, or empty database and folder first."
    ),
    "restore-erasures-not-noted": _(
        "%(file)s cannot be written, and some of what was erased here is not noted in it yet. Nothing was restored. Mend "
        "the file or its disk, and try again."
    ),
    "restore-in-use": _("The database is in use. Stop the site and its workers, then restore."),
    "restore-tree-differs": _(
        "The ledger in the database is not the one that the backup describes. Do not start the site; take another backup."
    ),
    "files-key-in-environment": _(
        "The keys of files come from ADALDYQ_FILES_KEY. Change them there: put a new one first, separated by a comma "
        "(`age-keygen` makes one), or take the older ones out."
    ),
    "files-key-in-use": ngettext_lazy(
        "%(count)s file still needs an older key. Run `adaldyq files rotate-key`, then try again.",
        "%(count)s files still need an older key. Run `adaldyq files rotate-key`, then try again.",
        "count",
    ),
    "files-key-wrong": _("%(file)s does not hold age keys, a line each. Put the right ones there."),
}
