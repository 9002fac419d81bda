"""Whether a person must file for a year: facts of the registers on a day, and the dated phases of the country pack.

The last day of the declared year decides, and while the year lasts the day on which it is asked, as things stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from adaldyq.base.words import gettext_noop as _
from adaldyq.countries.pack import CountryPack
from adaldyq.countries.phases import Membership, duty_of

OTHER = "other"
"""The group of all who are of full age."""

REASONS: Mapping[tuple[str, bool], str] = {
    ("official", False): _("official"),
    ("official", True): _("spouse of an official"),
    ("state_employee", False): _("state employee"),
    ("state_employee", True): _("spouse of a state employee"),
    ("company_head", False): _("company head"),
    ("company_head", True): _("spouse of a company head"),
    (OTHER, False): _("person of full age"),
    (OTHER, True): _("person of full age"),
}
"""What an obligation says of why it is, by group and whether it came by a spouse."""

HELD_BY: Mapping[str, str] = {
    "foreign_assets": _("assets abroad"),
    "digital_assets": _("digital assets"),
    "large_acquisition": _("a large purchase of the year"),
}
"""The same of whoever is of a group that the law has let go, by the circumstance that holds them to the duty."""


class Why(StrEnum):
    """Why somebody need not file."""

    DEAD = "dead"
    UNDER_AGE = "under_age"
    NO_GROUP = "no_group"  # nothing in the registers puts the person into a group of the law
    NOT_YET = "not_yet"  # the law brings the group in for a later year
    RELEASED = "released"  # the law let the group go


@dataclass(frozen=True, slots=True)
class Ground:
    """What puts a person into a group of the law, such as a post or a share in a company.

    Attributes:
        since: first day; none when it is not known.
        until: last day; none while it lasts.
        body: id of the body whose post it is; empty for other grounds.
    """

    group: str
    since: date | None = None
    until: date | None = None
    body: str = ""

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)


@dataclass(frozen=True, slots=True)
class Marriage:
    """A marriage from a day to a day, which the death of either ends, and what the spouse lives by."""

    since: date | None = None
    until: date | None = None
    grounds: tuple[Ground, ...] = ()

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the registers know of a person, as far as the law asks for it.

    Attributes:
        born: none when it is not known; then the person counts as of full age.
        died: none for the living.
        circumstances: codes of the pack's `obligation_circumstance`.
        declared_before: whether a declaration about an earlier year was filed, or is owed.
    """

    born: date | None = None
    died: date | None = None
    grounds: tuple[Ground, ...] = ()
    marriages: tuple[Marriage, ...] = ()
    circumstances: frozenset[str] = frozenset()
    declared_before: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """That a person must file.

    Attributes:
        reason: in words, a sentence of the catalogues.
        body: id of the body whose post brings the duty; empty when no post of the person's own does.
        law: text of the pack that brings the group in.
        phase_since: day on which that law began to say so.
        due_date: last day to file.
    """

    year: int
    form: str
    group: str
    as_spouse: bool
    reason: str
    body: str
    is_public: bool
    law: str
    phase_since: date
    due_date: date


@dataclass(frozen=True, slots=True)
class Exempt:
    """That a person need not file, and why; `law` is empty when it is no law but the lack of any ground."""

    year: int
    why: Why
    law: str = ""


def decide(facts: Facts, year: int, *, pack: CountryPack, on: date) -> Due | Exempt:
    """Whether a person must file for a year.

    Args:
        year: the declared year.
        pack: with the phases of the law.
        on: day on which it is asked; the law counts as it stands then.

    Raises:
        DomainError: `no-such-value` when the pack states no full age for the day.
    """
    day = min(on, date(year, 12, 31))
    if facts.died is not None and facts.died <= on:
        return Exempt(year, Why.DEAD)
    age = pack.threshold("full_age", day)
    if facts.born is not None and years_between(facts.born, day) < age.amount:
        return Exempt(year, Why.UNDER_AGE, age.source)
    memberships = frozenset(memberships_on(facts, day))
    duty = duty_of(
        pack.phases, year, memberships, facts.circumstances, asked_on=on, declared_before=facts.declared_before
    )
    if duty is None:
        return exempt(memberships, year, pack, on)
    phase = next(one for one in pack.phases if one.group == duty.group and one.binds(year, facts.circumstances, on))
    return Due(
        year=year,
        form=duty.form,
        group=duty.group,
        as_spouse=duty.as_spouse,
        reason=reason_of(duty.group, phase.held_by(year, facts.circumstances, on), as_spouse=duty.as_spouse),
        body="" if duty.as_spouse else body_of(facts, duty.group, day),
        is_public=duty.public,
        law=phase.source,
        phase_since=phase.since,
        due_date=pack.filing_days["electronic"].of(year),
    )


def reason_of(group: str, held_by: str, *, as_spouse: bool) -> str:
    """Why somebody must file: the post or company, and where there is neither what holds them to the duty.

    Args:
        held_by: the circumstance in which a released group declares; empty where it was not released.
    """
    usual = REASONS.get((group, as_spouse), group)
    return HELD_BY.get(held_by, usual) if group == OTHER else usual


def memberships_on(facts: Facts, day: date) -> Iterator[Membership]:
    """Groups that a person of full age belongs to on a day, by their own work and by the spouse's."""
    yield Membership(OTHER)
    yield from (Membership(one.group) for one in facts.grounds if one.holds(day))
    for marriage in facts.marriages:
        if marriage.holds(day):
            yield from (Membership(one.group, as_spouse=True) for one in marriage.grounds if one.holds(day))


def body_of(facts: Facts, group: str, day: date) -> str:
    """The body whose post puts a person into a group: of several posts the one held since last."""
    held = [one for one in facts.grounds if one.group == group and one.holds(day)]
    return max(held, key=lambda one: (one.since or date.min, one.body)).body if held else ""


def exempt(memberships: frozenset[Membership], year: int, pack: CountryPack, on: date) -> Exempt:
    """Why nobody with these memberships must file: the law let them go, is still to come, or never named them."""
    mine = [
        phase
        for phase in pack.phases
        if Membership(phase.group) in memberships
        or (phase.spouses and Membership(phase.group, as_spouse=True) in memberships)
    ]
    for phase in mine:
        if phase.release and phase.year <= year and phase.since <= on:
            return Exempt(year, Why.RELEASED, phase.release.source)
    for phase in mine:
        return Exempt(year, Why.NOT_YET, phase.source)
    return Exempt(year, Why.NO_GROUP)


def years_between(born: date, day: date) -> int:
    """Whole years of age on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
