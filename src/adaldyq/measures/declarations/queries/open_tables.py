"""What of the declarations is in the open snapshot: those that the pages show, with the columns that the law opens."""

from __future__ import annotations

from collections.abc import Iterator

from adaldyq.kernel.open_tables import OpenTables, Rows
from adaldyq.measures.declarations.domain.redaction import FREE_TEXT
from adaldyq.measures.declarations.domain.sections import BY_NAME
from adaldyq.measures.declarations.models import Declaration
from adaldyq.measures.declarations.policies import CURRENT
from adaldyq.measures.declarations.queries import whole

DECLARATION = "declaration"
TABLES = {name: section.table.name for name, section in BY_NAME.items()}


def rows() -> Iterator[tuple[str, Rows]]:
    """Open declarations in force and their rows, for some people at a time."""
    public = Declaration.Privacy.public
    for some in whole.declared(Declaration.objects.filter(CURRENT)):
        yield DECLARATION, [{name: getattr(one, name) for name in public} for one in some.declarations]
        for one in some.declarations:
            for section, listed in some.contents.opened(one).items():
                yield TABLES[section], listed


REDACTED = {TABLES[name]: columns for name, columns in FREE_TEXT.items()}
OPEN_TABLES = OpenTables((DECLARATION, *TABLES.values()), rows, REDACTED)
