"""The page on which officers and custodians split a key, give a share, and put a key together again.

Its script does it; nothing comes here.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from adaldyq.kernel.actor import Actor, actor_of
from adaldyq.kernel.roles import Role
from adaldyq.measures.reports.queries import queue
from adaldyq.measures.reports.queries.holders import holders, own_recipients
from adaldyq.measures.reports.views.office_words import said_in_keeping


@require_safe
def recovery_page(request: HttpRequest) -> HttpResponse:
    """Splitting, giving and restoring."""
    by = actor_of(request.user)
    listed, own = holders(by, timezone.localdate()), own_recipients(by)
    context = {
        "others": [one for one in listed if one[0] not in own],
        "everybody": listed,
        "said": said_in_recovery(by),
        "receives": by.may(Role.RECEIVING_OFFICER),
    }
    response = render(request, "reports/recovery.html", context)
    response["Cache-Control"] = "no-store"
    return response


def said_in_recovery(by: Actor) -> dict[str, Any]:
    """What the script of the page says, and the officer's own locked keys."""
    return {
        **said_in_keeping(),
        "lockers": queue.lockers_of(by),
        "fewHolders": _("Choose at least two holders. One alone must never be able to restore a key."),
        "wrongThreshold": _("Write a number from 2 to the number of holders."),
        "split": _(
            "The key was split among %(count)s holders; any %(least)s of them restore it. Give the file that was saved to each."
        ),
        "noShares": _("This is no file of shares. Choose the one that was saved when the key was split."),
        "notHolder": _("None of these shares is sealed to your keys."),
        "given": _("Your share was sealed anew and saved as a file. Hand it to whoever restores the key."),
        "noShare": _("Choose the files that the holders saved for you; one of these is none."),
        "severalKeys": _("These are shares of several keys. Choose those of one."),
        "notToYou": _("One of these shares is sealed to somebody else."),
        "tooFew": _("%(have)s of %(needed)s shares are here. Ask further holders; nothing can be restored before."),
        "noKeyOfShares": _("These shares do not make the key: one was changed or belongs to another splitting."),
        "restored": _("The key was restored, locked with the new passphrase and saved as a file."),
    }
