"""Words of this measure that pages, files and acts share."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel import naming
from adaldyq.measures.street.models import HONEST, PAID, REFUSED

__all__ = ["HONEST", "PAID", "REFUSED"]  # whoever may not read models names them by this

HAPPENED_WORDS: Mapping[str, object] = {
    PAID: _("I was asked for a bribe, and paid"),
    REFUSED: _("I was asked for a bribe, and refused"),
    HONEST: _("I met an honest official"),
}

GROUNDS: Mapping[str, object] = {
    "names": _("It names somebody, and says nothing else"),
    "unrelated": _("It is about something else"),
    "insult": _("It insults"),
    "advertising": _("It advertises"),
    "made_up": _("It cannot be true"),
}
"""Why words are not shown or a report is not counted. They stand in the ledger, and so does how often."""


def service_name(code: str) -> str:
    """The name of a service."""
    return naming.code_titles("street_service").get(code, code)
