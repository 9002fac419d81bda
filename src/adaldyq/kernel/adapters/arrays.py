"""Reads the values of a JSON array one after the other, however long it is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TextIO

from adaldyq.base.errors import DomainError

CHUNK = 1 << 16
BETWEEN = " \t\r\n,"


def values_of(stream: TextIO, longest: int) -> Iterator[tuple[int, Any]]:
    """Values of an array with the line on which each begins.

    Args:
        stream: at the beginning of the array.
        longest: characters that one value may have.

    Raises:
        DomainError: `array-not-json`: what stands there is no array of JSON, or a value is longer; with the `line`.
        RecursionError: a value is nested too deep.
    """
    decode = json.JSONDecoder().raw_decode
    buffer, place, line, opened = "", 0, 1, False
    while True:
        while place < len(buffer) and (buffer[place] in BETWEEN or (buffer[place] == "[" and not opened)):
            line += buffer[place] == "\n"
            opened = opened or buffer[place] == "["
            place += 1
        if place < len(buffer):
            if buffer[place] == "]":
                return
            try:
                value, end = decode(buffer, place)
            except ValueError:
                pass  # perhaps the rest of it has not been read yet
            else:
                yield line, value
                line += buffer.count("\n", place, end)
                place = end
                continue
        more = stream.read(CHUNK)
        if not more or len(buffer) - place > longest:
            raise DomainError("array-not-json", line=line)
        buffer, place = buffer[place:] + more, 0
