"""The `adaldyq` command: the door for whoever runs the system from a shell.

Exit codes: 0 done; 1 refused, with the reason and a remedy; 2 the command line is wrong; 3 a rule could not
run; 4 a receipt or a ledger does not hold; 5 imported, but some rows were refused; 6
restored, and the ledger is not signed before the operator has settled what is said; 70 a
fault of ours, with the place of its record; 130 interrupted.
"""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

from adaldyq.base.garbage import look_seldom

REFUSED, MISUSED, RULE_FAILED, ROWS_REFUSED, HELD, FAULT, INTERRUPTED = 1, 2, 3, 5, 6, 70, 130


def main() -> None:
    """Run the command line and end the process with its exit code."""
    look_seldom()
    os.umask(0o077)  # what the program writes holds what declarations keep closed
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "adaldyq.project.settings")
    from adaldyq.project.cli.faults import guarded  # noqa: PLC0415  # nothing of ours may be read before its faults are told well

    sys.exit(guarded(start))


def start() -> int:
    """Set the product up in the language of the shell, then do what the command line says."""
    import django  # noqa: PLC0415  # slow, and may fail on the operator's settings
    from django.utils import translation  # noqa: PLC0415  # the same

    from adaldyq.project import env  # noqa: PLC0415  # the same

    django.setup()
    translation.activate(env.language())
    # The words of click itself come from the domain "messages" of Python's gettext, in the language of LANGUAGE.
    gettext.bindtextdomain("messages", str(Path(__file__).parents[1] / "locale"))
    os.environ["LANGUAGE"] = env.language()
    from adaldyq.project.cli.commands import root  # noqa: PLC0415  # help texts are translated as they are read

    result = root.main(prog_name="adaldyq", standalone_mode=False)
    return result if isinstance(result, int) else 0
