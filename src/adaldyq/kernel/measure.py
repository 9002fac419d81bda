"""The shape by which an app tells the house what it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from django.apps import AppConfig, apps
from django.utils.module_loading import import_string

if TYPE_CHECKING:  # it stands on models, which apps are declared before
    from adaldyq.kernel.actor import Actor


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
        rounds: dotted names of the functions that the worker calls all the time, each with the instant; one finds out by
            itself whether it has anything to do, and lets nothing out but what passes by itself.
        ports: dotted name of the function that takes the requests of each port that the app answers; see `kernel.ports`.
        uncounted: acts whose lines the ledger does not count by day: most of them mean nothing, or their number would
            tell of single people.
        terms_told: address name of the page that tells how deadlines of the app's records were kept, with its title, where
            a count of this moment would tell of single people; no other count holds them then.
        lines_told_as: what public lines of the ledger about these deadlines, and about answers to what the app asked through
            a port, are called, for the same reason.
        lines_held: dotted name of a function that keeps lines of that name, since their hour and number would tell of
            single people; see `held`.
        terms_narrowed: dotted name of what says who may know of these deadlines, a `deadlines.terms.Narrowing`; without
            it whoever they bind, and whoever answers for the body.
        subjects_held: dotted name of what holds the record that a deadline is about, and what its acts hold before it, until the
            transaction ends; the clock calls it before it marks the deadline, as acts hold the record before its deadlines.
    """

    number: ClassVar[str]
    sentence: ClassVar[object]
    title: ClassVar[object]
    group: ClassVar[Group]
    navigation: ClassVar[tuple[tuple[str, object, tuple[str, ...] | None], ...]] = ()
    handlers: ClassVar[Mapping[str, str]] = {}
    rounds: ClassVar[tuple[str, ...]] = ()
    ports: ClassVar[Mapping[str, str]] = {}
    uncounted: ClassVar[tuple[str, ...]] = ()
    terms_told: ClassVar[tuple[str, object] | None] = None
    lines_told_as: ClassVar[str] = ""
    lines_held: ClassVar[str] = ""
    terms_narrowed: ClassVar[str] = ""
    subjects_held: ClassVar[str] = ""


def measures() -> list[MeasureConfig]:
    """Every measure of this installation, in the order of their numbers."""
    found = [config for config in apps.get_app_configs() if isinstance(config, MeasureConfig)]
    return sorted(found, key=lambda config: int(config.number.removeprefix("S")))


def told_apart() -> list[MeasureConfig]:
    """Measures whose deadlines are told on a page of their own, and counted nowhere else."""
    return [config for config in measures() if config.terms_told]


def line_name(kind: str) -> str:
    """What public lines about the deadlines of a model are called, which is app.Model; empty for their own names."""
    return next((one.lines_told_as for one in told_apart() if kind.startswith(f"{one.label}.")), "")


def held(public: str, name: str, payloads: Sequence[Mapping[str, object]], *, by: Actor, at: datetime) -> bool:
    """Whether a measure keeps lines of an act, and brings them into the ledger among others later.

    Args:
        public: what the lines are called.
        name: of the act that leaves them.
        by: who acted.
    """
    keepers = [one.lines_held for one in told_apart() if one.lines_held and one.lines_told_as == public]
    return any(import_string(one)(name=name, payloads=payloads, by=by, at=at) for one in keepers)


def handlers_of(event: str) -> list[str]:
    """Dotted names of the functions that take `event`, over all apps that declare `handlers`."""
    configs = apps.get_app_configs()
    return [taken[event] for config in configs if event in (taken := getattr(config, "handlers", {}))]


def rounds() -> list[str]:
    """Dotted names of the functions that the worker calls all the time."""
    return [name for config in measures() for name in config.rounds]
