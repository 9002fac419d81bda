"""Sentences for what can go wrong with the review of a declaration, by error code."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str] = {
    "review-too-early": _(
        "Declarations about %(year)s may be filed until %(day)s. Select when that day has passed, so that nobody is left out."
    ),
    "review-selected-already": _(
        "Declarations about %(year)s have been selected. A year is drawn once, so that nobody draws again until the lot "
        "pleases."
    ),
    "review-nobody-filed-since": _(
        "Nobody has filed about %(year)s since the draw before, or the time or the run of the rules is still to come."
    ),
    "review-seed-to-come": _(
        "The seed is not known yet: a witness of the ledger has still to sign. That takes a minute as a rule."
    ),
    "review-witness-has-time": _(
        "A list is given up only when a witness has not signed for %(days)s days. Then the year can be fixed anew."
    ),
    "review-nothing-filed": _("No declaration about %(year)s has been filed, so there is nothing to select from."),
    "review-nothing-verified": _(
        "The rules have not run over the country’s registers yet, so nothing is known of risk. Run them first."
    ),
    "draw-takes-another": _("The draw takes something else than the ledger says."),
    "draw-frame-unreadable": _(
        "The file is no frame: it must have an id and a weight a line, in the order of the ids."
    ),
    "draw-seed-missing": _("Give either --seed or --seed-text."),
    "draw-seed-of-another": _("The file of the seed is about another frame: its first line is another hash."),
    "review-anothers": _("Another analyst reviews this declaration."),
    "review-conflict": _(
        "The declarant is you, of your family or of a body that you work in. Hand the review on, with the reason."
    ),
    "review-questions-missing": _("Write at least one question, each on a line of its own."),
    "review-too-many-questions": _("Ask at most %(limit)s questions at once; these are %(count)s."),
    "review-answer-missing": _("Answer this question, or write why you cannot."),
    "review-awaits-answer": _(
        "The person may answer until %(day)s. A breach can be referred when that day has passed."
    ),
    "review-not-corrected": _("The person has filed no later version, so nothing has been corrected."),
}
