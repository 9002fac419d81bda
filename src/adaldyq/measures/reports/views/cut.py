"""What is said when a form did not come in whole: calmly, and what was typed stays."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _

from adaldyq.base.cut import CUT, NO_ROOM, STALLED
from adaldyq.base.errors import DomainError
from adaldyq.kernel.problems import sentence


def cut_short(request: HttpRequest) -> int:
    """The HTTP status that says why a body did not come in whole; 0 when it did."""
    return int(request.META.get(CUT, 0))


def said_of_cut(status: int, too_large: str) -> list[str]:
    """What is said of the files of a form that did not come in whole; nothing when it did.

    Args:
        too_large: what is said when they were more than is taken.
    """
    said: Mapping[int, str] = {
        NO_ROOM: sentence(DomainError("storage-full")),
        STALLED: _("The files did not arrive: the connection stood still. Choose them again, or send them later."),
    }
    return [said.get(status, too_large)] if status else []
