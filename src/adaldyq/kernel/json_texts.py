"""Reads a value of JSON that somebody sent, and says in words of ours what is wrong with it."""

from __future__ import annotations

import json
from typing import Any

from adaldyq.base.errors import DomainError
from adaldyq.base.letters import as_told

SHOWN = 40


def with_names_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON, of which nothing is lost: RFC 8259 leaves open which of two values under one name counts.

    Raises:
        DomainError: `json-name-twice`.
    """
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise DomainError("json-name-twice", value=as_told(twice, SHOWN))
    return found


def value_of(text: bytes) -> Any:
    """The value that stands in a text.

    Raises:
        DomainError: `not-utf-8`, `line-not-json` with the character from which it is none, `json-name-twice`, or
            `line-unreadable`.
    """
    try:
        return json.loads(text, object_pairs_hook=with_names_once)
    except UnicodeDecodeError:
        raise DomainError("not-utf-8") from None
    except json.JSONDecodeError as error:
        raise DomainError("line-not-json", place=error.pos + 1) from None
    except (ValueError, RecursionError):
        raise DomainError("line-unreadable") from None
