"""Opaque ids in addresses: importing this module lets `<opaque:…>` stand in a path."""

from __future__ import annotations

from django.urls import register_converter


class OpaqueId:
    """An id in an address; whatever cannot be one is no page, and no question to the database."""

    regex = "[0-9A-Z]{12}"

    def to_python(self, value: str) -> str:
        """The id."""
        return value

    def to_url(self, value: str) -> str:
        """The id."""
        return value


register_converter(OpaqueId, "opaque")
