"""Sentences for what can go wrong with the obligation to declare, by error code."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str] = {
    "obligation-answered": _(
        "A declaration has been filed for this, so there is nothing left to put off or to exempt from."
    ),
    "obligation-punished": _(
        "Not filing has been established as an offence. Let nothing follow on its page first, or let the appeal decide."
    ),
    "person-has-died": _("The person died on %(day)s. Let nothing follow."),
    "nothing-late": _(
        "Nothing is late here: it was filed in time, came on paper in time and is being keyed in, or may still be filed in time."
    ),
    "obligation-past-due": _("The last day to file, %(day)s, has passed, so it can no longer be put off."),
    "obligation-extended-already": _(
        "The last day to file has been put off once already, and the law lets it be no more."
    ),
    "own-obligation": _("What you must declare yourself is decided by somebody else."),
    "extension-not-later": _("Choose a day after %(day)s, the last day to file as it stands."),
    "extension-too-long": _("The law lets the last day to file be put off to %(limit)s at the most."),
    "appeal-too-late": _("The last day to appeal was %(day)s."),
    "decision-too-late": _("The last day to decide was %(day)s. After it nothing may follow; say so, with the ground."),
    "notice-not-due": _("There is nothing to give notice of: it was filed, is not due yet, or notice was given."),
    "list-empty": _(
        "Nobody is meant: choose a body of whom somebody has not filed for %(year)s, or write numbers of people."
    ),
    "list-too-long": _("The list means %(count)s people; %(limit)s at most are decided together. Make several lists."),
    "list-nobody": _("“%(value)s” is the number or id of nobody, or of two people."),
    "list-twice": _("This person stands in the list already."),
    "list-owes-nothing": _(
        "This person need not file for %(year)s, or works in a body whose declarations you do not keep."
    ),
    "list-changed": _("Since you looked, others are meant than before. Look once more."),
    "list-none-left": _("Something stands in the way of everybody who is meant."),
    "ground-missing": _("Write the ground: the law and article, and what shows that it applies."),
}
