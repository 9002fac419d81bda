"""Small things that components are made of: links, states, facts, tasks, entries of a timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from adaldyq.ui.formats import values
from adaldyq.ui.formats.values import UNKNOWN, Kind, show

Look = Literal["plain", "open", "work", "good", "attention", "bad", "closed"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link; in a navigation also whether it is the page one is on, and how many things lie behind it."""

    text: object
    href: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class State:
    """A word for a state with a look: a shape and a colour that say the same."""

    word: object
    look: Look = "plain"

    def __str__(self) -> str:
        return str(self.word)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about a thing.

    Attributes:
        value: text, number, day, `State` or `Link`; None when not stated.
        kind: how it is written, with `currency` for money.
        source: where the value comes from.
        hint: a word of explanation under the value.
        action: what one may do about it.
    """

    key: object
    value: object
    kind: Kind = "text"
    currency: str = ""
    href: str = ""
    source: object = ""
    hint: object = ""
    action: Link | None = None

    @property
    def shown(self) -> object:
        """The value as text, or the state or link itself."""
        return self.value if isinstance(self.value, State | Link) else show(self.value, self.kind, self.currency)

    @property
    def stated(self) -> bool:
        """Whether there is a value."""
        return self.shown != UNKNOWN


@dataclass(frozen=True, slots=True)
class Task:
    """Something a person can do or has to do, with how far it is."""

    title: object
    href: str = ""
    hint: object = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """An entry of a timeline.

    Attributes:
        at: an instant, or a day when the time does not matter.
        by: who did it, by office rather than by name where the law says so.
        text: what it meant.
        ahead: whether it is still to come, such as a deadline.
    """

    title: object
    at: date | datetime
    by: object = ""
    text: object = ""
    href: str = ""
    state: State | None = None
    ahead: bool = False

    @property
    def machine_time(self) -> str:
        """The time as programs read it (HTML, `datetime` of `time`)."""
        return self.at.isoformat()

    @property
    def written_time(self) -> str:
        """The time as people read it."""
        return values.moment(self.at) if isinstance(self.at, datetime) else values.day(self.at)
