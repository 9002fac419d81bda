"""Sentences about what rules did, the same on pages and in the shell."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from adaldyq.verification.contracts import contracts
from adaldyq.verification.labels import column_title, table_title
from adaldyq.verification.rulefile import Rule

MISSING_TABLE, MISSING_COLUMN = "missing-table:", "missing-column:"


def reason_sentence(rule: Rule | None, reason: str, language: str) -> str:
    """Why units could not be judged, in a sentence.

    Args:
        rule: the rule that gave the reason; none when it is no longer in the catalogue.
        reason: `missing-table:NAME`, `missing-column:TABLE.COLUMN`, or a key of the rule's own reasons.
        language: of the sentence: kk, ru or en.
    """
    with translation.override(language):
        if reason.startswith(MISSING_TABLE):
            name = reason.removeprefix(MISSING_TABLE)
            return _("The source has no table “%(title)s” (%(table)s).") % {"title": table_title(name), "table": name}
        if reason.startswith(MISSING_COLUMN):
            return missing_column(reason.removeprefix(MISSING_COLUMN))
        if rule is not None and reason in rule.head.reasons:
            return rule.head.reasons[reason].in_language(language)
        return _("Reason “%(reason)s”, which this version of the rules does not explain.") % {"reason": reason}


def missing_column(name: str) -> str:
    """The sentence for a column, `TABLE.COLUMN`, that the source has not."""
    table, _dot, column = name.partition(".")
    contract = contracts().get(table)
    known = contract.by_name.get(column) if contract else None
    return _("The source does not state “%(title)s” (%(column)s) in the table “%(table)s”.") % {
        "title": column_title(known) if known else column,
        "column": name,
        "table": table_title(table),
    }
