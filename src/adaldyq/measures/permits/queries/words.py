"""Words of this measure that pages, files and acts share."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.countries.permits import PermitKind, Risk
from adaldyq.kernel import naming
from adaldyq.kernel.registry import REGISTERS
from adaldyq.measures.permits.domain import deciding
from adaldyq.measures.permits.queries.held import SOURCES
from adaldyq.measures.permits.states import (
    ABOLISHED,
    ASSESS_BURDEN,
    ASSESS_LEGALITY,
    ASSESS_NECESSITY,
    AWAITED,
    BURDEN_FOUND,
    DECIDE,
    DECIDED,
    ENDED,
    EXCLUDED,
    IN_FORCE,
    INTRODUCED,
    JUSTIFIED,
    JUSTIFY,
    KEPT,
    LAPSED,
    LEGALITY_FOUND,
    MOVED,
    NECESSITY_FOUND,
    SIMPLIFIED,
)

__all__ = ["ENDED", "IN_FORCE"]  # whoever may not read states names them by this

KIND_WORDS: Mapping[str, object] = {
    PermitKind.LICENCE: _("Licence"),
    PermitKind.PERMIT: _("Permit"),
    PermitKind.NOTIFICATION: _("Notification"),
}
RISK_WORDS: Mapping[str, object] = {
    Risk.HIGH: _("High risk"),
    Risk.MEDIUM: _("Medium risk"),
    Risk.LOW: _("Low risk"),
}
STATE_WORDS: Mapping[str, object] = {
    INTRODUCED: _("In force"),
    KEPT: _("In force, kept after review"),
    SIMPLIFIED: _("In force, simplified"),
    MOVED: _("In force, moved to notification"),
    ABOLISHED: _("Abolished"),
    EXCLUDED: _("Taken out: it is no permit"),
    LAPSED: _("Abolished: not justified in time"),
}
HAPPENED_WORDS: Mapping[str, object] = {
    "introduced": _("Introduced"),
    "amended": _("Changed"),
    "reviewed": _("Review begun"),
    "kept": _("Kept"),
    "simplified": _("Simplified"),
    "notification": _("Moved to notification"),
    "abolished": _("Abolished"),
    "excluded": _("Taken out: it is no permit"),
    "lapsed": _("Abolished: not justified in time"),
}

REVIEW_WORDS: Mapping[str, object] = {
    AWAITED: _("To be justified by its body"),
    JUSTIFIED: _("Justified; the law is looked at"),
    LEGALITY_FOUND: _("The need is looked at"),
    NECESSITY_FOUND: _("The burden is counted"),
    BURDEN_FOUND: _("To be decided"),
    DECIDED: _("Decided"),
    LAPSED: _("Abolished: not justified in time"),
}
OUTCOME_WORDS: Mapping[str, object] = {
    deciding.KEEP: _("Kept"),
    deciding.SIMPLIFY: _("Simplified"),
    deciding.MOVE: _("Moved to notification"),
    deciding.ABOLISH: _("Abolished"),
    deciding.EXCLUDE: _("Taken out: it is no permit"),
    LAPSED: _("Abolished: not justified in time"),
}
STEP_WORDS: Mapping[str, object] = {
    JUSTIFY: _("Justify it"),
    ASSESS_LEGALITY: _("Say whether it is lawful"),
    ASSESS_NECESSITY: _("Say whether it is needed"),
    ASSESS_BURDEN: _("Say what it costs"),
    DECIDE: _("Decide"),
}


def activity_name(code: str) -> str:
    """The longest beginning of a code of an activity that the pack names, and the code; the code alone where none is."""
    names = naming.code_titles("activity") if "activity" in naming.pack().codes else {}
    known = next((code[:length] for length in range(len(code), 0, -1) if code[:length] in names), "")
    return f"{code} {names[known]}" if known else code


def held_words(register: str) -> str:
    """That a register of the state holds a document already; empty when none does, or when it is not asked."""
    if register not in SOURCES:
        return ""
    known = REGISTERS.get(register)
    return str(known.title) if known else register
