"""What was removed from a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

METADATA, PLACE, DEVICE, TIME, NOTES = "metadata", "place", "device", "time", "notes"
MACROS, EMBEDDED, LINKS, CHANGES, SIGNATURES, FRAMES = "macros", "embedded", "links", "changes", "signatures", "frames"
BEHIND = "behind"
KINDS = (PLACE, DEVICE, TIME, METADATA, NOTES, CHANGES, MACROS, EMBEDDED, LINKS, SIGNATURES, FRAMES, BEHIND)
"""Kinds of what is removed, in the order in which they are told."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned copy.

    Attributes:
        content: of the copy.
        ending: of its name, with a dot; a file with macros becomes one without.
        removed: how many of each kind.
    """

    content: bytes
    ending: str
    removed: Mapping[str, int]


class Removed(Counter[str]):
    """Counts what is removed while a file is cleaned."""

    def note(self, kind: str, times: int = 1) -> None:
        """Count something that was removed."""
        self[kind] += times

    def told(self) -> Mapping[str, int]:
        """How many of each kind, without kinds of which there were none, in their order."""
        return {kind: self[kind] for kind in KINDS if self[kind]}
