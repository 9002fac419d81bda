"""Tells a person at the shell what went wrong and what to do; a traceback goes to a file, never to them."""

from __future__ import annotations

import gettext as catalogues
import os
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation import gettext

from adaldyq.base.errors import DomainError
from adaldyq.project.cli import FAULT, INTERRUPTED, REFUSED
from adaldyq.project.env import WrongSetting, language

CATALOGUES = [Path(__file__).parents[2] / room / "locale" for room in ("project", "countries")]
NO_TABLE = ("no such table", "does not exist")
NO_ROOM = {27, 28, 122}  # file too large, no space left on device, disk quota exceeded


def guarded(work: Callable[[], int]) -> int:
    """Do the work and turn whatever stops it into a sentence and an exit code."""
    try:
        return work()
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except (click.exceptions.Abort, KeyboardInterrupt):
        say(_("Stopped."))
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except Exception as error:  # noqa: BLE001  # the last door: whatever it is, a person reads a sentence
        return told(error)


def told(error: Exception) -> int:
    """Tell what stopped the work, and give the exit code."""
    if isinstance(error, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    sentence = explained(error)
    if sentence:
        say(sentence)
        return REFUSED
    say(_("This is a fault of the program: %(error)s. Its record is in %(file)s.") % recorded(error))
    return FAULT


def explained(error: Exception) -> str:
    """The sentence for an error that the operator can do something about; empty for a fault of ours."""
    facts = {"error": first_line(error)}
    match error:
        case DomainError():
            from adaldyq.kernel.problems import sentence  # noqa: PLC0415  # needs settings, which may be what failed

            with translation.override(language()):
                text = sentence(error)
        case DatabaseError() if any(part in str(error) for part in NO_TABLE):
            text = _("The database is not prepared. Run `adaldyq migrate` first.")
        case DatabaseError():
            text = _("The database refused: %(error)s. Check DATABASE_URL, and that the disk is not full.") % facts
        case OSError() if error.errno in NO_ROOM:
            text = _("There is no room left on the disk. Free some and try again; what was there is intact.")
        case OSError():
            place = f"{error.filename}: {error.strerror}" if error.filename else facts["error"]
            text = _("%(error)s. Check the path and its permissions.") % {"error": place}
        case _other if not settings_work():
            said = _(error.sentence) % error.facts if isinstance(error, WrongSetting) else facts["error"]
            text = _("The settings are wrong: %(error)s. See `adaldyq --help` for the variables.") % {
                "error": said.partition(". ")[0].rstrip(".")
            }
        case _other:
            text = ""
    return text


def settings_work() -> bool:
    """Whether the settings can be read at all."""
    try:
        from django.conf import settings  # noqa: PLC0415  # reading them is the question

        return bool(settings.INSTALLED_APPS)
    except Exception:  # noqa: BLE001  # whatever it is, they cannot
        return False


def recorded(error: Exception) -> dict[str, str]:
    """Write the traceback to a file of the data folder and tell its name."""
    try:
        from adaldyq.project import env  # noqa: PLC0415  # may fail on the operator's settings

        file = env.data_dir() / "faults.log"
        with file.open("a", encoding="utf-8") as log:
            log.write(f"\n{datetime.now(UTC).isoformat()} {' '.join(sys.argv)}\n")
            log.write("".join(traceback.format_exception(error)))
    except OSError:
        return {"error": f"{type(error).__name__}: {first_line(error)}", "file": "—"}
    return {"error": f"{type(error).__name__}: {first_line(error)}", "file": str(file)}


def _(sentence: str) -> str:
    """A sentence in the language of the shell."""
    try:
        with translation.override(language()):
            return gettext(sentence)
    except Exception:  # noqa: BLE001  # settings may be what failed
        return without_settings(sentence)


def without_settings(sentence: str) -> str:
    """A sentence of the rooms that say what is wrong with settings; Django finds no catalogue without settings."""
    for folder in CATALOGUES:
        catalogue = catalogues.translation("django", folder, [language()], fallback=True)
        if (said := catalogue.gettext(sentence)) != sentence:
            return said
    return sentence


def first_line(error: Exception) -> str:
    """The part of an error that a person can read."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def say(sentence: str) -> None:
    """Tell the person at the shell."""
    click.echo(f"adaldyq: {sentence}", err=True)
