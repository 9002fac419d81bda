"""Sentences of the errors of declarations on paper."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted, ngettext_lazy
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "own-paper": _("Your own declaration is taken in and keyed in by others."),
    "paper-in-hand": _("A paper of this person, form and year for %(year)s is in hand already. Open that one."),
    "paper-day-to-come": _("This day is still to come. Give the day on which the paper came."),
    "paper-sheets": _("Give the number of sheets, from 1 to %(limit)s."),
    "paper-nothing-to-amend": _("Nothing was filed for %(year)s on this form that the paper could amend."),
    "paper-filed-already": _(
        "A declaration for %(year)s was filed on this form. If the paper amends it, say so; otherwise give it back."
    ),
    "paper-filed-meanwhile": _(
        "A declaration for %(year)s on this form was filed meanwhile. What the paper has otherwise is filed as an amendment."
    ),
    "paper-overtaken": _(
        "A declaration for %(year)s on this form was signed on %(day)s, after the paper had come, and that one counts. Give "
        "the paper back; the declarant amends what was filed if the paper is right."
    ),
    "paper-nothing-owed": _(
        "Nothing is to be filed for %(year)s on this form. Check the year, the form and the person."
    ),
    "paper-not-keyed": _("Nobody has keyed this paper in yet."),
    "paper-keyed-by-you": _("You have keyed this paper in. Somebody else keys it in again."),
    "paper-keyed-by-another": _("Somebody else is keying this paper in, or it is keyed in already."),
    "paper-section-changed": _(
        "This section was saved in another window since you opened it here, so that this page was not kept. Open the "
        "section in a new window, and compare it with what stands here."
    ),
    "paper-sections-missing": ngettext_lazy(
        "%(count)s section was not gone through. Open and save it, also when nothing is declared in it.",
        "%(count)s sections were not gone through. Open and save each, also when nothing is declared in it.",
        "count",
    ),
    "paper-resolved-by-first": _("You keyed this paper in first. The second or a third person decides."),
    "paper-undecided": ngettext_lazy(
        "%(count)s difference is not decided. The keyings may have changed: open the page again.",
        "%(count)s differences are not decided. The keyings may have changed: open the page again.",
        "count",
    ),
}
