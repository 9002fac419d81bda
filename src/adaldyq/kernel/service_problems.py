"""Sentences of the errors of deadlines, messages, files and documents."""

from __future__ import annotations

from collections.abc import Mapping

from adaldyq.base.words import Counted
from adaldyq.base.words import gettext_noop as _

SENTENCES: Mapping[str, str | Counted] = {
    "deadline-runs": _("The deadline “%(value)s” already runs here."),
    "extension-empty": _("An extension needs at least one day."),
    "file-empty": _("“%(name)s” is empty."),
    "file-too-large": _("“%(name)s” is larger than %(largest)s MB."),
    "file-kind-unknown": _("“%(name)s” is not of a kind that is accepted: %(kinds)s."),
    "file-is-another": _("“%(name)s” is not what its name says. Save it anew in the right form, then choose it again."),
    "file-cut": _("“%(name)s” is cut off: its end is missing. Save or scan it anew, then choose it again."),
    "file-infected": _("The scanner found something harmful in “%(name)s”. It was not taken."),
    "scanner-away": _("The file could not be scanned just now, so it was not taken. Try again in a few minutes."),
    "file-gone": _("The file is no longer there."),
    "file-damaged": _("The file cannot be opened: it was changed on the disk, or sealed with another key."),
    "unknown-language": _("The pages are not in the language “%(value)s”. Choose one of the list."),
    "channel-missing": _("This installation does not send messages this way."),
    "channel-unreachable": _("The message could not be sent just now. Try again in a few minutes."),
    "address-refused": _("Messages to %(value)s are refused. Check the address."),
    "code-too-soon": _("A code was sent a moment ago. Wait a minute before you ask for another."),
    "code-wrong": _("This is not the code that was sent. Check it and type it again."),
    "code-expired": _("This code is no longer valid. Ask for a new one."),
    "body-not-json": _("The body is not JSON from line %(line)s, character %(column)s on. It may be cut off."),
    "body-too-deep": _("The body is nested too deep to be read. Send it as the schema of the operation has it."),
    "key-empty": _("This request needs a key of your choice, new for each request, in the header Idempotency-Key."),
    "key-too-long": _("The key has more than %(limit)s characters. Choose a shorter one, such as a UUID."),
    "key-of-another-request": _("This key came with another request before. Use a new key for a new request."),
    "request-under-way": _("The same request is being dealt with just now. Ask again in a moment for its answer."),
    "record-not-as-seen": _(
        "The record has changed since you have seen it, or you have read it in another language. Read it again, then decide anew."
    ),
    "no-such-event": _("There is no event “%(value)s”. There are: %(known)s."),
    "no-lines": _("The request holds no line. Send a JSON value a line."),
    "too-many-lines": _("The request has %(count)s lines. Send at most %(limit)s at once."),
    "form-sent-already": _(
        "This form has been sent already, with other answers. Open it anew to record something else."
    ),
}
