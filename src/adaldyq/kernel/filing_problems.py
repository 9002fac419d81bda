"""Sentences of the errors of a declaration that a person fills in."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted, ngettext_lazy
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "declared-missing": _("This must be answered."),
    "declared-not-offered": _("“%(value)s” is not one of the choices."),
    "declared-too-long": _("The text has %(length)s characters. Keep it to %(limit)s."),
    "declared-piled-marks": _(
        "The text piles more marks on a letter (%(value)s) than any language does. Type the text instead of pasting it."
    ),
    "declared-hidden-letter": _(
        "The text holds a letter that cannot be seen (%(value)s), such as one that came with a copy. "
        "Type the text instead of pasting it."
    ),
    "declared-no-such-day": _(
        "There is no day “%(value)s”. Write day, month and year in digits, for example 27 3 2019."
    ),
    "declared-day-too-early": _("The day lies before %(year)s. Check the year."),
    "declared-day-after-year": _(
        "The day lies after %(year)s, the year that you declare. Declare it for its own year."
    ),
    "declared-day-outside-year": _("The day must lie in %(year)s, the year that you declare."),
    "declared-day-before-birth": _("The day lies before you were born. Check it, or whose the entry is."),
    "declared-had-before-made": _("The day lies before %(year)s, the year it was built. Check both."),
    "declared-not-a-number": _("“%(value)s” is not a number. Write digits, for example 1250000.50."),
    "declared-negative": _("The number must not be below zero."),
    "declared-too-large": _("The number is too large. It must be below %(limit)s."),
    "declared-too-exact": _("Write at most %(places)s digits after the point."),
    "declared-share-out-of-range": _("A share lies above 0 and is at most 100 percent. “%(value)s” does not."),
    "declared-year-out-of-range": _("Write a year from %(first)s to %(last)s."),
    "declared-child-older": _(
        "A child cannot be born before its parent. Check the day of birth, or whose child it is."
    ),
    "declared-parent-younger": _("A parent cannot be born after their child. Check the day of birth."),
    "declared-spouse-too-young": _(
        "Nobody is married before %(age)s. Check the day of birth, or whether it is your husband or wife."
    ),
    "declared-two-spouses": _(
        "Only one husband or wife can be declared. Leave whom you were married to on the last day of the year."
    ),
    "declared-same-relative": _(
        "This is the same person as in entry %(place)s (%(name)s). Leave one of the two entries, and remove the other."
    ),
    "declared-same-account": _(
        "This is the same account as in entry %(place)s. Leave one of the two entries, and remove the other."
    ),
    "declared-number-misformed": _(
        "“%(value)s” is not a number that is given here (%(schemes)s). Check its digits, or leave it empty."
    ),
    "declared-number-of-person": _(
        "“%(value)s” is the number of a person. Write that of the company (%(schemes)s), or leave it empty."
    ),
    "declared-number-own": _("This is your own number. Write that of your relative, or leave it empty."),
    "declared-number-of-another": _(
        "This number belongs to somebody with another name or day of birth. Check all three, or leave the number empty."
    ),
    "declarant-has-died": _(
        "The register says that the person whose declaration this is died on %(day)s, so it cannot be filed. What was "
        "typed is kept. If the register is wrong, ask it for a correction and file then."
    ),
    "declared-nameless": _("Write the name in letters."),
    "declared-owned-before-birth": _("The owner was born on %(day)s, after this day."),
    "declared-number-of-dead": _(
        "The register says that this person died on %(day)s. Declare your family as of the last day of the year."
    ),
    "declared-tax-above-income": _("The tax is more than the income. Check both sums."),
    "declared-shares-over-whole": _("The shares in this object add up to more than 100 percent. Check each of them."),
    "declared-document-missing": _("“%(document)s” is missing. Add it, or say why there is none."),
    "document-not-asked": _("This document does not belong to the entry any more. Look at the entry again."),
    "document-too-many": _("An entry holds at most %(limit)s documents. Take one out first."),
    "document-or-reason": _("Choose a file, or say why there is no such document: one of the two."),
    "joint-not-possible": _("This declaration cannot be filed together. Each of you files their own."),
    "joint-not-confirmed": _(
        "Your husband or wife has not confirmed these answers. Wait until they have, or file your own declaration."
    ),
    "joint-ended": _(
        "This is not filed together any more: your husband or wife has declined, or you took it back in another window. "
        "What you sign now is your own declaration for %(year)s only. File it if that is what you want."
    ),
    "joint-begun": _(
        "Meanwhile this is filed together with your husband or wife, who has confirmed it. What you sign now is the "
        "declaration for %(year)s of both of you. File it if that is what you want."
    ),
    "joint-not-owed": _(
        "Your husband or wife has no declaration for %(year)s to file any more. Go back to the list of sections and "
        "choose to file only your own."
    ),
    "joint-nothing-owed": _(
        "You have no declaration for %(year)s to file any more. Decline: nothing is filed for you."
    ),
    "joint-own-draft": _(
        "You have a draft of your own for %(year)s. Give it up to file together, or decline and file your own."
    ),
    "draft-too-early": _("The year %(year)s is not over yet. Its declaration can be filed from %(day)s."),
    "draft-filed-already": _("You have filed this declaration for %(year)s. Amend it if something in it is wrong."),
    "draft-not-newest": _("A later version of the declaration for %(year)s is in force. Amend that one."),
    "draft-row-changed": _(
        "This entry was changed in another window since you opened it here. Below is what is kept now; what you typed "
        "stands in the form. Save again to put yours in its place."
    ),
    "draft-row-removed": _(
        "This entry was removed in another window since you opened it here, and is kept no more. What you typed stands "
        "in the form: add it as a new entry, or leave it removed."
    ),
    "draft-too-many-rows": _(
        "A section holds at most %(limit)s entries here. If you have more, ask for filing by file."
    ),
    "draft-answer-misfits": _("Entries were added or removed in another window. Look at the section again."),
    "draft-changed": _("Something was changed in another window since you checked the answers. Check them again."),
    "draft-incomplete": ngettext_lazy(
        "%(count)s section is not complete. Complete it, then file.",
        "%(count)s sections are not complete. Complete them, then file.",
        "count",
    ),
    "draft-overtaken": _(
        "Another declaration for %(year)s was filed for you meanwhile. Look at it, and if it is not right, go on with this "
        "draft as an amendment of it."
    ),
}
