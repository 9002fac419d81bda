"""The shape by which an app tells the house what it is."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import ClassVar

from django.apps import AppConfig, apps


class Group(StrEnum):
    """What a measure does against corruption."""

    PREVENT = "prevent"
    DETECT = "detect"
    RESPOND = "respond"
    ENGAGE = "engage"


class MeasureConfig(AppConfig):
    """A measure against corruption.

    Attributes:
        number: of the sentence of the mission that it fulfils.
        sentence: that sentence, a lazy translation.
        title: name of the measure on pages, a lazy translation.
        group: what it does against corruption.
        navigation: entries of the header: address name, title, and roles that see it (none: everybody).
        handlers: dotted names of the functions that take each event.
        ports: dotted name of the function that takes the requests of each port that the app answers; see `kernel.ports`.
        uncounted: acts whose lines the ledger does not count by day, because most of them mean nothing.
    """

    number: ClassVar[str]
    sentence: ClassVar[object]
    title: ClassVar[object]
    group: ClassVar[Group]
    navigation: ClassVar[tuple[tuple[str, object, tuple[str, ...] | None], ...]] = ()
    handlers: ClassVar[Mapping[str, str]] = {}
    ports: ClassVar[Mapping[str, str]] = {}
    uncounted: ClassVar[tuple[str, ...]] = ()


def measures() -> list[MeasureConfig]:
    """Every measure of this installation, in the order of their numbers."""
    found = [config for config in apps.get_app_configs() if isinstance(config, MeasureConfig)]
    return sorted(found, key=lambda config: int(config.number.removeprefix("S")))


def handlers_of(event: str) -> list[str]:
    """Dotted names of the functions that take `event`, over all apps that declare `handlers`."""
    configs = apps.get_app_configs()
    return [taken[event] for config in configs if event in (taken := getattr(config, "handlers", {}))]
