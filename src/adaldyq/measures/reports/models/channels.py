"""Ways on which reports come, each with how secret it is."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

SEALED, ON_ARRIVAL, PHONE, SMS, MESSENGER = "sealed", "on_arrival", "phone", "sms", "messenger"
CHANNEL_WORDS: Mapping[str, object] = {
    SEALED: _("sealed in the reporter's browser"),
    ON_ARRIVAL: _("sealed on arrival"),
    PHONE: _("by telephone; an operator heard and typed it"),
    SMS: _("by SMS; the network and the gateway could read it"),
    MESSENGER: _("by a messenger; the service could read it"),
}
CHANNELS = tuple((one, one) for one in CHANNEL_WORDS)
