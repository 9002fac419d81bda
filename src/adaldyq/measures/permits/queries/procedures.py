"""Procedures as everybody reads them."""

from __future__ import annotations

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from adaldyq.kernel import naming
from adaldyq.measures.permits.domain.bpmn import bpmn
from adaldyq.measures.permits.domain.procedures import Procedure, checked
from adaldyq.measures.permits.models import PermitEntry, PermitProcedure


def procedure_on(of: PermitEntry, day: date) -> PermitProcedure | None:
    """The procedure that an application of a day follows; the first to come when none has begun."""
    listed = list(PermitProcedure.objects.filter(entry=of).order_by("-version"))
    return next((one for one in listed if one.valid_from <= day), listed[-1] if listed else None)


def procedures(of: PermitEntry) -> list[PermitProcedure]:
    """All procedures of an entry, the newest first."""
    return list(PermitProcedure.objects.filter(entry=of).order_by("-version"))


def content_of(one: PermitProcedure) -> Procedure:
    """What a procedure says."""
    return checked(one.content)


def picture_of(one: PermitProcedure) -> bytes:
    """A procedure as BPMN 2.0, in the reader's language."""
    return bpmn(content_of(one), get_language() or naming.pack().languages[0], _("Within %(days)s working days"))
