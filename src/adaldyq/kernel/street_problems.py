"""Sentences of the errors of what people tell openly."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "street-month": _("This month is not taken any more, or has not come yet. Choose one from the list."),
    "street-sum": _("Write a sum above 0 and no more than %(most)s, or leave it empty."),
    "street-words": _("Write at most %(most)s characters."),
    "street-words-empty": _("Leave some words, or choose that none are shown."),
    "street-words-number": _(
        "The words still hold what looks like a number, a telephone, an address or an account. Take it out."
    ),
    "street-words-name": _(
        "Some of the words may be the name of an official. Take it out, or say that you have looked and it names nobody."
    ),
}
