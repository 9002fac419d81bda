"""Sentences of the errors of accounts, roles, mandates and absences."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, object] = {
    "no-sample-sign-in": _(
        "There is no sign-in “%(value)s” of a sample country in this database, so it has no code that may be printed."
    ),
    "no-sample-country": _("There is no sample country in this database, so its e-ID was not started."),
}
