"""Registers the kernel with Django."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Base registries and access."""

    name = "adaldyq.kernel"
    label = "kernel"
    messages = "adaldyq.kernel.notifications.words.MESSAGES"
    searchables = "adaldyq.kernel.findable.SEARCHABLES"
    open_tables = "adaldyq.kernel.queries.open_tables.OPEN_TABLES"
    upload_purposes = "adaldyq.kernel.uploads.purposes.PURPOSES"
    handlers = {"kernel.port.tell": "adaldyq.kernel.ports.telling.tell"}  # a constant of the class
