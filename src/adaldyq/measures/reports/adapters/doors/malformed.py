"""What is said of a call that is not of the form that its door takes."""

from __future__ import annotations

from adaldyq.base.errors import DomainError


def malformed(field: str) -> DomainError:
    """The refusal of a field that is missing or wrong."""
    return DomainError("door-malformed", field=field, name=field)
