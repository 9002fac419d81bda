"""The catalogue of permits and what becomes of its entries."""

from adaldyq.measures.permits.models.applications import (
    PermitApplication,
    PermitApplicationEvent,
    PermitPaper,
    PermitRefusalTemplate,
)
from adaldyq.measures.permits.models.draws import PermitDraw, PermitSecret
from adaldyq.measures.permits.models.entries import (
    ACTIVITY,
    HAPPENED,
    LIFE_EVENT,
    PermitEntry,
    PermitEvent,
    PermitTag,
    PermitVersion,
)
from adaldyq.measures.permits.models.licences import PermitLicence, PermitLicenceEvent, PermitOrigin
from adaldyq.measures.permits.models.procedures import PermitProcedure
from adaldyq.measures.permits.models.reviews import PermitReview, PermitRound

__all__ = [
    "ACTIVITY",
    "HAPPENED",
    "LIFE_EVENT",
    "PermitApplication",
    "PermitApplicationEvent",
    "PermitDraw",
    "PermitEntry",
    "PermitEvent",
    "PermitLicence",
    "PermitLicenceEvent",
    "PermitOrigin",
    "PermitPaper",
    "PermitProcedure",
    "PermitRefusalTemplate",
    "PermitReview",
    "PermitRound",
    "PermitSecret",
    "PermitTag",
    "PermitVersion",
]
