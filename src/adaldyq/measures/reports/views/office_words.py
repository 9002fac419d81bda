"""What scripts of receiving officers say, and where they ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from adaldyq.kernel.actor import Actor
from adaldyq.measures.reports.forms.filing import TOO_LONG, ReportForm
from adaldyq.measures.reports.queries.queue import Report, lockers_of
from adaldyq.ui.formats.values import day
from adaldyq.ui.forms import DayField

SHORTEST = 12  # characters of a passphrase, as on the command line


def said_in_reading(report: Report) -> dict[str, Any]:
    """What the script of a report's page says, and where it asks."""
    asked = ReportForm.base_fields
    return {
        **said_in_writing(report),
        "report": report.pk,
        "envelopes": reverse("reports-envelopes", args=[report.pk]),
        "file": reverse("reports-envelope", args=[report.pk]),
        "notReader": _(
            "Your key is not one of those to which this report is sealed. A colleague who reads it can seal it to you."
        ),
        "opened": _("The messages are open. They close when you leave this page."),
        "portion": reverse("reports-rewrap-portion"),
        "resealed": _("The messages are open, and the key of the report is sealed anew to those who read it now."),
        "notResealed": _(
            "The messages are open. The key of the report was not sealed anew; do it under “Keys to be sealed anew”."
        ),
        "damaged": _("This message cannot be opened: it was sealed to other keys or damaged."),
        "noImage": _("This picture cannot be drawn here, so no copy of it was made."),
        "reporter": _("The reporter"),
        "office": _("The office"),
        "questions": {name: str(asked[name].label) for name in ("about", "when", "who", "amount")},
    }


def said_in_writing(report: Report) -> dict[str, Any]:
    """What the script that seals an officer's text says, and to which keys it seals."""
    return {
        **said_to_officers(),
        "recipient": report.recipient,
        "mailbox": report.mailbox_recipient,
        "keys": f"{reverse('reports-envelopes', args=[report.pk])}?keys",
        "required": _("This field is required."),
        "tooLong": str(TOO_LONG),
        "back": reverse("reports-report", args=[report.pk]),
        "changed": _(
            "The report has changed since you opened this page, and this step cannot be taken any more. What you wrote still stands here: copy it before you open the page anew."
        ),
        "notYours": _("This report is not yours to see any more. Nothing was sent; what you wrote still stands here."),
    }


def said_in_noting() -> dict[str, Any]:
    """What the script that seals an act of retaliation says besides: how its kind and its day are spelt."""
    return {
        "act": _("Act of retaliation: %(kind)s"),
        "months": [str(day(date(2000, month, 11))) for month in range(1, 13)],
        "today": timezone.localdate().isoformat(),
        "noDay": str(DayField.default_error_messages["not_a_day"]),
        "future": _("This day is still to come."),
    }


def said_in_keeping() -> dict[str, Any]:
    """What the script of the page of keys says, and where it asks."""
    return {
        **said_to_officers(),
        "work": settings.LOCKER_WORK,
        "shortest": SHORTEST,
        "short": _("A passphrase needs at least %(least)s characters. Several words that belong to no text are best.")
        % {"least": SHORTEST},
        "differ": _("The two passphrases differ."),
        "making": _("Your browser is making the key. This takes a moment."),
    }


def said_in_resealing(by: Actor, count: int) -> dict[str, Any]:
    """What the script that seals keys anew says, where it asks, and the viewer's own locked keys."""
    return {
        **said_to_officers(),
        "lockers": lockers_of(by),
        "portion": reverse("reports-rewrap-portion"),
        "count": count,
        "sealing": _("%(done)s of %(count)s keys are sealed anew. You may close this page and go on later."),
        "done": _("Sealed anew: %(done)s. Not opened by your key: %(left)s; another officer does these."),
    }


def said_in_sealing_to(
    by: Actor, report: Report, chooser: str, readers: Mapping[str, Sequence[str]], *, optional: bool = False
) -> dict[str, Any]:
    """What the script says that seals a report's key with a step, to whom, and the viewer's own locked keys.

    Args:
        chooser: name of the field whose choice decides who reads the report.
        readers: public keys by that choice; none where it changes nothing.
        optional: whether the step may be taken without, and the key sealed afterwards.
    """
    return {
        **said_to_officers(),
        "lockers": lockers_of(by),
        "report": report.pk,
        "keys": f"{reverse('reports-envelopes', args=[report.pk])}?keys",
        "notYours": _("This report is not yours to see any more. Nothing was sent; what you wrote still stands here."),
        "chooser": chooser,
        "readers": {choice: list(keys) for choice, keys in readers.items()},
        "optional": optional,
        "notReader": _(
            "Your key is not one of those to which this report is sealed. A colleague who reads it can seal it to you."
        ),
    }


def said_in_sifting(by: Actor) -> dict[str, Any]:
    """What the script of the page of triage says, where it asks, and the viewer's own locked keys."""
    return {
        **said_to_officers(),
        "lockers": lockers_of(by),
        "inbox": reverse("reports-inbox"),
        "notReader": _("Your key does not open it."),
        "sifting": _("%(done)s of %(count)s are open."),
        "sifted": _("Of %(count)s that are open, %(unlike)s are like no other."),
        "like": _("like others: %(count)s"),
        "unlike": _("like no other"),
    }


def said_in_finding(by: Actor, report: Report, others: Sequence[str]) -> dict[str, Any]:
    """What the script says that finds reports like one, where it asks, and the viewer's own locked keys.

    Args:
        others: numbers of the reports with which it is compared.
    """
    return {
        **said_to_officers(),
        "lockers": lockers_of(by),
        "inbox": reverse("reports-inbox"),
        "report": report.pk,
        "others": list(others),
        "notReader": _("Your key does not open it."),
        "comparing": _("%(done)s of %(count)s are open."),
        "compared": _("Of %(count)s that are open, %(like)s are like it. Not opened by your key: %(closed)s."),
        "shared": _("in common: %(percent)s of 100"),
        "choose": _("Choose %(number)s"),
    }


def said_to_officers() -> dict[str, Any]:
    """What both say."""
    return {
        "error": _("Error:"),
        "opening": _("Your browser is opening it. This takes a moment."),
        "noKey": _("This file holds no key. Choose the file that was written when you made your key."),
        "wrongPassphrase": _("This passphrase does not open the key, or the file of the key was changed."),
        "away": _("The server does not answer. Nothing is lost: wait a little and send it again."),
        "failed": _(
            "This did not work in your browser. Nothing was lost and nothing was sent in the open; try it again."
        ),
    }
