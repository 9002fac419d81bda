"""Reads a value of JSON that somebody sent, and says in words of ours what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

from adaldyq.base.errors import DomainError


def value_of(text: bytes) -> Any:
    """The value that stands in a text.

    Raises:
        DomainError: `not-utf-8`, `line-not-json` with the character from which it is none, or `line-unreadable`.
    """
    try:
        return json.loads(text)
    except UnicodeDecodeError:
        raise DomainError("not-utf-8") from None
    except json.JSONDecodeError as error:
        raise DomainError("line-not-json", place=error.pos + 1) from None
    except (ValueError, RecursionError):
        raise DomainError("line-unreadable") from None
