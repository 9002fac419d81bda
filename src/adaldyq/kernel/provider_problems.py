"""Sentences of the errors of providers of payments and of their webhooks."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "provider-away": _(
        "The provider of payments cannot be reached now (%(why)s). Nothing was paid. Try again in a few minutes, or pay in "
        "another way."
    ),
    "provider-refused": _("The provider of payments does not take this (%(why)s). Pay in another way."),
    "provider-unknown": _("There is no provider of payments “%(value)s” here."),
    "webhook-unsigned": _("The message carries no signature of the provider, or one that cannot be read."),
    "webhook-signature": _("The signature of the message is not the provider’s. Nothing of it was taken."),
    "webhook-stale": _("The message was signed more than %(limit)s minutes ago. Nothing of it was taken."),
    "webhook-unreadable": _("The message is signed by the provider, but cannot be read."),
    "webhook-too-large": _("The message is larger than %(limit)s bytes."),
}
