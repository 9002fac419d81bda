"""The catalogue of permits and what becomes of its entries."""

from adaldyq.measures.permits.models.entries import (
    ACTIVITY,
    HAPPENED,
    LIFE_EVENT,
    PermitEntry,
    PermitEvent,
    PermitTag,
    PermitVersion,
)
from adaldyq.measures.permits.models.procedures import PermitProcedure
from adaldyq.measures.permits.models.reviews import PermitReview, PermitRound

__all__ = [
    "ACTIVITY",
    "HAPPENED",
    "LIFE_EVENT",
    "PermitEntry",
    "PermitEvent",
    "PermitProcedure",
    "PermitReview",
    "PermitRound",
    "PermitTag",
    "PermitVersion",
]
