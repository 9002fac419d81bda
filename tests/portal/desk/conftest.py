"""Peers of the channels, as the tests of the kernel have them."""

from tests.kernel.notifications.conftest import gateway, mail

__all__ = ["gateway", "mail"]
