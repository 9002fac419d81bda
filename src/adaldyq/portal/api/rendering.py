"""How answers are written, and the tag of one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from ninja.renderers import JSONRenderer

TAG_DIGITS = 32


class Renderer(JSONRenderer):
    """JSON in which Kazakh and Russian stay readable."""

    json_dumps_params: Mapping[str, Any] = {"ensure_ascii": False}


def tag_of(content: bytes) -> str:
    """The strong ETag of an answer."""
    return f'"{hashlib.sha256(content).hexdigest()[:TAG_DIGITS]}"'
