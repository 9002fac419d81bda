"""Who must declare, from which year on, and whom the law let go again: dated rules of the obligation."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from adaldyq.countries.facts import Names


class Form(StrEnum):
    """What is filed."""

    ASSETS = "assets"  # entry: everything owned and owed at the end of the year, once
    INCOME = "income"  # every year after: income and property


@dataclass(frozen=True, slots=True)
class Release:
    """That the law lets a group go.

    Attributes:
        year: first declared year that they need not declare.
        since: day on which the law began to say so.
        unless: circumstances in any of which they must declare all the same, codes of `obligation_circumstance`.
    """

    year: int
    since: date
    unless: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Phase:
    """That the law brings a group in.

    Attributes:
        group: code of the pack's list `obligation_group`.
        year: first declared year.
        since: day on which the law began to say so.
        spouses: whether their spouses declare with them.
        public: whether their declarations are public.
        release: when and how far the law let the group go again.
    """

    group: str
    names: Names
    year: int
    since: date
    spouses: bool
    public: bool
    source: str
    release: Release | None = None

    def binds(self, year: int, circumstances: Collection[str], asked_on: date) -> bool:
        """Whether a member of the group must declare a year, by the law as it stood on a day.

        Args:
            year: the declared year.
            circumstances: what is true of the member, codes of `obligation_circumstance`.
            asked_on: day whose law is asked about.
        """
        if year < self.year or asked_on < self.since:
            return False
        return self.released(year, asked_on) is None or bool(self.held_by(year, circumstances, asked_on))

    def released(self, year: int, asked_on: date) -> Release | None:
        """The release that holds for a declared year, by the law as it stood on a day; none when none does."""
        release = self.release
        return release if release and asked_on >= release.since and year >= release.year else None

    def held_by(self, year: int, circumstances: Collection[str], asked_on: date) -> str:
        """The circumstance that holds a member of a released group to the duty, the first that the law names.

        Empty where none does, or where nobody was released.
        """
        release = self.released(year, asked_on)
        return next((one for one in release.unless if one in circumstances), "") if release else ""


@dataclass(frozen=True, slots=True)
class Membership:
    """That a person belongs to a group during a year, by their own work or as somebody's spouse."""

    group: str
    as_spouse: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """That a person must declare a year.

    Attributes:
        group: which brings the duty, the first in the order of the pack's phases.
    """

    year: int
    form: Form
    group: str
    as_spouse: bool
    public: bool


def duty_of(  # each is a fact that the law asks for
    phases: Iterable[Phase],
    year: int,
    memberships: Collection[Membership],
    circumstances: Collection[str],
    *,
    asked_on: date,
    declared_before: bool,
) -> Duty | None:
    """Whether and what a person must declare for a year; none when nothing.

    Own work comes before a spouse's, and an earlier phase before a later one.

    Args:
        phases: of the pack, in their order.
        year: the declared year.
        memberships: groups that the person belongs to.
        circumstances: what is true of the person, codes of `obligation_circumstance`.
        asked_on: day whose law is asked about.
        declared_before: whether the person has filed the entry form.
    """
    binding = [phase for phase in phases if phase.binds(year, circumstances, asked_on)]
    for as_spouse in (False, True):
        for phase in binding:
            if Membership(phase.group, as_spouse) in memberships and (phase.spouses or not as_spouse):
                form = Form.INCOME if declared_before else Form.ASSETS
                return Duty(year, form, phase.group, as_spouse, phase.public and not as_spouse)
    return None
