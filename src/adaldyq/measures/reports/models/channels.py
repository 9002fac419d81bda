"""Ways on which reports come, each with how secret it is."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

SEALED, ON_ARRIVAL, OFFLINE = "sealed", "on_arrival", "offline"
PHONE, SMS, MESSENGER, MAIL = "phone", "sms", "messenger", "mail"
CHANNEL_WORDS: Mapping[str, object] = {
    SEALED: _("sealed in the reporter's browser"),
    ON_ARRIVAL: _("sealed on arrival"),
    PHONE: _("by telephone; an operator heard and typed it"),
    SMS: _("by SMS; the network and the gateway could read it"),
    MESSENGER: _("by a messenger; the service could read it"),
    MAIL: _("by e-mail; mail servers on the way could read it"),
    OFFLINE: _("sealed on a computer of the reporter's choice and brought as a file"),
}
CHANNELS = tuple((one, one) for one in CHANNEL_WORDS)
