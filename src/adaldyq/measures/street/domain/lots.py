"""Chance by which some of many answers are kept: each lot is fixed by its form, so that sending it again changes nothing."""

from __future__ import annotations

from hashlib import sha256


def lot(page: str) -> bytes:
    """The lot of an answer; those with the smallest are kept.

    It is apart from the record key, of which noise is made: keys that were chosen by their size would make known noise.

    Args:
        page: id of the form, which the server draws and nobody else reads.
    """
    return sha256(page.encode()).digest()
