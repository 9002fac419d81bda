"""Sentences of the errors of permits."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "permit-law-missing": _(
        "Only a law brings a permit in: name the act in every language, its number, its day, and the article."
    ),
    "permit-law-later": _("The act is younger than the first day on which the permit is needed. Check both days."),
    "permit-untranslated": _("Write it in every language, each at most %(limit)s characters long."),
    "permit-activity": _(
        "“%(value)s” is no code of an activity. Write two to six digits without dots, as the classifier has them."
    ),
    "permit-number-range": _("The number lies outside what can be: from 0 to %(most)s."),
    "permit-catalogue-number": _("“%(value)s” is no number of the catalogue. Write it as L-001."),
    "permit-number-taken": _("The catalogue has an entry %(value)s already. Choose another number."),
    "permit-body-unknown": _(
        "The register of state bodies has no “%(value)s”, which issues %(number)s. Register the body first."
    ),
    "permit-ended": _("%(value)s has ended and is changed no more. A new entry needs a law."),
    "permit-version-day": _("Choose a day after %(day)s, from which on it says what it says now."),
    "permit-kind-by-review": _("Only a review makes a notification of a permit, and only a law makes a permit."),
}
