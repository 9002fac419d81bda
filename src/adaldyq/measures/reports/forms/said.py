"""What scripts of forms for reporters say, wherever they run."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from adaldyq.kernel.sealing_problems import SENTENCES
from adaldyq.measures.reports.adapters.pieces import MOST_OF_FILE
from adaldyq.measures.reports.forms.filing import NAMED_OFFICE, PHRASE_OVER_ANSWERS, PHRASE_WITHIN, TOO_LONG

MOST_FILES = 10


def said_of_forms() -> Mapping[str, object]:
    """Sentences about what was typed or chosen, and about what failed."""
    return {
        "most": MOST_FILES,
        "largest": MOST_OF_FILE,
        "error": _("Error:"),
        "required": _("This field is required."),
        "phraseWithin": str(PHRASE_WITHIN),
        "namedOffice": str(NAMED_OFFICE),
        "phraseOverAnswers": str(PHRASE_OVER_ANSWERS),
        "leaveOut": _("Leave these files out"),
        "tooLong": str(TOO_LONG),
        "manyFiles": _("Choose at most %(most)s files.") % {"most": MOST_FILES},
        "largeFile": _("“%(name)s” is larger than %(most)s MB.").replace("%(most)s", str(MOST_OF_FILE // 1_000_000)),
        "noCustodian": _(str(SENTENCES["no-custodian"])),
        "failed": _(
            "This did not work in your browser. Nothing was lost and nothing was sent in the open; try it again."
        ),
    }
