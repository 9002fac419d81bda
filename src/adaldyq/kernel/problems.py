"""Turns error codes into sentences, for pages, problem documents and the shell alike."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.base.errors import DomainError

SENTENCES: Mapping[str, object] = {
    "not-allowed": _("You are not allowed to do this: %(act)s."),
    "conflict": _("Somebody else has changed this record, or its state does not permit the act. Open it again."),
    "unknown-currency": _("“%(value)s” is not a currency code. Use three capital letters, such as KZT."),
    "currencies-differ": _("Amounts in different currencies cannot be added: %(value)s."),
    "not-an-amount": _("“%(value)s” is not an amount. Write digits, such as 1250000.50."),
    "amount-out-of-range": _("The amount %(value)s is out of range. It must be below ten trillion."),
}


def sentence(error: DomainError) -> str:
    """The sentence of an error, in the language in force."""
    return str(SENTENCES[error.code]) % dict(error.parameters)
