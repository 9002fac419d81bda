"""The messages of the kernel itself."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from adaldyq.kernel.notifications.messages import Message

SIGN_IN: Mapping[str, Message] = {
    "sign-in-new-device": Message(
        _("Signed in from a new device: %(device_title)s"),
        _(
            "A session of your account began on a device that it did not know. If that was not you, end the session, "
            "change your password and tell an administrator."
        ),
    ),
    "sign-in-recovery-code": Message(
        _("Signed in with a recovery code"),
        _(
            "A recovery code stood in for your second factor. If that was not you, make new codes, change your "
            "password and tell an administrator."
        ),
    ),
    "sign-in-password": Message(
        _("Your password was changed"), _("If that was not you, tell an administrator at once.")
    ),
    "sign-in-app-added": Message(
        _("An authenticator app was added to your account"),
        _("If that was not you, remove it, change your password and tell an administrator."),
    ),
    "sign-in-app-removed": Message(
        _("The authenticator app was removed from your account"),
        _("If that was not you, tell an administrator at once."),
    ),
    "sign-in-passkey-added": Message(
        _("A passkey was added to your account"),
        _("If that was not you, remove it, change your password and tell an administrator."),
    ),
    "sign-in-passkey-removed": Message(
        _("A passkey was removed from your account"), _("If that was not you, tell an administrator at once.")
    ),
    "sign-in-new-codes": Message(
        _("New recovery codes were made for your account"),
        _("The codes before them no longer work. If that was not you, tell an administrator at once."),
    ),
    "sign-in-address": Message(
        _("Another address was confirmed for your messages"),
        _(
            "Messages go to the new address from now on; this one still came to the address before it. If that was "
            "not you, tell an administrator at once."
        ),
    ),
    "sign-in-recovery-begun": Message(
        _("A link to recover your sign-in was made"),
        _(
            "It sets a new password, works once and for an hour. If you have not lost your sign-in, tell the "
            "institution that runs this system at once."
        ),
    ),
    "sign-in-recovered": Message(
        _("Your sign-in was recovered"),
        _(
            "A recovery link set a new password; your second factors were removed and all sessions ended. If that was "
            "not you, tell an administrator at once."
        ),
    ),
}
"""What the owner of an account hears of its sign-in, at every confirmed address, wanted or not."""

MESSAGES: Mapping[str, Message] = {
    **SIGN_IN,
    "correction-answered": Message(
        _("Your request to correct a record was answered"),
        _("The answer, its ground and what you can do about it are on the page of the request."),
    ),
    "mandate-asked": Message(
        _("Somebody asks you to act for them"),
        _("Who asks, and until when, is on the page of mandates. They learn nothing of you unless you agree there."),
    ),
    "mandate-agreed": Message(
        _("Whom you asked acts for you now"),
        _("Who it is, is on the page of mandates. If it is not whom you meant, withdraw the mandate there."),
    ),
    "mandate-given": Message(
        _("You were given a mandate"),
        _(
            "You may now act for somebody else. For whom, and until when, is on the page of mandates; you may lay it down."
        ),
    ),
    "mandate-withdrawn": Message(
        _("A mandate was withdrawn from you"),
        _(
            "You act no longer for somebody for whom you did. The mandates that you still hold are on the page of mandates."
        ),
    ),
    "mandate-laid-down": Message(
        _("A mandate that you gave was laid down"),
        _("Your representative acts for you no longer. You may give somebody else a mandate on the page of mandates."),
    ),
    "deadline-reminder": Message(
        _("Due on %(due_date)s: %(what_title)s"), _("Something that you answer for is due on %(due_date)s.")
    ),
    "deadline-missed": Message(
        _("Missed on %(due_date)s: %(what_title)s"),
        _("What was due on %(due_date)s has not been done. The delay is counted in public."),
    ),
    "deadline-escalated": Message(
        _("Not done since %(due_date)s: %(what_title)s"),
        _("What was due on %(due_date)s in your field has still not been done. You are asked to see to it."),
    ),
}
