"""Companies by their registration number."""

from __future__ import annotations

from adaldyq.kernel.models import Company


def company_of(identifier: str) -> Company | None:
    """The company of a registration number that is not closed."""
    return (
        Company.objects.filter(identifier=identifier.strip(), closed_date=None).first() if identifier.strip() else None
    )
