"""Planted stories."""

from adaldyq.demo.chunk import Chunk
from adaldyq.demo.rows import Rows
from adaldyq.demo.truth import Truth


def plant(chunk: Chunk, truth: Truth, obligations: Rows) -> None:
    """x."""


def tell_filing(chunk: Chunk, truth: Truth, met: Rows) -> None:
    """x."""
