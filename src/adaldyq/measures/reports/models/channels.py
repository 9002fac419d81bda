"""Ways on which reports come, each with how secret it is."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

SEALED, ON_ARRIVAL = "sealed", "on_arrival"
CHANNELS = ((SEALED, SEALED), (ON_ARRIVAL, ON_ARRIVAL))
CHANNEL_WORDS: Mapping[str, object] = {
    SEALED: _("sealed in the reporter's browser"),
    ON_ARRIVAL: _("sealed on arrival"),
}
