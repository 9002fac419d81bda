"""Who may see what of declarations.

The law opens officials' declarations to everybody, redacted; of everybody else's nothing is shown here, not
even that there is one.
"""

from __future__ import annotations

from django.db.models import Q

from adaldyq.base.tables import Column
from adaldyq.measures.declarations.domain.sections import BY_NAME

OPEN = Q(is_public=True)
"""Declarations and obligations that the law makes public."""

CURRENT = OPEN & Q(is_current=True)
"""Of them those that no later version replaces."""


def shown_columns(section: str) -> tuple[Column, ...]:
    """Columns of a section that the public may see."""
    return BY_NAME[section].table.open_columns
