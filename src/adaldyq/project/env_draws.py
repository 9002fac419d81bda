"""What the operator decides of draws through the environment."""

from __future__ import annotations

import os
from importlib.util import find_spec
from urllib.parse import urlsplit

from adaldyq.base.words import gettext_noop as _
from adaldyq.project.env import WrongSetting

SCHEMES = ("https", "http")


def drand() -> str:
    """Address of a relay of drand's public beacon; empty when draws use none.

    Raises:
        WrongSetting: it is no address, or the library that checks rounds is not installed.
    """
    given = os.environ.get("ADALDYQ_DRAND", "").rstrip("/")
    if not given:
        return ""
    parts = urlsplit(given)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise WrongSetting(_("ADALDYQ_DRAND must begin with https:// or http://"))
    if find_spec("py_ecc") is None:
        raise WrongSetting(_("ADALDYQ_DRAND needs a library: pip install adaldyq[drand]"))
    return given
