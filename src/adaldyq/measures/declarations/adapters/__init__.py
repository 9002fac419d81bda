"""Adapters that read declarations of other registers into our tables, each as a collection of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from adaldyq.measures.declarations.adapters import kosovo, nacp, sejm
from adaldyq.measures.declarations.adapters.collection import Collection

SOURCES: Mapping[str, Callable[[Path], Collection]] = {
    "kosovo": kosovo.read,
    "nacp": nacp.read,
    "sejm": sejm.read,
}
"""Reads a path as a collection, by the name of the register that it comes from."""
